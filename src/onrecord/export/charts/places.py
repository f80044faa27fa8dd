"""Places on the record: where statements are about, how many, and where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.export.naming import Names
from onrecord.ledger.store import EVERYTHING, Query, View
from onrecord.model import EntityKind, Mention, SpanIndex

COLUMNS = ("place", "statements", "reports", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that statements name."""

    id: str  # of the entity
    name: str
    latitude: float  # degrees, WGS 84
    longitude: float
    statements: int
    reports: int = 1
    is_country: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """What a map shows, the most named first."""

    places: tuple[Place, ...]
    unplaced: int = 0  # places that statements name and of which nobody knows where they lie


def gather_places(view: View, query: Query = EVERYTHING) -> Places:
    """The places that the contents of the statements that fit name."""
    names = Names(view)

    @lru_cache(maxsize=4)  # statements come report by report
    def named(report_id: str) -> SpanIndex[Mention]:
        return SpanIndex(mention for mention in view.mentions(report_id) if mention.entity)

    found: dict[str, set[str]] = defaultdict(set)
    reports: dict[str, set[str]] = defaultdict(set)
    for statement in view.statements(replace(query, limit=None)):
        for mention in named(statement.report_id).within(statement.content.spans):
            found[mention.entity or ""].add(statement.id)
            reports[mention.entity or ""].add(statement.report_id)
    places, unplaced = [], 0
    for identity, statements in found.items():
        entity = names.entity(identity)
        if entity is None or entity.kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
            continue
        if entity.geo is None:
            unplaced += 1
            continue
        is_country = entity.kind is EntityKind.COUNTRY
        places.append(Place(identity, entity.name, *entity.geo, len(statements), len(reports[identity]), is_country))
    places.sort(key=lambda place: (-place.statements, place.name, place.id))
    return Places(tuple(places), unplaced)


def place_rows(places: Places) -> tuple[tuple[tuple[str, ...], Place], ...]:
    """The map as a table: cells as COLUMNS, and the place."""
    return tuple(
        ((p.name, f"{p.statements:,}", f"{p.reports:,}", f"{p.latitude:.2f}", f"{p.longitude:.2f}"), p)
        for p in places.places
    )


def tell_places(places: Places) -> str:
    """What a map shows, in words."""
    if not places.places:
        return "No place is named."
    told = "; ".join(
        f"{p.name}, {p.statements:,} statement{'' if p.statements == 1 else 's'}" for p in places.places[:12]
    )
    more = len(places.places) - 12
    return told + (f"; and {more:,} more places." if more > 0 else ".")


def by_id(places: Places) -> Mapping[str, Place]:
    """Places by the ids of their entities."""
    return {place.id: place for place in places.places}
