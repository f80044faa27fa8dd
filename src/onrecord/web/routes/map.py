"""Where it is about: the places that statements name, on a map and in a table."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.export.charts.mapping import draw_map
from onrecord.export.charts.places import Places, gather_places, tell_places
from onrecord.web.filters import Facet
from onrecord.web.pages import AskedFor, page

router = APIRouter()
MOST = 2_000  # statements that a map is made of while somebody waits


class PlaceRow(TypedDict):
    """A place, and how much is said about it."""

    id: str
    name: str
    statements: int
    reports: int
    latitude: float  # degrees, WGS 84
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """Places, those most spoken of first."""

    title: str
    facets: tuple[Facet, ...]
    told: str
    svg: str | None
    unplaced: int  # of which nobody knows where they lie
    too_many: bool
    rows: tuple[PlaceRow, ...]


@page(router, "/map", "map.html", csv="rows")
def map_of_places(asked: AskedFor) -> MapPage:
    """The places that statements name, and how much is said about each."""
    too_many = asked.view.how_many("statement", asked.query) > MOST
    places = Places(()) if too_many else gather_places(asked.view, asked.query)
    about = asked.filters
    svg = draw_map(places, lambda place: f"/statements{about.search(about=place.id)}", width=980)
    return MapPage(
        title="Map",
        facets=asked.facets,
        told=tell_places(places),
        svg=svg if places.places else None,
        unplaced=places.unplaced,
        too_many=too_many,
        rows=tuple(
            PlaceRow(
                id=place.id,
                name=place.name,
                statements=place.statements,
                reports=place.reports,
                latitude=place.latitude,
                longitude=place.longitude,
            )
            for place in places.places
        ),
    )
