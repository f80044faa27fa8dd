"""How rows get into the tables, and what is looked at before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from onrecord.ledger.lines import decode, encode
from onrecord.stores import queries
from onrecord.stores.lookup import dangling

Rows = list[dict[str, Any]]


def put_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Puts rows in, if there are any."""
    if rows:
        connection.execute(insert(table), rows)


def next_number(connection: Connection, table: Table) -> int:
    """The number of the next row."""
    last = connection.execute(select(table.c.n).order_by(table.c.n.desc()).limit(1)).scalar_one_or_none()
    return (last or 0) + 1


def with_lines(records: Iterable[Any]) -> list[tuple[Any, str]]:
    """Derived records with their lines, each id once."""
    found: dict[str, tuple[Any, str]] = {}
    for record in records:
        line = encode(record)
        found.setdefault(record.id, (decode(line), line))
    return list(found.values())


def add_new(connection: Connection, table: Table, rows: Rows) -> int:
    """Puts in the rows whose id is not there. How many."""
    there = known(connection, table, (row["id"] for row in rows))
    fresh = [row for row in rows if row["id"] not in there]
    put_rows(connection, table, fresh)
    return len(fresh)


def known(connection: Connection, table: Table, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are there."""
    found: set[str] = set()
    for some in queries.chunks(ids):
        found.update(connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars())
    return found


def need(connection: Connection, table: Table, what: str, ends: Iterable[tuple[str, Iterable[str]]]) -> None:
    """UnknownId where something refers to what is not there."""
    wanted = {end: identity for identity, found in ends for end in found}
    missing = sorted(set(wanted) - known(connection, table, wanted))
    if missing:
        raise dangling(f"{what} {wanted[missing[0]]}", missing[0])
