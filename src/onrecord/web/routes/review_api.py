"""Judging for other programs: the same verdicts by JSON, by the same rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from onrecord.errors import UnknownId, UsageError
from onrecord.ledger.asking import STANCES
from onrecord.ledger.judgements import in_force
from onrecord.model import Judgement, Selection, Span
from onrecord.review.given import find_number
from onrecord.review.telling import JudgementRow, judgement_row
from onrecord.review.verdicts import PutRight, Range, Reviewer
from onrecord.web.access import at_least
from onrecord.web.authors import checked_author
from onrecord.web.errors import Problem
from onrecord.web.pages import API
from onrecord.web.reviewing import MOST_PIECES, checked_name, checked_note, give_verdict, newest_of
from onrecord.web.settings import Role

router = APIRouter(
    prefix=API + "/review",
    dependencies=[Depends(at_least(Role.REVIEWER))],
    responses={
        400: {"model": Problem, "description": "The body is no JSON."},
        409: {"model": Problem, "description": "It was judged after it was seen; the detail says by whom."},
    },
)
MOST_POINTS = 10**9  # code points of a report
Id = Annotated[str, Field(max_length=80)]
Piece = Annotated[list[Annotated[int, Field(ge=0, le=MOST_POINTS)]], Field(min_length=2, max_length=2)]
Pieces = Annotated[list[Piece], Field(max_length=MOST_PIECES)]


NAME_PATTERN = r"^[!-~\u00a1-\u00ac\u00ae-\u02ff][^\x00-\x1f\x7f-\x9f]*$"  # begins with something that is seen


class Authored(BaseModel):
    """Whose verdict it is, and why."""

    model_config = ConfigDict(extra="forbid")
    author: str = Field(
        max_length=200,
        description="Whose verdict it is; never empty.",
        json_schema_extra={"pattern": NAME_PATTERN},
    )
    note: str | None = Field(None, max_length=4000)


class Seen(Authored):
    """A verdict on what somebody has looked at."""

    seen: str | None = Field(
        None, description="The newest verdict on it that was seen, empty for none; 409 where there is a newer one."
    )


class VerdictGiven(Seen):
    """A statement or link is right, or is none."""

    verdict: Literal["confirm", "reject"]
    about: Id = Field(description="The id of a statement or a link.")


NUMBER: dict[str, JsonValue] = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^-?[0-9]{1,20}(\.[0-9]{1,10})?$"},
        {"type": "null"},
    ]
}


class RangeGiven(BaseModel):
    """What a figure says, put right; an end that is open is null."""

    model_config = ConfigDict(extra="forbid")
    figure: Id
    low: Decimal | None = Field(None, json_schema_extra=NUMBER)
    high: Decimal | None = Field(None, json_schema_extra=NUMBER)


class CorrectionGiven(Seen):
    """A statement is otherwise; what is null stays as it is."""

    statement: Id
    source: Pieces | None = Field(None, description="[start, end) in code points of the report; [] for none.")
    cue: Pieces | None = Field(None, description="Likewise.")
    content: Pieces | None = Field(None, description="Likewise, but there is always one.")
    speaker: Id | None = Field(None, description="The id of an entity; empty for nobody.")
    name: str | None = Field(None, max_length=200, description="Of a speaker that the record has no entity for.")
    stance: str | None = Field(None, description=f"One of {', '.join(STANCES)}.")
    figures: list[RangeGiven] = Field([], max_length=200)


class MergeGiven(Authored):
    """Entities are one."""

    kept: Id = Field(description="The entity that stands for the others.")
    others: list[Id] = Field(min_length=1, max_length=200)


class SplitGiven(Authored):
    """Statements by an entity are by somebody else."""

    entity: Id
    statements: list[Id] = Field([], max_length=1000)
    reports: list[Id] = Field([], max_length=1000, description="All that it says in these.")
    name: str | None = Field(None, max_length=200, description="What somebody else is called, if otherwise.")


class UndoGiven(Authored):
    """A verdict is taken back."""

    judgement: Id | None = Field(None, description="Its id; null for the author's newest that holds.")


@router.post("/verdicts", operation_id="judge", summary="Confirm or reject a statement or a link")
def judge(request: Request, given: VerdictGiven) -> JudgementRow:
    """Confirms or rejects; the answer is the line of the log."""
    note, about = checked_note(given.note), given.about
    made = give_verdict(
        request,
        checked_author(given.author),
        lambda one: getattr(one, given.verdict)(about, note),
        of=about,
        seen=given.seen,
    )
    return _row(request, made)


@router.post("/corrections", operation_id="correct", summary="Put a statement right")
def correct(request: Request, given: CorrectionGiven) -> JudgementRow:
    """Puts right what is given of a statement."""
    note = checked_note(given.note)

    def judge(one: Reviewer) -> Judgement:
        one.view.statement(given.statement)  # what is not there is told before what is put right of it
        return one.correct(given.statement, _put_right(given), note)

    made = give_verdict(
        request,
        checked_author(given.author),
        judge,
        of=given.statement,
        seen=given.seen,
    )
    return _row(request, made)


@router.post("/merges", operation_id="merge", summary="Say that entities are one")
def merge(request: Request, given: MergeGiven) -> JudgementRow:
    """The first entity stands for the others."""
    note = checked_note(given.note)
    author = checked_author(given.author)
    return _row(request, give_verdict(request, author, lambda one: one.merge(given.kept, *given.others, note=note)))


@router.post("/splits", operation_id="split", summary="Say that statements are by somebody else of that name")
def split(request: Request, given: SplitGiven) -> JudgementRow:
    """These statements, and all in these reports, are by somebody else."""
    note = checked_note(given.note)

    def judge(one: Reviewer) -> Judgement:
        one.view.entity(given.entity)
        name = checked_name(given.name)
        return one.split(given.entity, given.statements, given.reports, name=name, note=note)

    made = give_verdict(request, checked_author(given.author), judge)
    return _row(request, made)


@router.post("/undo", operation_id="undo", summary="Take a verdict back")
def undo(request: Request, given: UndoGiven) -> JudgementRow:
    """Takes back the verdict that is named, else the author's newest."""
    note = checked_note(given.note)

    def judge(one: Reviewer) -> Judgement:
        if given.judgement is None and newest_of(one.view, one.author) is None:
            raise UnknownId(f"nothing to undo: no judgement by {one.author} holds")
        return one.undo(given.judgement, note)

    return _row(request, give_verdict(request, checked_author(given.author), judge))


def _put_right(given: CorrectionGiven) -> PutRight:
    return PutRight(
        source=_pieces(given.source),
        cue=_pieces(given.cue),
        content=_pieces(given.content),
        speaker=given.speaker,
        name=checked_name(given.name),
        stance=given.stance,
        figures=tuple(Range(one.figure, _number(one.low), _number(one.high)) for one in given.figures),
    )


def _pieces(given: list[list[int]] | None) -> Selection | None:
    """Pieces as spans; UsageError for one that ends before it starts."""
    if given is None:
        return None
    for start, end in given:
        if start >= end:
            raise UsageError(f"[{start}, {end}) is no piece of a text: it ends where it starts, or before")
    return tuple(Span(start, end) for start, end in given)


def _number(given: Decimal | None) -> Decimal | None:
    return None if given is None else find_number(str(given))


def _row(request: Request, made: Judgement) -> JudgementRow:
    held = {one.id for one in in_force(request.app.state.store.judgements())}
    return judgement_row(made, holds=made.id in held)
