"""Figures: every number as printed, and each quantity over time as a chart with its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.errors import UnknownId
from onrecord.export.charts.gathering import gather_series
from onrecord.export.charts.points import Point, Series
from onrecord.export.charts.series import draw_series
from onrecord.export.charts.telling import COLUMNS, series_rows, tell
from onrecord.export.rows import FigureRow, figure_row
from onrecord.ledger.asking import find_id
from onrecord.ledger.store import Query
from onrecord.model import Figure
from onrecord.web.filters import Facet
from onrecord.web.pages import Asked, AskedFor, ListPage, page
from onrecord.web.parameters import Identity

router = APIRouter()
CHARTED = 6  # charts on the first page of the list
MOST = 2_000  # figures that charts are made of


class PointRow(TypedDict):
    """A number of a series, as the table beside its chart tells it."""

    figure: str
    statement: str | None
    report: str
    cells: list[str]  # date, whose, figure, of what and where, what kind, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One quantity over time."""

    id: str
    series: tuple[str, ...]  # ids on the record
    title: str
    told: str  # what it shows, in words
    columns: tuple[str, ...]
    points: tuple[PointRow, ...]
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage(ListPage):
    """Figures in the order of publication; charts of the quantities that are followed most."""

    charts: tuple[Chart, ...]
    more_charts: int
    too_many: bool  # figures to make charts of while somebody waits
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    """One quantity over time."""

    title: str
    facets: tuple[Facet, ...]
    chart: Chart


@page(router, "/figures", "figures.html", csv="rows")
def figures(asked: AskedFor) -> FiguresPage:
    """Which figures were given, by whom, of what, where and as of when."""
    found = asked.view.figures(asked.query)
    is_drawn = asked.page == 1 and asked.view.how_many("figure", asked.query) <= MOST
    charts = gather_series(asked.view, asked.query) if is_drawn else ()
    return FiguresPage(
        **asked.listed("Figures", found, lambda one: _row(asked, one)),
        charts=tuple(make_chart(asked, one, width=560) for one in charts[:CHARTED]),
        more_charts=max(0, len(charts) - CHARTED),
        too_many=asked.page == 1 and not is_drawn,
    )


@page(router, "/figures/{identity}", "series.html")
def series(asked: AskedFor, identity: Identity) -> SeriesPage:
    """One quantity over time: whose number, its bounds, what took its place."""
    wanted = find_id(asked.store, identity, "series")
    found = gather_series(asked.view, Query(series=wanted, as_of=asked.filters.as_of), least=1)
    if not found:
        raise UnknownId(f"no figure of {identity} was on the record then")
    return SeriesPage(title=found[0].title, facets=asked.facets, chart=make_chart(asked, found[0], width=980))


def make_chart(asked: Asked, series: Series, *, width: float) -> Chart:
    """A series drawn and told; each point opens its words."""
    return Chart(
        id=series.id,
        series=series.series,
        title=series.title,
        told=tell(series),
        columns=COLUMNS,
        points=tuple(
            PointRow(
                figure=row.point.figure.id,
                statement=row.point.figure.statement,
                report=row.point.figure.report_id,
                cells=list(row.cells),
            )
            for row in series_rows(series)
        ),
        svg=draw_series(series, _words_of(asked), width=width),
    )


def _words_of(asked: Asked) -> Callable[[Point], str | None]:
    def link(point: Point) -> str | None:
        figure = point.figure
        return asked.to(f"/reports/{figure.report_id}#{figure.statement or figure.id}")

    return link


def _row(asked: Asked, figure: Figure) -> FigureRow:
    return figure_row(figure, asked.names, asked.names.statement(figure.statement) if figure.statement else None)
