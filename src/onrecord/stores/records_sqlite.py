"""Anything on the record in SQLite by its id or the start of it, and all records of a type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from onrecord.ledger.lines import decode
from onrecord.ledger.store import Record
from onrecord.model import Claim, Entity, Judgement, Origin, Report, Statement
from onrecord.stores import tables
from onrecord.stores.claims_sqlite import CLAIMED, FOLLOWED, as_figure, as_statement
from onrecord.stores.lookup import FOUND_AT_MOST, check_prefix, no_type, unknown

AT_ONCE = 200  # rows fetched at a time
LAST = "\U0010ffff"  # behind every id that starts alike

BY_TYPE = {
    "report": tables.reports,
    "entity": tables.entities,
    "mention": tables.mentions,
    "time": tables.times,
    "figure": tables.figures,
    "statement": tables.statements,
    "event": tables.events,
    "claim": tables.claims,
    "origin": tables.origins,
    "link": tables.links,
    "story": tables.stories,
    "copy": tables.copies,
    "judgement": tables.judgements,
}


class RecordsView(ABC):
    """What a SQLite database has, whatever type it is of."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the record."""

    @abstractmethod
    def report(self, report_id: str) -> Report:
        """One report."""

    @abstractmethod
    def entity(self, entity_id: str) -> Entity:
        """One entity."""

    @abstractmethod
    def entities(self) -> Iterator[Entity]:
        """All entities."""

    @abstractmethod
    def statement(self, statement_id: str) -> Statement:
        """One statement."""

    @abstractmethod
    def claim(self, claim_id: str) -> Claim:
        """One claim."""

    @abstractmethod
    def origin(self, origin_id: str) -> Origin:
        """One origin."""

    @abstractmethod
    def all_origins(self) -> Iterator[Origin]:
        """Every origin."""

    @abstractmethod
    def judgements(self) -> tuple[Judgement, ...]:
        """The log."""

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """What ids start with `prefix`."""
        check_prefix(prefix)
        found: list[tuple[str, str]] = []
        with self._reading() as connection:
            columns = {kind: table.c.id for kind, table in BY_TYPE.items()} | {"series": tables.series.c.series}
            for kind, column in columns.items():
                start = select(column).where(column >= prefix, column < prefix + LAST)
                ids = connection.execute(start.distinct().order_by(column).limit(FOUND_AT_MOST)).scalars()
                found += [(kind, identity) for identity in ids]
        return tuple(sorted(found)[:FOUND_AT_MOST])

    def record(self, kind: str, identity: str) -> Record:
        """One record of a type."""
        own: dict[str, Callable[[str], Record]] = {
            "report": self.report,
            "entity": self.entity,
            "statement": self.statement,
            "claim": self.claim,
            "origin": self.origin,
        }
        if kind in own:
            return own[kind](identity)
        if kind not in BY_TYPE:
            raise no_type(kind)
        table = BY_TYPE[kind]
        beside = FOLLOWED if kind == "figure" else ()
        with self._reading() as connection:
            row = connection.execute(select(table.c.body, *beside).where(table.c.id == identity)).first()
        if row is None:
            raise unknown(kind, identity)
        return as_figure(*row) if beside else decode(row[0])

    def records(self, kind: str) -> Iterator[Record]:
        """All records of a type, by id."""
        if kind not in BY_TYPE:
            raise no_type(kind)
        if kind in ("entity", "origin"):
            return self.entities() if kind == "entity" else self.all_origins()
        if kind == "judgement":
            return iter(self.judgements())
        return self._records(kind)

    def _records(self, kind: str) -> Iterator[Record]:
        table = BY_TYPE[kind]
        with self._reading() as connection:
            older = older_versions(connection) if kind == "report" else {}
            beside = {"statement": CLAIMED, "figure": FOLLOWED}.get(kind, ())
            for identity, *row in rows_of(connection, select(table.c.id, table.c.body, *beside).order_by(table.c.id)):
                if beside:
                    yield as_statement(*row) if kind == "statement" else as_figure(*row)
                    continue
                record = decode(row[0])
                yield replace(record, supersedes=older.get(identity)) if isinstance(record, Report) else record


def rows_of(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The rows of a query, some at a time."""
    yield from connection.execution_options(yield_per=AT_ONCE).execute(query)


def older_versions(connection: Connection) -> dict[str, str]:
    """Id of a report -> id of the version that it replaces."""
    return {row.newer: row.older for row in connection.execute(select(tables.versions))}
