"""The places that a report names, told from their namesakes by what else it names and by its outlet's home."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import EntityKind, Mention, Report, make_id
from onrecord.resolve.cast import Cast, Named
from onrecord.resolve.countries import find_country
from onrecord.resolve.folding import fold
from onrecord.resolve.homes import home_candidates, outlet_country
from onrecord.resolve.people import name_of
from onrecord.resolve.places import (
    Cell,
    Context,
    Place,
    abbreviated,
    candidates,
    cell,
    choose,
    plain,
    score,
    settings,
    shares,
    states,
)

AFTER_COMMA = re.compile(r",\s(?:the\s)?((?:[A-Z][\w.]*)(?:\s[A-Z][\w.]*){0,2})")


def context_of(report: Report, further: Mapping[str, float] | None = None) -> Context:
    """What countries, states and places the report names, and where its outlet is at home.

    `further` are names that no mention covers, with how likely each is a place at all, 0..1.
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
            count_state(words, countries, regions)
            match = AFTER_COMMA.match(report.text, mention.span.end)
            if match:
                count_state(match[1], countries, regions)
    for name, weight in (further or {}).items():
        names.setdefault(name, weight)
    crowd = crowd_of(names, countries, regions)
    context = Context(countries, regions, crowd, home_country=home_country)
    return replace(context, home=home_of(report, context))


def crowd_of(names: Mapping[str, float], countries: Counter[str], regions: Counter[str]) -> dict[Cell, float]:
    """Where the names may lie, each name shared out among its candidates; their states are counted alike."""
    crowd: dict[Cell, float] = {}
    for name in sorted(names)[: settings("limits")["places"]]:
        if plain(name) in states():
            continue
        for place, share in shares(candidates(name)):
            if place.kind in ("region", "continent"):
                continue
            likely = share * names[name]
            crowd[cell(place.point)] = crowd.get(cell(place.point), 0.0) + likely
            countries[place.country] += likely  # type: ignore[assignment]
            if place.region:
                regions[place.region] += likely  # type: ignore[assignment]
    return crowd


def own_crowd(name: str) -> dict[Cell, float]:
    """What one name gives to the crowd."""
    own: dict[Cell, float] = {}
    for place, share in shares(candidates(name)):
        own[cell(place.point)] = own.get(cell(place.point), 0.0) + share
    return own


def home_of(report: Report, context: Context) -> Place | None:
    """The outlet's town: of several of its name the one in the company of the report's places.

    Papers of small towns are many: how many people live there says less than for a place that is merely named.
    """
    found = home_candidates(report)
    own = own_crowd(found[0].name) if found else {}
    return max(found, key=lambda place: (home_score(place, context, own), place.geonames), default=None)


def home_score(place: Place, context: Context, own: Mapping[Cell, float]) -> float:
    """Points for a town as the outlet's home; without an address of a country, papers in English are likely."""
    weights = settings("weights")
    points = score(place, context, own) - weights["home_people"] * math.log10(place.thousands + 1)
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
        place = choose(name, context, within=within, own=own_crowd(name))
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
