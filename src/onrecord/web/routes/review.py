"""Judging what was found, one decision a screen: what waits, one statement of it, the log, what the log comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from starlette.responses import Response
from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.errors import UsageError
from onrecord.export.judgement_sheets import corrected
from onrecord.export.naming import tidy
from onrecord.export.passages import Mark, Passage, find_passages
from onrecord.export.rows import FigureRow, StatementRow, figure_row, statement_row
from onrecord.export.sheet import report_line
from onrecord.ledger.asking import find_id
from onrecord.ledger.judgements import in_force, wrong_in_log
from onrecord.model import Judgement, Statement
from onrecord.resources import settings_file
from onrecord.review.precision import Precision, precision
from onrecord.review.queue import Asked as Waits
from onrecord.review.queue import Waiting, kind_test
from onrecord.review.telling import PAST, JudgementRow, OrphanRow, as_found, history, judgement_rows, orphan_row
from onrecord.web.access import at_least
from onrecord.web.authors import author_kept, checked_author
from onrecord.web.filters import Facet
from onrecord.web.kinds import KINDS, OTHER_KINDS
from onrecord.web.pages import Asked, AskedFor, ListPage, page
from onrecord.web.parameters import Identity, one_of, read_choice
from onrecord.web.reviewing import (
    AskedToReview,
    FormGiven,
    Given,
    author_of,
    checked_note,
    give_verdict,
    led_on,
    newest_of,
    refused,
    shown_again,
)
from onrecord.web.routes.statements import Tie, ties_of
from onrecord.web.settings import Role

router = APIRouter()
REVIEWER = Depends(at_least(Role.REVIEWER))
STORIES = 50  # that the filter names, the largest
EVERY_KIND = tuple(sorted(OTHER_KINDS.union(name for name, _ in KINDS)))
SHORT_WORDS = 90  # characters of words that are told again


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A statement as somebody is asked about it."""

    statement: StatementRow
    report: str  # outlet and day
    passages: tuple[Passage, ...]
    why: tuple[str, ...]  # why it is asked, or what there is to doubt
    figures: tuple[FigureRow, ...]
    ties: tuple[Tie, ...]  # rejected ones too
    history: tuple[str, ...]  # what people said, oldest first
    found: tuple[tuple[str, str], ...]  # (part, as it was found) of what reads otherwise now
    seen: str  # id of the newest judgement about it; empty for none


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A verdict that was just given, or taken back."""

    id: str
    words: str  # "Rejected", "Took back: rejected"
    about: str  # the words that it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """What is asked next."""

    title: str
    facets: tuple[Facet, ...]
    kind: str | None
    sample: bool
    after: str | None  # what was passed over last
    judged: int
    left: int  # that still wait, those that wait behind one of the same words among them
    passed: int  # of them, passed over for now
    next: Decision | None
    done: Done | None
    author: str  # whose name verdicts get; empty until it is given
    undo: Done | None  # what would be taken back
    stories: tuple[tuple[str, str], ...]  # (id, title)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePage:
    """One statement to be judged."""

    title: str
    decision: Decision
    done: Done | None
    author: str
    undo: Done | None


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


@page(router, "/review", "review.html")
def review(
    asked: AskedToReview,
    kind: Annotated[str, one_of("A form, stance, certainty or flag; or figure, unnamed, linked.", EVERY_KIND)] = "",
    sample: Annotated[str | None, Parameter(description="1: by chance, for telling precision from.")] = None,
    after: Annotated[str | None, Parameter(description="The statement passed over last.", max_length=80)] = None,
    done: DoneGiven = None,
) -> ReviewPage:
    """What waits for a verdict, the most urgent first: one decision at a time."""
    wanted, is_sample = read_choice("kind", kind, EVERY_KIND), bool(sample and sample != "0")
    query = replace(asked.query, review="none")
    waiting, open_ones = asked.request.app.state.batches.waiting(asked.record, query, kind=wanted, sample=is_sample)
    start = next((at + 1 for at, one in enumerate(waiting) if one.id == after), 0)
    following = next((one for one in waiting[start:] if one.id in open_ones), None)
    author = author_kept(asked.request)
    return ReviewPage(
        title="Review",
        facets=_facets(asked, wanted, is_sample),
        kind=wanted,
        sample=is_sample,
        after=after if start else None,
        judged=_count_judged(asked, wanted),
        left=sum(1 + one.alike for one in waiting if one.id in open_ones),
        passed=sum(1 for one in waiting[:start] if one.id in open_ones),
        next=_decision(asked, asked.record.statement(following.id), following) if following else None,
        done=_done(asked, done),
        author=author,
        undo=_told(asked, newest_of(asked.record, author)),
        stories=tuple((story.id, story.title) for story in asked.record.largest_stories(STORIES)),
    )


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
        done=_done(asked, done),
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


@page(router, "/review/statements/{identity}", "review_one.html")
def review_statement(asked: AskedToReview, identity: Identity, done: DoneGiven = None) -> JudgePage:
    """One statement to be judged, also one that was judged before."""
    return _judge_page(asked, find_id(asked.record, identity, "statement"), done)


@router.post("/review/author", include_in_schema=False, dependencies=[REVIEWER])
def keep_author(request: Request, given: FormGiven) -> Response:
    """Keeps the name that verdicts get."""
    return led_on(request, given, checked_author(given.one("author")), None)


@router.post("/review/statements/{identity}", include_in_schema=False, dependencies=[REVIEWER])
def judge_statement(request: Request, identity: str, given: FormGiven) -> Response:
    """Confirms or rejects a statement."""
    try:
        return _judged(request, identity, given)
    except UsageError as error:
        typed = refused(error, given)
        return shown_again(request, "review_one.html", typed, lambda asked: _judge_page(asked, identity, None))


@router.post("/review/links/{identity}", include_in_schema=False, dependencies=[REVIEWER])
def judge_link(request: Request, identity: str, given: FormGiven) -> Response:
    """Confirms or rejects a link."""
    return _judged(request, identity, given)


@router.post("/review/undo", include_in_schema=False, dependencies=[REVIEWER])
def undo(request: Request, given: FormGiven) -> Response:
    """Takes a verdict back: the one that is named, else the newest of whoever asks."""
    author = author_of(request, given)
    made = give_verdict(request, author, lambda one: one.undo(given.one("judgement") or None))
    return led_on(request, given, author, made)


def _judged(request: Request, identity: str, given: Given) -> Response:
    author, note, verdict = author_of(request, given), checked_note(given.one("note")), given.one("verdict")
    if verdict not in ("confirm", "reject"):
        raise UsageError(f"a verdict is confirm or reject, not {verdict[:40]!r}")
    seen = given.one("seen") if given.has("seen") else None
    made = give_verdict(request, author, lambda one: getattr(one, verdict)(identity, note), of=identity, seen=seen)
    return led_on(request, given, author, made)


def _judge_page(asked: Asked, identity: str, done: str | None) -> JudgePage:
    decision, author = decision_of(asked, identity), author_kept(asked.request)
    return JudgePage(
        title=f"Judge: {decision.statement['who']}: {decision.statement['content'][:80]}",
        decision=decision,
        done=_done(asked, done),
        author=author,
        undo=_told(asked, newest_of(asked.record, author)),
    )


def decision_of(asked: Asked, identity: str) -> Decision:
    """What somebody needs to know who judges a statement."""
    return _decision(asked, asked.record.statement(identity), None)


def _decision(asked: Asked, found: Statement, waiting: Waiting | None) -> Decision:
    view, names = asked.record, asked.names
    marks: list[Mark] = [(label, e.spans) for label, e in (("source", found.source), ("cue", found.cue)) if e]
    marks.append(("content", found.content.spans))
    held = view.judged(found.id)
    row = statement_row(found, names)
    return Decision(
        statement=row,
        report=report_line(names, found.report_id).rpartition(" (")[0],
        passages=find_passages(names.report(found.report_id).text, marks),
        why=tuple(_why(found, waiting)),
        figures=tuple(figure_row(one, names, found) for one, _ in view.figures_of(found.figures)),
        ties=tuple(ties_of(view, names, found, view.links_found(found.id))),
        history=history(view, found.id),
        found=as_found(view, found),
        seen=held[-1].id if held else "",
    )


def _why(found: Statement, waiting: Waiting | None) -> Iterator[str]:
    """What there is to doubt of a statement, in words."""
    words = settings_file("reader_words.toml")["flags"]
    yield f"the machine is {found.confidence:.0%} sure of it"
    if parts := found.part_confidence:
        named = (("who", found.speaker.confidence), ("source", parts.source), ("cue", parts.cue))
        told = ", ".join(f"{name} {value:.0%}" for name, value in (*named, ("content", parts.content)))
        yield f"of its parts: {told}"
    yield from (words.get(flag, flag.replace("-", " ")) for flag in found.flags)
    if found.source is not None and found.speaker.entity is None and not found.speaker.anonymous:
        yield "a source is there, and who it is was left open"
    if waiting and waiting.links:
        yield f"{waiting.links} {'link rests' if waiting.links == 1 else 'links rest'} on it"
    if waiting and waiting.alike:
        others = "another one" if waiting.alike == 1 else f"{waiting.alike} others"
        yield f"{others} with the same words by the same source wait{'s' if waiting.alike == 1 else ''} behind it"


def _facets(asked: Asked, kind: str | None, sample: bool) -> tuple[Facet, ...]:
    """The filters in words, each dropped without the others."""
    own = {name: value for name, value in (("kind", kind), ("sample", "1" if sample else None)) if value}

    def search(base: str, without: str = "") -> str:
        rest = "&".join(f"{name}={value}".replace("+", "%2B") for name, value in own.items() if name != without)
        return base + ("&" if base else "?") + rest if rest else base

    facets = [replace(one, without=search(one.without)) for one in asked.facets]
    words = {"kind": dict(KINDS).get(kind or "", (kind or "").replace("-", " ")), "sample": "a sample by chance"}
    plain = asked.filters.search()
    return (*facets, *(Facet(name, value, words[name], search(plain, name)) for name, value in own.items()))


def _count_judged(asked: Asked, kind: str | None) -> int:
    """How many that fit the filters were judged."""
    if not asked.record.applied.statements:
        return 0
    query = replace(asked.query, limit=None, skip=0)
    found = [
        one
        for state in ("confirmed", "corrected", "rejected")
        for one in asked.record.statements(replace(query, review=state))
    ]
    fits, linked = kind_test(kind), {i for end in asked.record.ends([one.id for one in found]) for i in end[:2]}
    return sum(fits(Waits(one, 0.0, int(one.id in linked), 0)) for one in found)


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


def _done(asked: Asked, identity: str | None) -> Done | None:
    """A verdict of the log in words; None where there is none of that id."""
    if not identity:
        return None
    return _told(asked, next((one for one in asked.record.judgements() if one.id == identity), None))


def _told(asked: Asked, one: Judgement | None) -> Done | None:
    if one is None:
        return None
    what = next((other for other in asked.record.judgements() if other.id == one.about[0]), one)
    words = tidy(" … ".join(anchor.content.quote for anchor in what.anchors))
    said = f"Took back: {PAST[what.verdict]}" if one.verdict == "undo" else PAST[one.verdict].capitalize()
    if not words:
        words = " and ".join(asked.names.entity_name(i) or i for i in what.about)
    return Done(id=one.id, words=said, about=words[:SHORT_WORDS] + ("…" if len(words) > SHORT_WORDS else ""))
