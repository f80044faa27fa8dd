"""The record as a reader could have known it at a date: what came out later is not there, nor what it changed.

Four clocks run beside each other: when something happened (event), when it was said, when it was published, when it was
recorded here. `--as-of` means published by then; a report without a date counts from its retrieval.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from onrecord.errors import UnknownId
from onrecord.ledger.dates import known_by
from onrecord.ledger.store import EVERYTHING, Query, Record, SpeakerCount, View
from onrecord.model import (
    Claim,
    Copy,
    Entity,
    Event,
    Failure,
    Figure,
    Judgement,
    Link,
    Mention,
    Origin,
    Report,
    Source,
    Statement,
    Story,
    StoryChange,
    TimeExpression,
)

KEPT = 4096  # answers to whether a report was there


class AsOf:
    """A view that holds back every report that was not published by a date, with all that depends on it.

    Who is who is told as the whole record has it: an entity's names are not a piece of news.
    """

    def __init__(self, view: View, date: str) -> None:
        self._view, self._date = view, date
        self._is_known = lru_cache(maxsize=KEPT)(self._look)

    def _look(self, report_id: str) -> bool:
        found = next(iter(self._view.reports(Query(report=report_id))), None)
        return found is not None and known_by(found.published, found.retrieved, self._date)

    def _holds(self, report_id: str) -> str:
        if self._view.has_report(report_id) and not self._is_known(report_id):
            raise UnknownId(f"{report_id} was not published by {self._date}")
        return report_id

    def _bounded(self, query: Query) -> Query:
        """The query with the earlier of two dates; a coarse date is taken to end later."""
        dates = [d for d in (query.as_of, self._date) if d]
        return replace(query, as_of=min(dates, key=lambda d: d + "~" if len(d) < len("2025-01-01") else d))

    def counts(self) -> dict[str, int]:
        """How many reports and statements there were, and links between them."""
        found = {
            "report": sum(1 for _ in self.reports()),
            "statement": sum(1 for _ in self.statements(Query(attitude=None))),
        }
        return found | {"link": len(self.links()), "copy": len(self.copies()), "story": len(self.stories())}

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports published by then."""
        return self._view.reports(self._bounded(query))

    def newest(self, as_of: str | None = None) -> str | None:
        """The greatest date of publication by then."""
        return self._view.newest(self._bounded(Query(as_of=as_of)).as_of)

    def how_many(self, kind: str, query: Query = EVERYTHING) -> int:
        """How many reports, statements or figures there were; claims as `claims` gives them."""
        if kind == "claim":
            return sum(1 for _ in self.claims(replace(query, limit=None, skip=0)))
        return self._view.how_many(kind, self._bounded(query))

    def report(self, report_id: str) -> Report:
        """A report; UnknownId where it was not published by then."""
        return self._view.report(self._holds(report_id))

    def has_report(self, report_id: str) -> bool:
        """Whether it was published by then."""
        return self._view.has_report(report_id) and self._is_known(report_id)

    def source(self, report_id: str) -> Source:
        """The bytes of a report."""
        return self._view.source(self._holds(report_id))

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements published by then."""
        return self._view.statements(self._bounded(query))

    def statements_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Statement, ...]:
        """Statements published by then that share most with some stems."""
        return self._view.statements_sharing(stems, self._bounded(query), most)

    def reports_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Report, ...]:
        """Likewise reports."""
        return self._view.reports_sharing(stems, self._bounded(query), most)

    def statement(self, statement_id: str) -> Statement:
        """One statement; UnknownId where its report was not published by then."""
        found = self._view.statement(statement_id)
        self._holds(found.report_id)
        return found

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures published by then."""
        return self._view.figures(self._bounded(query))

    def mentions(self, report_id: str) -> tuple[Mention, ...]:
        """The mentions of a report."""
        return self._view.mentions(self._holds(report_id))

    def times(self, report_id: str) -> tuple[TimeExpression, ...]:
        """The times of a report."""
        return self._view.times(self._holds(report_id))

    def events(self, report_id: str) -> tuple[Event, ...]:
        """The events of a report."""
        return self._view.events(self._holds(report_id))

    def entity(self, entity_id: str) -> Entity:
        """One entity, as the whole record has it."""
        return self._view.entity(entity_id)

    def entities(self) -> Iterator[Entity]:
        """All entities, as the whole record has them."""
        return self._view.entities()

    def speakers(self, query: Query = EVERYTHING) -> tuple[SpeakerCount, ...]:
        """Sources that had spoken by then."""
        return self._view.speakers(self._bounded(query))

    def links(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """Links of which both ends were published by then."""
        return tuple(
            link for link in self._view.links(statement_id) if self._is_said(link.source) and self._is_said(link.target)
        )

    def _is_said(self, statement_id: str) -> bool:
        return self._is_known(self._view.statement(statement_id).report_id)

    def ends(self, statement_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Ends and kinds of the links of these statements, both published by then."""
        found = self._view.ends(statement_ids)
        return tuple(end for end in found if self._is_said(end[0]) and self._is_said(end[1]))

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims of which every statement was published by then; `export.claims` tells what the others were."""
        every = self._view.claims(self._bounded(replace(query, limit=None, skip=0)))
        known = (claim for claim in every if all(map(self._is_said, claim.statements)))
        return islice(known, query.skip, None if query.limit is None else query.skip + query.limit)

    def claim(self, claim_id: str) -> Claim:
        """One claim; UnknownId where one of its statements was not published by then."""
        found = self._view.claim(claim_id)
        if not all(map(self._is_said, found.statements)):
            raise UnknownId(f"{claim_id} was not what it is by {self._date}; `onrecord claims --as-of` lists what was")
        return found

    def origin(self, origin_id: str) -> Origin:
        """One origin, with what went back to it by then."""
        found = self._view.origin(origin_id)
        said = tuple(filter(self._is_said, found.statements))
        if not said:
            raise UnknownId(f"nothing that goes back to {origin_id} was published by {self._date}")
        return replace(found, statements=said, reports=self._kept(found.reports))

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """Those of these statements that were published by then."""
        return tuple(pair for pair in self._view.statements_of(statement_ids) if self._is_known(pair[0].report_id))

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """Those of these figures that were published by then."""
        return tuple(pair for pair in self._view.figures_of(figure_ids) if self._is_known(pair[0].report_id))

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """The statements of their claims that were published by then."""
        return tuple(filter(self._is_said, self._view.claimed_with(statement_ids)))

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """What was kept of where these statements come from."""
        return self._view.traces(filter(self._is_said, statement_ids))

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of figures of one quantity that were published by then."""
        found = self._view.ties(figure_ids)
        known = {figure.id for figure, _ in self.figures_of({end for pair in found for end in pair})}
        return tuple(pair for pair in found if known.issuperset(pair))

    def in_series_with(self, figure_ids: Iterable[str]) -> tuple[str, ...]:
        """The figures of their series that were published by then."""
        found = self._view.in_series_with(figure_ids)
        known = {figure.id for figure, _ in self.figures_of(found)}
        return tuple(identity for identity in found if identity in known)

    def copy_of(self, report_id: str, other_id: str) -> Copy | None:
        """The copy line of two reports that were published by then."""
        known = self._is_known(report_id) and self._is_known(other_id)
        return self._view.copy_of(report_id, other_id) if known else None

    def copies(self, report_id: str | None = None) -> tuple[Copy, ...]:
        """Copy lines of which both ends were published by then."""
        found = self._view.copies(report_id)
        return tuple(copy for copy in found if self._is_known(copy.source) and self._is_known(copy.target))

    def stories(self) -> tuple[Story, ...]:
        """Stories as far as they had come; one of which nothing was published is not there."""
        return tuple(
            sorted(filter(None, map(self._so_far, self._view.stories())), key=lambda s: (s.first or "~", s.id))
        )

    def largest_stories(self, limit: int | None = None) -> tuple[Story, ...]:
        """Likewise, by number of reports."""
        return tuple(sorted(self.stories(), key=lambda story: (-len(story.reports), story.id))[:limit])

    def story_changes(self, story_id: str | None = None) -> tuple[StoryChange, ...]:
        """What became of stories as far as reports published by then brought it."""
        found = self._view.story_changes(story_id)
        return tuple(change for change in found if all(map(self._is_known, change.reports)))

    def _so_far(self, story: Story) -> Story | None:
        known = tuple(identity for identity in story.reports if self._is_known(identity))
        if not known or known == story.reports:
            return story if known else None
        facts = (next(iter(self._view.reports(Query(report=identity)))) for identity in known)
        days = sorted(report.published for report in facts if report.published)
        return replace(story, reports=known, first=days[0] if days else None, last=days[-1] if days else None)

    def failures(self) -> tuple[Failure, ...]:
        """Inputs that were refused."""
        return self._view.failures()

    def judgements(self) -> tuple[Judgement, ...]:
        """The whole log: a judgement is about what was read, and no piece of news."""
        return self._view.judgements()

    def last_judgement(self) -> Judgement | None:
        """Its newest line."""
        return self._view.last_judgement()

    def called(self, name: str) -> tuple[str, ...]:
        """The entities of a name, as the whole record has them."""
        return self._view.called(name)

    def _kept(self, report_ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(identity for identity in report_ids if self._is_known(identity))

    def candidates(self, keys: Iterable[str], least: int = 1) -> tuple[str, ...]:
        """Reports filed under the keys."""
        return self._kept(self._view.candidates(keys, least))

    def met(self, report_id: str, asked: Mapping[str, str], most: int, least: int = 1) -> tuple[str, ...]:
        """Reports that one is compared with."""
        return self._kept(self._view.met(report_id, asked, most, least))

    def pushed(self, report_id: str, asked: Mapping[str, str], most: int) -> tuple[str, ...]:
        """Reports that one has put out of the first under a key."""
        return self._kept(self._view.pushed(report_id, asked, most))

    def gists(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What grouping into stories looks at."""
        return self._view.gists(self._kept(report_ids))

    def edges(self, report_ids: Iterable[str]) -> tuple[tuple[str, str, float], ...]:
        """Pairs of reports that may be about one matter."""
        found = self._view.edges(self._kept(report_ids))
        return tuple(edge for edge in found if self._is_known(edge[0]) and self._is_known(edge[1]))

    def linked(self, report_id: str) -> tuple[str, ...]:
        """Reports that have a link with one."""
        return self._kept(self._view.linked(report_id))

    def unsettled(self) -> tuple[str, ...]:
        """Reports of which no links were drawn."""
        return self._kept(self._view.unsettled())

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Everything whose id begins so, reports and statements that were not there yet apart."""
        return tuple(
            (kind, identity)
            for kind, identity in self._view.find(prefix)
            if not (kind == "report" and not self._is_known(identity))
            and not (kind == "statement" and not self._is_said(identity))
        )

    def record(self, kind: str, identity: str) -> Record:
        """One record; UnknownId where its report was not published by then."""
        found = self._view.record(kind, identity)
        reports = [found.id] if isinstance(found, Report) else [getattr(found, "report_id", None)]
        if isinstance(found, Link):
            reports = [self._view.statement(end).report_id for end in (found.source, found.target)]
        elif isinstance(found, Copy):
            reports = [found.source, found.target]
        for report in filter(None, reports):
            self._holds(report)
        return found

    def records(self, kind: str) -> Iterator[Record]:
        """The records of a type that belong to reports published by then; entities as the whole record has them."""
        if kind == "link":
            yield from self.links()
        elif kind == "claim":
            yield from self.claims()
        elif kind == "copy":
            yield from self.copies()
        elif kind == "story":
            yield from self.stories()
        else:
            for record in self._view.records(kind):
                report = record.id if isinstance(record, Report) else getattr(record, "report_id", None)
                if report is None or self._is_known(report):
                    yield record
