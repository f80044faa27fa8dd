"""Reading from the reference store: plain loops, so that what a query asks for can be read here."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from onrecord.errors import Unavailable, UsageError
from onrecord.ledger.counting import Said, count_speakers
from onrecord.ledger.dates import is_since, is_until, known_by, order_key
from onrecord.ledger.entities import merge_entities
from onrecord.ledger.lines import TYPES
from onrecord.ledger.store import EVERYTHING, Query, Record, SpeakerCount
from onrecord.ledger.words import holds_words
from onrecord.model import (
    Copy,
    Entity,
    Event,
    Failure,
    Figure,
    Link,
    Mention,
    Report,
    Source,
    Statement,
    Story,
    TimeExpression,
)
from onrecord.stores.blocks import rank_of
from onrecord.stores.claims_memory import MemoryClaims
from onrecord.stores.filing import (
    Filed,
    figure_words,
    names_of,
    report_words,
    source_words,
    speakers_of,
    statement_words,
)
from onrecord.stores.gists_memory import MemoryGists
from onrecord.stores.judging_memory import MemoryLog
from onrecord.stores.lookup import (
    FOUND_AT_MOST,
    asks_statements,
    check_prefix,
    end_of,
    no_bytes,
    no_type,
    unknown,
)
from onrecord.stores.naming_memory import named, sources_of, unnamed_key, words_of
from onrecord.stores.regrouping_memory import MemoryChanges
from onrecord.stores.sharing import MemorySharing

_Kind = TypeVar("_Kind", Filed, Statement)
_Derived = TypeVar("_Derived", Link, Copy, Story)


class MemoryView(MemoryClaims, MemoryChanges, MemoryLog, MemoryGists, MemorySharing):
    """What a process has on the record."""

    def __init__(self) -> None:
        MemoryClaims.__init__(self)
        MemoryChanges.__init__(self)
        MemoryLog.__init__(self)
        MemoryGists.__init__(self)
        self._pages: dict[str, Filed] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._under: dict[str, list[tuple[int, str]]] = {}  # (rank, report id) by block key, in order
        self._edges: dict[str, dict[str, float]] = {}
        self._sources: dict[str, Source] = {}
        self._statements: dict[str, Statement] = {}
        self._about: set[tuple[str, str]] = set()
        self._links: dict[str, Link] = {}
        self._copies: dict[str, Copy] = {}
        self._stories: dict[str, Story] = {}
        self._versions: dict[str, str] = {}
        self._failures: dict[Failure, None] = {}
        self._unsettled: set[str] = set()

    def counts(self) -> dict[str, int]:
        """Lines of each type."""
        return {kind: sum(1 for _ in self.records(kind)) for kind in TYPES}

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports that fit, by (published, id)."""
        fits = self._statement_test(query) if asks_statements(query) else None
        return islice(
            (report for report in self._within(query) if self._report_fits(report, query, fits)),
            query.skip,
            end_of(query),
        )

    def newest(self, as_of: str | None = None) -> str | None:
        """The greatest date of publication."""
        known = self._within(Query(as_of=as_of))
        return max((report.published for report in known if report.published), default=None)

    def how_many(self, kind: str, query: Query = EVERYTHING) -> int:
        """How many of a kind fit."""
        lists = {"report": self.reports, "statement": self.statements, "figure": self.figures, "claim": self.claims}
        if kind not in lists:
            raise UsageError(f"nobody counts {kind!r}; one of {', '.join(lists)}")
        return sum(1 for _ in lists[kind](replace(query, limit=None, skip=0)))

    def report(self, report_id: str) -> Report:
        """One report with its kept layers."""
        filed = self._page(report_id)
        return replace(
            self._dressed(filed.report[0]),
            mentions=self.mentions(report_id),
            times=self.times(report_id),
            figures=tuple(self._followed(figure) for figure, _ in filed.figures),
            events=self.events(report_id),
            entities=tuple(entity for entity, _ in filed.entities),
        )

    def has_report(self, report_id: str) -> bool:
        """Whether the report is there."""
        return report_id in self._pages

    def source(self, report_id: str) -> Source:
        """The bytes of a report."""
        held = self._sources.get(self._page(report_id).report[0].sha256)
        if held is None:
            raise Unavailable(no_bytes(report_id))
        return held

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements that fit, in order."""
        fits, needed = self._statement_test(query), words_of(query)
        return islice(
            (
                self._claimed_as(statement)
                for report in self._within(query)
                for statement, _ in self._pages[report.id].statements
                if fits(statement)
                and (query.attitude is None or statement.commitment.attitude == query.attitude)
                and (needed is None or holds_words(statement_words(statement), needed))
            ),
            query.skip,
            end_of(query),
        )

    def statement(self, statement_id: str) -> Statement:
        """One statement."""
        return self._claimed_as(_get(self._statements, statement_id, "statement"))

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures that fit, in order."""
        return islice(
            (
                self._followed(figure)
                for report in self._within(query)
                for figure, _ in self._pages[report.id].figures
                if self._figure_fits(figure, query)
            ),
            query.skip,
            end_of(query),
        )

    def mentions(self, report_id: str) -> tuple[Mention, ...]:
        """Mentions in order."""
        return tuple(mention for mention, _ in self._page(report_id).mentions)

    def times(self, report_id: str) -> tuple[TimeExpression, ...]:
        """Times in order."""
        return tuple(time for time, _ in self._page(report_id).times)

    def events(self, report_id: str) -> tuple[Event, ...]:
        """Events in order."""
        return tuple(event for event, _ in self._page(report_id).events)

    def entity(self, entity_id: str) -> Entity:
        """One entity, merged."""
        parts = self._entity_parts().get(entity_id)
        if parts is None:
            raise unknown("entity", entity_id)
        return merge_entities(parts)

    def entities(self) -> Iterator[Entity]:
        """All entities, merged, by id."""
        return (merge_entities(parts) for _, parts in sorted(self._entity_parts().items()))

    def speakers(self, query: Query = EVERYTHING) -> tuple[SpeakerCount, ...]:
        """Sources by number of statements."""
        said = (
            Said(entity, source_words(statement), report.id, report.published)
            for statement in self.statements(replace(query, limit=None, skip=0))
            for report in (self._page(statement.report_id).report[0],)
            for entity in (speakers_of(statement) or (None,))
        )
        return count_speakers(said, self.entity)[query.skip : end_of(query)]

    def links(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """Links, all or of one statement."""
        fitting = (link for link in self._links.values() if statement_id in (None, link.source, link.target))
        return tuple(sorted(fitting, key=lambda link: (link.source, link.target, link.kind, link.id)))

    def copies(self, report_id: str | None = None) -> tuple[Copy, ...]:
        """Copies, all or of one report."""
        fitting = (copy for copy in self._copies.values() if report_id in (None, copy.source, copy.target))
        return tuple(sorted(fitting, key=lambda copy: copy.id))

    def stories(self) -> tuple[Story, ...]:
        """Stories by (first, id)."""
        return tuple(sorted(self._stories.values(), key=lambda story: (order_key(story.first), story.id)))

    def largest_stories(self, limit: int | None = None) -> tuple[Story, ...]:
        """Stories by number of reports."""
        return tuple(sorted(self._stories.values(), key=lambda story: (-len(story.reports), story.id))[:limit])

    def called(self, name: str) -> tuple[str, ...]:
        """Entities of that name, else those whose names hold its words."""
        return tuple(sorted(named(name, {(key, entity.id) for entity in self.entities() for key in names_of(entity)})))

    def failures(self) -> tuple[Failure, ...]:
        """Refused inputs, oldest first."""
        return tuple(self._failures)

    def candidates(self, keys: Iterable[str], least: int = 1) -> tuple[str, ...]:
        """Reports filed under `least` or more of the keys."""
        wanted = frozenset(keys)
        shared = ((report_id, len(wanted & filed_under)) for report_id, filed_under in self._keys.items())
        return tuple(sorted(report_id for report_id, number in shared if number >= least))

    def met(self, report_id: str, asked: Mapping[str, str], most: int, least: int = 1) -> tuple[str, ...]:
        """Reports that this one is to be compared with."""
        found = Counter(
            other
            for key, own in asked.items()
            for _, other in self._under.get(key, [])[: None if self._is_first(report_id, own, most) else most]
        )
        return tuple(sorted(other for other, number in found.items() if number >= least and other != report_id))

    def pushed(self, report_id: str, asked: Mapping[str, str], most: int) -> tuple[str, ...]:
        """Reports that are no longer among the first under a key of this one."""
        firsts = {own for own in asked.values() if self._is_first(report_id, own, most)}
        found = {other for own in firsts for _, other in self._under.get(own, [])[most : most + 1]}
        return tuple(sorted(found - {report_id}))

    def _is_first(self, report_id: str, own: str, most: int) -> bool:
        return bisect_left(self._under.get(own, []), (rank_of(report_id), "")) < most

    def linked(self, report_id: str) -> tuple[str, ...]:
        """Other reports that have a link with this one, or figures tied to its own."""
        found = {self._statements[end].report_id for x in self.links() for end in self._ends_of(x, report_id)}
        own = (figure.id for figure, _ in self._pages[report_id].figures)
        found |= {self._figures[end].report_id for pair in self.ties(own) for end in pair}
        return tuple(sorted(found - {report_id}))

    def _ends_of(self, link: Link, report_id: str) -> tuple[str, ...]:
        """The two ends of a link of this report; nothing of other links."""
        ends = (link.source, link.target)
        return ends if report_id in {self._statements[end].report_id for end in ends} else ()

    def _is_between(self, link: Link, report_id: str, others: set[str]) -> bool:
        return any(self._statements[end].report_id in others for end in self._ends_of(link, report_id))

    def edges(self, report_ids: Iterable[str]) -> tuple[tuple[str, str, float], ...]:
        """Pairs with one of these reports that may be about one matter."""
        found = {
            (min(one, other), max(one, other), score)
            for one in report_ids
            for other, score in self._edges.get(one, {}).items()
        }
        return tuple(sorted(found))

    def unsettled(self) -> tuple[str, ...]:
        """Reports whose links have not been drawn."""
        return tuple(sorted(self._unsettled))

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """What ids start with `prefix`."""
        check_prefix(prefix)
        found = ((kind, record.id) for kind in TYPES for record in self.records(kind))
        series = (("series", identity) for identity in self._series.values())
        return tuple(sorted({pair for pair in (*found, *series) if pair[1].startswith(prefix)})[:FOUND_AT_MOST])

    def record(self, kind: str, identity: str) -> Record:
        """One record of a type."""
        found = next((record for record in self.records(kind) if record.id == identity), None)
        if found is None:
            raise unknown(kind, identity)
        return found

    def records(self, kind: str) -> Iterator[Record]:
        """All records of a type, by id."""
        every: dict[str, Callable[[], Iterable[Record]]] = {
            "report": lambda: (self._dressed(page.report[0]) for page in self._pages.values()),
            "entity": self.entities,
            "mention": lambda: (mention for page in self._pages.values() for mention, _ in page.mentions),
            "time": lambda: (time for page in self._pages.values() for time, _ in page.times),
            "figure": lambda: map(self._followed, self._figures.values()),
            "statement": lambda: map(self._claimed_as, self._statements.values()),
            "event": lambda: (event for page in self._pages.values() for event, _ in page.events),
            "claim": self._claims.values,
            "origin": self.all_origins,
            "link": self._links.values,
            "story": self._stories.values,
            "copy": self._copies.values,
            "judgement": self.judgements,
        }
        if kind not in every:
            raise no_type(kind)
        found = every[kind]()
        return iter(found if kind == "judgement" else sorted(found, key=lambda record: record.id))

    # -- what fits

    def _page(self, report_id: str) -> Filed:
        return _get(self._pages, report_id, "report")

    def _dressed(self, report: Report) -> Report:
        return replace(report, supersedes=self._versions.get(report.id))

    def _within(self, query: Query) -> Iterator[Report]:
        """The reports that a query's bounds leave, in order."""
        story = self._stories.get(query.story) if query.story is not None else None
        asked = self._pages.values() if query.report is None else filter(None, (self._pages.get(query.report),))
        for filed in sorted(asked, key=lambda page: (order_key(page.report[0].published), page.report[0].id)):
            report = filed.report[0]
            if (
                (query.story is None or (story is not None and report.id in story.reports))
                and (query.since is None or is_since(report.published, query.since))
                and (query.until is None or is_until(report.published, query.until))
                and (query.as_of is None or known_by(report.published, report.retrieved, query.as_of))
            ):
                yield self._dressed(report)

    def _report_fits(self, report: Report, query: Query, fits: Callable[[Statement], bool] | None) -> bool:
        needed = words_of(query)
        if needed is not None and not holds_words(report_words(report), needed):
            return False
        return fits is None or any(
            fits(statement) and (query.attitude is None or statement.commitment.attitude == query.attitude)
            for statement, _ in self._pages[report.id].statements
        )

    def _statement_test(self, query: Query) -> Callable[[Statement], bool]:
        """Whether a statement has what is asked about who, about, stance and plain."""
        who = self._sources_called(query.who) if query.who is not None else None
        about = self._called(query.about) if query.about is not None else None

        def fits(statement: Statement) -> bool:
            return (
                (who is None or bool(who & sources_of(statement)))
                and (about is None or any((entity, statement.id) in self._about for entity in about))
                and (query.stance is None or statement.commitment.stance == query.stance)
                and (query.plain is None or statement.plain == query.plain)
            )

        return fits

    def _figure_fits(self, figure: Figure, query: Query) -> bool:
        holder = self._statements.get(figure.statement) if figure.statement else None
        needed = words_of(query)
        if query.series is not None and self._series.get(figure.id) != query.series:
            return False
        if needed is not None and not (
            holds_words(figure_words(figure), needed)
            or (holder is not None and holds_words(statement_words(holder), needed))
        ):
            return False
        if not asks_statements(query):
            return True
        if query.about is not None and figure.where in self._called(query.about):
            query = replace(query, about=None)
        return not asks_statements(query) or (holder is not None and self._statement_test(query)(holder))

    def _entity_parts(self) -> dict[str, list[Entity]]:
        parts: dict[str, list[Entity]] = {}
        for filed in self._pages.values():
            for entity, _ in filed.entities:
                parts.setdefault(entity.id, []).append(entity)
        return parts

    def _called(self, name: str) -> set[str]:
        """The entities of that name, or id; where none has it, those whose names hold its words."""
        return named(name, {(key, entity.id) for entity in self.entities() for key in names_of(entity)}) | {name}

    def _sources_called(self, name: str) -> set[str]:
        """The entities and the words of unnamed sources that a name stands for."""
        entities = {(key, entity.id) for entity in self.entities() for key in names_of(entity)}
        unnamed = {(key, "words:" + key) for s in self._statements.values() for key in [unnamed_key(s)] if key}
        return named(name, entities | unnamed) | {name}


def _get(kept: dict[str, _Kind], identity: str, kind: str) -> _Kind:
    if identity not in kept:
        raise unknown(kind, identity)
    return kept[identity]
