"""Counts of who has how much of the record, kept while filing, so that the list of sources reads no statement.

They are sums, least and last dates: the order of adding does not show. Only speech is counted, as lists show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Integer, Select, String, case, func, literal_column, select, text
from sqlalchemy.dialects.sqlite import insert

from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query, SpeakerCount
from onrecord.model import Entity
from onrecord.stores import queries, tables
from onrecord.stores.hits import SAID, asked

SPEECH = "speech"
NARROW = text(  # no lines are read
    f"{SAID} JOIN reports AS printed INDEXED BY reports_by_number ON printed.n = said.report_n "
    "LEFT JOIN speakers AS who ON who.statement_n = said.n"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A row of the table; `name` is read beside it where the source is no entity."""

    key: str
    entity: str | None
    unnamed: str | None  # the name key of the source's words, where it is no entity
    statements: int
    reports: int
    first: str | None  # ISO 8601 date of publication
    last: str | None
    name: str = ""

    def counted(self, entities: Mapping[str, Entity]) -> SpeakerCount:
        """The row as a list shows it."""
        entity = entities[self.entity] if self.entity else None
        name = entity.name if entity else self.name
        return SpeakerCount(entity, name, self.statements, self.reports, self.first, self.last)


def count(connection: Connection, said: Iterable[tuple[str | None, str | None]], published: str | None) -> None:
    """Adds the statements of one report, each as (entity, name key of the source where it is none)."""
    new = {_key(entity, unnamed): (entity, unnamed, n) for (entity, unnamed), n in Counter(said).items()}
    table, there = tables.spoken, dict[str, Spoken]()
    for some in queries.chunks(new):
        there |= {row.key: Spoken(*row) for row in connection.execute(select(table).where(table.c.key.in_(some)))}
    rows = []
    for key, (entity, unnamed, number) in sorted(new.items()):
        old = there.get(key) or Spoken(key, entity, unnamed, 0, 0, None, None)
        dates = sorted({d for d in (old.first, old.last, published) if d is not None}, key=lambda d: (order_key(d), d))
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        made = replace(old, statements=old.statements + number, reports=old.reports + 1, first=first, last=last)
        rows.append({name: value for name, value in asdict(made).items() if name != "name"})
    if rows:
        adding = insert(table)
        fresh = {c.name: adding.excluded[c.name] for c in table.c if c.name != "key"}
        connection.execute(adding.on_conflict_do_update(index_elements=["key"], set_=fresh), rows)


def count_all(connection: Connection) -> None:
    """Counts what a database of an older schema has."""
    by, told, of = tables.speakers, tables.statements, tables.reports
    rows = connection.execute(
        select(told.c.report_n, of.c.published, by.c.entity, told.c.unnamed)
        .join(of, told.c.report_n == of.c.n)
        .outerjoin(by, by.c.statement_n == told.c.n)
        .where(told.c.attitude == SPEECH)
        .order_by(told.c.report_n)
    ).all()
    reports: dict[int, tuple[str | None, list[tuple[str | None, str | None]]]] = {}
    for number, published, entity, unnamed in rows:
        reports.setdefault(number, (published, []))[1].append((entity, unnamed))
    for published, said in reports.values():
        count(connection, said, published)


def most(connection: Connection, number: int) -> list[Spoken]:
    """The sources with most statements, as many as asked and those that have no fewer than the last of these."""
    table = tables.spoken
    least = connection.execute(
        select(table.c.statements).order_by(table.c.statements.desc()).limit(1).offset(max(0, number - 1))
    ).scalar_one_or_none()
    found = [Spoken(*row) for row in connection.execute(select(table).where(table.c.statements >= (least or 0)))]
    names = {row.unnamed: _printed(connection, row.unnamed or "") for row in found if row.entity is None}
    return [row if row.entity else replace(row, name=names[row.unnamed]) for row in found]


def by_whom(query: Query, connection: Connection) -> Select[*tuple[Any, ...]]:
    """(entity, words, report, date of publication) of all that was said and fits; no words beside an entity."""
    by, told, of = tables.speakers, tables.statements, tables.reports
    what = asked(query, connection, with_words=True)
    if not what.sets:
        found = select(by.c.entity, told.c.words, of.c.id, of.c.published).select_from(told)
        found = found.join(of, told.c.report_n == of.c.n).outerjoin(by, by.c.statement_n == told.c.n)
        return found.where(*queries.fitting_statements(query, connection))
    entity, number = literal_column("who.entity", String), literal_column("printed.n", Integer)
    words = case((entity.is_(None), literal_column("said.words")), else_="")
    narrow = select(entity, words, number, literal_column("printed.published")).select_from(NARROW)
    within = list(queries.on_reports(query))
    if within:
        narrow = narrow.where(literal_column("+printed.n", Integer).in_(select(of.c.n).where(*within)))
    return narrow.where(*what.on_said(query.attitude))


def _printed(connection: Connection, unnamed: str) -> str:
    """How a source that is no entity is printed most often."""
    held = tables.wordings.c
    fitting = select(held.words).where(held.unnamed == unnamed, held.attitude == SPEECH)
    return str(connection.execute(fitting.order_by(held.statements.desc(), held.words).limit(1)).scalar_one())


def note_wordings(connection: Connection, said: Iterable[tuple[str, str, str]]) -> None:
    """Adds statements of sources that are no entity, each as (name key, attitude, words as printed)."""
    rows = [
        {"unnamed": unnamed, "attitude": attitude, "words": words, "statements": number}
        for (unnamed, attitude, words), number in sorted(Counter(said).items())
    ]
    if rows:
        adding, table = insert(tables.wordings), tables.wordings
        more = {"statements": table.c.statements + adding.excluded.statements}
        keys = [column.name for column in table.primary_key]
        connection.execute(adding.on_conflict_do_update(index_elements=keys, set_=more), rows)


def note_all_wordings(connection: Connection) -> None:
    """Likewise those that a database of an older schema has."""
    told, unnamed = tables.statements, func.coalesce(tables.statements.c.unnamed, "")
    is_by = select(tables.speakers).where(tables.speakers.c.statement_n == told.c.n).exists()
    found = select(unnamed, told.c.attitude, told.c.words, func.count()).where(~is_by)
    found = found.group_by(unnamed, told.c.attitude, told.c.words)
    connection.execute(tables.wordings.insert().from_select(list(tables.wordings.c), found))


def _key(entity: str | None, unnamed: str | None) -> str:
    return f"e {entity}" if entity else f"w {unnamed or ''}"
