"""The briefing: each sentence ends in a citation that opens the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from onrecord.export.briefing import make_briefing
from onrecord.export.rendering import LEGEND, as_object, footer, header
from onrecord.export.rows import StoryRow, story_row
from onrecord.web.filters import Facet
from onrecord.web.pages import AT_HAND, AskedFor, page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPage:
    """A briefing, or the stories of which one is to be chosen."""

    title: str
    facets: tuple[Facet, ...]
    header: str
    legend: str
    footer: str
    briefing: dict[str, Any] | None  # as `onrecord brief --format json` writes it; None: there is too much for one
    stories: tuple[StoryRow, ...]  # of which one is to be chosen; none where one is chosen and is too large


@page(router, "/brief", "brief.html")
def brief(asked: AskedFor) -> BriefPage:
    """What is said, by whom, who disagrees, which figures and how they moved, what is open; every sentence cited."""
    query, view = asked.query, asked.view
    if view.how_many("report", query) > AT_HAND:
        stories = tuple(map(story_row, view.largest_stories(asked.size))) if query.story is None else ()
        return BriefPage(
            title="Briefing", facets=asked.facets, header="", legend="", footer="", briefing=None, stories=stories
        )
    made = asked.kept("briefing", lambda: make_briefing(view, query))
    return BriefPage(
        title=made.title,
        facets=asked.facets,
        header=header(made),
        legend=LEGEND,
        footer=footer(made).partition(" `")[0],
        briefing=as_object(made),
        stories=(),
    )
