"""Which names of a report are places, and which: decided with all that the report names before us."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import Mention, Report, Span
from onrecord.resolve.names.countries import find_country
from onrecord.resolve.names.folding import fold
from onrecord.resolve.names.people import name_of
from onrecord.resolve.places.candidates import (
    Context,
    Place,
    candidates,
    choose,
    company,
    distance,
    is_within,
    plain,
    settings,
    states,
)
from onrecord.resolve.places.locating import containers, context_of, within_at
from onrecord.resolve.places.towns import Sighting, is_state, speaks, surnames_of
from onrecord.resources import lexicon

KNOWN = 4  # thousands of people of a town that may be meant by a country's name
SPEAKS_BEFORE = re.compile(r"\b(?:said|says|added|asked|recalled)\s\Z")
KIN = re.compile(r"['’]s\s(?:father|mother|parents|brother|sister|husband|wife|son|daughter|coach|family|friend)\b")
LARGE = 20  # thousands of people from which a town is likely wherever a report is from


@dataclass(frozen=True, slots=True)
class Decision:
    """A stretch of the text is the name of this place; `mention` is its index, None where no mention has it."""

    span: Span
    name: str
    place: Place
    mention: int | None = None


class Locator:
    """Decides for one report."""

    def __init__(self, report: Report, sightings: Sequence[Sighting]) -> None:
        self.report = report
        self.sightings = sightings
        self.surnames = surnames_of(report)
        self.context: Context = context_of(report, self.weights(), rounds=settings("limits")["rounds"])
        named = [m for m in report.mentions if m.form == "name" and m.kind in ("place", "country", None)]
        self.said = containers(report, named)
        self.established = {fold(name_of(report, m)) for m in report.mentions if m.kind == "place"}
        if self.context.home is not None and self.context.home.kind == "city":
            self.established.add(fold(self.context.home.name))
        self.countries = Counter(
            fold(name_of(report, m)) for m in report.mentions if m.kind == "country" and m.form == "name"
        )
        self.chosen: dict[tuple[str, str | None], Place | None] = {}

    def weights(self) -> dict[str, float]:
        """Names that no mention covers, with how likely each is a place."""
        found: dict[str, float] = {}
        for one in self.sightings:
            if one.alone or one.body:
                weight = 0.8 if one.signed else 0.4 if one.body else 0.0 if one.opens else 0.2
                if plain(one.name) in self.surnames and not one.signed:
                    weight = 0.0
                found[one.name] = max(found.get(one.name, 0.0), weight)
        return {name: weight for name, weight in found.items() if weight}

    def decisions(self) -> list[Decision]:
        """All of them, in the order of the text."""
        found = [*self.known_places(), *self.namesakes_of_countries()]
        signed = [one for one in self.sightings if self.is_shown(one)]
        self.established |= {fold(one.name) for one in signed}
        shown = set(signed)
        further = [one for one in self.sightings if one not in shown and self.is_borne_out(one)]
        at = {m.span: k for k, m in enumerate(self.report.mentions) if m.form == "name"}
        for one in [*signed, *further]:
            place = self.place_of(one.name, within_at(self.report.text, one.span.end))
            if place is not None:
                found.append(Decision(one.span, one.name, place, at.get(one.span)))
        return sorted(found, key=lambda one: (one.span.start, one.span.end))

    def place_of(self, name: str, within: str | None = None) -> Place | None:
        """The place of a name, one in a report unless a comma and a region tell it apart."""
        key = fold(name), within or self.said.get(fold(name))
        if key not in self.chosen:
            self.chosen[key] = choose(name, self.context, within=key[1])
        return self.chosen[key]

    def known_places(self) -> list[Decision]:
        """The places that earlier steps named, chosen again now that the small towns count too."""
        found = []
        for k, mention in enumerate(self.report.mentions):
            if mention.kind == "place" and mention.form == "name" and mention.entity is not None:
                name = name_of(self.report, mention)
                place = self.place_of(name, within_at(self.report.text, mention.span.end))
                if place is not None:
                    found.append(Decision(mention.span, name, place, k))
        return found

    def is_shown(self, one: Sighting) -> bool:
        """Whether the words around a name and the report's other places show that it is one."""
        if is_state(one.name):
            return True
        if not one.alone or not one.signed or speaks(self.report.text, one.span.end):
            return False
        within = within_at(self.report.text, one.span.end)
        place = self.place_of(one.name, within)
        return place is not None and (
            self.is_likely(place, one.name, 0.5)
            or place.thousands >= LARGE
            or (within is not None and is_within(place, within))
        )

    def is_borne_out(self, one: Sighting) -> bool:
        """Whether a name that nothing beside it shows to be a place is one all the same."""
        place = self.place_of(one.name)
        if place is None or not one.alone or speaks(self.report.text, one.span.end):
            return False
        if fold(one.name) in self.surnames or is_saint(one.name):
            return False
        if one.body:
            return place.kind in ("county", "region") or fold(one.name) in self.established
        if fold(one.name) in self.established:
            return True
        if one.name.lower() in given_names():
            return False
        if place.kind in ("county", "region") and " " in one.name:
            return True
        return not one.opens and self.is_likely(place, one.name, 1.0) and is_full(place, one.name)

    def is_likely(self, place: Place, name: str, least: float) -> bool:
        """Whether the report is about where the place is: the outlet is at home there, or other places are there."""
        home, limits = self.context.home, settings("limits")
        if plain(name) in states() or place.kind == "region":
            return True
        if home is not None and distance(home, place) < limits["home_km"]:
            return True
        if place.region and self.context.regions[place.region] >= limits["state"]:
            return True
        return company(place.point, self.context.crowd, self.context.own.get(name, {})) >= least

    def namesakes_of_countries(self) -> list[Decision]:
        """Countries that are a state or town here: Georgia in a report from Atlanta, Lebanon, Ohio."""
        peoples = {
            country.code
            for m in self.report.mentions
            if m.form != "name" or m.metonym
            for country in [find_country((m.head or m.span).of(self.report.text))]
            if country is not None and m.kind in ("country", "group")
        }
        found, given = [], self.given()
        for k, mention in enumerate(self.report.mentions):
            if mention.kind != "country" or mention.form != "name":
                continue
            name = name_of(self.report, mention)
            place = None if k in given else self.namesake(mention, name, peoples)
            if place is not None:
                found.append(Decision(mention.span, name, place, k))
        return found

    def namesake(self, mention: Mention, name: str, peoples: set[str]) -> Place | None:
        """The place that a country's name means here, None where it means the country."""
        country = find_country(name)
        within = within_at(self.report.text, mention.span.end) or self.said.get(fold(name))
        found = [place for place in candidates(name) if country is None or place.country != country.code[:2]]
        if country is None or not found:
            return None
        place = self.place_of(name, within)
        if place is None or place.country == country.code[:2]:
            return None
        if within is not None and plain(within) in states() and is_within(place, within):
            return place
        if country.code in peoples and not mention.metonym:
            return None
        home = self.context.home
        at_home = home is not None and place.kind != "region" and distance(home, place) < settings("limits")["home_km"]
        if mention.metonym:
            return place if at_home and home is not None and plain(home.name) == plain(name) else None
        return place if at_home or self.is_namesake_likely(place, name, country.code[:2]) else None

    def given(self) -> frozenset[int]:
        """Indexes of countries' names that are somebody's first name here: "said Georgia"."""
        text, told, maybe = self.report.text, set(), {}
        for k, mention in enumerate(self.report.mentions):
            name = name_of(self.report, mention)
            if mention.kind != "country" or mention.form != "name" or name.lower() not in given_names():
                continue
            maybe[k] = name
            after = SPEAKS_BEFORE.search(text[max(0, mention.span.start - 12) : mention.span.start])
            alone = text[mention.span.end : mention.span.end + 1] in (".", ",", "")
            if (after and alone) or speaks(text, mention.span.end) or KIN.match(text, mention.span.end):
                told.add(name)
        nowhere = {name for name in sorted(told) if self.is_nowhere(name)}
        return frozenset(k for k, name in maybe.items() if name in nowhere)

    def is_nowhere(self, name: str) -> bool:
        """Whether nothing in the report but the name itself is of that country, or stands with it as with a place."""
        country = find_country(name)
        if country is None or self.context.countries[country.code[:2]] - self.own_count(name) >= 1:
            return False
        place = re.compile(rf"\b(?:in|to|from|near)\s{re.escape(name)}\b")
        return not place.search(self.report.text)

    def is_namesake_likely(self, place: Place, name: str, code: str) -> bool:
        """Whether nothing else of the report is of the country `code`, and much is where the namesake lies."""
        context = self.context
        if context.countries[code] - self.own_count(name) >= 1 or context.home_country == code:
            return False
        if place.kind == "region":
            at_home = context.home is not None and context.home.region == place.region
            return at_home or context.regions[place.region] >= 1 or context.countries[place.country] >= 2
        foreign = sum(n for one, n in context.countries.items() if one not in (code, place.country))
        return (
            foreign < 1
            and place.thousands >= KNOWN
            and company(place.point, context.crowd, context.own.get(name, {})) >= 1
        )

    def own_count(self, name: str) -> int:
        """How often a country's own name counts for it in the context."""
        return self.countries[fold(name)]


@cache
def given_names() -> frozenset[str]:
    """First names in lower case."""
    return frozenset(row["name"].lower() for row in (*lexicon("first_names.tsv"), *lexicon("given_names.tsv")))


def is_full(place: Place, name: str) -> bool:
    """Whether a name is written as the gazetteer has it."""
    return plain(place.name) == plain(name)


def is_saint(name: str) -> bool:
    """Whether a town is called as a saint is, whose day or church may be meant."""
    return name.startswith(("St. ", "St ", "Saint ", "San ", "Santa "))
