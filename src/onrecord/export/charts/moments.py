"""Dates on an axis: how long a coarse date lasts, where it stands, and which days are written below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from onrecord.export.naming import MONTHS

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI|W\d{2})(?:-WE)?")
_LONG = re.compile(r"\d{2,4}")
_PARTS = {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3), "H1": (1, 6), "H2": (7, 6)}  # first month, months
_PARTS |= {f"Q{at}": (3 * at - 2, 3) for at in range(1, 5)}
DAYS, MONTH_STEPS = (1, 2, 7, 14), (1, 2, 3, 6)
YEAR, MONTH = 365.2425, 30.44  # days
CUT = 46.0  # units that a stretch takes which is cut short


def interval(value: str | None) -> tuple[int, int] | None:
    """[first day, day after the last) as day numbers; None for what is no calendar date.

    >>> interval("2024-10") == (interval("2024-10-01")[0], interval("2024-10-31")[1])
    True
    """
    if not value:
        return None
    first, slash, last = value.partition("/")
    if slash:
        start, end = interval(first), interval(last)
        return (start[0], end[1]) if start and end and start[0] < end[1] else None
    try:
        return _interval(value)
    except ValueError:
        return None


def _interval(value: str) -> tuple[int, int] | None:
    if found := _DAY.match(value):
        day = date(*map(int, found.groups())).toordinal()
        return day, day + 1
    if found := _PART.fullmatch(value):
        return _part_of_year(int(found[1]), found[2])
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    if _LONG.fullmatch(value):  # a year, a decade, a century
        years = 10 ** (4 - len(value))
        return _months(int(value) * years, 1, 12 * years)
    return None


def _part_of_year(year: int, part: str) -> tuple[int, int]:
    if part in _PARTS:
        return _months(year, *_PARTS[part])
    monday = date.fromisocalendar(year, int(part[1:]), 1).toordinal()
    return monday, monday + 7


def _months(year: int, month: int, length: int) -> tuple[int, int]:
    return date(year, month, 1).toordinal(), _month_after(year, month, length)


def _month_after(year: int, month: int, by: int) -> int:
    at = year * 12 + month - 1 + by
    return date(at // 12, at % 12 + 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Tick:
    """Words below an axis."""

    at: float  # in the drawing's units
    label: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Day numbers to positions. Stretches in which nothing lies may be cut short: `cuts` are their positions."""

    stops: tuple[tuple[float, float], ...]  # (day number, position), both rising
    cuts: tuple[tuple[float, float], ...] = ()  # positions between which the axis is cut short

    def at(self, day: float) -> float:
        """The position of a day number."""
        stops = self.stops
        upper = next((at for at in range(1, len(stops) - 1) if day <= stops[at][0]), len(stops) - 1)
        (d0, x0), (d1, x1) = stops[upper - 1], stops[upper]
        return x0 + (day - d0) * (x1 - x0) / (d1 - d0)


def make_scale(intervals: Iterable[tuple[int, int]], left: float, right: float, much: float) -> TimeScale:
    """A scale that holds all intervals.

    A stretch in which nothing lies is cut short where it is `much` times as long as the next; three are at most.
    """
    groups = _groups(sorted(set(intervals)))
    cut = [(a, b) for a, b in pairwise(groups) if (a, b) in _long_gaps(groups, much)]
    first, last = groups[0].start, groups[-1].end
    regions = [_region(a, b) for a, b in cut]
    shown = last - first - sum(end - start for start, end, _ in regions)
    room = max(1.0, shown * 0.07)
    short = [CUT * (1 + coarse) for _, _, coarse in regions]
    unit = max(0.01, (right - left - sum(short)) / (shown + 2 * room))
    stops, at, day, cuts = [(first - room, left)], left, first - room, []
    for (start, end, _), size in zip(regions, short, strict=True):
        at += (start - day) * unit
        stops += [(start, at), (end, at + size)]
        cuts.append((at, at + CUT))
        at, day = at + size, end
    return TimeScale((*stops, (last + room, right)), tuple(cuts))


@dataclass(frozen=True, slots=True)
class _Group:
    """Intervals that overlap or touch."""

    start: int
    end: int
    inner: float = 0.0  # days between the two neighbours that are farthest apart
    is_one: bool = False  # a single coarse date, which may be drawn shorter than it lasts

    @property
    def edges(self) -> tuple[float, float]:
        """From where to where distances to other groups are measured."""
        middle = (self.start + self.end) / 2
        return (middle, middle) if self.is_one else (self.start, self.end)


def _groups(intervals: list[tuple[int, int]]) -> list[_Group]:
    found: list[list[tuple[int, int]]] = []
    end = None
    for span in intervals:
        if end is not None and span[0] <= end:
            found[-1].append(span)
            end = max(end, span[1])
        else:
            found.append([span])
            end = span[1]
    return [_group(members) for members in found]


