"""Who backs whom: sources and the claims that several of them speak on, as a drawing and a table."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.export.charts.backing import Backing, backing_rows, gather_backing, tell_backing
from onrecord.export.charts.graph import draw_backing
from onrecord.web.filters import Facet
from onrecord.web.pages import Asked, AskedFor, page

router = APIRouter()
MOST = 2_000  # claims that are looked at while somebody waits
PATHS = {"c": "/claims/", "e": "/speakers/", "s": "/statements/"}  # by the beginning of an id


class StandRow(TypedDict):
    """How one source stands to one claim."""

    who: str
    entity: str | None
    does: str
    claim: str  # id
    text: str
    status: str
    statements: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackingPage:
    """Sources and claims, claim by claim."""

    title: str
    facets: tuple[Facet, ...]
    told: str
    svg: str | None
    single: int  # claims that one source makes and on which nobody answers
    left_out: int
    too_many: bool
    rows: tuple[StandRow, ...]


@page(router, "/backing", "backing.html", csv="rows")
def backing(asked: AskedFor) -> BackingPage:
    """Who says, confirms or denies what others say."""
    too_many = asked.view.how_many("claim", asked.query) > MOST
    found = Backing((), (), ()) if too_many else gather_backing(asked.view, asked.query)
    sources = {source.id: source for source in found.sources}
    claims = {claim.id: claim for claim in found.claims}
    return BackingPage(
        title="Who backs whom",
        facets=asked.facets,
        told=tell_backing(found),
        svg=draw_backing(found, lambda one: _address(asked, one), width=980) if claims else None,
        single=found.single,
        left_out=found.left_out,
        too_many=too_many,
        rows=tuple(
            StandRow(
                who=cells[0],
                entity=sources[stand.source].entity,
                does=stand.kind,
                claim=stand.claim,
                text=claims[stand.claim].text,
                status=claims[stand.claim].status,
                statements=list(stand.statements),
            )
            for cells, stand in backing_rows(found)
        ),
    )


def _address(asked: Asked, identity: str) -> str | None:
    path = PATHS.get(identity.partition("-")[0])
    return asked.to(path + identity) if path else None
