"""What is open: accusations, questions, promises and forecasts, when they are due and what closed them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter

from onrecord.export.change_rows import OpenRow
from onrecord.export.opened import open_rows
from onrecord.export.rows import StoryRow, story_row
from onrecord.ledger.asking import OPENINGS, STATES
from onrecord.ledger.store import Query
from onrecord.web.pages import AT_HAND, AskedFor, ListPage, page
from onrecord.web.parameters import date, one_of, read_choice, read_date

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage(ListPage):
    """What is open or was, in the order in which it was opened."""

    what: str | None
    state: str | None
    due: str | None
    too_many: bool = False  # reports to be looked through for one page
    stories: tuple[StoryRow, ...] = ()  # of which one is to be chosen, where the record is too large for one look
    rows: tuple[OpenRow, ...]


@page(router, "/open", "open.html", csv="rows")
def open_matters(
    asked: AskedFor,
    what: Annotated[str, one_of("What is open.", OPENINGS)] = "",
    state: Annotated[str, one_of("Whether it still is.", STATES)] = "",
    due: Annotated[str, date("Only what is due by this date.")] = "",
) -> OpenPage:
    """What is left open, when it is due, and what closed it."""
    wanted, standing, day = (
        read_choice("what", what, OPENINGS),
        read_choice("state", state, STATES),
        read_date("due", due),
    )

    def rows(query: Query) -> Iterator[OpenRow]:
        for row in open_rows(asked.view, query, asked.filters.as_of, day):
            if wanted in (None, row["what"]) and standing in (None, row["status"]):
                yield row

    if asked.view.how_many("report", asked.query) > AT_HAND:
        stories = tuple(map(story_row, asked.view.largest_stories(asked.size))) if asked.query.story is None else ()
        fields = asked.listed("Open", (), lambda row: row)
        return OpenPage(**fields, what=wanted, state=standing, due=day, stories=stories, too_many=True)
    name = f"open {wanted} {standing} {day} {asked.page} {asked.size}"
    fields = asked.kept(name, lambda: asked.listed("Open", rows(asked.query), lambda row: row))
    return OpenPage(**fields, what=wanted, state=standing, due=day)
