"""The stories, and one: where it stands, what moved, what is open."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from onrecord.export.rows import StoryRow, story_row
from onrecord.web.filters import Filters
from onrecord.web.pages import AskedFor, ListPage, page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesPage(ListPage):
    """Stories, those with most reports first."""

    rows: tuple[StoryRow, ...]


@page(router, "/stories", "stories.html", csv="rows")
def stories(asked: AskedFor) -> StoriesPage:
    """The stories: reports about one matter."""
    wanted = asked.page * asked.size + 1
    return StoriesPage(**asked.listed("Stories", asked.view.largest_stories(wanted), story_row))


@router.get("/", include_in_schema=False)
def start(asked: AskedFor) -> RedirectResponse:
    """The story that is asked for, the only one there is, or all of them."""
    return RedirectResponse("/stories" + Filters(as_of=asked.filters.as_of).search(), 302)
