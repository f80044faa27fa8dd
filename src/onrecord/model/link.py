"""What connects statements and reports, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.span import Evidence, Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a link: the rule that applied, in words, and the spans it rests on."""

    rule: str  # "same-speaker-same-figure"
    words: str  # for people: "both give at least 3,000 North Korean troops"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Two statements and their relation; `source` is the later or answering one, `target` what it answers."""

    id: str
    source: str  # statement id, `from` in the record
    target: str  # statement id, `to` in the record
    kind: str  # repeats, corroborates, confirms, denies, contradicts, updates, part_of
    reasons: tuple[Reason, ...]
    confidence: float  # 0..1
    review: str = "none"  # given on reading: none, confirmed, rejected, rests on rejected (of an end)


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports of which the later takes over text of the earlier."""

    id: str
    source: str  # report id of the one copied, `from` in the record
    target: str  # report id of the one that copies, `to` in the record
    share: float  # 0..1 of the shorter report's narration
    spans: tuple[tuple[Span, Span], ...]  # (span in the copied report, span in the copying one)


@dataclass(frozen=True, slots=True)
class Story:
    """Reports about one matter."""

    id: str
    title: str
    reports: tuple[str, ...]
    first: str | None = None  # ISO 8601, earliest publication
    last: str | None = None


@dataclass(frozen=True, slots=True)
class StoryChange:
    """What became of stories when reports came in; no line of the record, which depends on no order of adding."""

    kind: str  # joined, parted, regrouped (several into several), renamed (an earlier report begins it now)
    before: tuple[str, ...]  # story ids, sorted
    after: tuple[str, ...]
    reports: tuple[str, ...] = ()  # that were new in them then, sorted; none where what was there is seen otherwise
    number: int = 0  # in the order in which it was noted in this store, from 1; 0 where it was not
    date: str | None = None  # ISO 8601, the day of publication that brought it; None where it was noted on adding


@dataclass(frozen=True, slots=True)
class Origin:
    """The utterance or document that reports go back to."""

    id: str
    kind: str  # press conference, interview, document, wire copy, report, unknown
    speaker: str | None = None
    date: str | None = None
    place: str | None = None
    statements: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that could not be read or one step that could not be taken; the run goes on."""

    input: str  # path, URI or report id
    reason: str  # a code of docs/reference/reasons.md
    detail: str
    step: str = "read"
