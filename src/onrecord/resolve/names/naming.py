"""The entities that the names of one report stand for: people, countries, organizations, places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.model import EntityKind, Mention, Report, Role, make_id
from onrecord.resolve.names.bodies import affiliation_name, cast_organizations, is_firm
from onrecord.resolve.names.cast import Cast, Named
from onrecord.resolve.names.countries import Country, find_country
from onrecord.resolve.names.folding import fold, is_mixed, longest, parts, words_of
from onrecord.resolve.names.people import Gathering, Person, find_people, name_of
from onrecord.resolve.places.locating import cast_places
from onrecord.resources import settings_file

AFTER = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def cast_names(report: Report) -> Cast:
    """Every name of the report with its entity; nominals and pronouns are not resolved here."""
    cast = Cast()
    mentions = report.mentions
    names = [k for k, m in enumerate(mentions) if m.form == "name"]
    codes = codes_of(report)
    for k in names + [k for k, m in enumerate(mentions) if m.form == "nominal" and m.kind == "country"]:
        if mentions[k].kind == "country":
            cast_country(report, k, cast, codes)
    maybe = unknown_people(report, [k for k in names if mentions[k].kind is None])
    found = find_people(
        report, [k for k in names if mentions[k].kind in ("person", None) or is_shouted(mentions[k])], maybe
    )
    for k in two_fold(report, found):
        found.lose(k)
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


def two_fold(report: Report, found: Gathering) -> list[int]:
    """Bare surnames that may as well be a country or its capital: Washington before anybody of that name is named.

    Also wherever the report names the country or city itself, as in "Michael Jordan was in Jordan. Jordan said ...".
    """
    taken = {fold(name_of(report, m)) for m in report.mentions if m.kind in ("country", "place") and m.form == "name"}
    full = {k for k, (_, method) in found.chosen.items() if method == "name"}
    begun: dict[str, int] = {}
    for k in sorted(full, reverse=True):
        begun[found.chosen[k][0]] = report.mentions[k].span.start
    doubtful = []
    for k, (person, method) in found.chosen.items():
        mention = report.mentions[k]
        if method != "surname" or mention.gender is not None or mention.role is not None:
            continue
        name = name_of(report, mention)
        if find_country(name) is None or (fold(name) not in taken and begun.get(person, 0) <= mention.span.start):
            continue
        doubtful.append(k)
    return doubtful


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
    begun = beginnings(report)
    found = set()
    for k in indexes:
        mention = report.mentions[k]
        own = parts(name_of(report, mention))
        if not 2 <= len(own) <= 3:
            continue
        after, then = (*AFTER.findall(text, mention.span.end, mention.span.end + 32), "", "")[:2]
        before = text[max(0, mention.span.start - 5) : mention.span.start].lower()
        if before.endswith("the "):
            continue
        if is_firm(own[-1:]) or words_of("no_person") & set(own):
            continue
        tied = before.endswith((" of ", " at ", " for ", " with "))  # "Ann Lee, the head of Norhelm Ventures"
        is_source = mention.span.start in openings or (mention.span.end in closings and not tied)
        if (alone[own[0]] and not alone[own[-1]]) or fold(name_of(report, mention)) in begun:
            continue  # "Lockheed" for Lockheed Martin, "Calder Vale" for Calder Vale Building Society
        is_done_to = after in ("was", "were") and then in words_of("done_to_people")
        lives = after == "who" or after in words_of("person_acts") or is_done_to
        if alone[own[-1]] or after in speaking or is_source or lives:
            found.add(k)
    return frozenset(found)


def beginnings(report: Report) -> frozenset[str]:
    """Folded first words, two or more, of the names of organizations in the report that go on after them."""
    names = (name_of(report, m).split() for m in report.mentions if m.form == "name" and m.kind == "organization")
    return frozenset(fold(" ".join(words[:n])) for words in names for n in range(2, len(words)))


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


def is_shared(plain: str, named: frozenset[str]) -> bool:
    """Whether a bare name is that of two countries and the report names both by longer ones: Congo."""
    codes = settings_file("names.toml")["shared_names"].get(plain)
    return codes is not None and named.issuperset(codes)


def codes_of(report: Report) -> frozenset[str]:
    """Codes of the countries that the report names in two words or more."""
    names = {m.text for m in report.mentions if m.kind == "country" and m.form == "name" and " " in m.text}
    found = (find_country(name) for name in sorted(names))
    return frozenset(country.code for country in found if country is not None)


def cast_country(report: Report, at: int, cast: Cast, codes: frozenset[str]) -> None:
    """Adds a country, or what stands for it, with the name it has here."""
    mention = report.mentions[at]
    words = (mention.head or mention.span).of(report.text)
    country = find_country(words) if words not in ("North", "South") else find_country(words + " Korea")
    if country is None:
        return
    if is_shared(fold(words), codes):
        cast.unclear.add(at)
        return
    named = cast.named.setdefault(make_id("e", "country", country.code), country_entity(country))
    if mention.form == "name":
        named.aliases.add(mention.text if words in ("North", "South") else words)
    cast.of[at] = (named.id, "metonym" if mention.metonym else "country")
