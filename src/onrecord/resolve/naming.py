"""The entities that the names of one report stand for: people, countries, organizations, places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from onrecord.model import Entity, EntityKind, Mention, Report, Role, make_id
from onrecord.resolve.countries import Country, find_country
from onrecord.resolve.countries import countries as country_codes
from onrecord.resolve.folding import fold, is_mixed, key, longest, parts, surnames
from onrecord.resolve.people import Person, find_people, name_of
from onrecord.resolve.places import Context, Place, choose, states, unmistakable
from onrecord.resources import lexicon, settings_file

BRACKETS = re.compile(r"\s?\(\W?([A-Z][A-Z.&]{1,9})\W?\)")
AFTER_COMMA = re.compile(r",\s(?:the\s)?((?:[A-Z][\w.]*)(?:\s[A-Z][\w.]*){0,2})")
DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
DOMAIN = re.compile(r"\.([a-z]{2})$")
GOVERNMENT = frozenset(("government", "administration", "regime", "cabinet", "leadership"))


def sure(method: str) -> float:
    """How sure a way of naming is, 0..1."""
    value: Any = settings_file("names.toml")["who"][method]
    return float(value)


@dataclass(slots=True)
class Named:
    """One entity in the making, with its mentions."""

    id: str
    kind: EntityKind
    name: str
    aliases: set[str] = field(default_factory=set)
    same_as: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    roles: dict[Role, None] = field(default_factory=dict)
    gender: str | None = None
    country: str | None = None

    def entity(self) -> Entity:
        """The finished entity."""
        return Entity(
            self.id,
            self.name,
            self.kind,
            tuple(sorted(self.aliases | {self.name})),
            self.same_as,
            self.geo,
            tuple(sorted(self.roles, key=role_key)),
        )


def role_key(role: Role) -> tuple[str, str, str]:
    """Order of roles."""
    return role.title, role.affiliation or "", role.as_of or ""


@dataclass(slots=True)
class Cast:
    """All entities of a report by id, and what each mention is resolved to: entity id and method."""

    named: dict[str, Named] = field(default_factory=dict)
    of: dict[int, tuple[str, str]] = field(default_factory=dict)
    unclear: set[int] = field(default_factory=set)  # mentions that could be two


@cache
def organizations() -> dict[str, tuple[str, str]]:
    """Folded name -> (canonical name, country code)."""
    found: dict[str, tuple[str, str]] = {}
    for row in lexicon("organizations.tsv"):
        found.setdefault(fold(row["name"]), (row["canonical"], row["country"]))
        found.setdefault(fold(row["canonical"]), (row["canonical"], row["country"]))
    return found


def affiliation_name(words: str | None) -> str | None:
    """An affiliation under its canonical name: "Ukrainian" and "Ukraine" alike."""
    if not words:
        return None
    country = find_country(words)
    if country is not None:
        return country.name
    known = organizations().get(fold(words).removeprefix("the "))
    return known[0] if known is not None else words


def cast_names(report: Report) -> Cast:
    """Every name of the report with its entity; nominals and pronouns are not resolved here."""
    cast = Cast()
    mentions = report.mentions
    names = [k for k, m in enumerate(mentions) if m.form == "name"]
    for k in names + [k for k, m in enumerate(mentions) if m.form == "nominal" and m.kind == "country"]:
        if mentions[k].kind == "country":
            cast_country(report, k, cast)
    maybe = unknown_people(report, [k for k in names if mentions[k].kind is None])
    found = find_people(
        report, [k for k in names if mentions[k].kind in ("person", None) or is_shouted(mentions[k])], maybe
    )
    cast.unclear |= found.unclear
    for person in found.people.values():
        cast_person(report, person, cast)
    ids = {person.key: person_id(report, person) for person in found.people.values()}
    cast.of.update({k: (ids[one], method) for k, (one, method) in found.chosen.items()})
    rest = [
        k for k in names if k not in cast.of and k not in found.unclear and mentions[k].kind in ("organization", None)
    ]
    cast_organizations(report, rest, cast)
    cast_places(report, [k for k in names if mentions[k].kind == "place" and k not in cast.of], cast)
    return cast


def is_shouted(mention: Mention) -> bool:
    """Whether a name of one word in capitals may be a surname: "PENCE:" in a transcript."""
    return (
        mention.kind == "organization" and mention.text.isupper() and mention.text.isalpha() and len(mention.text) > 3
    )


def unknown_people(report: Report, indexes: Sequence[int]) -> frozenset[int]:
    """Names of two or three words that are people's by their use: the last word is used alone, or they speak."""
    text = report.text
    singles = (parts(name_of(report, m)) for m in report.mentions if m.form == "name" and m.kind in ("person", None))
    alone = Counter(own[0] for own in singles if len(own) == 1)
    speaking = settings_file("names.toml")["speaks"]
    openings = {one.source[0].start for one in report.attributions if one.source}
    closings = {one.source[-1].end for one in report.attributions if one.source}
    found = set()
    for k in indexes:
        mention = report.mentions[k]
        own = parts(name_of(report, mention))
        if not 2 <= len(own) <= 3:
            continue
        after = text[mention.span.end : mention.span.end + 24].lstrip(" ,").split(" ", 1)[0].strip(".,")
        before = text[max(0, mention.span.start - 5) : mention.span.start].lower()
        if before.endswith("the "):
            continue
        is_source = mention.span.start in openings or mention.span.end in closings
        if alone[own[0]] and not alone[own[-1]]:
            continue  # "Lockheed" for Lockheed Martin
        if alone[own[-1]] or after in speaking or is_source:
            found.add(k)
    return frozenset(found)


