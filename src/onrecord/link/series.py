"""Quantities followed over time: figures that count one thing, and what they come to.

Figures are tied pair by pair; what hangs together is a series. Nobody's number is replaced: best, low and high are
read off the numbers that each side stands by last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Protocol

from onrecord.link.entry import Entry, Told
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.kinds.quantities import comparable, head_of, is_one_quantity, pairs_counted
from onrecord.link.kinds.tolls import toll_ties
from onrecord.link.own_voice import own_figures
from onrecord.model import Figure, make_id

Said = tuple[Told, Figure]


class Kept(Protocol):
    """What is read of the record; see `ledger.store.View`."""

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of figures of one quantity with one of these."""

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """Figures with the dates of their reports."""


class Keeping(Kept, Protocol):
    """What is read and written; see `ledger.store.Store`."""

    def in_series_with(self, figure_ids: Iterable[str]) -> tuple[str, ...]:
        """Figures of every series that holds one of these."""

    def put_series(self, members: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which figure belongs to which series."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series: whose, and when."""

    figure: Figure
    whose: str  # who stands by it: an entity id or the words of the source
    day: str  # ISO 8601: as of, else said, else published; "" unknown


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the sides stand by last; an end that nobody gives is None."""

    best: Decimal | None = None  # the number that most sides give, the later one of two
    low: Decimal | None = None
    high: Decimal | None = None


def find_ties(a: Entry, b: Entry) -> Iterator[tuple[str, str]]:
    """Pairs of figures of one quantity in two reports, or in one with itself.

    What has been counted, what is foreseen and what is planned, a stock and its increments are of one series. So is
    what a report counts in its own voice, where it counts what others do in a report of the same matter.
    """
    for one, other in chain(pairs_counted(a, b), _pairs_in_own_voice(a, b)):
        f, g = one[1], other[1]
        if f.id == g.id or f.where != g.where or not (_is_followed(f) and _is_followed(g)):
            continue
        if comparable(f, g, increments=True) and is_one_quantity(one, other):
            yield min(f.id, g.id), max(f.id, g.id)
    for f, g in toll_ties(a, b):  # "22 dead", then "38 people killed"
        if f.where == g.where and _is_followed(f) and _is_followed(g):
            yield min(f.id, g.id), max(f.id, g.id)


def _is_followed(figure: Figure) -> bool:
    return bool(figure.of) and not figure.part_of


def _pairs_in_own_voice(a: Entry, b: Entry) -> Iterator[tuple[Said, Said]]:
    """Figures that count what goes by one word, of which at least one is a report's own; only of one matter."""
    own = tuple(own_figures(a)), tuple(own_figures(b))
    if not any(own) or not (a.report.id == b.report.id or is_one_matter(a, b)):
        return
    theirs: dict[str, list[tuple[bool, Said]]] = defaultdict(list)
    for is_own, some in ((True, own[1]), (False, _said(b))):
        for said in some:
            theirs[head_of(said[1])].append((is_own, said))
    for is_own, some in ((True, own[0]), (False, _said(a))):
        for one in some:
            yield from ((one, other) for also, other in theirs.get(head_of(one[1]), ()) if is_own or also)


def _said(entry: Entry) -> Iterator[Said]:
    held = (figure for figure in entry.report.figures if figure.statement in entry.by_id)
    yield from ((entry.by_id[figure.statement or ""], figure) for figure in held)


def assemble_series(seeds: Collection[str], kept: Kept) -> tuple[dict[str, str], set[str]]:
    """(series by figure, all figures looked at) of what hangs together with the figures `seeds`."""
    there, ties, beyond = set[str](), set[tuple[str, str]](), set(seeds)
    while beyond:
        there |= beyond
        new = kept.ties(sorted(beyond))
        ties.update(new)
        beyond = {end for pair in new for end in pair} - there
    tied = {end for pair in ties for end in pair}
    placed = {figure.id: _place(figure, published) for figure, published in kept.figures_of(sorted(tied))}
    series: dict[str, str] = {}
    for members in _components(placed, ties):
        first = min(members, key=placed.__getitem__)
        series |= dict.fromkeys(members, make_id("q", first))
    return series, there


def bring_series_up_to_date(keeping: Keeping, figures: Collection[str]) -> None:
    """Assembles again the series of figures that are new or may have another tie."""
    beside = {end for pair in keeping.ties(sorted(figures)) for end in pair}
    found = assemble_series({*figures, *beside, *keeping.in_series_with(sorted({*figures, *beside}))}, keeping)
    keeping.put_series(found[0].items(), among=found[1])


def _components(placed: Mapping[str, object], ties: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in ties:
        beside[one].add(other)
        beside[other].add(one)
    seen: set[str] = set()
    for identity in sorted(placed):
        if identity in seen:
            continue
        members, beyond = [identity], [identity]
        seen.add(identity)
        while beyond:
            new = sorted(beside[beyond.pop()] - seen)
            seen.update(new)
            members += new
            beyond += new
        yield members


def _place(figure: Figure, published: str | None) -> tuple[str, str, int, str]:
    return published or "9999", figure.report_id, figure.span.start, figure.id


def bounds_of(points: Iterable[Point]) -> Bounds:
    """Best, low and high of what each side last said is so: no increments, forecasts and plans."""
    last: dict[str, list[Point]] = {}
    for point in points:
        figure = point.figure
        if figure.increment or figure.forecast or figure.planned:
            continue
        held = last.get(point.whose, [])
        if not held or held[0].day < point.day:
            last[point.whose] = [point]
        elif held[0].day == point.day:
            held.append(point)
    standing = [point for held in last.values() for point in held]
    lows = [p.figure.amount.low for p in standing if p.figure.amount.low is not None]
    highs = [p.figure.amount.high for p in standing if p.figure.amount.high is not None]
    given = [(p.figure.amount.low, p.day) for p in standing if p.figure.amount.low == p.figure.amount.high]
    times = Counter(value for value, _ in given)
    best = max(given, key=lambda pair: (times[pair[0]], pair[1], pair[0] or 0), default=(None, ""))[0]
    return Bounds(best, min((*lows, *highs), default=None), max((*highs, *lows), default=None))
