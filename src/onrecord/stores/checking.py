"""What a SQLite database finds wrong with the bytes and the lines that it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sqlalchemy import Connection, select

from onrecord.model import digest
from onrecord.stores import tables
from onrecord.stores.filing import seal_of


def broken_sources(connection: Connection) -> Iterator[str]:
    """Bytes that do not have the SHA-256 that they are kept under."""
    for row in connection.execution_options(yield_per=1).execute(select(tables.sources)):
        if digest(bytes(row.data)) != row.sha256:
            yield f"the bytes of source {row.sha256} are not those it was kept with"


def broken_seals(connection: Connection) -> Iterator[str]:
    """Pages of which a line is no longer what was filed."""
    reports, held, parts = tables.reports, tables.report_entities, tables.entities
    for number, identity, body, seal in connection.execute(
        select(reports.c.n, reports.c.id, reports.c.body, reports.c.seal).order_by(reports.c.id)
    ).all():
        named = select(parts.c.body).join(held, (held.c.entity == parts.c.id) & (held.c.digest == parts.c.digest))
        layers = [named.where(held.c.report_n == number)] + [
            select(table.c.body).where(table.c.report_n == number)
            for table in (tables.mentions, tables.times, tables.figures, tables.statements, tables.events)
        ]
        lines = chain([body], *(sorted(connection.execute(layer).scalars()) for layer in layers))
        if seal_of(lines) != seal:
            yield f"report {identity}: its page is not what was filed"
