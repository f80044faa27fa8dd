"""What a briefing is made from: the reports in question, and those of their statements that may be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.export.naming import Names
from onrecord.export.telling import is_pronoun, may_be_told, may_be_told_with_care
from onrecord.ledger.store import Query, View
from onrecord.link.words import content_words
from onrecord.model import Figure, Link, Report, SectionKind, Span, Statement, TimeExpression, hull
from onrecord.resources import settings_file

ANSWERS = frozenset({"confirms", "denies", "contradicts", "corroborates"})  # links that give a statement weight


@dataclass(frozen=True)
class Desk:
    """The part of a view that a briefing looks at."""

    view: View
    query: Query
    names: Names
    reports: tuple[Report, ...]  # those in question, all versions; without their texts
    statements: tuple[Statement, ...]  # that may be told, of the newest versions, in the order of the view
    earlier: tuple[Statement, ...]  # that may be told, of versions that have been replaced
    careful: frozenset[str]  # ids of those among `statements` that are told with care, because a link gives them weight
    unsure: int  # statements that may not be told

    @classmethod
    def of(cls, view: View, query: Query) -> Desk:
        """What `query` selects of `view`; speech only."""
        names = Names(view)
        query = replace(query, attitude="speech", limit=None)
        reports = tuple(view.reports(replace(query, attitude=None)))
        replaced = {report.supersedes for report in reports if report.supersedes}
        tops = {report.id: _tops(report) for report in reports}
        told: list[Statement] = []
        earlier: list[Statement] = []
        doubtful: set[str] = set()
        unsure = 0
        for statement in view.statements(query):
            if any(map(hull(statement.content.spans).overlaps, tops.get(statement.report_id, ()))):
                continue  # the body says it in full
            is_old = statement.report_id in replaced
            nobody = is_pronoun(names.speaker(statement))
            if may_be_told(statement) and not nobody:
                (earlier if is_old else told).append(statement)
            elif not is_old:
                unsure += 1
                if may_be_told_with_care(statement) and not nobody:
                    told.append(statement)
                    doubtful.add(statement.id)
        careful = _weighty(doubtful, {statement.id for statement in told}, view.links()) if doubtful else frozenset()
        told = [statement for statement in told if statement.id not in doubtful or statement.id in careful]
        names.prime(reports, (*told, *earlier))
        reports = tuple(names.facts(report.id) for report in reports)
        return cls(view, query, names, reports, tuple(told), tuple(earlier), careful, unsure - len(careful))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links between what may be told; an update rests on a word that says what is counted."""
        told = {statement.id: statement for statement in (*self.earlier, *self.statements)}
        return tuple(
            link
            for link in self.view.links()
            if link.source in told
            and link.target in told
            and (link.kind != "updates" or _is_of_one_matter(told[link.source], told[link.target]))
        )

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figures in question by id, in the order of the view."""
        return {figure.id: figure for figure in self.view.figures(replace(self.query, attitude=None))}

    @cached_property
    def copied(self) -> frozenset[tuple[str, str]]:
        """Pairs (copied report, copying report) that share most of their text."""
        full = float(settings_file("thresholds.toml")["copies"]["full_share"])
        return frozenset((copy.source, copy.target) for copy in self.view.copies() if copy.share >= full)

    def times(self, report_id: str) -> tuple[TimeExpression, ...]:
        """The times of a report; lists go report by report, so the last ones are kept."""
        if report_id not in self._times:
            self._times.clear()
            self._times[report_id] = self.view.times(report_id)
        return self._times[report_id]

    @cached_property
    def _times(self) -> dict[str, tuple[TimeExpression, ...]]:
        return {}

    def figures_of(self, statement: Statement) -> tuple[Figure, ...]:
        """The figures that are this statement's own, not those of a statement inside it."""
        found = (self.figures.get(identity) for identity in statement.figures)
        return tuple(figure for figure in found if figure and figure.statement == statement.id)


def _weighty(doubtful: set[str], told: set[str], links: tuple[Link, ...]) -> frozenset[str]:
    """The doubtful statements that answer another, or are answered."""
    ends = [(link.source, link.target) for link in links if link.kind in ANSWERS and {link.source, link.target} <= told]
    return frozenset(doubtful & {end for pair in ends for end in pair})


def _tops(report: Report) -> tuple[Span, ...]:
    """Headline and summary points."""
    return tuple(s.span for s in report.sections if s.kind in {SectionKind.HEADLINE, SectionKind.SUMMARY})


def _is_of_one_matter(one: Statement, other: Statement) -> bool:
    """Whether two contents share a word that says what is counted: treated, of "54 people treated"."""
    vague = content_words(" ".join(settings_file("briefing.toml")["figures"]["vague"]))
    return bool((content_words(one.content.quote) & content_words(other.content.quote)) - vague)
