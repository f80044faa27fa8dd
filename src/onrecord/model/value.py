"""What spans mean once resolved: entities, points in time, amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class EntityKind(StrEnum):
    """The kinds of entity that the record format knows."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    PLACE = "place"
    GROUP = "group"  # "analysts", "U.S. officials": described, not named; never merged across reports


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """A title held, as a report gives it: ("Secretary of Defense", "United States", "2024-10-23")."""

    title: str
    affiliation: str | None = None
    as_of: str | None = None  # ISO 8601 date of the report that says so


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or somewhere, with every name seen. Aliases are sorted and include `name`."""

    id: str
    name: str  # canonical
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # "iso3166:US", "wikidata:Q30", "geonames:6252001"
    geo: tuple[float, float] | None = None  # latitude, longitude in degrees, WGS 84
    roles: tuple[Role, ...] = ()
    country: str | None = None  # ISO 3166-1 alpha-2 code of the country a place lies in


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A TIMEX3 value (TimeML 1.2.1): value, type and mod, with the anchor it was counted from."""

    value: str  # "2024-10-23", "2024-W43", "P2D", "PRESENT_REF", "2024-10-23TEV"
    timex_type: str  # DATE, TIME, DURATION, SET
    mod: str | None = None  # BEFORE, AFTER, START, MID, END, APPROX, ...
    anchor: str | None = None  # the date (ISO 8601) that a relative time was counted from


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: a closed or half-open range; an open end is None. Exact where low == high.

    "at least 3,000" is low=3000, high=None; "some 10,000" is low=high=10000 with approximate=True.
    """

    low: Decimal | None
    high: Decimal | None
    approximate: bool = False
    direction: str | None = None  # "up" or "down": a change by this much
    unit: str | None = None  # ISO 4217, "%", or the unit's plain name ("kilometre"); None for counts
    per: str | None = None  # "day"
