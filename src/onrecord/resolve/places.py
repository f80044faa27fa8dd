"""Which place of a name is meant: candidates from the gazetteer, ranked by people and by what else the report names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.resolve.folding import fold
from onrecord.resources import read_text, settings_file

ENDINGS = ("region", "area", "province", "oblast", "state", "county", "city", "district", "peninsula")


class Place(NamedTuple):
    """A row of the gazetteer."""

    name: str
    kind: str  # city, region, county, continent
    country: str  # ISO 3166 code
    region: str  # code of a state of the United States
    latitude: float  # degrees, WGS 84
    longitude: float
    geonames: str  # id, "" where the gazetteer knows none
    thousands: int  # people


@dataclass(frozen=True, slots=True)
class Context:
    """What the report says of where it takes place."""

    countries: Counter[str]  # code -> how often named
    regions: Counter[str]  # code of a US state -> how often named
    near: tuple[tuple[float, float], ...] = ()  # places of the report that have but one candidate


@cache
def gazetteer() -> dict[str, tuple[Place, ...]]:
    """Folded name -> places of that name, largest first."""
    found: dict[str, list[Place]] = {}
    for file in ("regions.tsv", "places.tsv"):
        for line in read_text(file).splitlines():
            if line.startswith(("#", "name\t")) or not line:
                continue
            name, kind, country, region, latitude, longitude, geonames, thousands = line.split("\t")
            if (
                file == "places.tsv"
                and kind == "region"
                and any(p.country == country and p.kind == kind for p in found.get(name.lower(), ()))
            ):
                continue  # the table made by hand has the same region
            place = Place(name, kind, country, region, float(latitude), float(longitude), geonames, int(thousands))
            found.setdefault(
                name.lower() if name.isascii() and "-" not in name and "'" not in name else fold(name), []
            ).append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def states() -> dict[str, str]:
    """Folded name or abbreviation of a US state or Canadian province -> its code: CA, CA-BC."""
    found = {}
    for line in read_text("us_states.tsv").splitlines():
        if line.startswith(("#", "code\t")) or not line:
            continue
        code, *names = line.split("\t")
        found.update({fold(name): code for name in names if name})
        found[code.lower()] = code
    return found


def candidates(name: str) -> tuple[Place, ...]:
    """The places that a name may mean."""
    plain = fold(name)
    found = gazetteer().get(plain, ())
    if not found and plain.startswith("the "):
        found = gazetteer().get(plain[4:], ())
    if not found:
        for ending in ENDINGS:
            if plain.endswith(" " + ending):
                return gazetteer().get(plain.removesuffix(" " + ending), ())
    return found


def choose(name: str, context: Context, *, within: str | None = None) -> Place | None:
    """The place most likely meant, None where the gazetteer has none of the name.

    `within` is what stands after the name's comma: a US state, a region or a country.
    """
    found: Sequence[Place] = candidates(full_state(name))
    if within:
        inside = [place for place in found if is_within(place, within)]
        found = inside or found
    return max(found, key=lambda place: (score(place, context), -len(place.geonames), place.geonames), default=None)


@cache
def full_state(name: str) -> str:
    """The full name of an abbreviated state, any other name as it is."""
    for line in read_text("us_states.tsv").splitlines():
        _, *names = line.split("\t")
        if "." in name and name in names[1:]:
            return names[0]
    return name


def is_within(place: Place, within: str) -> bool:
    """Whether a place lies in the state, region or country of that name."""
    plain = fold(within)
    code = states().get(plain)
    if code is not None and "-" in code:
        return place.country == code.split("-", 1)[0] and place.kind != "region"
    if code is not None:
        return place.country == "US" and place.region == code and place.kind != "region"
    from onrecord.resolve.countries import by_name

    country = by_name().get(plain)
    if country is not None:
        return place.country == country or country.startswith(place.country + "-")
    return any(
        area.country == place.country and distance(area, place) < 400
        for area in gazetteer().get(plain, ())
        if area.kind == "region"
    )


def score(place: Place, context: Context) -> float:
    """People, and the company of the report's other places."""
    weights = settings_file("names.toml")["where"]
    points: float = math.log10(place.thousands + 1) * weights["people"] + weights[place.kind]
    points += weights["country"] * min(context.countries[place.country], 3)
    if place.region:
        points += weights["state"] * min(context.regions[place.region], 3)
    close = sum(1 for at in context.near if kilometres(at, (place.latitude, place.longitude)) < weights["near_km"])
    return points + float(weights["near"]) * min(close, 4)


def distance(one: Place, other: Place) -> float:
    """Kilometres between two places."""
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (*one, *other))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def unmistakable(names: Iterable[str]) -> tuple[Place, ...]:
    """The places of the names that only one row of the gazetteer has."""
    return tuple(places[0] for name in names if len(places := candidates(name)) == 1)
