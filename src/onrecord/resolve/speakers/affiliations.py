"""Whom people and officials serve where the words beside them do not say: by their office, or by who spoke just before.

"Defense Secretary Austin" serves the country that has such an office, if the report names it and no other that has.
"officials said", right after a government spoke in the same paragraph, are that government's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution, EntityKind, Report, Role
from onrecord.resolve.names.cast import Named, sure
from onrecord.resolve.names.countries import countries
from onrecord.resolve.names.folding import fold, words_of
from onrecord.resources import lexicon


@cache
def offices() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Folded title -> code of the country that has the office, and of others that have one of that name."""
    return {fold(row["title"]): (row["country"], frozenset(row["not_with"].split())) for row in lexicon("offices.tsv")}


def office_country(title: str, named_countries: frozenset[str]) -> str | None:
    """The name of the country whose office `title` is, if the report names it and none that could be meant as well."""
    country, not_with = offices().get(fold(title), ("", frozenset()))
    if not country or country not in named_countries or not_with & named_countries:
        return None
    return countries()[country].name


def affiliate_people(named: Mapping[str, Named]) -> None:
    """Gives the roles of people the affiliation that their title tells, where the report gives none."""
    codes = frozenset(one.country for one in named.values() if one.kind is EntityKind.COUNTRY and one.country)
    for person in named.values():
        if person.kind is EntityKind.PERSON:
            person.roles = dict.fromkeys(_affiliated(role, codes) for role in person.roles)


def affiliate_officials(
    report: Report, attributions: Sequence[Attribution], named: Mapping[str, Named]
) -> list[Attribution]:
    """Gives bare officials the country of the government that spoke last in their paragraph, if only one did."""
    found = list(attributions)
    order = sorted((a.source[0].start, k) for k, a in enumerate(attributions) if a.source and a.speaker)
    spoke: set[str] = set()
    last_end = 0
    for start, k in order:
        speaker = found[k].speaker
        if speaker is None:
            continue
        if "\n" in report.text[last_end:start]:
            spoke = set()
        last_end = start
        if speaker.anonymous and speaker.affiliation is None and _is_bare(speaker.entity, named) and len(spoke) == 1:
            (country,) = spoke
            sureness = min(speaker.confidence, sure("officials"))
            found[k] = replace(found[k], speaker=replace(speaker, affiliation=country, confidence=sureness))
        one = named.get(speaker.entity or "")
        if one is not None and one.kind is EntityKind.COUNTRY:
            spoke.add(one.name)
    return found


def _affiliated(role: Role, codes: frozenset[str]) -> Role:
    return role if role.affiliation else replace(role, affiliation=office_country(role.title, codes))


def _is_bare(entity: str | None, named: Mapping[str, Named]) -> bool:
    return entity is not None and entity in named and fold(named[entity].name) in words_of("bare_officials")
