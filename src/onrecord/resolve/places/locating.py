"""The places that a report names, told from their namesakes by what else it names and by its outlet's home."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import EntityKind, Mention, Report, make_id
from onrecord.resolve.names.cast import Cast, Named
from onrecord.resolve.names.countries import find_country
from onrecord.resolve.names.folding import fold
from onrecord.resolve.names.people import name_of
from onrecord.resolve.places.candidates import (
    Cell,
    Context,
    Place,
    abbreviated,
    candidates,
    cell,
    choose,
    company,
    plain,
    score,
    settings,
    settings_words,
    shares,
    states,
)
from onrecord.resolve.places.homes import home_candidates, outlet_country

AFTER_COMMA = re.compile(r",\s(?:the\s)?((?:[A-Z][\w.]*)(?:\s[A-Z][\w.]*){0,2})")


def context_of(report: Report, further: Mapping[str, float] | None = None, *, rounds: int = 1) -> Context:
    """What countries, states and places the report names, and where its outlet is at home.

    `further` are names that no mention covers, with how likely each is a place at all, 0..1; `rounds` is how often the
    names are weighed by each other.
    """
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    names: dict[str, float] = {}
    home_country = outlet_country(report)
    if home_country is not None:
        countries[home_country] += 1
    for mention in report.mentions:
        words = (mention.head or mention.span).of(report.text)
        if mention.kind == "country":
            country = find_country(words)
            if country is not None:
                countries[country.code[:2]] += 1
        elif mention.kind == "place" and mention.form == "name":
            names[words] = 1.0
            if plain(words) not in settings_words("no_state"):
                count_state(words, countries, regions)
            match = AFTER_COMMA.match(report.text, mention.span.end)
            if match:
                count_state(match[1], countries, regions)
    for name, weight in (further or {}).items():
        names.setdefault(name, weight)
    homes = home_candidates(report)
    crowd, own = crowd_of(names, countries, regions, homes, rounds)
    context = Context(countries, regions, crowd, own, home_country=home_country)
    return replace(context, home=home_of(homes, context))


def crowd_of(
    names: Mapping[str, float], countries: Counter[str], regions: Counter[str], homes: Sequence[Place], rounds: int
) -> tuple[dict[Cell, float], dict[str, dict[Cell, float]]]:
    """Where the names may lie, each name shared out among its candidates; their states and countries are counted too.

    The shares are weighed by each other a few times: two names that both have a candidate in one corner make it likely.
    """
    weights, limits = settings("weights"), settings("limits")
    known = {}
    for name in sorted(names)[: limits["places"]]:
        places = [(p, s) for p, s in shares(candidates(name)) if p.kind not in ("region", "continent")]
        if places and plain(name) not in states():
            known[name] = places
    around = home_cells(homes)
    now = known
    for _ in range(rounds):
        crowd = spread(now, names, around)
        now = {
            name: normal(
                [
                    (
                        p,
                        s
                        * math.exp(
                            weights["together"] * min(company(p.point, crowd, own_of(now[name], names[name])), 2)
                            + weights["state"] * min(regions[p.region] if p.region else 0, 2)
                            + weights["country"] * min(countries[p.country], 2)
                        ),
                    )
                    for p, s in places
                ]
            )
            for name, places in known.items()
        }
    for name, places in now.items():
        for place, share in places:
            countries[place.country] += share * names[name]  # type: ignore[assignment]
            if place.region:
                regions[place.region] += share * names[name]  # type: ignore[assignment]
    return spread(now, names, {}), {name: own_of(places, names[name]) for name, places in now.items()}


def spread(
    known: Mapping[str, Sequence[tuple[Place, float]]], names: Mapping[str, float], around: Mapping[Cell, float]
) -> dict[Cell, float]:
    """How many of the names are likely in each square."""
    crowd = dict(around)
    for name, places in known.items():
        for place, share in places:
            at = cell(place.point)
            crowd[at] = crowd.get(at, 0.0) + share * names[name]
    return crowd


def own_of(places: Sequence[tuple[Place, float]], weight: float) -> dict[Cell, float]:
    """What one name with these shares gives to the crowd."""
    own: dict[Cell, float] = {}
    for place, share in places:
        own[cell(place.point)] = own.get(cell(place.point), 0.0) + share * weight
    return own


def normal(places: Sequence[tuple[Place, float]]) -> list[tuple[Place, float]]:
    """Shares that together are 1."""
    total = sum(share for _, share in places)
    return [(place, share / total) for place, share in places]


def home_cells(homes: Sequence[Place]) -> dict[Cell, float]:
    """Where the outlet may be at home, each of its candidates with an equal share."""
    return {cell(place.point): 1.0 / len(homes) for place in homes}


def home_of(found: Sequence[Place], context: Context) -> Place | None:
    """The outlet's town: of several of its name the one in the company of the report's places.

    Papers of small towns are many: how many people live there says less than for a place that is merely named.
    """
    own = context.own.get(found[0].name, {}) if found else {}
    return max(found, key=lambda place: (home_score(place, context, own), place.geonames), default=None)


def home_score(place: Place, context: Context, own: Mapping[Cell, float]) -> float:
    """Points for a town as the outlet's home; without an address of a country, papers in English are likely."""
    weights = settings("weights")
    points: float = score(place, context, own) - weights["home_people"] * math.log10(place.thousands + 1)
    if context.home_country is None and place.country in settings("words")["english"]:
        points += weights["home_english"] * (2 if place.country == "US" else 1)
    return points


