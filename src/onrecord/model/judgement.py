"""What a person says of what was found: a verdict, what is put right, and the words that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from onrecord.model.span import Evidence

NOWHERE = ""  # the hash that the first judgement of a log follows


@dataclass(frozen=True, slots=True)
class FigureCorrection:
    """What one figure says: the number as printed, and its range put right; an open end is None."""

    words: Evidence
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What is put right of a statement. A field that is None stays as it was found."""

    source: Evidence | None = None  # without spans: the text names no source
    cue: Evidence | None = None  # without spans: there is none
    content: Evidence | None = None
    speaker: str | None = None  # entity id; "" for nobody
    name: str | None = None  # of the speaker, where the record has no such entity
    stance: str | None = None
    figures: tuple[FigureCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a statement stood when it was judged, so that it is found again when it has another id.

    Prefix and suffix are what stands right before and after the content, as a TextQuoteSelector of the Web Annotation
    Data Model has them.
    """

    statement: str  # its id then
    report_id: str
    sha256: str  # of the report
    uri: str | None
    content: Evidence
    cue: str  # the words; empty where there is none
    source: str  # likewise
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's verdict, a line of a log to which lines are only ever added; the newest wins on reading."""

    id: str  # of its hash; empty until it is in a log
    verdict: str  # confirm, correct, reject, merge, split, undo
    about: tuple[str, ...]  # a statement or link; the entities of a merge, the kept one first; an entity; a judgement
    author: str
    when: str  # ISO 8601 with a zone
    note: str | None = None
    correction: Correction | None = None
    name: str | None = None  # what the entity that is split off is called
    anchors: tuple[Anchor, ...] = ()  # of each statement that it is about
    number: int = 0  # place in the log, from 1
    previous: str = NOWHERE  # hash of the judgement before it
    hash: str = ""  # SHA-256 in hexadecimal of its line without id and hash
