"""What a briefing is made from: the reports in question, and those of their statements that may be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.export.changed import Corrections
from onrecord.export.matters import WEIGHTY, find_repetitions
from onrecord.export.naming import Names
from onrecord.export.shelf import Shelf
from onrecord.export.telling import is_pronoun, may_be_told, may_be_told_with_care, said_words, same_letters
from onrecord.ledger.dates import is_since
from onrecord.ledger.store import Query, View
from onrecord.link.views.corrections import Correction
from onrecord.link.words import content_words
from onrecord.model import Claim, Figure, Link, Report, SectionKind, Span, Statement, TimeExpression, hull
from onrecord.resources import settings_file

ONE_BY_ONE = 250  # statements whose links are looked up singly; of more, all links are read at once
TYING = WEIGHTY | {"updates", "part_of"}  # links whose ends are of one matter


@dataclass(frozen=True)
class Desk:
    """The part of a view that a briefing looks at."""

    view: View
    query: Query
    names: Names
    reports: tuple[Report, ...]  # those in question, all versions; without their texts
    statements: tuple[Statement, ...]  # that may be told, of the newest versions, in the order of the view
    earlier: tuple[Statement, ...]  # that may be told, of versions that have been replaced
    points: tuple[Statement, ...]  # of summaries, told where they answer something and the body does not say it too
    careful: frozenset[str]  # ids of those among `statements` that are told with care, because a link gives them weight
    known: frozenset[str]  # ids of all statements of the newest versions, told or not
    unsure: int  # statements that may not be told
    since: str | None = None  # ISO 8601: only what has come since is told, and what it has to do with

    @classmethod
    def of(cls, view: View, query: Query) -> Desk:
        """What `query` selects of `view`; speech only."""
        names, since = Names(view), query.since
        query = replace(query, attitude="speech", limit=None, since=None)
        reports = tuple(view.reports(replace(query, attitude=None)))
        replaced = {report.supersedes for report in reports if report.supersedes}
        tops = {report.id: _tops(report) for report in reports}
        told: list[Statement] = []
        points: list[Statement] = []
        known: set[str] = set()
        earlier: list[Statement] = []
        doubtful: set[str] = set()
        unsure = 0
        for statement in view.statements(query):
            is_old = statement.report_id in replaced
            nobody = is_pronoun(names.speaker(statement)) or not _has_teller(statement, names)
            if not is_old:
                known.add(statement.id)
            top = next(filter(hull(statement.content.spans).overlaps, tops.get(statement.report_id, {})), None)
            if top:  # the body says it in full, mostly
                is_point = tops[statement.report_id][top] is SectionKind.SUMMARY
                if is_point and not is_old and not nobody and may_be_told(statement):
                    points.append(statement)
                continue
            if may_be_told(statement) and not nobody:
                (earlier if is_old else told).append(statement)
            elif not is_old:
                unsure += 1
                if may_be_told_with_care(statement) and not nobody:
                    told.append(statement)
                    doubtful.add(statement.id)
        linked = known.union(statement.id for statement in (*told, *points))
        links = _links_of(view, linked) if doubtful or points else ()
        careful = _weighty(doubtful, {statement.id for statement in told}, links)
        told = [statement for statement in told if statement.id not in doubtful or statement.id in careful]
        added = _added(points, {statement.id: statement for statement in told}, links, names)
        names.prime(reports, (*told, *added, *earlier))
        reports = tuple(names.facts(report.id) for report in reports)
        return cls(
            view,
            query,
            names,
            reports,
            tuple(told),
            tuple(earlier),
            added,
            careful,
            frozenset(known),
            unsure - len(careful),
            since,
        )

    def is_new(self, statement: Statement) -> bool:
        """Whether a statement has come since the date that is asked for; all have, where none is."""
        return self.since is None or is_since(self.names.facts(statement.report_id).published, self.since)

    @cached_property
    def shelf(self) -> Shelf:
        """The reports with all that linking looks at."""
        return Shelf(self.view)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claim of each statement that is in one, by the id of the statement."""
        found = self.view.claims(replace(self.query, attitude=None))
        return {identity: claim for claim in found for identity in claim.statements}

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        """What takes back what is told, by the id of the statement."""
        corrections = Corrections(self.shelf)
        found = ((statement.id, corrections.of(statement)) for statement in (*self.earlier, *self.told))
        return {identity: taken[0] for identity, taken in found if taken}

    @cached_property
    def told(self) -> tuple[Statement, ...]:
        """All that can be told, summary points after what the bodies say."""
        return (*self.statements, *self.points)

    @cached_property
    def first(self) -> dict[str, str]:
        """What says again what its source said before -> where that was said first."""
        return find_repetitions(self.told, self.links, lambda s: (self._voice(s), said_words(s)))

    def _voice(self, statement: Statement) -> str:
        """Who speaks, and who tells it."""
        return same_letters(f"{self.names.speaker(statement)}\n{self.names.teller(statement) or ''}")

    def again(self, statement: Statement) -> Iterator[tuple[Statement, bool]]:
        """What says the same in other reports, one statement a report, and whether that report is a copy."""
        reports = {statement.report_id}
        for other in self._again.get(statement.id, ()):
            if other.report_id not in reports:
                reports.add(other.report_id)
                pair = (statement.report_id, other.report_id)
                yield other, pair in self.copied or pair[::-1] in self.copied

    @cached_property
    def _again(self) -> dict[str, list[Statement]]:
        linked = {frozenset((link.source, link.target)) for link in self.links if link.kind == "repeats"}
        told = {statement.id: statement for statement in self.told}
        found: dict[str, list[Statement]] = defaultdict(list)
        for identity, first in self.first.items():
            alike = said_words(told[first]) == said_words(told[identity])
            if alike or frozenset((first, identity)) in linked:
                found[first].append(told[identity])
        return found

    @cached_property
    def ties(self) -> tuple[tuple[str, str], ...]:
        """Pairs of statements of one matter, also where one of them is not told; a repetition counts as the first."""
        first = self.first
        return tuple(
            (first.get(link.source, link.source), first.get(link.target, link.target))
            for link in self._linked
            if {link.source, link.target} <= self.known and link.kind in TYING
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links between what may be told; an update rests on a word that says what is counted.

        What one report says twice is no repetition: it tells it once in full and once in passing.
        """
        told = {statement.id: statement for statement in (*self.earlier, *self.told)}
        return tuple(
            link
            for link in self._linked
            if link.source in told
            and link.target in told
            and (link.kind != "updates" or _is_of_one_matter(told[link.source], told[link.target]))
            and (link.kind != "repeats" or told[link.source].report_id != told[link.target].report_id)
        )

    @cached_property
    def _linked(self) -> tuple[Link, ...]:
        """The links of what is in question, among others where that is much."""
        return _links_of(self.view, self.known.union(statement.id for statement in (*self.earlier, *self.told)))

    @cached_property
    def story_of(self) -> dict[str, str]:
        """The id of a report's story by the id of the report."""
        return {report: story.id for story in self.view.stories() for report in story.reports}

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


def _links_of(view: View, statement_ids: Collection[str]) -> tuple[Link, ...]:
    """The links of some statements, in the order of the view; all there are where the statements are many."""
    if len(statement_ids) > ONE_BY_ONE:
        return view.links()
    found = {link.id: link for identity in statement_ids for link in view.links(identity)}
    return tuple(sorted(found.values(), key=lambda link: (link.source, link.target, link.kind, link.id)))


def _weighty(doubtful: set[str], told: set[str], links: tuple[Link, ...]) -> frozenset[str]:
    """The doubtful statements that answer another, or are answered."""
    ends = [(link.source, link.target) for link in links if link.kind in WEIGHTY and {link.source, link.target} <= told]
    return frozenset(doubtful & {end for pair in ends for end in pair})


def _has_teller(statement: Statement, names: Names) -> bool:
    """Whether somebody tells what stands inside another statement: "it was said that he had said"."""
    return statement.nested_in is None or names.statement(statement.nested_in).source is not None


def _added(
    points: list[Statement], told: dict[str, Statement], links: tuple[Link, ...], names: Names
) -> tuple[Statement, ...]:
    """The summary points that answer something, where the same source gives no such answer in the body."""
    given = {(names.speaker(told[link.source]), link.kind, link.target) for link in links if link.source in told}
    by_id = {point.id: point for point in points}
    kept = set()
    for link in links:
        point = by_id.get(link.source)
        answers = point and link.kind in WEIGHTY and link.target in told
        if point and answers and (names.speaker(point), link.kind, link.target) not in given:
            kept.add(point.id)
    return tuple(point for point in points if point.id in kept)


def _tops(report: Report) -> dict[Span, SectionKind]:
    """Headline and summary points."""
    tops = {SectionKind.HEADLINE, SectionKind.SUMMARY}
    return {section.span: section.kind for section in report.sections if section.kind in tops}


def _is_of_one_matter(one: Statement, other: Statement) -> bool:
    """Whether two contents share a word that says what is counted: treated, of "54 people treated"."""
    vague = content_words(" ".join(settings_file("briefing.toml")["figures"]["vague"]))
    return bool((content_words(one.content.quote) & content_words(other.content.quote)) - vague)
