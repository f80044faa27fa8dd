"""Who has how much of the record, counted from what a store finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from onrecord.ledger.dates import order_key
from onrecord.ledger.store import SpeakerCount
from onrecord.ledger.words import name_key
from onrecord.model import Entity


@dataclass(frozen=True, slots=True)
class Said:
    """One statement by one source."""

    entity: str | None
    words: str  # of the source, as printed
    report_id: str
    published: str | None  # ISO 8601


@dataclass(slots=True)
class _Count:
    statements: int = 0
    names: Counter[str] = field(default_factory=Counter)
    reports: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)


Counts = dict[tuple[str, str], _Count]  # by ("entity", id) or ("words", key)


def count_speakers(said: Iterable[Said], entity: Callable[[str], Entity]) -> tuple[SpeakerCount, ...]:
    """Sources by number of statements, most first, then by name. Sources without a name go by their words."""
    return told(count(said), entity)


def count(said: Iterable[Said]) -> Counts:
    """What each source has."""
    counts: Counts = {}
    for one in said:
        key = ("entity", one.entity) if one.entity else ("words", name_key(one.words))
        found = counts.get(key)
        if found is None:
            found = counts[key] = _Count()
        found.statements += 1
        if not one.entity:  # who has a name goes by it
            found.names[one.words] += 1
        found.reports.add(one.report_id)
        if one.published is not None:
            found.dates.add(one.published)
    return counts


def largest(counts: Counts, most: int | None) -> Counts:
    """Those among which the first `most` are, whatever their names: nobody else has to be looked up."""
    if most is None or len(counts) <= most:
        return counts
    least = sorted((one.statements for one in counts.values()), reverse=True)[max(most, 1) - 1]
    return {key: one for key, one in counts.items() if one.statements >= least}


def told(counts: Counts, entity: Callable[[str], Entity]) -> tuple[SpeakerCount, ...]:
    """The sources in their order."""
    rows = [_row(entity(name) if kind == "entity" else None, one) for (kind, name), one in counts.items()]
    return tuple(sorted(rows, key=most_first))


def _row(entity: Entity | None, count: _Count) -> SpeakerCount:
    dates = sorted(count.dates, key=lambda date: (order_key(date), date))
    return SpeakerCount(
        entity=entity,
        name=entity.name if entity else min(count.names, key=lambda name: (-count.names[name], name)),
        statements=count.statements,
        reports=len(count.reports),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def most_first(row: SpeakerCount) -> tuple[int, str, str, str]:
    """The order of sources: by statements, then name."""
    return -row.statements, name_key(row.name), row.name, row.entity.id if row.entity else ""