def person_id(report: Report, person: Person) -> str:
    """The same for the same full name in every report; a surname alone is somebody of this report only."""
    if person.full and not any(is_mixed(name) for name in person.names):
        return make_id("e", "person", person.key)
    return make_id("e", "person", report.id, person.key)


def cast_person(report: Report, person: Person, cast: Cast) -> None:
    """Adds a person with names, gender and roles."""
    named = Named(person_id(report, person), EntityKind.PERSON, longest(person.names), gender=person.gender)
    plain = " ".join(word for word in named.name.split() if fold(word) in person.key.split(" ") or "-" in word)
    named.aliases |= person.names | ({plain} if person.full and plain else set())
    if person.full:
        named.aliases |= written_surnames(named.name)
    for at in person.mentions:
        role = report.mentions[at].role
        if role is not None and role.title:
            named.roles[Role(role.title, affiliation_name(role.affiliation), as_of(report))] = None
    cast.named[named.id] = named


def written_surnames(name: str) -> set[str]:
    """The surnames of a full name as they are written."""
    words = [word.strip(",") for word in name.split() if fold(word) not in ("jr", "sr", "ii", "iii", "iv")]
    found = {words[-1]} if len(words) > 1 else set()
    if (
        len(words) > 1
        and words[0].lower() in {w.lower() for w in settings_file("names.toml")["family_first"]}
        and "-" in words[-1]
    ):
        found = {words[0]}
    return found


def as_of(report: Report) -> str | None:
    """The day of the report."""
    return report.published[:10] if report.published else None


def country_entity(country: Country) -> Named:
    """A country as an entity."""
    return Named(
        make_id("e", "country", country.code),
        EntityKind.COUNTRY,
        country.name,
        same_as=country.same_as,
        geo=country.geo,
        country=country.code,
    )


def cast_country(report: Report, at: int, cast: Cast) -> None:
    """Adds a country, or what stands for it, with the name it has here."""
    mention = report.mentions[at]
    words = (mention.head or mention.span).of(report.text)
    country = find_country(words) if words not in ("North", "South") else find_country(words + " Korea")
    if country is None:
        return
    named = cast.named.setdefault(make_id("e", "country", country.code), country_entity(country))
    if mention.form == "name":
        named.aliases.add(mention.text if words in ("North", "South") else words)
    cast.of[at] = (named.id, "metonym" if mention.metonym else "country")


