"""The stories, and one: where it stands, what moved, what is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import RedirectResponse

from onrecord.errors import UnknownId
from onrecord.export.change_rows import OpenRow
from onrecord.export.charts.points import Point, Series
from onrecord.export.charts.series import draw_series
from onrecord.export.charts.telling import series_rows
from onrecord.export.opened import open_rows
from onrecord.export.rows import SpeakerRow, StoryRow, speaker_row, story_row
from onrecord.export.telling_story import (
    MOST_MOVED,
    Group,
    MovedClaim,
    MovedFigure,
    find_charts,
    find_groups,
    find_moved_claims,
    find_moved_figures,
)
from onrecord.ledger.asking import find_story, is_date
from onrecord.ledger.store import Query
from onrecord.model import Story
from onrecord.web.filters import Filters
from onrecord.web.pages import AT_HAND, Asked, AskedFor, ListPage, page
from onrecord.web.parameters import Identity
from onrecord.web.visits import COOKIE, read_visits, visit, write_visits

router = APIRouter()
MOST_OPEN = 6
MOST_FIGURES = 2_000  # that charts are made of while somebody waits
MOST_SPEAKERS = 9
CHART_WIDTH = 370.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesPage(ListPage):
    """Stories, those with most reports first."""

    rows: tuple[StoryRow, ...]


@dataclass(frozen=True, slots=True)
class FocusRow:
    """One of its numbers."""

    when: str
    whose: str
    figure: str
    of: str
    kind: str
    statement: str | None
    report: str


@dataclass(frozen=True, slots=True)
class Focus:
    """The figure that is shown beside a story."""

    title: str
    series: tuple[str, ...]  # ids
    rows: tuple[FocusRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """One story."""

    title: str
    story: StoryRow
    headline_of: str | None  # the outlet whose headline the title is: it is not ours
    outlets: tuple[str, ...]
    counts: dict[str, int]  # reports, statements, unsure, figures, charts
    groups: tuple[Group, ...]
    since: str | None  # ISO 8601: what moved, moved after this
    since_is: str  # "chosen", "last visit" or "first report"
    figures_moved: tuple[MovedFigure, ...]
    claims_moved: tuple[MovedClaim, ...]
    reports_since: int
    open: tuple[OpenRow, ...] | None  # None: the record is so large that /open looks for it alone
    focus: Focus | None
    speakers: tuple[SpeakerRow, ...]


@page(router, "/stories", "stories.html", csv="rows")
def stories(asked: AskedFor) -> StoriesPage:
    """The stories: reports about one matter."""
    wanted = asked.page * asked.size + 1
    return StoriesPage(**asked.listed("Stories", asked.view.largest_stories(wanted), story_row))


@page(router, "/stories/{identity}", "story.html")
def story(asked: AskedFor, identity: Identity) -> StoryPage:
    """One story: where its claims stand, what moved since a day, what is open, who spoke."""
    found = _find(asked, identity)
    asked.story = found.id
    view, names = asked.view, asked.names
    query = Query(story=found.id, as_of=asked.filters.as_of)
    since, since_is = _since(asked, found)
    groups = asked.kept("groups", lambda: find_groups(view, asked.record, names, query))
    figures = view.how_many("figure", query)
    charts = asked.kept("charts", lambda: find_charts(view, query)) if figures <= MOST_FIGURES else ()
    reports = view.how_many("report", query)
    facts = [names.facts(one) for one in found.reports[:200]]
    told = view.how_many("statement", query)
    after = [one for one in facts if since and (one.published or "") > since]
    counts = {
        "reports": reports,
        "statements": told,
        "unsure": told - view.how_many("statement", replace(query, plain=True)),
        "figures": figures,
        "charts": len(charts),
    }
    return StoryPage(
        title=found.title or "Untitled story",
        story=story_row(found),
        headline_of=next((names.outlet(one) for one in facts if one.title == found.title), None),
        outlets=tuple(sorted({names.outlet(one) for one in facts})),
        counts=counts,
        groups=groups,
        since=since,
        since_is=since_is,
        figures_moved=tuple(islice(find_moved_figures(charts, since), MOST_MOVED)),
        claims_moved=tuple(islice(find_moved_claims(groups, since), MOST_MOVED)),
        reports_since=len(after),
        open=_open(asked, query, found),
        focus=_focus(asked, charts[0]) if charts else None,
        speakers=tuple(map(speaker_row, view.speakers(replace(query, limit=MOST_SPEAKERS)))),
    )


@router.get("/", include_in_schema=False)
def start(asked: AskedFor) -> RedirectResponse:
    """The story that one comes from, the only one there is, or all of them."""
    there = asked.record.largest_stories(2)
    chosen = asked.filters.story or (there[0].id if len(there) == 1 else None)
    search = Filters(as_of=asked.filters.as_of).search()
    return RedirectResponse((f"/stories/{chosen}" if chosen else "/stories") + search, 302)


def _find(asked: Asked, identity: str) -> Story:
    """The story as far as it had come on the day that is asked for; UnknownId where nothing of it was published."""
    full = find_story(asked.record, identity)
    found = next(one for one in asked.record.stories() if one.id == full)
    if asked.filters.as_of is None:
        return found
    known = list(asked.view.reports(Query(story=full)))
    if not known:
        raise UnknownId(f"nothing of the story {full} was published by {asked.filters.as_of}")
    dates = sorted(one.published for one in known if one.published)
    ids = tuple(sorted(one.id for one in known))
    return replace(found, reports=ids, first=dates[0] if dates else None, last=dates[-1] if dates else None)


def _since(asked: Asked, found: Story) -> tuple[str | None, str]:
    """After which day things have moved, and what that day is; remembers that the story was looked at."""
    before = ""
    if asked.filters.as_of is None and found.last:
        visits = read_visits(asked.request.cookies.get(COOKIE, ""))
        mine, every = visit(visits, found.id, found.last, datetime.now(UTC))
        asked.remembered[COOKIE] = write_visits(every)
        before = mine.before if is_date(mine.before) else ""
    if asked.filters.since:
        return asked.filters.since, "chosen"
    if before and found.last and before < found.last:
        return before, "last visit"
    return found.first, "first report"


def _open(asked: Asked, query: Query, found: Story) -> tuple[OpenRow, ...] | None:
    if asked.record.how_many("report") > AT_HAND:
        return None

    def still_open() -> tuple[OpenRow, ...]:
        rows = open_rows(asked.view, query, asked.filters.as_of or found.last)
        return tuple(islice((row for row in rows if row["status"] != "closed"), MOST_OPEN))

    return asked.kept("open", still_open)


def _focus(asked: Asked, series: Series) -> Focus:
    def address(point: Point) -> str:
        return asked.to(f"/reports/{point.figure.report_id}#{point.figure.statement or ''}")

    asked.drawn["focus"] = Markup(draw_series(series, address, width=CHART_WIDTH))  # noqa: S704  # it escapes its words
    rows = []
    for row in series_rows(series):
        when, whose, figure, of, kind, _ = row.cells
        rows.append(FocusRow(when, whose, figure, of, kind, row.point.figure.statement, row.point.figure.report_id))
    return Focus(series.title, series.series, tuple(rows))
