"""The record as of a date, its claims put together and its reports grouped as they were then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from onrecord.errors import UnknownId
from onrecord.export.claims import claim_as_of, claims_that_fit
from onrecord.export.storylines import group_again
from onrecord.ledger.asof import AsOf
from onrecord.ledger.store import EVERYTHING, Query, View
from onrecord.model import Claim, Figure, Report, Statement, Story

PREFIX = "c-"  # of the id of a claim
STORY = "st-"  # of the id of a story
MOST = 10  # ids that `find` gives, as of any view
_Kind = TypeVar("_Kind", Report, Statement, Figure)


def as_known(view: View, date: str | None) -> View:
    """The view as of a date; the view itself where there is none."""
    return view if date is None else Past(view, date)


class Past(AsOf):
    """A view as of a date in which a claim that gained statements later is what it was before.

    A claim goes by the id of its earliest statement, so what is found later can give it another one: here the claim
    of that day is found by its id then and by its id now. Likewise a story: reports are grouped as if nothing had come
    out later.
    """

    def __init__(self, view: View, date: str) -> None:
        super().__init__(view, date)
        self._then: tuple[Story, ...] | None = None  # its stories

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims as they were."""
        return claims_that_fit(self._view, self._bounded(query))

    def claim(self, claim_id: str) -> Claim:
        """One claim as it was: of several that it came to be put together from, the one of most statements."""
        try:
            now = self._view.claim(claim_id)
        except UnknownId:
            then = [claim for claim in self.claims() if claim.id == claim_id]
            if not then:
                raise
            return then[0]
        found = claim_as_of(self._view, now, self._date)
        if not found:
            raise UnknownId(f"nothing that {claim_id} rests on was published by {self._date}")
        return min(found, key=lambda claim: (claim.id != claim_id, -len(claim.statements), claim.id))

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Everything whose id begins so, claims and stories by their id then as well."""
        if prefix.startswith(STORY):
            return tuple(("story", identity) for identity in sorted(self._stories_called(prefix))[:MOST])
        found = super().find(prefix)
        if found or not prefix.startswith(PREFIX):
            return found
        ids = sorted(claim.id for claim in self.claims() if claim.id.startswith(prefix))
        return tuple(("claim", identity) for identity in ids[:MOST])

    def stories(self) -> tuple[Story, ...]:
        """Stories as they were: what hangs together with a report that came out later is grouped without it."""
        if self._then is None:
            self._then = self._group()
        return self._then

    def _group(self) -> tuple[Story, ...]:
        now, late = self._view.stories(), set[str]()
        for story in now:
            late.update(report for report in story.reports if not self._is_known(report))
        near = {end for one, other, _ in self._view.edges(sorted(late)) for end in (one, other)}
        beside = {report for story in now if not late.isdisjoint(story.reports) for report in story.reports}
        again = group_again(self, (near | beside) - late)
        if again is None:
            return super().stories()
        there, grouped = again
        kept = [story for story in now if there.isdisjoint(story.reports) and late.isdisjoint(story.reports)]
        return tuple(sorted([*kept, *grouped], key=lambda story: (story.first or "~", story.id)))

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports published by then, of a story as it was."""
        asked, members = self._of_story(query)
        found = super().reports(asked)
        return found if members is None else _some((r for r in found if r.id in members), query)

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements likewise."""
        asked, members = self._of_story(query)
        found = super().statements(asked)
        return found if members is None else _some((s for s in found if s.report_id in members), query)

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures likewise."""
        asked, members = self._of_story(query)
        found = super().figures(asked)
        return found if members is None else _some((f for f in found if f.report_id in members), query)

    def _of_story(self, query: Query) -> tuple[Query, frozenset[str] | None]:
        """The query, and the reports that its story had then where that is not what the story that is now had by then.

        The query then asks for more than these: for the one story that they are of now, or for all.
        """
        if query.story is None:
            return query, None
        members = next((frozenset(s.reports) for s in self.stories() if s.id == query.story), None)
        if members is None:
            return query, None
        now = [story for story in self._view.stories() if not members.isdisjoint(story.reports)]
        if len(now) == 1 and now[0].id == query.story and members == set(self._kept(now[0].reports)):
            return query, None
        return replace(query, story=now[0].id if len(now) == 1 else None, limit=None, skip=0), members

    def _stories_called(self, prefix: str) -> set[str]:
        """Ids of the stories of that day whose id begins so, or which hold most of a story that is called so now."""
        then = self.stories()
        if found := {story.id for story in then if story.id.startswith(prefix)}:
            return found
        called = {identity for kind, identity in self._view.find(prefix) if kind == "story"}
        reports = {r for story in self._view.stories() if story.id in called for r in story.reports}
        most = max(then, key=lambda story: (len(reports.intersection(story.reports)), story.id), default=None)
        return {most.id} if most and reports.intersection(most.reports) else set()


def _some(found: Iterator[_Kind], query: Query) -> Iterator[_Kind]:
    """What a query asks for of all that fits it."""
    return islice(found, query.skip, None if query.limit is None else query.skip + query.limit)
