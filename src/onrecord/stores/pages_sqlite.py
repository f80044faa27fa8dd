"""Whole reports out of SQLite, one or many with as many questions: their layers and what is said in them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select

from onrecord.ledger.lines import decode
from onrecord.model import Entity, Event, Mention, Page, Report, TimeExpression
from onrecord.stores import queries, tables
from onrecord.stores.claims_sqlite import CLAIMED, FOLLOWED, as_figure, as_statement, misplaced
from onrecord.stores.lookup import unknown

_Kind = TypeVar("_Kind", Report, Entity, Mention, TimeExpression, Event)
Numbers = Mapping[int, str]  # ids of reports by their rows
Rows = dict[str, list[Row[*tuple[Any, ...]]]]  # by report id
AT_ONCE = 100  # reports read by one round of questions


class PagesView(ABC):
    """Reports as they were filed, as far as a view reads them."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state."""

    def report(self, report_id: str) -> Report:
        """One report with its kept layers."""
        with self._reading() as connection:
            (found,) = _whole(connection, [report_id], said=False) or (None,)
        if found is None:
            raise unknown("report", report_id)
        return found.report

    def pages_of(self, report_ids: Iterable[str]) -> tuple[Page, ...]:
        """These reports with their layers and statements; see `Store.pages_of`."""
        with self._reading() as connection:
            return tuple(
                page for some in queries.chunks(sorted(set(report_ids)), AT_ONCE) for page in _whole(connection, some)
            )

    def reports_of(self, report_ids: Iterable[str]) -> tuple[Report, ...]:
        """These reports without their layers; see `Store.reports_of`."""
        with self._reading() as connection:
            return tuple(
                report
                for some in queries.chunks(sorted(set(report_ids)), AT_ONCE)
                for report in _bare(connection, some)[1]
            )

    def mentions(self, report_id: str) -> tuple[Mention, ...]:
        """Mentions in order."""
        return self._one_layer(tables.mentions, report_id, Mention)

    def times(self, report_id: str) -> tuple[TimeExpression, ...]:
        """Times in order."""
        return self._one_layer(tables.times, report_id, TimeExpression)

    def events(self, report_id: str) -> tuple[Event, ...]:
        """Events in order."""
        return self._one_layer(tables.events, report_id, Event)

    def _one_layer(self, table: Table, report_id: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
        with self._reading() as connection:
            number = row_of(connection, report_id).n
            return tuple(_layer(connection, table, {number: report_id}, kind)[report_id])


def row_of(connection: Connection, report_id: str) -> Row[*tuple[Any, ...]]:
    """The row of a report; UnknownId."""
    row = connection.execute(select(tables.reports).where(tables.reports.c.id == report_id)).first()
    if row is None:
        raise unknown("report", report_id)
    return row


def record_as(kind: type[_Kind], body: str) -> _Kind:
    """The record of a line; StoreError where it is of another type."""
    record = decode(body)
    if not isinstance(record, kind):
        raise misplaced(record.id, kind)
    return record


def _bare(connection: Connection, ids: list[str]) -> tuple[dict[int, str], list[Report]]:
    """Ids by row and the reports, by id; those that are not there are left out."""
    reports, versions = tables.reports, tables.versions
    found = (
        select(reports.c.n, reports.c.id, reports.c.body, versions.c.older)
        .outerjoin(versions, versions.c.newer == reports.c.id)
        .where(reports.c.id.in_(ids))
        .order_by(reports.c.id)
    )
    rows = connection.execute(found).all()
    return {row.n: row.id for row in rows}, [replace(record_as(Report, row.body), supersedes=row.older) for row in rows]


def _whole(connection: Connection, ids: list[str], *, said: bool = True) -> list[Page]:
    """Pages by report id, without bytes, and without statements where these are not asked for."""
    numbers, reports = _bare(connection, ids)
    mentions = _layer(connection, tables.mentions, numbers, Mention)
    times = _layer(connection, tables.times, numbers, TimeExpression)
    events = _layer(connection, tables.events, numbers, Event)
    entities = _entities(connection, numbers)
    figures, statements = tables.figures, tables.statements
    counted = _rows(connection, select(figures.c.report_n, figures.c.body, *FOLLOWED), figures, numbers, figures.c.n)
    held = select(statements.c.report_n, statements.c.body, *CLAIMED)
    order = (statements.c.start, statements.c.id)
    told = _rows(connection, held, statements, numbers if said else {}, *order)
    return [
        Page(
            replace(
                report,
                mentions=tuple(mentions[report.id]),
                times=tuple(times[report.id]),
                figures=tuple(as_figure(*row[1:]) for row in counted[report.id]),
                events=tuple(events[report.id]),
                entities=tuple(entities[report.id]),
            ),
            None,
            tuple(as_statement(*row[1:]) for row in told[report.id]),
        )
        for report in reports
    ]


def _layer(connection: Connection, table: Table, numbers: Numbers, kind: type[_Kind]) -> dict[str, list[_Kind]]:
    rows = _rows(connection, select(table.c.report_n, table.c.body), table, numbers, table.c.n)
    return _read(rows, kind)


def _entities(connection: Connection, numbers: Numbers) -> dict[str, list[Entity]]:
    """Entities as each report gives them, by id."""
    held, parts = tables.report_entities, tables.entities
    found = select(held.c.report_n, parts.c.body).join(
        parts, (held.c.entity == parts.c.id) & (held.c.digest == parts.c.digest)
    )
    return _read(_rows(connection, found, held, numbers, parts.c.id), Entity)


def _rows(
    connection: Connection,
    found: Select[*tuple[Any, ...]],
    table: Table,
    numbers: Numbers,
    *order: ColumnElement[Any],
) -> Rows:
    """Rows of a table that belong to some reports, by report id; the first column is the report's row."""
    by_report: Rows = defaultdict(list)
    if numbers:
        for row in connection.execute(found.where(table.c.report_n.in_(numbers)).order_by(table.c.report_n, *order)):
            by_report[numbers[row[0]]].append(row)
    return by_report


def _read(rows: Rows, kind: type[_Kind]) -> dict[str, list[_Kind]]:
    return defaultdict(list, {identity: [record_as(kind, row[1]) for row in some] for identity, some in rows.items()})
