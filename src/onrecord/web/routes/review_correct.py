"""Putting a statement right: source, cue and content by selecting text or typing it, speaker, stance, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from starlette.responses import Response

from onrecord.errors import BadSpan, UnknownId, UsageError
from onrecord.export.passages import paragraphs_of
from onrecord.ledger.asking import STANCES, find_id
from onrecord.ledger.store import Query, View
from onrecord.model import Evidence, Figure, Report, Selection, Span, Statement, checked_selection, hull, select
from onrecord.review.given import GAP, find_number, find_pieces, written
from onrecord.review.verdicts import PutRight, Range
from onrecord.web.access import at_least
from onrecord.web.authors import author_kept
from onrecord.web.pages import Asked, page
from onrecord.web.parameters import Identity
from onrecord.web.reviewing import (
    AskedToReview,
    FormGiven,
    Given,
    address_of,
    author_of,
    checked_name,
    checked_note,
    give_verdict,
    led_on,
    places_of,
    put_places,
    refused,
    shown_again,
)
from onrecord.web.routes.review import Decision, decision_of
from onrecord.web.settings import Role

router = APIRouter()
AROUND = 2  # paragraphs shown before and after those of the statement
MOST_SHOWN = 60_000  # code points of a report that is shown in whole
SPEAKERS = 300  # that are proposed
CANDIDATES = 12  # of one name


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the report to select from."""

    start: int  # code points
    pieces: tuple[tuple[str, str | None], ...]  # text, and what it is of the statement


@dataclass(frozen=True, slots=True)
class PartField:
    """A source, cue or content as it reads now."""

    name: str
    words: str  # pieces with " … " between them
    at: str  # "120:134,150:162" in code points


