"""Judging what was found, one decision a screen: what waits, and one statement of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from starlette.responses import Response

from onrecord.errors import UsageError
from onrecord.export.passages import Mark, Passage, find_passages
from onrecord.export.rows import FigureRow, StatementRow, figure_row, statement_row
from onrecord.export.sheet import report_line
from onrecord.ledger.asking import find_id
from onrecord.model import Statement
from onrecord.resources import settings_file
from onrecord.review.queue import Asked as Waits
from onrecord.review.queue import Waiting, kind_test
from onrecord.review.telling import as_found, history
from onrecord.web.access import at_least
from onrecord.web.authors import author_kept, checked_author
from onrecord.web.filters import Facet
from onrecord.web.kinds import KINDS, OTHER_KINDS
from onrecord.web.pages import Asked, page
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
from onrecord.web.routes.review_log import Done, DoneGiven, done_of, told_of
from onrecord.web.routes.statements import Tie, ties_of
from onrecord.web.settings import Role

router = APIRouter()
REVIEWER = Depends(at_least(Role.REVIEWER))
STORIES = 50  # that the filter names, the largest
EVERY_KIND = tuple(sorted(OTHER_KINDS.union(name for name, _ in KINDS)))


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
        done=done_of(asked, done),
        author=author,
        undo=told_of(asked, newest_of(asked.record, author)),
        stories=tuple((story.id, story.title) for story in asked.record.largest_stories(STORIES)),
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
        done=done_of(asked, done),
        author=author,
        undo=told_of(asked, newest_of(asked.record, author)),
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
