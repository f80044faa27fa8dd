"""The sources, and one of them: what it said over time, where it moved, who answered it, its roles and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from fastapi import APIRouter
from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.export.rows import (
    FigureRow,
    SpeakerRow,
    StatementRow,
    figure_row,
    speaker_row,
    statement_row,
)
from onrecord.ledger.asking import find_id
from onrecord.ledger.store import Query
from onrecord.model import Entity, Statement
from onrecord.web.pages import AskedFor, ListPage, page
from onrecord.web.parameters import Identity

router = APIRouter()
LOOKED_AT = 500  # statements of one source whose links are looked at
MOST = 12  # moves and answers on the page
MOVES = ("updates", "contradicts")
ANSWERS = ("confirms", "denies", "corroborates", "contradicts")


class RoleRow(TypedDict):
    """What somebody is, as a report said it."""

    title: str
    affiliation: str | None
    first: str | None  # dates of the first and the last report that says so
    last: str | None


class PairRow(TypedDict):
    """Two statements and how the later stands to the earlier."""

    kind: str
    later: StatementRow
    earlier: StatementRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersPage(ListPage):
    """Sources, those with most statements first."""

    rows: tuple[SpeakerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerPage(ListPage):
    """All that is on record of one source; `rows` is what it said."""

    id: str
    kind: str
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    roles: tuple[RoleRow, ...]
    moved: tuple[PairRow, ...]  # the source itself took another stand, or gave another number
    answered: tuple[PairRow, ...]  # by others
    figures: tuple[FigureRow, ...]
    rows: tuple[StatementRow, ...]
    not_looked_at: bool  # whether there are statements whose links were not looked at


@page(router, "/speakers", "speakers.html", csv="rows")
def speakers(asked: AskedFor) -> SpeakersPage:
    """The sources, those with most statements first."""
    return SpeakersPage(**asked.paged("Speakers", asked.view.speakers, speaker_row))


@page(router, "/speakers/{identity}", "speaker.html", csv="rows")
def speaker(asked: AskedFor, identity: Identity) -> SpeakerPage:
    """Everything that one source said, where it moved, and who answered it."""
    entity = asked.view.entity(find_id(asked.view, identity, "entity"))
    own = replace(asked.query, who=entity.id)
    said = tuple(islice(asked.view.statements(own), LOOKED_AT + 1))
    moved, answered = _pairs(asked, said[:LOOKED_AT])
    listed = asked.listed(entity.name, asked.view.statements(own), lambda one: statement_row(one, asked.names))
    return SpeakerPage(
        **listed,
        id=entity.id,
        kind=entity.kind.value,
        names=tuple(name for name in dict.fromkeys(entity.aliases) if name != entity.name),
        same_as=entity.same_as,
        roles=_roles(entity),
        moved=moved,
        answered=answered,
        figures=_figures(asked, own),
        not_looked_at=len(said) > LOOKED_AT,
    )


def _roles(entity: Entity) -> tuple[RoleRow, ...]:
    """Each role once, with the dates of the reports that give it."""
    dates: dict[tuple[str, str | None], list[str]] = {}
    for role in entity.roles:
        dates.setdefault((role.title, role.affiliation), []).extend([role.as_of] if role.as_of else [])
    rows = [
        RoleRow(title=title, affiliation=of, first=min(days, default=None), last=max(days, default=None))
        for (title, of), days in dates.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row["first"] or "", row["title"], row["affiliation"] or "")))


def _figures(asked: AskedFor, own: Query) -> tuple[FigureRow, ...]:
    found = islice(asked.view.figures(own), MOST)
    holder = asked.names.statement
    return tuple(figure_row(one, asked.names, holder(one.statement) if one.statement else None) for one in found)


def _pairs(asked: AskedFor, said: Iterable[Statement]) -> tuple[tuple[PairRow, ...], tuple[PairRow, ...]]:
    """Where the source itself moved, and what others answered; the latest first."""
    own = {one.id: one for one in said}
    ends = [end for end in asked.view.ends(own) if end[2] in MOVES + ANSWERS]
    others = {one.id: one for one, _ in asked.view.statements_of({i for end in ends for i in end[:2]} - own.keys())}
    known = own | others
    moved, answered = [], []
    for later, earlier, kind in ends:
        if later not in known or earlier not in known:
            continue  # as of the date that is asked for, one of them is not there yet
        pair = PairRow(
            kind=kind,
            later=statement_row(known[later], asked.names),
            earlier=statement_row(known[earlier], asked.names),
        )
        if later in own and earlier in own and kind in MOVES:
            moved.append(pair)
        elif earlier in own and later not in own and kind in ANSWERS:
            answered.append(pair)
    for pairs in (moved, answered):
        pairs.sort(key=lambda pair: (pair["later"]["published"] or "", pair["later"]["id"]), reverse=True)
    return _once(moved), _once(answered)


def _once(pairs: Iterable[PairRow]) -> tuple[PairRow, ...]:
    """One pair for each later word: what it says in several copies, and of several earlier ones, is one step."""
    steps: dict[tuple[str, str, str], PairRow] = {}
    for pair in pairs:
        steps.setdefault((pair["kind"], pair["later"]["who"], pair["later"]["content"]), pair)
    return tuple(steps.values())[:MOST]
