"""Which place of a name is meant: candidates from the gazetteer, ranked by people and by what else the report names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from onrecord.resolve.names.countries import by_name
from onrecord.resolve.names.folding import fold
from onrecord.resources import read_text, settings_file

ENDINGS = ("region", "area", "province", "oblast", "state", "county", "city", "district", "peninsula")
OPENINGS = ("the ", "co. ", "co ", "county ", "greater ", "lake of the ")
FILES = ("regions.tsv", "counties.tsv", "places.tsv", "towns.tsv")  # made by hand first
AROUND = 100  # kilometres between the middle of a region and the city that it is called after
LONGEST = 80  # letters: what is longer is no place

Point = tuple[float, float]  # degrees north and east, WGS 84
Cell = tuple[int, int]  # a square of one degree


class Place(NamedTuple):
    """A row of the gazetteer."""

    name: str
    kind: str  # city, region, county, continent
    country: str  # ISO 3166 code
    region: str  # code of a state of the United States or, CA-ON, a province of Canada
    latitude: float  # degrees, WGS 84
    longitude: float
    geonames: str  # id, "" where the gazetteer knows none
    thousands: int  # people

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Context:
    """What the report says of where it takes place."""

    countries: Counter[str]  # code -> how often named
    regions: Counter[str]  # code of a state -> how often named, or likely named by a town of it
    crowd: Mapping[Cell, float] = field(default_factory=dict)  # how many of the report's places are likely there
    own: Mapping[str, Mapping[Cell, float]] = field(default_factory=dict)  # what each name gave to the crowd
    home: Place | None = None  # the town that the outlet is called after
    home_country: str | None = None  # code of the outlet's country


@cache
def settings(table: str) -> Any:
    """A table of where.toml."""
    return settings_file("where.toml")[table]


@cache
def settings_words(name: str) -> frozenset[str]:
    """A word list of where.toml."""
    return frozenset(settings("words")[name])


@cache
def gazetteer() -> dict[str, str]:
    """Folded name -> the rows of that name, a line each, as the tables have them: 70,000 rows stay small so."""
    found: dict[str, str] = {}
    for file in FILES:
        for line in read_text(file).splitlines():
            if line.startswith(("#", "name\t")) or not line:
                continue
            key = plain(line[: line.index("\t")])
            before = found.get(key)
            found[key] = line if before is None else before + "\n" + line
    return found


def plain(name: str) -> str:
    """`fold`, quicker for plain letters."""
    if name.isascii() and "-" not in name and "'" not in name and "." not in name:
        return name.lower()
    return fold(name)


@lru_cache(maxsize=20_000)
def rows(key: str) -> tuple[Place, ...]:
    """The places of a folded name, largest first.

    A generated region is left out where the tables made by hand have it, and where it is called after its own city.
    """
    found: list[Place] = []
    for line in gazetteer().get(key, "").splitlines():
        name, kind, country, region, latitude, longitude, geonames, thousands = line.split("\t")
        if kind == "region" and any(p.country == country and p.kind == kind for p in found):
            continue
        found.append(Place(name, kind, country, region, float(latitude), float(longitude), geonames, int(thousands)))
    cities = [place for place in found if place.kind == "city"]
    found = [place for place in found if place.geonames or not is_around(place, cities)]
    found.sort(key=lambda place: -place.thousands)
    return tuple(found[: settings("limits")["most"]])


def is_around(place: Place, cities: Sequence[Place]) -> bool:
    """Whether a region is that around a city of its name: the city is meant."""
    return (
        place.kind == "region"
        and place.country not in settings_words("english")
        and any(city.country == place.country and distance(city, place) < AROUND for city in cities)
    )


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
    """The places that a name may mean, largest first."""
    return lookup(name) if len(name) <= LONGEST else ()


@lru_cache(maxsize=20_000)
def lookup(name: str) -> tuple[Place, ...]:
    """The same for a name that is not too long for one."""
    key = plain(full_state(name))
    found = rows(key)
    for opening in OPENINGS:
        if not found and key.startswith(opening):
            kinds = ("county",) if opening.startswith("co") else ("city", "region", "county", "continent")
            found = tuple(place for place in rows(key.removeprefix(opening)) if place.kind in kinds)
    if not found:
        for ending in ENDINGS:
            if key.endswith(" " + ending):
                return rows(key.removesuffix(" " + ending))
    if not found and key.startswith(("st ", "st. ", "ft. ", "mt. ")):
        short, rest = key.split(" ", 1)
        found = rows({"st": "saint", "ft": "fort", "mt": "mount"}[short.rstrip(".")] + " " + rest)
    return found


@cache
def abbreviated() -> dict[str, str]:
    """Abbreviation of a state as it is printed, with and without a space -> its full name: W.Va. and W. Va."""
    found = {}
    for line in read_text("us_states.tsv").splitlines():
        _, *names = line.split("\t")
        for name in names[1:]:
            if "." in name:
                found[name] = found[name.replace(".", ". ").strip()] = names[0]
    return found


def full_state(name: str) -> str:
    """The full name of an abbreviated state, any other name as it is."""
    return abbreviated().get(name, name) if "." in name else name


def choose(name: str, context: Context, *, within: str | None = None) -> Place | None:
    """The place most likely meant, None where the gazetteer has none of the name.

    `within` is what stands after the name's comma: a US state, a region or a country. What the name itself gave to
    the crowd is no evidence for it.
    """
    found: Sequence[Place] = candidates(name)
    own = context.own.get(name, {})
    if within:
        inside = [place for place in found if is_within(place, within)]
        found = inside or found
    return max(
        found,
        key=lambda place: (score(place, context, own), -len(place.geonames), place.geonames),
        default=None,
    )


def is_within(place: Place, within: str) -> bool:
    """Whether a place lies in the state, region or country of that name."""
    key = plain(full_state(within))
    code = states().get(key)
    if code is not None and "-" in code:
        return place.country == code.split("-", 1)[0] and place.kind != "region" and place.region in ("", code)
    if code is not None:
        return place.country == "US" and place.region == code and place.kind != "region"
    country = by_name().get(key)
    if country is not None:
        return place.country == country or country.startswith(place.country + "-")
    return any(
        area.country == place.country and distance(area, place) < (400 if area.kind == "region" else 80)
        for area in rows(key)
        if area.kind in ("region", "county")
    )


def score(place: Place, context: Context, own: Mapping[Cell, float]) -> float:
    """People, the company of the report's other places, and the outlet's home."""
    weights = settings("weights")
    points: float = math.log10(place.thousands + 1) * weights["people"] + weights[place.kind]
    if place.kind == "region" and place.country in settings_words("english"):
        points += weights["state_itself"]
    points += weights["country"] * min(context.countries[place.country], 3)
    if place.region:
        points += weights["state"] * min(context.regions[place.region] - own_share(own, place), 3)
    points += weights["crowd"] * min(company(place.point, context.crowd, own), 4)
    return points + nearness(place, context)


def own_share(own: Mapping[Cell, float], place: Place) -> float:
    """What the name itself gave to its states, at most."""
    return own.get(cell(place.point), 0.0) if own else 0.0


def nearness(place: Place, context: Context) -> float:
    """Points for being the outlet's town or near it."""
    weights, home = settings("weights"), context.home
    if home is None:
        return float(weights["home_country"]) if place.country == context.home_country else 0.0
    if place == home:
        return float(weights["same_place"])
    if place.kind != "region" and distance(place, home) < settings("limits")["home_km"]:
        return float(weights["home"])
    if place.country == home.country and (place.region == home.region or not home.region):
        return float(weights["home_state"])
    return float(weights["home_country"]) if place.country == home.country else 0.0


def cell(point: Point) -> Cell:
    """The square of one degree that a point lies in."""
    return math.floor(point[0]), math.floor(point[1])


def company(point: Point, crowd: Mapping[Cell, float], own: Mapping[Cell, float]) -> float:
    """How many other places of the report are likely in the squares around a point."""
    if not crowd:
        return 0.0
    row, column = cell(point)
    around = [(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)]
    return max(0.0, sum(crowd.get(at, 0.0) - own.get(at, 0.0) for at in around))


def distance(one: Place, other: Place) -> float:
    """Kilometres between two places."""
    return kilometres(one.point, other.point)


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance of two points in degrees."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (*one, *other))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def shares(places: Iterable[Place]) -> list[tuple[Place, float]]:
    """Every candidate of a name with how likely it is before anything else is known; together 1."""
    weighed = [(place, (place.thousands + 1) ** 0.4) for place in places]
    total = sum(weight for _, weight in weighed)
    return [(place, weight / total) for place, weight in weighed]
