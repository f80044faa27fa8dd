"""What one page tells of a story: where its claims stand, what moved since a day, which figure to look at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.export.charts.gathering import gather_series
from onrecord.export.charts.points import Point, Series, spoken_amount
from onrecord.export.claims import claims_that_fit
from onrecord.export.naming import Names, tidy
from onrecord.export.standing import LEAST_WORDS, Party, Standing, find_standings
from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query, View
from onrecord.model import Claim

# status -> how many claims of it one page shows, in the order in which it shows them
SHOWN = {"corroborated": 8, "disputed": 8, "denied": 8, "superseded": 6, "single-source": 8}
SPARE = 3  # times as many are read, because claims like "this" say nothing by themselves
MOST_MOVED = 10
STATIONS = 6  # of a figure that moved: the first and the last ones
ANSWERING = frozenset(("denied", "contradicted", "confirmed"))


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one status."""

    status: str
    total: int | None  # None: not counted, because the record is looked at as of a day
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as somebody gave it."""

    text: str  # as written
    short: str  # "≥ 3,000"
    whose: str
    date: str | None
    figure: str
    statement: str | None
    report: str


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure that others took the place of, one after another."""

    of: str
    series: str
    numbers: tuple[Number, ...]  # two or more, the first one first


@dataclass(frozen=True, slots=True)
class MovedClaim:
    """A claim that somebody answered."""

    claim: str
    text: str
    party: Party


def find_groups(view: View, base: View, names: Names, query: Query) -> tuple[Group, ...]:
    """The claims of a story by status; `base` is the whole record, of which claims as of a day are put together."""
    groups = []
    for status, most in SHOWN.items():
        wanted = replace(query, status=status, largest=True, limit=SPARE * most)
        if status == "single-source":
            wanted = replace(wanted, plain=True)
        found = [claim for claim in claims_that_fit(base, wanted) if says_something(claim)][:most]
        counted = replace(query, status=status)
        total = None if query.as_of else base.how_many("claim", counted)
        if found or total:
            groups.append(Group(status, total, find_standings(view, names, found)))
    return tuple(groups)


def says_something(claim: Claim) -> bool:
    """Whether the words of a claim say something without the text around them."""
    return len(tidy(claim.text).split()) >= LEAST_WORDS


def find_charts(view: View, query: Query) -> tuple[Series, ...]:
    """The quantities of a story that were given more than once, the one to look at first before others."""
    found = gather_series(view, replace(query, limit=None), least=2)
    return tuple(sorted(found, key=lambda series: (-len(series.updates), -len(series.points), series.id)))


def find_moved_figures(charts: Iterable[Series], since: str | None) -> Iterator[MovedFigure]:
    """Figures that took the place of others, the last of them given after a day; the newest first."""
    found = []
    for series in charts:
        stations = [_number(point) for point in _stations(series)]
        numbers = [one for at, one in enumerate(stations) if at == 0 or one.short != stations[at - 1].short]
        if len(numbers) > 1 and is_after(numbers[-1].date, since):
            shown = numbers if len(numbers) <= STATIONS else [numbers[0], *numbers[1 - STATIONS :]]
            found.append((order_key(numbers[-1].date), MovedFigure(series.title, series.id, tuple(shown))))
    for _, moved in sorted(found, key=lambda pair: pair[0], reverse=True):
        yield moved


def _stations(series: Series) -> list[Point]:
    """The points of a series that took another's place, or lost theirs, by the day on which they were printed."""
    ends = {end for pair in series.updates for end in pair}
    points = [point for point in series.points if point.figure.id in ends]
    return sorted(points, key=lambda p: (order_key(p.published), p.figure.report_id, p.figure.span))


def _number(point: Point) -> Number:
    figure = point.figure
    date = point.said or point.published  # when it was given, not what it is of
    return Number(
        tidy(figure.text), spoken_amount(point), point.whose, date, figure.id, figure.statement, figure.report_id
    )


def find_moved_claims(groups: Iterable[Group], since: str | None) -> Iterator[MovedClaim]:
    """Who confirmed, denied or contradicted a claim after a day; the newest first."""
    found = [
        (order_key(party.date), MovedClaim(standing.claim["id"], standing.claim["text"], party))
        for group in groups
        for standing in group.standings
        for party in standing.parties
        if party.verb in ANSWERING and is_after(party.date, since)
    ]
    for _, moved in sorted(found, key=lambda pair: pair[0], reverse=True):
        yield moved


def is_after(date: str | None, since: str | None) -> bool:
    """Whether something was published after a day, or on it later; what has no date was not."""
    return date is not None and (since is None or date > since)
