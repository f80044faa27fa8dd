"""Whether two reports are about one matter, by the names in them, and the keys that bring such reports together."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations, product

from onrecord.link.entry import Entry, Told, worded_terms
from onrecord.link.meaning import likeness
from onrecord.link.words import content_words, overlap
from onrecord.model import EntityKind
from onrecord.resources import settings_file


def is_one_matter(a: Entry, b: Entry) -> bool:
    """Whether the reports are near in time and share enough names, or fewer names and what they open with."""
    settings = settings_file("relations.toml")["matter"]
    if a.report.id == b.report.id:
        return True
    if not _is_near(a, b) or _namesakes(a, b):
        return False
    mine, theirs = frozenset(_named(a)), frozenset(_named(b))
    shared = len(mine & theirs)
    if shared >= settings["entities"] and shared >= settings["share"] * min(len(mine), len(theirs)):
        return True
    if not shared and mine and theirs:
        return False
    bar = settings["lead_names" if shared > 1 else "lead" if shared else "nameless"]
    return likeness(a.lead, b.lead) >= float(bar)


def speak_of_one(one: Told, other: Told) -> bool:
    """Whether two statements are of one matter: by their reports, or by what they open with and their own words."""
    a, b = one.entry, other.entry
    if is_one_matter(a, b):
        return True
    bars, settings = settings_file("relations.toml")["bars"], settings_file("relations.toml")["matter"]
    mine, theirs = worded_terms(one), worded_terms(other)
    if len(mine & theirs) < bars["alike_terms"] or overlap(mine, theirs) < bars["alike"]:
        return False
    if not _is_near(a, b) or _namesakes(a, b) or likeness(a.lead, b.lead) < settings["nameless"] - 0.05:
        return False
    return likeness(one.statement.content.quote, other.statement.content.quote) >= float(bars["alike_sense"])


def _is_near(a: Entry, b: Entry) -> bool:
    """Whether the reports stand at most two fortnights of the calendar apart, or one has no date."""
    near = {_fortnight(a), _fortnight(b)}
    return None in near or max(near) - min(near) <= 1  # type: ignore[type-var, operator]


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
