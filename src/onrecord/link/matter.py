"""Whether two reports are about one matter, by the names in them, and the keys that bring such reports together."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

from onrecord.link.entry import Entry
from onrecord.model import EntityKind
from onrecord.resources import settings_file


def is_one_matter(a: Entry, b: Entry) -> bool:
    """Whether the reports share enough of the people, bodies and places that they name, and are near in time."""
    settings = settings_file("thresholds.toml")["matter"]
    mine, theirs = frozenset(_named(a)), frozenset(_named(b))
    shared = len(mine & theirs)
    fewer = min(len(mine), len(theirs))
    near = {_fortnight(a), _fortnight(b)}
    apart = max(near) - min(near) if None not in near else 0  # type: ignore[type-var, operator]
    return shared >= settings["entities"] and shared >= settings["share"] * fewer and apart <= 1


def matter_keys(entry: Entry, *, asked: bool = False) -> frozenset[str]:
    """Pairs of the names that a report has most, with its fortnight; asked for the ones before and after as well.

    The fortnight keeps the number of reports under a key to what is published in a month.
    """
    most = int(settings_file("thresholds.toml")["matter"]["main"])
    ranked = sorted(_named(entry).items(), key=lambda item: (-item[1], item[0]))[:most]
    names = sorted(identity for identity, _ in ranked)
    when = _fortnight(entry)
    times = [when] if when is None or not asked else [when - 1, when, when + 1]
    return frozenset(f"n:{time}:{one}:{other}" for one, other in combinations(names, 2) for time in times)


def _named(entry: Entry) -> Counter[str]:
    """How often the report names each person, organization, country and place."""
    known = {e.id for e in entry.report.entities if e.kind is not EntityKind.GROUP}
    return Counter(m.entity for m in entry.report.mentions if m.entity in known and m.form == "name")


def _fortnight(entry: Entry) -> int | None:
    try:
        return date.fromisoformat((entry.report.published or "")[:10]).toordinal() // 14
    except ValueError:
        return None
