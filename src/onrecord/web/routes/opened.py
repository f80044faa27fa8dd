"""What is open: accusations, questions, promises and forecasts, when they are due and what closed them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter

from onrecord.errors import UsageError
from onrecord.export.change_rows import OpenRow
from onrecord.export.opened import open_rows
from onrecord.export.rows import StoryRow, story_row
from onrecord.ledger.asking import OPENINGS, STATES, is_date
from onrecord.ledger.store import Query
from onrecord.web.pages import AT_HAND, AskedFor, ListPage, page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage(ListPage):
    """What is open or was, in the order in which it was opened."""

    what: str | None
    state: str | None
    due: str | None
    stories: tuple[StoryRow, ...] = ()  # of which one is to be chosen, where the record is too large for one look
    rows: tuple[OpenRow, ...]


@page(router, "/open", "open.html", csv="rows")
def open_matters(
    asked: AskedFor,
    what: Annotated[str | None, Parameter(description=f"One of {', '.join(OPENINGS)}.")] = None,
    state: Annotated[str | None, Parameter(description=f"One of {', '.join(STATES)}.")] = None,
    due: Annotated[str | None, Parameter(description="Only what is due by this date.")] = None,
) -> OpenPage:
    """What is left open, when it is due, and what closed it."""
    _check("what", what, OPENINGS)
    _check("state", state, STATES)
    if due and not is_date(due):
        raise UsageError(f"due = {due[:40]!r} is not a date like 2025, 2025-03 or 2025-03-04")

    def rows(query: Query) -> Iterator[OpenRow]:
        for row in open_rows(asked.view, query, asked.filters.as_of, due or None):
            if what in (None, "", row["what"]) and state in (None, "", row["status"]):
                yield row

    if asked.query.story is None and asked.view.how_many("report", asked.query) > AT_HAND:
        stories = tuple(map(story_row, asked.view.largest_stories(asked.size)))
        fields = asked.listed("Open", (), lambda row: row)
        return OpenPage(**fields, what=what or None, state=state or None, due=due or None, stories=stories)
    name = f"open {what} {state} {due} {asked.page} {asked.size}"
    fields = asked.kept(name, lambda: asked.listed("Open", rows(asked.query), lambda row: row))
    return OpenPage(**fields, what=what or None, state=state or None, due=due or None)


def _check(name: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value and value not in choices:
        raise UsageError(f"{name} = {value[:40]!r} is none of {', '.join(choices)}")
