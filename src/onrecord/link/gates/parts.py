"""Whether one count is of a part of what the other counts: some of them, a part of the place, a part of the time."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.link.entry import Entry, Told
from onrecord.link.gates.scope import part_words
from onrecord.model import Figure

SOME_OF = re.compile(r"\s*(?:[a-z]+\s+)?of\s+(?:the|these|those|them|its|their|his|her|our|my|all)\b", re.IGNORECASE)
OF_THESE = re.compile(
    r"\W*(?:of|among)\s+(?:the|these|those|them|its|their|his|her|our|all)\b[^.;]*,\s*$", re.IGNORECASE
)
SINCE = re.compile(r"\b(?:since|from|so\s+far)\s+(?:the\s+)?(?:start\s+of\s+|beginning\s+of\s+)?$", re.IGNORECASE)
LONGEST = 10**6  # days
Period = tuple[date, date]


def is_some_of(told: Told, figure: Figure) -> bool:
    """Whether a number is one of some among more: "four of the people arrested", "of these, 900", "12 of them"."""
    if figure.amount.unit:
        return False
    if figure.part_of:
        return True
    text, span = told.entry.report.text, figure.span
    start = max((s.start for s in told.statement.content.spans if s.start <= span.start), default=span.start)
    return bool(
        SOME_OF.match(text, span.end, span.end + 40) or OF_THESE.match(text[max(start, span.start - 100) : span.start])
    )


def is_less(f: Figure, g: Figure) -> bool:
    """Whether f is not above g, as far as both are bounded."""
    most, least = f.amount.high or f.amount.low, g.amount.low or g.amount.high
    return most is not None and least is not None and most <= least


def is_in_place(part: tuple[Told, Figure], whole: tuple[Told, Figure]) -> bool:
    """Whether the place of one count lies in the country of the other, by the gazetteer."""
    (a, f), (b, g) = part, whole
    return bool(f.where and g.where) and _inside(a.entry, f.where or "", b.entry, g.where or "")


def _inside(a: Entry, part: str, b: Entry, whole: str) -> bool:
    place, country = a.entities.get(part), b.entities.get(whole)
    if place is None or country is None or part == whole or not place.country:
        return False
    return f"iso3166:{place.country}" in country.same_as


def is_in_part(part: tuple[Told, Figure], whole: tuple[Told, Figure]) -> bool:
    """Whether one number is of a district, a province or a side, and the other of none."""
    return bool(part_words(*part)) and not part_words(*whole)


def periods_differ(one: tuple[Told, Figure], other: tuple[Told, Figure]) -> bool:
    """Whether each number is of a month, a quarter, a year or a longer time, and the two are not the same."""
    mine, theirs = period_of(*one), period_of(*other)
    return mine is not None and theirs is not None and mine != theirs


def is_in_period(part: tuple[Told, Figure], whole: tuple[Told, Figure]) -> bool:
    """Whether one number is of a time that lies within the other's: May in the months since January."""
    mine, theirs = period_of(*part), period_of(*whole)
    return mine is not None and theirs is not None and mine != theirs and theirs[0] <= mine[0] and mine[1] <= theirs[1]


def period_of(told: Told, figure: Figure) -> Period | None:
    """The month or longer that a number is of, as its sentence gives it; None for days and where none is given."""
    text = told.entry.report.text
    for time in told.entry.times.within(told.statement.content.spans):
        value = time.value.value if time.value else ""
        bounds = _bounds(value)
        if bounds and SINCE.search(text[max(0, time.span.start - 24) : time.span.start]):
            said = _day(told.entry.when(told.statement)[:10])
            return (bounds[0], said) if said else None
    found = figure.as_of or ""
    first, _, last = found.partition("/")
    start, end = _bounds(first), _bounds(last or first)
    if not start or not end or (end[1] - start[0]).days < 27:
        return None
    return start[0], end[1]


def _bounds(value: str) -> Period | None:
    """The first and last day of a year or a month; of a day, itself."""
    try:
        if len(value) == 4:
            return date(int(value), 1, 1), date(int(value), 12, 31)
        if len(value) == 7 and value[5:].isdigit():
            first = date(int(value[:4]), int(value[5:]), 1)
            return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        day = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return day, day


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