@dataclass(frozen=True, slots=True)
class FigureField:
    """A figure of the statement; an end that is open is empty."""

    id: str
    printed: str
    of: str | None
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several entities of a name."""

    id: str
    name: str
    kind: str
    roles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPage:
    """A statement to be put right."""

    title: str
    decision: Decision
    lines: tuple[Line, ...]
    is_whole: bool  # whether the lines are the whole report
    parts: tuple[PartField, ...]
    who: str  # name of the speaker; empty for nobody
    speakers: tuple[str, ...]  # names to choose from
    candidates: tuple[Candidate, ...]  # where the name that was typed has several
    figures: tuple[FigureField, ...]
    stances: tuple[str, ...]
    author: str
    next: str


@page(router, "/review/statements/{identity}/correct", "review_correct.html")
def review_correct(
    asked: AskedToReview,
    identity: Identity,
    whole: Annotated[str | None, Parameter(description="1: the whole report, not only what is around.")] = None,
    then: Annotated[str | None, Parameter(alias="next", description="Where to go then.", max_length=2000)] = None,
) -> CorrectPage:
    """A statement to be put right, with the text around it."""
    statement = find_id(asked.record, identity, "statement")
    return _page(asked, statement, address_of(then or ""), whole=bool(whole and whole != "0"))


@router.post(
    "/review/statements/{identity}/correct",
    include_in_schema=False,
    dependencies=[Depends(at_least(Role.REVIEWER))],
)
def correct(request: Request, identity: str, given: FormGiven) -> Response:
    """Puts a statement right by a form; one that is refused keeps what was typed."""
    try:
        author, note = author_of(request, given), checked_note(given.one("note"))
        seen = given.one("seen") if given.has("seen") else None
        made = give_verdict(
            request,
            author,
            lambda one: one.correct(identity, put_right(one.view, identity, given), note),
            of=identity,
            seen=seen,
        )
        return led_on(request, given, author, made)
    except UsageError as error:
        typed = refused(error, given)
    return shown_again(
        request,
        "review_correct.html",
        typed,
        lambda asked: _page(asked, identity, address_of(given.one("next")), given=given),
    )


def put_right(view: View, identity: str, given: Given) -> PutRight:
    """What a form puts right of a statement as it reads now; what is typed as it was stays as it is."""
    now = view.statement(identity)
    report = next(iter(view.reports(Query(report=now.report_id))))
    name, speaker = _speaker(view, now, given)
    stance = given.one("stance")
    return PutRight(
        source=_part(report, now, "source", given),
        cue=_part(report, now, "cue", given),
        content=_part(report, now, "content", given),
        speaker=speaker,
        name=name,
        stance=stance if stance and stance != now.commitment.stance else None,
        figures=tuple(_ranges(view, now, given)),
    )


def _part(report: Report, now: Statement, name: str, given: Given) -> Selection | None:
    """The pieces of one part; None where it stays as it is."""
    evidence: Evidence | None = getattr(now, name)
    before = evidence.spans if evidence else ()
    if not given.has(name) and not given.one(f"no_{name}"):
        return None
    if given.one(f"no_{name}"):
        return () if before else None
    words = given.one(name)
    if not words:
        if not before:
            return None
        empty = "reject the statement where it has none" if name == "content" else "tick “there is none” where it is so"
        raise UsageError(f"the {name} is empty: {empty}")
    found = _placed(report, given.one(f"{name}_at"), words) or _typed(report, now, name, words, before)
    return None if found == before else found


def _placed(report: Report, places: str, words: str) -> Selection | None:
    """Places that were selected, if what stands there is what the field says."""
    spans = places_of(places)
    if not spans:
        return None
    try:
        pieces = checked_selection(report.text, spans)
    except BadSpan:
        return None
    return pieces if _folded(select(report.text, pieces)) == _folded(words.replace(GAP, " ")) else None


def _typed(report: Report, now: Statement, name: str, words: str, before: Selection) -> Selection:
    if before and _folded(written(report, before)) == _folded(words):
        return before
    try:
        return find_pieces(report, words, (before or now.content.spans)[0].start)
    except UsageError as error:
        raise UsageError(f"the {name}: {error}") from error


def _folded(words: str) -> str:
    return " ".join(words.split())


def _speaker(view: View, now: Statement, given: Given) -> tuple[str | None, str | None]:
    """(name of somebody new, id of the entity); None where it stays so, "" as an id for nobody."""
    name, chosen = given.one("speaker"), given.one("speaker_id")
    if given.one("nobody"):
        if name and name != _who(view, now):
            raise UsageError(f"“nobody” is ticked, and a name stands beside it, {name[:60]!r}: say one of them")
        return None, ""
    if given.one("new_speaker"):
        if not name:
            raise UsageError("somebody new needs a name")
        return checked_name(name), None
    if chosen and name == given.one("speaker_asked"):
        return None, view.entity(chosen).id
    if not given.has("speaker") or name == _who(view, now):
        return None, None
    if not name:
        raise UsageError("the speaker is empty: tick “nobody” where it cannot be told who it is")
    found = (name,) if name.startswith("e-") and _is_entity(view, name) else view.called(name)
    if not found:
        raise UsageError(f"nobody on the record is called {name[:80]!r}: tick “new on the record” if it is so written")
    if len(found) > 1:
        raise UsageError(f"{name[:80]!r} could be one of {len(found)}: choose who is meant")
    return None, None if (found[0],) == _speakers(now) else found[0]


def _is_entity(view: View, identity: str) -> bool:
    try:
        return bool(view.entity(identity))
    except UnknownId:
        return False


def _speakers(now: Statement) -> tuple[str, ...]:
    return tuple(one for one in (now.speaker.entity, *now.speaker.also) if one)


def _who(view: View, now: Statement) -> str:
    """Who it is on record, as the field has it."""
    return " and ".join(view.entity(one).name for one in _speakers(now) if _is_entity(view, one))


def _ranges(view: View, now: Statement, given: Given) -> Iterator[Range]:
    """The figures whose ends were changed."""
    for figure, _ in view.figures_of(now.figures):
        low_name, high_name = f"low_{figure.id}", f"high_{figure.id}"
        if not given.has(low_name) and not given.has(high_name):
            continue
        try:
            low, high = find_number(given.one(low_name)), find_number(given.one(high_name))
        except UsageError as error:
            raise UsageError(f"the figure {figure.text!r}: {error}") from error
        if (low, high) != (figure.amount.low, figure.amount.high):
            yield Range(figure.id, low, high)


def _page(asked: Asked, identity: str, then: str, *, whole: bool = False, given: Given | None = None) -> CorrectPage:
    view = asked.record
    decision, now = decision_of(asked, identity), view.statement(identity)
    report = view.report(now.report_id)
    parts = tuple(
        (name, e.spans if e else ()) for name, e in (("source", now.source), ("cue", now.cue), ("content", now.content))
    )
    shown = _shown(report.text, [span for _, spans in parts for span in spans], whole)
    return CorrectPage(
        title="Put it right",
        decision=decision,
        lines=tuple(Line(span.start, _pieces(report.text, span, parts)) for span in shown),
        is_whole=shown == paragraphs_of(report.text).spans,
        parts=tuple(PartField(name, written(report, spans), put_places(spans)) for name, spans in parts),
        who=_who(view, now),
        speakers=_proposed(asked, report),
        candidates=_candidates(asked, given.one("speaker")) if given else (),
        figures=tuple(_figure_field(figure) for figure, _ in view.figures_of(now.figures)),
        stances=STANCES,
        author=author_kept(asked.request),
        next=then,
    )


def _shown(text: str, spans: list[Span], whole: bool) -> tuple[Span, ...]:
    """The paragraphs that hold the parts and some around them; all where that is asked, unless it is too much."""
    paragraphs = paragraphs_of(text)
    if whole and len(text) <= MOST_SHOWN:
        return paragraphs.spans
    parts = hull(spans)
    first = paragraphs.number(parts.start) - 1 - AROUND
    last = paragraphs.number(parts.end - 1) + AROUND
    room = Span(max(0, parts.start - MOST_SHOWN // 2), parts.end + MOST_SHOWN // 2)  # of a line without end
    near = (span for span in paragraphs.spans[max(0, first) : last] if span.overlaps(room))
    return tuple(Span(max(span.start, room.start), min(span.end, room.end)) for span in near)


def _pieces(text: str, line: Span, parts: tuple[tuple[str, Selection], ...]) -> tuple[tuple[str, str | None], ...]:
    """A paragraph cut where a part begins or ends."""
    inside = [(name, span) for name, spans in parts for span in spans if span.overlaps(line)]
    edges = {line.start, line.end}
    edges |= {min(max(edge, line.start), line.end) for _, span in inside for edge in (span.start, span.end)}
    return tuple(
        (text[start:end], next((name for name, span in inside if span.start <= start and end <= span.end), None))
        for start, end in pairwise(sorted(edges))
    )


def _figure_field(figure: Figure) -> FigureField:
    return FigureField(figure.id, figure.text, figure.of, _plain(figure.amount.low), _plain(figure.amount.high))


def _plain(number: Decimal | None) -> str:
    """A number to be typed over: 3000, 2.5."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _proposed(asked: Asked, report: Report) -> tuple[str, ...]:
    """Names to choose a speaker from: whom the report mentions, then who says most on the record as it was found."""
    most = (one.name for one in asked.record.found.speakers(Query(limit=SPEAKERS)))
    here = sorted(entity.name for entity in report.entities)
    return tuple(dict.fromkeys((*here, *most)))[:SPEAKERS]


def _candidates(asked: Asked, name: str) -> tuple[Candidate, ...]:
    """The entities of a name, where there are several."""
    found = asked.record.called(name) if name else ()
    ones = [asked.record.entity(identity) for identity in found[:CANDIDATES]] if len(found) > 1 else []
    return tuple(
        Candidate(one.id, one.name, one.kind.value, ", ".join(dict.fromkeys(role.title for role in one.roles[:3])))
        for one in ones
    )
