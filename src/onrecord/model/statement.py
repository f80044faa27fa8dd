"""The stored unit: an attribution resolved, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.report import Commitment, PartConfidence, Report, Source, Speaker
from onrecord.model.span import Evidence


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something in a report. Ids of other things are theirs in the record."""

    id: str
    report_id: str
    content: Evidence
    cue: Evidence | None
    source: Evidence | None  # None: the text names no source
    speaker: Speaker
    form: str  # direct, indirect, mixed
    commitment: Commitment
    condition: Evidence | None = None
    said_at: str | None = None
    venue: str | None = None
    addressee: str | None = None
    nested_in: str | None = None  # statement id
    continues: str | None = None  # statement id
    refers_to: str | None = None  # statement id
    figures: tuple[str, ...] = ()  # figure ids whose span lies in the content
    claim: str | None = None
    origin: str | None = None
    confidence: float = 0.5  # 0..1
    part_confidence: PartConfidence | None = None  # of source, cue and content as found, the speaker apart
    plain: bool = False  # may be put to a reader without a caveat
    flags: tuple[str, ...] = ()
    review: str = "none"  # none, confirmed, corrected, rejected
    rule: str = ""  # the rule or model that found it


@dataclass(frozen=True, slots=True)
class Claim:
    """What several statements say alike, assembled on reading."""

    id: str
    text: str  # of its clearest statement
    statements: tuple[str, ...]
    status: str  # single-source, corroborated, disputed, denied, superseded
    independent_origins: int
    first_said: str | None = None
    last_said: str | None = None
    rejected: tuple[str, ...] = ()  # given on reading: statements that it was assembled with and that a person rejected


@dataclass(frozen=True, slots=True)
class Page:
    """All that one report brings to the ledger: its resolved layers with their ids, and its statements."""

    report: Report
    source: Source | None  # None: read from a record, which carries the text and not the bytes
    statements: tuple[Statement, ...] = ()  # in order of appearance
