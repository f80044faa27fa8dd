"""A view that hands every question on to another one: what a view that changes a few answers starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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


class Through:
    """Each method asks the view behind it; `View` says what they do."""

    def __init__(self, view: View) -> None:
        self.found = view  # the record as it was found, no judgement applied

    def counts(self) -> dict[str, int]:
        """How many lines of each type."""
        return self.found.counts()

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports that fit."""
        return self.found.reports(query)

    def newest(self, as_of: str | None = None) -> str | None:
        """The greatest date of publication."""
        return self.found.newest(as_of)

    def how_many(self, kind: str, query: Query = EVERYTHING) -> int:
        """How many of a kind fit."""
        return self.found.how_many(kind, query)

    def report(self, report_id: str) -> Report:
        """One report."""
        return self.found.report(report_id)

    def has_report(self, report_id: str) -> bool:
        """Whether it is there."""
        return self.found.has_report(report_id)

    def source(self, report_id: str) -> Source:
        """Its bytes."""
        return self.found.source(report_id)

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements that fit."""
        return self.found.statements(query)

    def statements_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Statement, ...]:
        """Statements that share most with some stems."""
        return self.found.statements_sharing(stems, query, most)

    def reports_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Report, ...]:
        """Likewise reports."""
        return self.found.reports_sharing(stems, query, most)

    def statement(self, statement_id: str) -> Statement:
        """One statement."""
        return self.found.statement(statement_id)

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures that fit."""
        return self.found.figures(query)

    def mentions(self, report_id: str) -> tuple[Mention, ...]:
        """Mentions of a report."""
        return self.found.mentions(report_id)

    def times(self, report_id: str) -> tuple[TimeExpression, ...]:
        """Times of a report."""
        return self.found.times(report_id)

    def events(self, report_id: str) -> tuple[Event, ...]:
        """Events of a report."""
        return self.found.events(report_id)

    def entity(self, entity_id: str) -> Entity:
        """One entity."""
        return self.found.entity(entity_id)

    def entities(self) -> Iterator[Entity]:
        """All entities."""
        return self.found.entities()

    def speakers(self, query: Query = EVERYTHING) -> tuple[SpeakerCount, ...]:
        """Sources that fit."""
        return self.found.speakers(query)

    def links(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """Links."""
        return self.found.links(statement_id)

    def copies(self, report_id: str | None = None) -> tuple[Copy, ...]:
        """Copies."""
        return self.found.copies(report_id)

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims that fit."""
        return self.found.claims(query)

    def claim(self, claim_id: str) -> Claim:
        """One claim."""
        return self.found.claim(claim_id)

    def origin(self, origin_id: str) -> Origin:
        """One origin."""
        return self.found.origin(origin_id)

    def stories(self) -> tuple[Story, ...]:
        """Stories."""
        return self.found.stories()

    def largest_stories(self, limit: int | None = None) -> tuple[Story, ...]:
        """Stories by size."""
        return self.found.largest_stories(limit)

    def story_changes(self, story_id: str | None = None) -> tuple[StoryChange, ...]:
        """What became of stories."""
        return self.found.story_changes(story_id)

    def judgements(self) -> tuple[Judgement, ...]:
        """The log."""
        return self.found.judgements()

    def last_judgement(self) -> Judgement | None:
        """Its newest line."""
        return self.found.last_judgement()

    def called(self, name: str) -> tuple[str, ...]:
        """Entities of a name."""
        return self.found.called(name)

    def failures(self) -> tuple[Failure, ...]:
        """Refused inputs."""
        return self.found.failures()

    def candidates(self, keys: Iterable[str], least: int = 1) -> tuple[str, ...]:
        """Reports under block keys."""
        return self.found.candidates(keys, least)

    def met(self, report_id: str, asked: Mapping[str, str], most: int, least: int = 1) -> tuple[str, ...]:
        """Reports that one is compared with."""
        return self.found.met(report_id, asked, most, least)

    def pushed(self, report_id: str, asked: Mapping[str, str], most: int) -> tuple[str, ...]:
        """Reports that one has put out."""
        return self.found.pushed(report_id, asked, most)

    def gists(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What grouping looks at."""
        return self.found.gists(report_ids)

    def edges(self, report_ids: Iterable[str]) -> tuple[tuple[str, str, float], ...]:
        """Pairs of near reports."""
        return self.found.edges(report_ids)

    def linked(self, report_id: str) -> tuple[str, ...]:
        """Reports that have a link with one."""
        return self.found.linked(report_id)

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """Statements with dates."""
        return self.found.statements_of(statement_ids)

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """Figures with dates."""
        return self.found.figures_of(figure_ids)

    def ends(self, statement_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Ends of links."""
        return self.found.ends(statement_ids)

    def copy_of(self, report_id: str, other_id: str) -> Copy | None:
        """The copy line of two reports."""
        return self.found.copy_of(report_id, other_id)

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Statements of one claim."""
        return self.found.claimed_with(statement_ids)

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """Where statements come from."""
        return self.found.traces(statement_ids)

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Figures of one quantity."""
        return self.found.ties(figure_ids)

    def in_series_with(self, figure_ids: Iterable[str]) -> tuple[str, ...]:
        """Figures of one series."""
        return self.found.in_series_with(figure_ids)

    def unsettled(self) -> tuple[str, ...]:
        """Reports without links."""
        return self.found.unsettled()

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Ids that start so."""
        return self.found.find(prefix)

    def record(self, kind: str, identity: str) -> Record:
        """One record."""
        return self.found.record(kind, identity)

    def records(self, kind: str) -> Iterator[Record]:
        """Records of a type."""
        return self.found.records(kind)
