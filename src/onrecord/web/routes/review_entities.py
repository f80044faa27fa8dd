"""Who is who: two entities are one, or some statements are by somebody else; each in two steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from pydantic import Field
from starlette.responses import Response

from onrecord.errors import UsageError
from onrecord.export.rows import StatementRow, statement_row
from onrecord.ledger.asking import find_id
from onrecord.ledger.judgements import LONGEST, split_id
from onrecord.ledger.store import Query
from onrecord.model import Entity
from onrecord.review.fitting import speakers_of
from onrecord.web.access import at_least
from onrecord.web.authors import author_kept
from onrecord.web.filters import Facet
from onrecord.web.pages import Asked, page
from onrecord.web.parameters import ID_PATTERN, matching, read_words, words
from onrecord.web.reviewing import (
    AskedToReview,
    FormGiven,
    author_of,
    checked_name,
    checked_note,
    give_verdict,
    led_on,
    refused,
    shown_again,
)
from onrecord.web.settings import Role

router = APIRouter()
REVIEWER = Depends(at_least(Role.REVIEWER))
QUOTED = 3  # statements of an entity, to know it by
CANDIDATES = 24  # entities of one name
MOST = 200  # statements to choose from
StatementId = Annotated[str, Field(json_schema_extra={"pattern": ID_PATTERN})]


@dataclass(frozen=True, slots=True)
class Card:
    """An entity, as one knows it again."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    statements: int
    said: tuple[StatementRow, ...]  # the first few


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage:
    """Two entities that may be one."""

    title: str
    kept: Card
    asked_for: str  # what the other is called
    candidates: tuple[Card, ...]  # where that could be several
    other: Card | None  # the one to be taken into the first
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPage:
    """Statements by an entity, some of which are by somebody else."""

    title: str
    entity: Card
    facets: tuple[Facet, ...]
    rows: tuple[StatementRow, ...]  # to choose from; those that were chosen, once they were
    is_chosen: bool  # whether it is to be confirmed
    more: bool  # whether there are others than `rows`
    name: str  # of somebody else
    author: str


@page(router, "/review/merge", "review_merge.html")
def review_merge(
    asked: AskedToReview,
    kept: Annotated[str, matching("The entity that stays: its id or the start of it.", ID_PATTERN)],
    other: Annotated[str | None, words("The other: a name or an id.")] = None,
) -> MergePage:
    """Two entities side by side, before they are said to be one."""
    return _merge_page(asked, kept, read_words("other", other or ""))


@page(router, "/review/split", "review_split.html")
def review_split(
    asked: AskedToReview,
    entity: Annotated[str, matching("The entity that may be two: its id or the start of it.", ID_PATTERN)],
    statement: Annotated[
        list[StatementId] | None, Parameter(description="Statements by somebody else.", max_length=MOST)
    ] = None,
    name: Annotated[str | None, words("What somebody else is called.", LONGEST["name"])] = None,
) -> SplitPage:
    """What an entity said, to choose what is by somebody else; then what was chosen, to be confirmed."""
    called = read_words("name", name or "", LONGEST["name"]) or ""
    return _split_page(asked, entity, tuple(dict.fromkeys(statement or ())), called)


@router.post("/review/merge", include_in_schema=False, dependencies=[REVIEWER])
def merge(request: Request, given: FormGiven) -> Response:
    """Says that two entities are one."""
    kept, other = given.one("kept"), given.one("other")
    try:
        author, note = author_of(request, given), checked_note(given.one("note"))
        made = give_verdict(request, author, lambda one: one.merge(kept, other, note=note))
        return led_on(request, given, author, made)
    except UsageError as error:
        typed = refused(error, given)
        return shown_again(request, "review_merge.html", typed, lambda asked: _merge_page(asked, kept, other))


@router.post("/review/split", include_in_schema=False, dependencies=[REVIEWER])
def split(request: Request, given: FormGiven) -> Response:
    """Says that statements by an entity are by somebody else."""
    entity, statements, name = given.one("entity"), given.each("statement"), given.one("name")
    try:
        author, note = author_of(request, given), checked_note(given.one("note"))
        made = give_verdict(
            request, author, lambda one: one.split(entity, statements, name=checked_name(name), note=note)
        )
        return led_on(request, given, author, made, place=f"/speakers/{split_id(made)}")
    except UsageError as error:
        typed = refused(error, given)
        return shown_again(
            request, "review_split.html", typed, lambda asked: _split_page(asked, entity, statements, name)
        )


def _merge_page(asked: Asked, kept: str, other: str | None) -> MergePage:
    view = asked.record
    mine = view.entity(find_id(view, kept, "entity"))
    name = (other or "").strip()
    found = _meant(asked, name, mine) if name else []
    return MergePage(
        title="The same as …",
        kept=_card(asked, mine),
        asked_for=name,
        candidates=tuple(_card(asked, one) for one in found) if len(found) != 1 else (),
        other=_card(asked, found[0]) if len(found) == 1 else None,
        author=author_kept(asked.request),
    )


def _meant(asked: Asked, name: str, mine: Entity) -> list[Entity]:
    """The entities that a name or an id may mean, without the one that they are compared with."""
    view = asked.record
    found = view.called(name) if not name.startswith("e-") else (find_id(view, name, "entity"),)
    ones = {view.entity(identity).id: view.entity(identity) for identity in found[:CANDIDATES]}
    ones.pop(mine.id, None)
    return list(ones.values())


def _split_page(asked: Asked, entity: str, chosen: tuple[str, ...], name: str) -> SplitPage:
    view = asked.record
    mine = view.entity(find_id(view, entity, "entity"))
    own = replace(asked.query, who=mine.id, attitude=None)
    if chosen:
        found = [view.statement(find_id(view, identity, "statement")) for identity in chosen]
        others = [one.id for one in found if mine.id not in speakers_of(one)]
        if others:
            raise UsageError(f"{', '.join(others[:3])} is not by {mine.name}")
    else:
        found = list(islice(view.statements(own), MOST + 1))
    return SplitPage(
        title="Not one",
        entity=_card(asked, mine),
        facets=asked.facets,
        rows=tuple(statement_row(one, asked.names) for one in found[:MOST]),
        is_chosen=bool(chosen),
        more=len(found) > MOST,
        name=name.strip(),
        author=author_kept(asked.request),
    )


def _card(asked: Asked, one: Entity) -> Card:
    own = Query(who=one.id, attitude=None)
    return Card(
        id=one.id,
        name=one.name,
        kind=one.kind.value,
        names=tuple(name for name in dict.fromkeys(one.aliases) if name != one.name),
        roles=tuple(dict.fromkeys(", ".join(filter(None, (role.title, role.affiliation))) for role in one.roles)),
        statements=asked.record.how_many("statement", own),
        said=tuple(statement_row(s, asked.names) for s in asked.record.statements(replace(own, limit=QUOTED))),
    )
