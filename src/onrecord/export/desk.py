"""What a briefing is made from: the reports in question, and those of their statements that may be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.export.naming import Names
from onrecord.ledger.store import Query, View
from onrecord.model import Figure, Link, Report, Statement
from onrecord.resources import settings_file

LEAST_WORDS = 3  # of a statement that stands on its own: "that" and "so" say nothing alone


@dataclass(frozen=True)
class Desk:
    """The part of a view that a briefing looks at."""

    view: View
    query: Query
    names: Names
    reports: tuple[Report, ...]  # those in question, all versions
    statements: tuple[Statement, ...]  # that may be told, of the newest versions, in the order of the view
    earlier: tuple[Statement, ...]  # that may be told, of versions that have been replaced
    unsure: int  # statements that may not be told

    @classmethod
    def of(cls, view: View, query: Query) -> Desk:
        """What `query` selects of `view`; speech only."""
        names = Names(view)
        query = replace(query, attitude="speech", limit=None)
        reports = tuple(view.reports(replace(query, attitude=None)))
        replaced = {report.supersedes for report in reports if report.supersedes}
        told: list[Statement] = []
        earlier: list[Statement] = []
        unsure = 0
        for statement in view.statements(query):
            is_old = statement.report_id in replaced
            if may_be_told(statement):
                (earlier if is_old else told).append(statement)
            elif not is_old:
                unsure += 1
        return cls(view, query, names, reports, tuple(told), tuple(earlier), unsure)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of the record."""
        return self.view.links()

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figures in question by id, in the order of the view."""
        return {figure.id: figure for figure in self.view.figures(replace(self.query, attitude=None))}

    @cached_property
    def copied(self) -> frozenset[tuple[str, str]]:
        """Pairs (copied report, copying report) that share most of their text."""
        full = float(settings_file("thresholds.toml")["copies"]["full_share"])
        return frozenset((copy.source, copy.target) for copy in self.view.copies() if copy.share >= full)

    def figures_of(self, statement: Statement) -> tuple[Figure, ...]:
        """The figures that are this statement's own, not those of a statement inside it."""
        found = (self.figures.get(identity) for identity in statement.figures)
        return tuple(figure for figure in found if figure and figure.statement == statement.id)


def may_be_told(statement: Statement) -> bool:
    """Whether a statement is sure enough for a briefing: plain, or as sure as that with a source that has no name."""
    if statement.review == "rejected":
        return False
    if statement.plain:
        return True
    bar = float(settings_file("thresholds.toml")["plain"]["confidence"])
    unnamed = statement.speaker.anonymous or statement.speaker.entity is None
    return unnamed and not statement.speaker.ambiguous and statement.confidence >= bar and not statement.flags


def stands_alone(statement: Statement) -> bool:
    """Whether the words of a statement say something without the text around them."""
    return len(statement.content.quote.split()) >= LEAST_WORDS
