"""The words of charts for those who do not see them, and their tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.export.charts.points import Point, Series, spoken_amount, spoken_kind
from onrecord.export.naming import day, tidy

SHOWN = 12  # numbers told in a description
COLUMNS = ("date", "whose", "figure", "of what, where", "what kind", "reports")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table beside a chart."""

    cells: tuple[str, ...]  # as COLUMNS
    point: Point


def tell(series: Series) -> str:
    """What a chart shows in a few sentences."""
    if not series.points:
        return "No number is known."
    count = Counter(point.whose for point in series.points)
    one = len(series.points) == 1
    head = (
        f"{len(series.points):,} number{'' if one else 's'} of {len(count):,} source{'' if len(count) == 1 else 's'}: "
    )
    told = "; ".join(spoken_point(point) for point in series.points[:SHOWN])
    more = len(series.points) - SHOWN
    return head + told + (f"; and {more:,} more." if more > 0 else ".")


def spoken_point(point: Point) -> str:
    """A number in words: "≥ 3,000, United States, as of 23 Oct 2024"."""
    where = f" in {point.where}" if point.where else ""
    when = f"{point.dated} {day(point.date)}".strip() if point.date else "no date known"
    kind = spoken_kind(point)
    return f"{tidy(point.figure.text)}{where}, {point.whose}, {when}" + (f", {kind}" if kind else "")


def series_rows(series: Series) -> tuple[Row, ...]:
    """The chart as a table, in the order of its dates."""
    parts = dict(series.parts)
    amounts = {point.figure.id: spoken_amount(point) for point in series.points}
    rows = []
    for point in series.points:
        kinds = [
            "change" if point.is_change else "",
            f"a part of {amounts.get(parts[point.figure.id], 'another')}" if point.figure.id in parts else "",
            spoken_kind(point),
        ]
        of = ", ".join(filter(None, (tidy(point.figure.of or ""), point.where)))
        when = f"{day(point.date)} ({point.dated})" if point.date else "undated"
        cells = (when, point.whose, tidy(point.figure.text), of, ", ".join(filter(None, kinds)), str(point.reports))
        rows.append(Row(cells, point))
    return tuple(rows)
