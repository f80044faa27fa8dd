"""The places that a report names, told from their namesakes by what else it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.model import EntityKind, Mention, Report, make_id
from onrecord.resolve.cast import Cast, Named
from onrecord.resolve.countries import countries as country_codes
from onrecord.resolve.countries import find_country
from onrecord.resolve.folding import fold
from onrecord.resolve.people import name_of
from onrecord.resolve.places import Context, Place, choose, states, unmistakable

AFTER_COMMA = re.compile(r",\s(?:the\s)?((?:[A-Z][\w.]*)(?:\s[A-Z][\w.]*){0,2})")
DOMAIN = re.compile(r"\.([a-z]{2})$")


def context_of(report: Report) -> Context:
    """What countries, states and unmistakable places the report names, and where its outlet is at home."""
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    names = set()
    home = outlet_country(report)
    if home is not None:
        countries[home] += 1
    for mention in report.mentions:
        words = (mention.head or mention.span).of(report.text)
        if mention.kind == "country":
            country = find_country(words)
            if country is not None:
                countries[country.code[:2]] += 1
        elif mention.kind == "place" and mention.form == "name":
            names.add(words)
            count_state(words, countries, regions)
            match = AFTER_COMMA.match(report.text, mention.span.end)
            if match:
                count_state(match[1], countries, regions)
    sure_ones = unmistakable(sorted(names))
    for place in sure_ones:
        countries[place.country] += 1
        if place.region:
            regions[place.region] += 1
    return Context(countries, regions, tuple((place.latitude, place.longitude) for place in sure_ones))


def count_state(words: str, countries: Counter[str], regions: Counter[str]) -> None:
    """Notes a state of the United States or a province of Canada."""
    code = states().get(fold(words))
    if code is None:
        return
    countries["US" if "-" not in code else code.split("-", 1)[0]] += 1
    regions[code] += 1


def outlet_country(report: Report) -> str | None:
    """The country whose domain the outlet or address of a report has: .ie, .co.uk."""
    for words in (report.outlet or "", (report.uri or "").split("://", 1)[-1].split("/", 1)[0]):
        match = DOMAIN.search(words.strip())
        if match:
            code = match[1].upper()
            return "GB" if code == "UK" else code if code in country_codes() else None
    return None


def within_of(report: Report, mention: Mention) -> str | None:
    """What stands after the comma of "Paris, Texas"."""
    match = AFTER_COMMA.match(report.text, mention.span.end)
    if not match:
        return None
    words = match[1].rstrip(".") if fold(match[1]) not in states() else match[1]
    return words if fold(words) in states() or find_country(words) is not None else match[1].split(" ", 1)[0]


def cast_places(report: Report, indexes: Sequence[int], cast: Cast) -> None:
    """Adds places; one name means one place in a report, unless a comma and a region tell it apart."""
    if not indexes:
        return
    context = context_of(report)
    said: dict[str, str] = {}
    for k in indexes:
        within = within_of(report, report.mentions[k])
        if within is not None:
            said.setdefault(fold(name_of(report, report.mentions[k])), within)
    for k in indexes:
        name = name_of(report, report.mentions[k])
        within = within_of(report, report.mentions[k]) or said.get(fold(name))
        place = choose(name, context, within=within)
        if place is None:
            continue
        named = cast.named.setdefault(place_id(place), place_entity(place))
        named.aliases.add(name)
        cast.of[k] = (named.id, "name")


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
        geo=(place.latitude, place.longitude),
        country=place.country,
    )