def count_state(words: str, countries: Counter[str], regions: Counter[str]) -> None:
    """Notes a state of the United States or a province of Canada."""
    code = states().get(fold(words))
    if code is None:
        return
    countries["US" if "-" not in code else code.split("-", 1)[0]] += 1
    regions[code] += 1


def within_of(report: Report, mention: Mention) -> str | None:
    """What stands after the comma of "Paris, Texas"."""
    return within_at(report.text, mention.span.end)


def within_at(text: str, end: int) -> str | None:
    """The same for a name that ends at `end`."""
    match = AFTER_COMMA.match(text, end)
    if not match:
        return None
    spaced = abbreviated_at(match[1])
    if spaced is not None:
        return spaced
    words = match[1].rstrip(".") if fold(match[1]) not in states() else match[1]
    return words if fold(words) in states() or find_country(words) is not None else match[1].split(" ", 1)[0]


def abbreviated_at(words: str) -> str | None:
    """The abbreviated state that the words begin with: "W. Va." of "W. Va. The"."""
    for n in (words.count(" ") + 1, 2, 1):
        first = " ".join(words.split(" ")[:n])
        if first in abbreviated():
            return first
    return None


def cast_places(report: Report, indexes: Sequence[int], cast: Cast) -> None:
    """Adds places; one name means one place in a report, unless a comma and a region tell it apart."""
    if not indexes:
        return
    context = context_of(report)
    said = containers(report, (report.mentions[k] for k in indexes))
    for k in indexes:
        name = name_of(report, report.mentions[k])
        within = within_of(report, report.mentions[k]) or said.get(fold(name))
        place = choose(name, context, within=within)
        if place is None:
            continue
        named = cast.named.setdefault(place_id(place), place_entity(place))
        named.aliases.add(name)
        cast.of[k] = (named.id, "name")


def containers(report: Report, mentions: Iterable[Mention]) -> dict[str, str]:
    """Folded name -> what stands after its comma where it is first told apart so."""
    said: dict[str, str] = {}
    for mention in mentions:
        within = within_of(report, mention)
        if within is not None:
            said.setdefault(fold(name_of(report, mention)), within)
    return said


def place_id(place: Place) -> str:
    """The same for the same place in every report."""
    return (
        make_id("e", "place", place.geonames)
        if place.geonames
        else make_id("e", "place", place.country, place.region, fold(place.name), place.kind)
    )


def place_entity(place: Place) -> Named:
    """A place as an entity, linked to GeoNames where the gazetteer knows its id."""
    same = (f"geonames:{place.geonames}",) if place.geonames else ()
    return Named(
        place_id(place),
        EntityKind.PLACE,
        place.name,
        same_as=same,
        geo=place.point,
        country=place.country,
    )