def _group(members: list[tuple[int, int]]) -> _Group:
    middles = sorted((start + end) / 2 for start, end in members)
    inner = max((b - a for a, b in pairwise(middles)), default=0.0)
    start, end = members[0][0], max(end for _, end in members)
    return _Group(start, end, inner, len(members) == 1 and end - start > 1)


def _long_gaps(groups: list[_Group], much: float) -> set[tuple[_Group, _Group]]:
    """The gaps, three at most, that are `much` times as long as any other distance."""
    gaps = sorted(((b.edges[0] - a.edges[1], a.start, (a, b)) for a, b in pairwise(groups)), reverse=True)
    inner = max((group.inner for group in groups), default=0.0)
    for count in range(min(3, len(gaps)), 0, -1):
        other = max([inner, *(gap for gap, _, _ in gaps[count : count + 1])])
        if other > 0 and gaps[count - 1][0] >= much * other and gaps[count - 1][0] > 14:
            return {pair for _, _, pair in gaps[:count]}
    return set()


def _region(a: _Group, b: _Group) -> tuple[float, float, int]:
    """(from, to, how many coarse dates lie in it) of what is drawn short between two groups."""
    margin = min(1.0, (b.start - a.end) / 4)
    start = a.start if a.is_one else a.end + margin
    return start, (b.end if b.is_one else b.start - margin), a.is_one + b.is_one


def ticks(scale: TimeScale, days: Iterable[tuple[int, int]], room: float) -> list[Tick]:
    """Days, months or years to write below the axis, `room` apart; few dates are written themselves."""
    exact = sorted({start + 0.5 for start, end in days if end - start == 1})
    coarse = sorted({span for span in days if span[1] - span[0] > 1})
    found: list[Tick] = []
    if len(exact) + len(coarse) <= 7 and len({*exact}) <= 6:
        spots = sorted(
            [(day, spoken_day(int(day), year=False), int(day)) for day in exact]
            + [((start + end) / 2, spoken_span(start, end), start) for start, end in coarse]
        )
    else:
        spots = [(at, label, int(at)) for at, label in _round_spots(scale, room)]
    year = None
    for day, label, start in spots:
        at = scale.at(day)
        if found and at - found[-1].at < room:
            continue
        this = date.fromordinal(max(1, start)).year
        is_new = this != year and not re.search(r"\d{4}", label)
        found.append(Tick(at, f"{label} {this}" if is_new else label))
        year = this
    return found


def _round_spots(scale: TimeScale, room: float) -> list[tuple[float, str]]:
    """Round days all over the axis, in the smallest step that leaves the labels room."""
    first, last = scale.stops[0][0], scale.stops[-1][0]
    most = max(2.0, (scale.stops[-1][1] - scale.stops[0][1]) / room)
    step = (last - first) / most
    low, high = int(first) + 1, int(last)
    if step <= DAYS[-1]:
        by = next(days for days in DAYS if days >= step)
        return [(day + 0.5, spoken_day(day, year=False)) for day in range(low, high) if (day - 1) % by == 0]
    begin, end = date.fromordinal(max(1, low)), date.fromordinal(max(1, high))
    if step <= MONTH * MONTH_STEPS[-1]:
        months = next(by for by in MONTH_STEPS if by * MONTH >= step)
        starts = [(y, m) for y in range(begin.year, end.year + 1) for m in range(1, 13, months)]
        return [(d, MONTHS[m - 1]) for y, m in starts if low <= (d := date(y, m, 1).toordinal()) <= high]
    years, at = 1, 0
    while years * YEAR < step:
        years, at = (1, 2, 5)[(at + 1) % 3] * 10 ** ((at + 1) // 3), at + 1
    span = range(begin.year - begin.year % years, end.year + 1, years)
    return [(d, str(y)) for y in span if y > 0 and low <= (d := date(y, 1, 1).toordinal()) <= high]


def spoken_day(day: int, *, year: bool = True) -> str:
    """A day number for people: "23 Oct 2024"."""
    then = date.fromordinal(day)
    return f"{then.day} {MONTHS[then.month - 1]}" + (f" {then.year}" if year else "")


def spoken_span(start: int, end: int) -> str:
    """Days [start, end) for people: "Dec 2024", "2024", "1 – 7 Oct 2024"."""
    first, last = date.fromordinal(start), date.fromordinal(end) - timedelta(days=1)
    whole = first.day == 1 and date.fromordinal(end).day == 1
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if whole and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if whole:
        left = MONTHS[first.month - 1] + (f" {first.year}" if first.year != last.year else "")
        return f"{left} – {MONTHS[last.month - 1]} {last.year}"
    return f"{spoken_day(start, year=first.year != last.year)} – {spoken_day(end - 1)}"
