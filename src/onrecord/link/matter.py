"""Whether two reports are about one matter, by the names in them, and the keys that bring such reports together."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations, product

from onrecord.link.entry import Entry
from onrecord.link.meaning import likeness
from onrecord.link.words import content_words
from onrecord.model import EntityKind
from onrecord.resources import settings_file


def is_one_matter(a: Entry, b: Entry) -> bool:
    """Whether the reports are near in time and share enough names, or fewer names and what they open with."""
    settings = settings_file("relations.toml")["matter"]
    if a.report.id == b.report.id:
        return True
    near = {_fortnight(a), _fortnight(b)}
    if None not in near and max(near) - min(near) > 1:  # type: ignore[type-var, operator]
        return False
    if _namesakes(a, b):
        return False
    mine, theirs = frozenset(_named(a)), frozenset(_named(b))
    shared = len(mine & theirs)
    if shared >= settings["entities"] and shared >= settings["share"] * min(len(mine), len(theirs)):
        return True
    return shared >= 1 and likeness(a.lead, b.lead) >= settings["lead"]


def matter_keys(entry: Entry, *, asked: bool = False) -> frozenset[str]:
    """Pairs of the names that a report has most, and of these with words it opens with, and its fortnight.

    Asked for the fortnights before and after as well, which keeps the number of reports under a key to what is
    published in a month.
    """
    most = int(settings_file("relations.toml")["matter"]["main"])
    ranked = sorted(_named(entry).items(), key=lambda item: (-item[1], item[0]))[:most]
    names = sorted(identity for identity, _ in ranked)
    opening = sorted(content_words(entry.lead) - {*names})
    pairs = [*combinations(names, 2), *product(names, opening)]
    when = _fortnight(entry)
    times = [when] if when is None or not asked else [when - 1, when, when + 1]
    return frozenset(f"n:{time}:{one}:{other}" for one, other in pairs for time in times)


def _namesakes(a: Entry, b: Entry) -> bool:
    """Whether the two speak of two places of one name."""
    here, there = ({e.name: e.id for e in x.report.entities if e.kind is EntityKind.PLACE} for x in (a, b))
    return any(there.get(name, identity) != identity for name, identity in here.items())


def _named(entry: Entry) -> Counter[str]:
    """How often the report names each country, and each word of the names of people, bodies and other places.

    Words, since one report has "the Vellin Polytechnic" and the other "Vellin"; countries have too many names for that.
    """
    countries = {e.id for e in entry.report.entities if e.kind is EntityKind.COUNTRY}
    named = Counter(m.entity for m in entry.report.mentions if m.entity in countries and m.form == "name")
    named.update(entry.name_words)
    return named


def _fortnight(entry: Entry) -> int | None:
    try:
        return date.fromisoformat((entry.report.published or "")[:10]).toordinal() // 14
    except ValueError:
        return None
