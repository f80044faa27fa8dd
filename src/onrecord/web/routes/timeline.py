"""The timeline: what is said and what is told to have happened, by the date it is about, as a chart and a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter

from onrecord.export.charts.timeline import Moment, draw_timeline, moments_of
from onrecord.export.timeline_rows import TimelineRow, make_rows, rows_of
from onrecord.export.timelines import timeline_of
from onrecord.web.pages import Asked, AskedFor, ListPage, page
from onrecord.web.parameters import read_words, words

router = APIRouter()
MOST = 2_000  # statements that a timeline is made of while somebody waits


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(ListPage):
    """Entries by the date they are about, those without a date last."""

    entity: str | None
    note: str | None  # whom the name was taken for
    svg: str | None
    too_many: bool
    rows: tuple[TimelineRow, ...]


@page(router, "/timeline", "timeline.html", csv="rows")
def timeline(
    asked: AskedFor,
    entity: Annotated[str, words("Only events in which this person, body or place has a part.")] = "",
) -> TimelinePage:
    """What is said and what is told to have happened, by the date it is about."""
    wanted, note, found = read_words("entity", entity), None, []
    too_many = asked.view.how_many("statement", asked.query) > MOST
    if not too_many and wanted:
        line = timeline_of(asked.view, wanted, asked.query)
        found, note = rows_of(line, asked.names), line.called.note
    elif not too_many:
        found = make_rows(asked.view, asked.query)
    svg = draw_timeline(moments_of(found), lambda some: _words_of(asked, some), width=980) if found else None
    return TimelinePage(
        **asked.listed("Timeline", found, lambda row: row),
        entity=wanted,
        note=note or None,
        svg=svg,
        too_many=too_many,
    )


def _words_of(asked: Asked, moments: tuple[Moment, ...]) -> str | None:
    """The statement or the event, or the first of several."""
    return asked.to(f"/show/{moments[0].id}") if moments[0].id else None
