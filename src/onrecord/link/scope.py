"""Whether two statements may speak of one thing: what, where, when. Where a scope is unknown and may differ: no."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from onrecord.link.entry import Told
from onrecord.link.words import WORD, stem
from onrecord.model import EntityKind
from onrecord.resources import settings_file


def may_be_one(one: Told, other: Told) -> bool:
    """Whether days, places and names in the two contents leave it open that both speak of the same."""
    return not (_days_differ(one, other) or _places_differ(one, other) or _names_differ(one, other))


def is_one_place(one: Told, other: Told) -> bool:
    """Whether a part of a place may be meant by one and not by the other: "in the district", "on the east side"."""
    mine, theirs = (frozenset(_parts(t)) for t in (one, other))
    return mine == theirs


def days_of(one: Told) -> frozenset[str]:
    """The dates in a content, as coarse as they are given."""
    inside = one.entry.times.within(one.statement.content.spans)
    dated = (t.value for t in inside if t.value and t.value.timex_type in ("DATE", "TIME"))
    return frozenset(value.value.partition("T")[0] for value in dated if value.value[:1].isdigit())


def _days_differ(one: Told, other: Told) -> bool:
    mine, theirs = days_of(one), days_of(other)
    return bool(mine and theirs) and not any(_meet(x, y) for x in mine for y in theirs)


def _meet(one: str, other: str) -> bool:
    """Whether two dates may be one: the same, one within the other, or neighbouring days."""
    if one.startswith(other) or other.startswith(one):
        return True
    try:
        return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(days=1)
    except ValueError:
        return False


def _places_differ(one: Told, other: Told) -> bool:
    here, there = (frozenset(_places(t)) for t in (one, other))
    return bool(here and there) and not here & there


def _places(one: Told) -> list[str]:
    entities = one.entry.entities
    kinds = (EntityKind.PLACE, EntityKind.COUNTRY)
    return [term for term in one.terms if term in entities and entities[term].kind in kinds]


def _names_differ(one: Told, other: Told) -> bool:
    """Whether each content names what the other report names nowhere: two models, two companies, two men."""
    return bool(_only_in(one, other) and _only_in(other, one))


def _only_in(one: Told, other: Told) -> frozenset[str]:
    words = {stem(w) for span in one.statement.content.spans for w in WORD.findall(span.of(one.entry.report.text))}
    named = frozenset(name for name in one.entry.name_words if name in words)
    return named - other.entry.all_words


def _parts(one: Told) -> list[str]:
    words = [stem(word) for word in WORD.findall(one.statement.content.quote)]
    return [word for word in words if word in _part_nouns()]


@cache
def _part_nouns() -> frozenset[str]:
    return frozenset(stem(noun) for noun in settings_file("relations.toml")["scope"]["parts"])
