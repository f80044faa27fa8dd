"""What became of verdicts: the log, those that lost their words, and how often the machine was right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter
from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.export.judgement_sheets import corrected
from onrecord.export.naming import tidy
from onrecord.ledger.judgements import in_force, wrong_in_log
from onrecord.model import Judgement
from onrecord.review.precision import Precision, precision
from onrecord.review.telling import PAST, JudgementRow, OrphanRow, judgement_rows, orphan_row
from onrecord.web.authors import author_kept
from onrecord.web.pages import Asked, AskedFor, ListPage, page

router = APIRouter()
SHORT_WORDS = 90  # characters of words that are told again


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A verdict that was just given, or taken back."""

    id: str
    words: str  # "Rejected", "Took back: rejected"
    about: str  # the words that it is about


class LogRow(JudgementRow):
    """A line of the log with what it puts right."""

    puts_right: list[str]  # "stance: warns"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage(ListPage):
    """The log, newest first."""

    rows: tuple[LogRow, ...]
    by: str | None
    authors: tuple[str, ...]
    wrong: tuple[str, ...]  # what the chain of hashes shows to be off; empty where all lines follow each other
    last: str | None  # hash of the newest line
    orphans: int
    author: str
    newest: str | None  # id of the newest line that holds
    done: Done | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphansPage(ListPage):
    """Judgements that are about nothing now; they stay in the log."""

    rows: tuple[OrphanRow, ...]


class PrecisionRow(TypedDict):
    """How the statements of one kind fared; shares 0..1."""

    group: str  # all, form, stance, engine, plain, confidence, flag
    kind: str
    judged: int
    right: int  # confirmed as found
    corrected: int
    rejected: int
    precision: float
    low: float  # of the 95% interval
    high: float
    parts: dict[str, int]  # how often each part was put right


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionPage:
    """How often the machine was right, by kind."""

    title: str
    by: str | None
    authors: tuple[str, ...]
    rows: tuple[PrecisionRow, ...]


ByGiven = Annotated[str | None, Parameter(description="Only this author's verdicts.", max_length=200)]
DoneGiven = Annotated[str | None, Parameter(description="The verdict that led here, to be told.", max_length=80)]


@page(router, "/review/log", "review_log.html", csv="rows")
def review_log(asked: AskedFor, by: ByGiven = None, done: DoneGiven = None) -> LogPage:
    """Every verdict with its author, the newest first, and whether the lines still follow each other."""
    log = asked.record.judgements()
    rows = [
        (row, one)
        for row, one in zip(judgement_rows(asked.record), log, strict=True)
        if by in (None, "", row["author"])
    ]
    listed = asked.listed("Verdicts", reversed(rows), lambda pair: _log_row(asked, *pair))
    listed |= {"facets": (), "total": len(rows)}
    return LogPage(
        **listed,
        by=by or None,
        authors=_authors(log),
        wrong=tuple(wrong_in_log(log)),
        last=log[-1].hash if log else None,
        orphans=len(asked.record.orphans),
        author=author_kept(asked.request),
        newest=next((one.id for one in reversed(in_force(log))), None),
        done=done_of(asked, done),
    )


@page(router, "/review/orphans", "review_orphans.html", csv="rows")
def review_orphans(asked: AskedFor) -> OrphansPage:
    """Verdicts that are about nothing on the record now: their words, and why."""
    orphans = asked.record.orphans
    listed = asked.listed("Verdicts without their words", orphans, orphan_row)
    return OrphansPage(**listed | {"facets": (), "total": len(orphans)})


@page(router, "/review/precision", "review_precision.html", csv="rows")
def review_precision(asked: AskedFor, by: ByGiven = None) -> PrecisionPage:
    """How often the machine was right, by kind, with the 95% interval; by all verdicts, or those of one author."""
    return PrecisionPage(
        title="How often the machine was right",
        by=by or None,
        authors=_authors(asked.record.judgements()),
        rows=tuple(map(_precision_row, precision(asked.record, by or None))),
    )


def done_of(asked: Asked, identity: str | None) -> Done | None:
    """A verdict of the log in words; None where there is none of that id."""
    if not identity:
        return None
    return told_of(asked, next((one for one in asked.record.judgements() if one.id == identity), None))


def told_of(asked: Asked, one: Judgement | None) -> Done | None:
    """A verdict in words, with the words it is about."""
    if one is None:
        return None
    what = next((other for other in asked.record.judgements() if other.id == one.about[0]), one)
    words = tidy(" … ".join(anchor.content.quote for anchor in what.anchors))
    said = f"Took back: {PAST[what.verdict]}" if one.verdict == "undo" else PAST[one.verdict].capitalize()
    if not words:
        words = " and ".join(asked.names.entity_name(i) or i for i in what.about)
    return Done(id=one.id, words=said, about=words[:SHORT_WORDS] + ("…" if len(words) > SHORT_WORDS else ""))


def _log_row(asked: Asked, row: JudgementRow, one: Judgement) -> LogRow:
    """A line with what it puts right, entities by their names."""
    puts = [("called", one.name)] if one.name else []
    puts += [(name, value) for name, value in (corrected(one.correction) if one.correction else ()) if value]
    told = ((name, (asked.names.entity_name(value) if name == "speaker" else None) or value) for name, value in puts)
    return LogRow(**row, puts_right=[f"{name}: {value}" for name, value in told])


def _precision_row(one: Precision) -> PrecisionRow:
    return PrecisionRow(
        group=one.group,
        kind=one.kind,
        judged=one.judged,
        right=one.right,
        corrected=one.corrected,
        rejected=one.rejected,
        precision=one.precision,
        low=one.low,
        high=one.high,
        parts=dict(one.parts),
    )


def _authors(log: tuple[Judgement, ...]) -> tuple[str, ...]:
    return tuple(sorted({one.author for one in log}))
