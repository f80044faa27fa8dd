"""What a report says of itself: that it is satire, or that it took back who said something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import Attribution, Report, Span, hull, select
from onrecord.resolve.names.folding import fold
from onrecord.resolve.speakers.doubts import flagged, pattern
from onrecord.resolve.speakers.framing import words_of
from onrecord.resources import settings_file

LONGEST_HEAD = 120  # code points of a line that may be a title
LONGEST_LABEL = 40  # code points of a line that only says that a correction follows
LONGEST_NOTICE = 600  # code points of a paragraph that may be a notice
LONGEST_NOTE = 2000
ALIKE = 0.6  # share of a content's long words that a note repeats
LONG = 4  # letters of such a word
MOST_NOTES = 20
BEFORE = 60  # code points before a name in a note in which the words stand that make it the right one
RIGHT_NUMBER = re.compile(r"\b(\d[\d.,]*)[^.;\n]{0,30}?,? (?:not|instead of|rather than) (?:the )?(\d[\d.,]*)")
LINE = re.compile(r"[^\n]*\S[^\n]*")


def noticed(
    report: Report, attributions: Sequence[Attribution], names: dict[str, tuple[str, ...]]
) -> list[Attribution]:
    """The attributions with `fiction` where the report is marked so, `later-corrected` where a note takes them back.

    `names`: entity id -> all its names.
    """
    lines = [Span(*match.span()).strip(report.text) for match in LINE.finditer(report.text)]
    found = list(attributions)
    begin = fiction_from(report, lines)
    if begin is not None:
        found = [flagged(one, ("fiction",)) if hull(one.content).start >= begin else one for one in found]
    for span in notes_in(report.text, lines)[:MOST_NOTES]:
        note = read_note(report.text, span, found, names)
        found = [
            flagged(one, ("later-corrected",)) if is_taken_back(report.text, one, note, names) else one for one in found
        ]
    return found


def fiction_from(report: Report, lines: Sequence[Span]) -> int | None:
    """Where fiction begins: at 0 by a notice about the whole piece, or where a dialogue is announced; None: nowhere."""
    text = report.text
    if report.title and is_labelled(report.title):
        return 0
    begin: int | None = None
    for line in lines:
        words = line.of(text) if len(line) <= LONGEST_NOTICE else ""
        if is_labelled(words):
            return 0
        if pattern("fiction", "notice").search(words):
            return 0
        if begin is None and pattern("fiction", "dialogues").search(words):
            begin = line.start
    return begin


def is_labelled(words: str) -> bool:
    """Whether a line begins with the kind of piece, or has it in brackets or between bars."""
    if label().match(words):
        return True
    return len(words) <= LONGEST_HEAD and bool(bracketed().search(words) or barred().search(words))


@cache
def barred() -> re.Pattern[str]:
    """The kind of piece between bars: "Opinion | Satire"."""
    return re.compile(rf"[|/•·»>]\s*(?:{kinds()})\s*(?:$|[|/•·:])", re.IGNORECASE)


@cache
def label() -> re.Pattern[str]:
    """A line that only names the kind of piece, or begins with it: "Satire", "SATIRE: ...", "Satire | ..."."""
    return re.compile(rf"[\W_]*(?:{kinds()})(?:[\W_]*$|\s*[:|—–])", re.IGNORECASE)


@cache
def bracketed() -> re.Pattern[str]:
    """The kind of piece in brackets, in the line of a title: "The Weekly Goose (satire)"."""
    return re.compile(rf"[(\[](?:{kinds()})[)\]]", re.IGNORECASE)


def kinds() -> str:
    """The kinds of made-up pieces as alternatives."""
    return "|".join(settings_file("doubts.toml")["fiction"]["labels"])


def notes_in(text: str, lines: Sequence[Span]) -> list[Span]:
    """The corrections of a report; a line that only says "Correction" takes the next one in."""
    found: list[Span] = []
    for k, line in enumerate(lines):
        if len(line) > LONGEST_NOTE:
            continue
        words = line.of(text)
        opens = opening_note().match(words)
        if opens is None and not pattern("corrected", "phrases").search(words):
            continue
        alone = len(words) <= LONGEST_LABEL and k + 1 < len(lines)
        found.append(Span(line.start, lines[k + 1].end) if alone else line)
    return found


@cache
def opening_note() -> re.Pattern[str]:
    """How a correction begins: "Correction: ...", "Editor's note, May 3: ..."."""
    words = "|".join(settings_file("doubts.toml")["corrected"]["notes"])
    return re.compile(rf"\W*(?:{words})(?:[^.:\n]{{0,40}}:|\W*$|\s*[—–-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Note:
    """A correction and what it speaks of."""

    span: Span
    words: str  # without what the article itself said
    told: frozenset[str]  # its words, folded
    of_speech: bool  # it may be about what somebody said
    of_speakers: bool  # it may be about who said it
    of_any: bool  # about a quotation whose speaker, as the report has it, it does not name


def read_note(text: str, span: Span, found: Sequence[Attribution], names: dict[str, tuple[str, ...]]) -> Note:
    """The note at `span` of a report in which `found` are said."""
    words = pattern("corrected", "own").sub(" ", span.of(text))
    told = frozenset(words_of(fold(words)))
    of_any = bool(pattern("corrected", "unnamed").search(words)) and not any(
        surnames_of(one, names) & told for one in found if not (span.start <= hull(one.content).start < span.end)
    )
    of_speakers = bool(pattern("corrected", "speaker").search(words))
    return Note(span, words, told, bool(pattern("corrected", "speech").search(words)), of_speakers, of_any)


def is_taken_back(text: str, one: Attribution, note: Note, names: dict[str, tuple[str, ...]]) -> bool:
    """Whether the note may be about it: it stands there, its words do, or its speaker and talk of speakers do."""
    if note.span.start <= hull(one.content).start < note.span.end:
        is_outlets = not one.source or pattern("corrected", "outlet").search(select(text, one.source))
        return note.of_speakers or bool(is_outlets)
    if not note.of_speech or is_put_right(text, one, note, names):
        return False
    if is_alike(select(text, one.content), note.words):
        return True
    if one.form == "direct" and note.of_any:
        return True  # "The quote above was spoken by somebody else"
    return note.of_speakers and bool(surnames_of(one, names) & note.told)


def is_put_right(text: str, one: Attribution, note: Note, names: dict[str, tuple[str, ...]]) -> bool:
    """Whether the text already has what a note says is right: the speaker it gives the words to, its number."""
    whole = note.span.of(text)
    folded = fold(whole)
    found = [m for name in sorted(surnames_of(one, names)) for m in re.finditer(rf"\b{re.escape(name)}\b", folded)]
    if found and all(right_speaker().search(folded, max(0, m.start() - BEFORE), m.start()) for m in found):
        return True
    content = select(text, one.content)
    pairs = [(m.group(1).rstrip(".,"), m.group(2).rstrip(".,")) for m in RIGHT_NUMBER.finditer(whole)]
    numbers = set(re.findall(r"\d[\d.,]*", content)) | {n.rstrip(".,") for n in re.findall(r"\d[\d.,]*", content)}
    return any(right in numbers and wrong not in numbers for right, wrong in pairs)


@cache
def right_speaker() -> re.Pattern[str]:
    """What stands before the name of who did say it: "it was made by Senator ..."."""
    return re.compile(
        rf"\b(?:{'|'.join(settings_file('doubts.toml')['corrected']['right'])})(?:\s+(?!(?:to|not)\b)[\w’'-]+){{0,5}}\s*$",
        re.IGNORECASE,
    )


def surnames_of(one: Attribution, names: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """The last words, folded, of all names of its speakers."""
    speaker = one.speaker
    entities = (speaker.entity, *speaker.also) if speaker is not None else ()
    known = [names[entity] for entity in entities if entity in names]
    return frozenset(fold(name).split(" ")[-1] for mine in known for name in mine if name)


def is_alike(content: str, note: str) -> bool:
    """Whether the note repeats most of the longer words of the content."""
    mine = {word for word in words_of(content) if len(word) >= LONG}
    return bool(mine) and len(mine & set(words_of(note))) >= ALIKE * len(mine)