def cast_organizations(report: Report, indexes: Sequence[int], cast: Cast) -> None:
    """Adds organizations; an acronym in brackets, or the beginning of a longer name, is the longer one."""
    text, mentions = report.text, report.mentions
    full: dict[str, set[str]] = defaultdict(set)
    for k in indexes:
        name = name_of(report, mentions[k])
        if " " in name:
            full[organization_key(name)].add(name)
    shorter, speaking = short_organizations(report, indexes, full), source_names(report)
    for k in indexes:
        name = name_of(report, mentions[k])
        if is_mixed(name):
            continue
        plain = organization_key(name)
        method = "organization"
        if plain not in full and fold(name).removeprefix("the ") in shorter:
            plain, method = shorter[fold(name).removeprefix("the ")], "acronym"
        if plain not in full and plain in shorter:
            plain, method = shorter[plain], "acronym"
        elif plain not in full and mentions[k].kind is None and not is_worth_an_entity(name, text, mentions[k]):
            continue
        known = organizations().get(plain)
        canonical = known[0] if known is not None else longest(full.get(plain, {name}))
        is_surname = mentions[k].kind is None and plain in speaking  # maybe: somebody of this report only
        own = (report.id, plain) if is_surname else (plain,)
        identity = make_id("e", "organization", *((fold(canonical),) if known is not None else own))
        named = cast.named.setdefault(
            identity, Named(identity, EntityKind.ORGANIZATION, canonical, country=known[1] if known else None)
        )
        named.aliases.add(name)
        cast.of[k] = (identity, method)


def organization_key(name: str) -> str:
    """A name as a key, its country's adjective as a code: "Russian Defense Ministry", "Russia Defense Ministry"."""
    plain = fold(name).removeprefix("the ")
    known = organizations().get(plain)
    if known is not None:
        return fold(known[0])
    if DOTTED.fullmatch(plain):
        return plain.replace(".", "")
    words = plain.split(" ")
    for n in (2, 1):
        country = find_country(" ".join(words[:n])) if len(words) > n + 1 else None
        if country is not None:
            return " ".join((country.code.lower(), *words[n:]))
    return plain


def short_organizations(report: Report, indexes: Sequence[int], full: dict[str, set[str]]) -> dict[str, str]:
    """Short name -> key of the one organization it shortens in this report."""
    found: dict[str, set[str]] = defaultdict(set)
    speaking = source_names(report)
    heads = {row["word"] for row in lexicon("organization_heads.tsv") if row["where"] == "any"}
    for k in indexes:
        mention = report.mentions[k]
        name = name_of(report, mention)
        match = BRACKETS.match(report.text, mention.span.end)
        if match and " " in name:
            found[fold(match[1])].add(organization_key(name))
    for plain, names in full.items():
        for name in names:
            words = name.split()
            initials = "".join(word[0] for word in words if word[0].isupper()).lower()
            if len(initials) >= 3:
                found[initials].add(plain)
            if not any(word in heads for word in words) and words[0].isalpha() and fold(words[0]) not in speaking:
                found[fold(words[0])].add(plain)  # "Lockheed" for Lockheed Martin, never "Tax" for Tax Foundation
            if words[-1] in settings_file("names.toml")["papers"]:
                found[fold(words[-1])].add(plain)  # "The Post"
    return {short: next(iter(keys)) for short, keys in found.items() if len(keys) == 1 and len(short) > 1}


def source_names(report: Report) -> frozenset[str]:
    """Folded names of one word that are sources by themselves: who speaks may be a person."""
    texts = (fold(span.of(report.text)).removesuffix("'s") for one in report.attributions for span in one.source)
    return frozenset(text for text in texts if text and " " not in text)


def is_worth_an_entity(name: str, text: str, mention: Mention) -> bool:
    """Whether a name of unknown kind is anybody's: single words need to be more than an adjective or a heading."""
    return (
        len(name) > 2
        and not name.endswith(("ism", "ist", "ian", "ese"))
        and text[mention.span.end : mention.span.end + 1] != ":"
    )


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


__all__ = ["Cast", "Named", "affiliation_name", "as_of", "cast_names", "country_entity", "key", "sure", "surnames"]
