"""How people and outlets are written for readers: a source by its canonical name, one without a name by its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache

from onrecord.errors import UnknownId
from onrecord.ledger.store import Query, View
from onrecord.model import Entity, EntityKind, Evidence, Report, Statement

NOBODY = "a source that is not named"
REPORTS_KEPT = 24  # in memory; one may be large
FACTS_KEPT = 1024
STATEMENTS_KEPT = 512
ONE_BY_ONE = 256  # entities that are looked up singly; whoever needs more gets all of them at once
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Names:
    """Looks up names in a view, each once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._report = lru_cache(maxsize=REPORTS_KEPT)(view.report)
        self._statement = lru_cache(maxsize=STATEMENTS_KEPT)(view.statement)
        self._light = lru_cache(maxsize=FACTS_KEPT)(self._without_layers)
        self._entity = lru_cache(maxsize=ONE_BY_ONE)(self._look_up)
        self._asked = 0
        self._facts: dict[str, Report] = {}
        self._known: dict[str, Statement] = {}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self._view.entities()}

    def entity(self, identity: str | None) -> Entity | None:
        """The entity, or None where the record has none of that id."""
        if identity is None:
            return None
        return self._entity(identity) if self._asked < ONE_BY_ONE else self._entities.get(identity)

    def _look_up(self, identity: str) -> Entity | None:
        self._asked += 1
        try:
            return self._view.entity(identity)
        except UnknownId:
            return None

    def entity_name(self, identity: str | None) -> str | None:
        """The canonical name."""
        entity = self.entity(identity)
        return entity.name if entity else None

    def prime(self, reports: Iterable[Report], statements: Iterable[Statement]) -> None:
        """Takes what was read already, so that it is not read again; of a report only what is said about it."""
        self._facts |= {report.id: replace(report, text="", sections=()) for report in reports}
        self._known |= {statement.id: statement for statement in statements}

    def facts(self, identity: str) -> Report:
        """A report's outlet, title and dates; its text and layers may be missing."""
        return self._facts.get(identity) or self._light(identity)

    def _without_layers(self, identity: str) -> Report:
        for report in self._view.reports(Query(report=identity)):
            return replace(report, text="", sections=())
        return self._report(identity)

    def report(self, identity: str) -> Report:
        """A report; the last few are kept, because lists come report by report."""
        return self._report(identity)

    def statement(self, identity: str) -> Statement:
        """A statement by its id."""
        return self._known.get(identity) or self._statement(identity)

    def speakers(self, statement: Statement) -> tuple[Entity, ...]:
        """Everybody who makes the statement, as far as they are known."""
        found = (self.entity(identity) for identity in (statement.speaker.entity, *statement.speaker.also))
        return tuple(entity for entity in found if entity)

    def is_named(self, statement: Statement) -> bool:
        """Whether at least one source has a name; a group that is only described has none."""
        people = [entity for entity in self.speakers(statement) if entity.kind is not EntityKind.GROUP]
        return bool(people) and not statement.speaker.anonymous

    def speaker(self, statement: Statement) -> str:
        """By canonical names, "Russia and North Korea"; those without a name in the report's words, "two employees"."""
        if statement.speaker.anonymous and statement.source:
            return described(statement.source)
        names = [entity.name for entity in self.speakers(statement)]
        if names:
            return " and ".join(dict.fromkeys(names))
        return described(statement.source) if statement.source else NOBODY

    def teller(self, statement: Statement) -> str | None:
        """Who tells what a statement inside another says."""
        return self.speaker(self.statement(statement.nested_in)) if statement.nested_in else None

    def outlet(self, report: Report) -> str:
        """The outlet, or the address, or the beginning of the title."""
        return report.outlet or report.uri or (report.title or "untitled report")[:60]


def described(source: Evidence) -> str:
    """A source in the report's words, up to the first comma: two clerks, who asked not to be named."""
    return tidy(source.quote).partition(",")[0]


def tidy(words: str) -> str:
    """Without white space at the ends, runs of it as one space."""
    return " ".join(words.split())


def day(date: str | None) -> str:
    """An ISO 8601 date for people, as coarse as it is: "6 Mar 2025", "Mar 2025", "2025"; "undated" for None.

    >>> day("2025-03-06T13:20:00Z"), day("2025-03"), day(None)
    ('6 Mar 2025', 'Mar 2025', 'undated')
    """
    if not date:
        return "undated"
    parts = date[:10].split("-")
    if not all(part.isdigit() for part in parts):
        return date
    if len(parts) > 1 and 1 <= int(parts[1]) <= 12:
        parts[1] = MONTHS[int(parts[1]) - 1]
    if len(parts) > 2:
        parts[2] = str(int(parts[2]))
    return " ".join(reversed(parts))
