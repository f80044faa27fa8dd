"""Statements that were taken back later: by the outlet in a later version, or by whoever had said it.

`later-corrected` and `withdrawn` stand at the statement that was wrong, never at the one that puts it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.link.entry import Entry, Told
from onrecord.link.views.aligning import (
    GIVEN_TO,
    MOVED,
    REMOVED,
    Change,
    figures_in,
    same_number,
    same_voice,
    what_became,
)
from onrecord.link.views.speaking import any_of
from onrecord.link.words import WORD, content_words, stop_words
from onrecord.model import Figure, Span, hull
from onrecord.resources import settings_file

CORRECTED, WITHDRAWN = "later-corrected", "withdrawn"
ALIKE = 0.6  # share of the longer words of a content that a note repeats
LONG = 4  # letters of such a word
LONGEST = 2000  # code points of a line that may be a note
AROUND = 300  # code points before and after a statement, in its line, where its speaker may say that he was wrong
LINE = re.compile(r"[^\n]*\S[^\n]*")
MOVES = frozenset(("updates", "repeats", "contradicts"))  # links between a figure and the one that takes its place


@dataclass(frozen=True, slots=True)
class Correction:
    """A statement that was wrong, and where that is said."""

    statement: str  # id
    flag: str  # later-corrected, withdrawn
    report: str  # id of the report that says so
    span: Span  # the words that say so


def find_notes(entry: Entry) -> tuple[Span, ...]:
    """The lines of a report that say what an earlier version had wrong, in order."""
    text = entry.report.text
    lines = [match for match in LINE.finditer(text) if match.end() - match.start() <= LONGEST]
    return tuple(Span(*m.span()) for m in lines if _opening().match(m.group()) or _phrases().search(m.group()))


def find_withdrawal(entry: Entry) -> Span | None:
    """Where a report takes a whole article back, in its own voice."""
    text = entry.report.text
    return next((Span(*found.span()) for found in _withdrawal().finditer(text) if not _is_said(entry, found)), None)


def corrected_in(new: Entry, changes: Sequence[Change]) -> Iterator[Correction]:
    """The statements of a version that a later version takes back; `changes` are what became of each."""
    withdrawal = find_withdrawal(new)
    notes = find_notes(new)
    for change in changes:
        one = change.before
        if one is None:
            continue
        if withdrawal and change.after is None:
            yield Correction(one.statement.id, WITHDRAWN, new.report.id, withdrawal)
        elif note := next((n for n in notes if _is_about(n.of(new.report.text), change)), None):
            yield Correction(one.statement.id, CORRECTED, new.report.id, note)


def taken_back(kind: str, later: Told, earlier: Told) -> Correction | None:
    """The earlier statement, where its own speaker gives another number for it and says that it was wrong.

    `kind` is that of the link between the two. A count that is brought up to date takes nothing back.
    """
    if kind not in MOVES or later.entry.report.id == earlier.entry.report.id or later.order <= earlier.order:
        return None
    if not (later.side & earlier.side or same_voice(later, earlier)) or MOVED not in what_became(earlier, later):
        return None
    text, whole = later.entry.report.text, hull(later.statement.content.spans)
    start = max(text.rfind("\n", 0, whole.start) + 1, whole.start - AROUND)
    end = text.find("\n", whole.end)
    near = text[start : min(end if end >= 0 else len(text), whole.end + AROUND)]
    if _own().search(near) or any(_is_negated(f, whole.of(text)) for f in figures_in(earlier)):
        return Correction(earlier.statement.id, CORRECTED, later.entry.report.id, whole)
    return None


def _is_about(note: str, change: Change) -> bool:
    """Whether a note speaks of what moved: the number, the speaker, or the words that are gone."""
    words = {w.lower() for w in WORD.findall(note)}
    before, after = change.before, change.after
    if before is None:
        return False
    if after is None:
        return change.what == (REMOVED,) and _is_alike(before.statement.content.quote, words)
    numbers = [f.text for t in (before, after) for f in figures_in(t) if not _is_in_both(f, before, after)]
    if MOVED in change.what and any(_digits(text) & words for text in numbers):
        return True
    sources = [t.statement.source.quote for t in (before, after) if t.statement.source]
    named = {w.lower() for quote in sources for w in WORD.findall(quote) if w[:1].isupper()} - stop_words()
    return GIVEN_TO in change.what and bool(named & words)


def _is_in_both(figure: Figure, before: Told, after: Told) -> bool:
    return all(any(same_number(figure, other) for other in figures_in(t)) for t in (before, after))


def _digits(text: str) -> set[str]:
    """The numbers in a figure's words, or the words of one that is written out."""
    words = {w.lower() for w in WORD.findall(text)}
    return {w for w in words if w[:1].isdigit()} or words - stop_words()


def _is_alike(content: str, note: set[str]) -> bool:
    mine = {w.lower() for w in WORD.findall(content) if len(w) >= LONG}
    return bool(mine) and len(mine & note) >= ALIKE * len(mine)


def _is_negated(figure: Figure, words: str) -> bool:
    """Whether words say "not 17" of a figure, written out or not."""
    ends = {str(int(e)) for e in (figure.amount.low, figure.amount.high) if e is not None and e == int(e)}
    said = ends | {f"{int(end):,}" for end in ends} | {w.lower() for w in content_words(figure.text)}
    after = [
        m.group(1).lower().rstrip(".,")
        for m in re.finditer(r"\b(?:not|instead of|rather than)\s+(?:the\s+)?(\S+)", words)
    ]
    return any(word in said for word in after)


def _is_said(entry: Entry, found: re.Match[str]) -> bool:
    """Whether somebody other than the outlet says the words."""
    for one in entry.told:
        inside = any(span.start <= found.start() and found.end() <= span.end for span in one.statement.content.spans)
        if inside and one.statement.source is not None:
            return True
    return False


@cache
def _opening() -> re.Pattern[str]:
    words = "|".join(settings_file("doubts.toml")["corrected"]["notes"])
    return re.compile(rf"\W*(?:{words})(?:[^.:\n]{{0,40}}:|\W*$|\s*[—–-])", re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    return any_of(settings_file("doubts.toml")["corrected"]["phrases"])


@cache
def _withdrawal() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["corrections"]["withdrawals"])


@cache
def _own() -> re.Pattern[str]:
    return any_of(settings_file("changes.toml")["corrections"]["own"])
