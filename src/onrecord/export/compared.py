"""Two versions of an article side by side: claim by claim, and paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.export.changed import diff, notes_of, stale
from onrecord.export.highlights import cut_blocks
from onrecord.export.margin import kind_of
from onrecord.export.naming import Names, day, tidy
from onrecord.export.sheet import SURE
from onrecord.export.shelf import Shelf
from onrecord.export.wordwise import SAME, Pieces, compare_words, pair_lines
from onrecord.link.entry import Told
from onrecord.link.views.aligning import UNCHANGED, Change
from onrecord.model import Report
from onrecord.resources import settings_file

AROUND = 1  # paragraphs that stay the same, shown beside one that does not


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    day: str
    uri: str | None
    characters: int  # code points


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim as one of the two has it."""

    statement: str
    report: str
    who: str
    stance: str
    kind: str  # of line
    sure: str
    words: Pieces  # joined, the content with runs of white space as one
    spans: tuple[tuple[int, int], ...]  # code points


@dataclass(frozen=True, slots=True)
class Became:
    """A claim, and what became of it."""

    what: tuple[str, ...]  # names of the record
    words: str  # in words
    before: Saying | None
    after: Saying | None
    is_other_voice: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """Words by which the later text says that the earlier was wrong."""

    words: str
    start: int  # code points
    end: int


@dataclass(frozen=True, slots=True)
class Still:
    """A report that still carries what was taken back."""

    before: str  # id of the statement that was taken back
    statement: str
    report: str
    who: str
    words: str
    where: str  # outlet and day


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of both texts."""

    kind: str  # same, changed, removed, added
    before: Pieces
    after: Pieces
    number_before: int | None  # from 1
    number_after: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs in order; those that all stay the same may be folded."""

    is_folded: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts of one article, or a text and its copy."""

    old: Side
    new: Side
    are_versions: bool  # False: a text and its copy
    counts: tuple[tuple[str, int], ...]  # how many claims became what, in words
    changed: tuple[Became, ...]
    unchanged: tuple[Became, ...]
    corrections: tuple[Correction, ...]
    still: tuple[Still, ...]
    text: tuple[Stretch, ...] | None  # None: too long to be set side by side


def compare_reports(shelf: Shelf, names: Names, old: str, new: str) -> Compared:
    """What became of each claim, and the two texts; UsageError where they are neither versions nor a copy."""
    changes = diff(shelf, old, new)
    before, after = shelf.entry(old).report, shelf.entry(new).report
    rows = tuple(_became(change, names) for change in changes)
    counts = Counter(words for row in rows for words in row.words.split(", "))
    still = [
        (change.before.statement.id, other)
        for change in changes
        if change.before
        for other, correction in stale(shelf, (change.before.statement,))
        if correction.report == new
    ]
    notes = notes_of(shelf.entry(new))
    return Compared(
        _side(before),
        _side(after),
        bool(before.uri) and before.uri == after.uri,
        tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        tuple(row for row in rows if row.what != (UNCHANGED,)),
        tuple(row for row in rows if row.what == (UNCHANGED,)),
        tuple(Correction(tidy(note.of(after.text)), note.start, note.end) for note in notes),
        tuple(_still(identity, other, names) for identity, other in still),
        _texts(before.text, after.text),
    )


def _side(report: Report) -> Side:
    title = report.title or "Untitled report"
    return Side(report.id, title, report.outlet, report.published, day(report.published), report.uri, len(report.text))


def _became(change: Change, names: Names) -> Became:
    told = settings_file("reader_words.toml")["changes"]
    one, other = (tidy(t.statement.content.quote) if t else "" for t in (change.before, change.after))
    words = compare_words(one, other) if change.before and change.after else (((one, False),), ((other, False),))
    before, after = (_saying(t, w, names) for t, w in zip((change.before, change.after), words, strict=True))
    return Became(
        change.what,
        ", ".join(str(told.get(what, what)) for what in change.what),
        before,
        after,
        bool(before and after and before.who != after.who),
    )


def _saying(told: Told | None, words: Pieces, names: Names) -> Saying | None:
    if told is None:
        return None
    statement = told.statement
    return Saying(
        statement.id,
        statement.report_id,
        names.speaker(statement),
        statement.commitment.stance,
        kind_of(statement),
        SURE.get(statement.commitment.certainty or "", "how sure is not judged"),
        words,
        tuple((span.start, span.end) for span in statement.content.spans),
    )


def _still(before: str, other: Told, names: Names) -> Still:
    report = other.entry.report
    return Still(
        before,
        other.statement.id,
        report.id,
        names.speaker(other.statement),
        tidy(other.statement.content.quote),
        f"{names.outlet(report)}, {day(report.published)}",
    )


def _texts(before: str, after: str) -> tuple[Stretch, ...] | None:
    """Both texts in paragraphs, those that stay the same folded but for those next to a change."""
    old, new = _paragraphs(before), _paragraphs(after)
    pairs = pair_lines(old, new)
    if pairs is None:
        return None
    lines = []
    for pair in pairs:
        left = old[pair.before] if pair.before is not None else ""
        right = new[pair.after] if pair.after is not None else ""
        is_other = bool(left and right) and pair.kind != SAME
        pieces = compare_words(left, right) if is_other else (_whole(left), _whole(right))
        lines.append(Line(pair.kind, *pieces, _from_one(pair.before), _from_one(pair.after)))
    return tuple(_folded(lines))


def _whole(text: str) -> Pieces:
    return ((text, False),) if text else ()


def _from_one(number: int | None) -> int | None:
    return None if number is None else number + 1


def _paragraphs(text: str) -> Sequence[str]:
    found: dict[int, str] = {}
    for block in cut_blocks(text):
        found[block.number] = found.get(block.number, "") + block.span.of(text)
    return [words.strip() for words in found.values()]


def _folded(lines: Sequence[Line]) -> Iterable[Stretch]:
    near = {at + k for at, line in enumerate(lines) if line.kind != SAME for k in range(-AROUND, AROUND + 1)}
    for is_folded, group in groupby(range(len(lines)), key=lambda at: at not in near):
        yield Stretch(is_folded, tuple(lines[at] for at in group))
