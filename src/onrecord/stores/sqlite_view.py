"""Reading from SQLite: lines come out of the tables and become records again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, Table, func, select, text

from onrecord.errors import StoreError, Unavailable
from onrecord.ledger.counting import Said, count, largest, most_first
from onrecord.ledger.counting import told as told_counts
from onrecord.ledger.entities import merge_entities
from onrecord.ledger.lines import decode
from onrecord.ledger.store import EVERYTHING, Query, SpeakerCount
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
from onrecord.stores import blocks, queries, spoken, tables
from onrecord.stores.claims_sqlite import CLAIMED, FOLLOWED, ClaimsView, as_figure, as_statement, misplaced
from onrecord.stores.database import told
from onrecord.stores.dated import on_dates
from onrecord.stores.gists_sqlite import GistsView
from onrecord.stores.judging_sqlite import JudgingView
from onrecord.stores.lookup import end_of, no_bytes, unknown
from onrecord.stores.pages_sqlite import PagesView, row_of
from onrecord.stores.records_sqlite import BY_TYPE, RecordsView, older_versions, rows_of
from onrecord.stores.regrouping_sqlite import RegroupingView
from onrecord.stores.sharing import SharingView

# The reports at the other end of what joins two statements, or two figures, of which one is of a report.
LINKED = text(
    "SELECT id FROM reports WHERE n IN ("  # noqa: S608  # our own names
    + " UNION ALL ".join(
        f"SELECT theirs.report_n FROM {parts} AS mine JOIN {joins} ON mine.id = {joins}.{one} "  # noqa: S608  # our own names
        f"JOIN {parts} AS theirs ON theirs.id = {joins}.{other} WHERE mine.report_n = :report"
        for parts, joins, ends in (("statements", "links", ("source", "target")), ("figures", "ties", ("one", "other")))
        for one, other in (ends, ends[::-1])
    )
    + ") ORDER BY id"
)
NUMBERED = ("report", "mention", "time", "figure", "statement", "event")  # types of which no row ever goes
AT_ONCE = 200  # rows fetched at a time

_Kind = TypeVar("_Kind", Report, Entity, Mention, TimeExpression, Figure, Statement, Event, Link, Copy, Story)


class SqliteView(PagesView, GistsView, JudgingView, RegroupingView, ClaimsView, RecordsView, SharingView):
    """What a SQLite database has on the record."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine: Engine | None = engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the record for as long as it is open."""
        if self._engine is None:
            raise StoreError(f"{self.path} is closed")
        with told(self.path), self._engine.connect() as connection:
            yield connection

    def counts(self) -> dict[str, int]:
        """Lines of each type."""
        with self._reading() as connection:
            return {
                kind: connection.execute(_number_of(kind, table)).scalar_one() or 0 for kind, table in BY_TYPE.items()
            }

    def reports(self, query: Query = EVERYTHING) -> Iterator[Report]:
        """Reports that fit, by (published, id)."""
        with self._reading() as connection:
            older = older_versions(connection)
            for identity, body in rows_of(connection, queries.reports_that_fit(query, connection)):
                yield replace(_as(Report, body), supersedes=older.get(identity))

    def newest(self, as_of: str | None = None) -> str | None:
        """The greatest date of publication."""
        found = select(func.max(tables.reports.c.published)).where(*on_dates(Query(as_of=as_of)))
        with self._reading() as connection:
            return connection.execute(found).scalar_one() or None

    def how_many(self, kind: str, query: Query = EVERYTHING) -> int:
        """How many of a kind fit."""
        with self._reading() as connection:
            return connection.execute(queries.how_many_fit(kind, query, connection)).scalar_one()

    def has_report(self, report_id: str) -> bool:
        """Whether the report is there."""
        with self._reading() as connection:
            found = select(tables.reports.c.n).where(tables.reports.c.id == report_id)
            return connection.execute(found).first() is not None

    def source(self, report_id: str) -> Source:
        """The bytes of a report."""
        with self._reading() as connection:
            sha256 = row_of(connection, report_id).sha256
            row = connection.execute(select(tables.sources).where(tables.sources.c.sha256 == sha256)).first()
        if row is None:
            raise Unavailable(no_bytes(report_id))
        return Source(row.sha256, bytes(row.data), row.media_type)

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements that fit, in order."""
        with self._reading() as connection:
            for row in rows_of(connection, queries.statements_that_fit(query, connection, *CLAIMED)):
                yield as_statement(*row)

    def statement(self, statement_id: str) -> Statement:
        """One statement."""
        with self._reading() as connection:
            found = select(tables.statements.c.body, *CLAIMED).where(tables.statements.c.id == statement_id)
            row = connection.execute(found).first()
        if row is None:
            raise unknown("statement", statement_id)
        return as_statement(*row)

    def figures(self, query: Query = EVERYTHING) -> Iterator[Figure]:
        """Figures that fit, in order."""
        with self._reading() as connection:
            for row in rows_of(connection, queries.figures_that_fit(query, connection, *FOLLOWED)):
                yield as_figure(*row)

    def entity(self, entity_id: str) -> Entity:
        """One entity, merged."""
        with self._reading() as connection:
            found = _entities(connection, [entity_id])
        if entity_id not in found:
            raise unknown("entity", entity_id)
        return found[entity_id]

    def entities(self) -> Iterator[Entity]:
        """All entities, merged, by id."""
        parts = tables.entities
        with self._reading() as connection:
            rows = rows_of(connection, select(parts.c.id, parts.c.body).order_by(parts.c.id, parts.c.digest))
            for _, group in groupby(rows, key=lambda row: row.id):
                yield merge_entities(_as(Entity, row.body) for row in group)

    def speakers(self, query: Query = EVERYTHING) -> tuple[SpeakerCount, ...]:
        """Sources by number of statements."""
        if query.limit is not None and replace(query, limit=None, skip=0) == EVERYTHING:
            with self._reading() as connection:
                most = spoken.most(connection, query.skip + query.limit)
                named = _entities(connection, [row.entity for row in most if row.entity])
            return tuple(sorted((row.counted(named) for row in most), key=most_first))[query.skip : end_of(query)]
        with self._reading() as connection:
            rows = connection.execute(spoken.by_whom(query, connection)).all()
            counts = largest(count(Said(*row) for row in rows), end_of(query))
            named = _entities(connection, sorted(name for kind, name in counts if kind == "entity"))
        return told_counts(counts, named.__getitem__)[query.skip : end_of(query)]

    def links(self, statement_id: str | None = None) -> tuple[Link, ...]:
        """Links, all or of one statement."""
        table = tables.links
        found = select(table.c.body).order_by(table.c.source, table.c.target, table.c.kind, table.c.id)
        if statement_id is not None:
            found = found.where((table.c.source == statement_id) | (table.c.target == statement_id))
        return self._all(found, Link)

    def copies(self, report_id: str | None = None) -> tuple[Copy, ...]:
        """Copies, all or of one report."""
        table = tables.copies
        found = select(table.c.body).order_by(table.c.id)
        if report_id is not None:
            found = found.where((table.c.source == report_id) | (table.c.target == report_id))
        return self._all(found, Copy)

    def stories(self) -> tuple[Story, ...]:
        """Stories by (first, id)."""
        table = tables.stories
        return self._all(select(table.c.body).order_by(table.c.dated, table.c.id), Story)

    def largest_stories(self, limit: int | None = None) -> tuple[Story, ...]:
        """Stories by number of reports."""
        table, held = tables.stories, tables.story_reports
        sized = select(held.c.story, func.count().label("size")).group_by(held.c.story).subquery()
        found = select(table.c.body).join(sized, sized.c.story == table.c.id)
        return self._all(found.order_by(sized.c.size.desc(), table.c.id).limit(limit), Story)

    def failures(self) -> tuple[Failure, ...]:
        """Refused inputs, oldest first."""
        table = tables.failures
        found = select(table.c.input, table.c.reason, table.c.detail, table.c.step).order_by(table.c.n)
        with self._reading() as connection:
            return tuple(Failure(*row) for row in connection.execute(found))

    def candidates(self, keys: Iterable[str], least: int = 1) -> tuple[str, ...]:
        """Reports filed under `least` or more of the keys."""
        filed, shared = tables.blocks, Counter[str]()
        with self._reading() as connection:
            for some in queries.chunks({blocks.number_of(key) for key in keys}):
                fitting = select(tables.reports.c.id).join(filed, filed.c.report_n == tables.reports.c.n)
                shared.update(connection.execute(fitting.where(filed.c.key.in_(some))).scalars())
        return tuple(sorted(report_id for report_id, number in shared.items() if number >= least))

    def met(self, report_id: str, asked: Mapping[str, str], most: int, least: int = 1) -> tuple[str, ...]:
        """Reports that this one is to be compared with."""
        with self._reading() as connection:
            return blocks.met(connection, report_id, asked, most, least)

    def pushed(self, report_id: str, asked: Mapping[str, str], most: int) -> tuple[str, ...]:
        """Reports that are no longer among the first under a key of this one."""
        with self._reading() as connection:
            return blocks.pushed(connection, report_id, asked, most)

    def linked(self, report_id: str) -> tuple[str, ...]:
        """Other reports that have a link with this one, or figures tied to its own."""
        with self._reading() as connection:
            found = connection.execute(LINKED, {"report": row_of(connection, report_id).n}).scalars()
            return tuple(identity for identity in found if identity != report_id)

    def edges(self, report_ids: Iterable[str]) -> tuple[tuple[str, str, float], ...]:
        """Pairs with one of these reports that may be about one matter."""
        near, found = tables.nearness, set[tuple[str, str, float]]()
        with self._reading() as connection:
            for some in queries.chunks(report_ids):
                for end in (near.c.one, near.c.other):
                    rows = connection.execute(select(near.c.one, near.c.other, near.c.score).where(end.in_(some)))
                    found.update((row[0], row[1], row[2]) for row in rows)
        return tuple(sorted(found))

    def unsettled(self) -> tuple[str, ...]:
        """Reports whose links have not been drawn."""
        waiting, reports = tables.unsettled, tables.reports
        found = select(reports.c.id).join(waiting, waiting.c.report_n == reports.c.n).order_by(reports.c.id)
        with self._reading() as connection:
            return tuple(connection.execute(found).scalars())

    def _all(self, query: Select[*tuple[Any, ...]], kind: type[_Kind]) -> tuple[_Kind, ...]:
        with self._reading() as connection:
            return tuple(_as(kind, body) for body in connection.execute(query).scalars())


def _number_of(kind: str, table: Table) -> Select[Any]:
    """How many there are: rows that never change are numbered from 1 on, so that their last number tells."""
    if kind == "entity":
        return select(func.count(func.distinct(table.c.id)))
    return select(func.max(table.c.n)) if kind in NUMBERED else select(func.count()).select_from(table)


def _as(kind: type[_Kind], body: str) -> _Kind:
    record = decode(body)
    if not isinstance(record, kind):
        raise misplaced(record.id, kind)
    return record


def _entities(connection: Connection, ids: list[str]) -> dict[str, Entity]:
    """Merged entities by id, in the order of the ids."""
    parts: dict[str, list[Entity]] = {}
    for some in queries.chunks(ids):
        rows = connection.execute(select(tables.entities).where(tables.entities.c.id.in_(some)))
        for row in rows:
            parts.setdefault(row.id, []).append(_as(Entity, row.body))
    return {identity: merge_entities(parts[identity]) for identity in ids if identity in parts}
