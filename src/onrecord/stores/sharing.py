"""Statements and reports that share most with a few words: what a claim is looked for among.

A database is asked through its full-text index, the rarest words first, so that a frequent word costs nothing; any
other store is gone through.
"""

from __future__ import annotations

import heapq
import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from sqlalchemy import Connection, Table, select, text

from onrecord.errors import StoreError
from onrecord.ledger.lines import decode
from onrecord.ledger.store import Query
from onrecord.ledger.words import words
from onrecord.model import Report, Statement
from onrecord.stores import queries, tables
from onrecord.stores.filing import report_words, statement_words

HITS = 4000  # statements or reports whose words are weighed
PREFIX = 5  # letters from which a stem stands for every word that begins so
RAREST = 6  # words that are paired where every word is frequent
_Kind = TypeVar("_Kind", Statement, Report)


class MemorySharing:
    """Finds what shares most with a few words by going through all that fits."""

    statements: Callable[[Query], Iterator[Statement]]
    reports: Callable[[Query], Iterator[Report]]

    def statements_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Statement, ...]:
        """At most `most` statements that fit, those that share the rarest of the stems first."""
        return _best(self.statements(replace(query, limit=None)), statement_words, stems, most)

    def reports_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Report, ...]:
        """Likewise reports, without their layers."""
        return _best(self.reports(replace(query, limit=None)), report_words, stems, most)


class SharingView(ABC):
    """Finds what shares most with a few words through the full-text index of a database."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state."""

    def statements_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Statement, ...]:
        """At most `most` statements that fit, those that share the rarest of the stems first."""
        with self._reading() as connection:
            return _found(connection, "statement", stems, query, most, Statement)

    def reports_sharing(self, stems: Iterable[str], query: Query, most: int) -> tuple[Report, ...]:
        """Likewise reports, without their layers."""
        with self._reading() as connection:
            return _found(connection, "report", stems, query, most, Report)


def _best(
    records: Iterable[_Kind], words_of: Callable[[_Kind], tuple[str, ...]], stems: Iterable[str], most: int
) -> tuple[_Kind, ...]:
    wanted = _folded(stems)
    found = [(record, frozenset(_shared(words_of(record), wanted))) for record in records]
    counts = Counter(stem for _, shared in found for stem in shared)
    weight = {stem: _weight(count, len(found)) for stem, count in counts.items()}
    ranked = ((math.fsum(sorted(weight[s] for s in shared)), -k) for k, (_, shared) in enumerate(found) if shared)
    return tuple(found[-k][0] for _, k in heapq.nlargest(most, ranked))


def _shared(found: Iterable[str], wanted: Sequence[str]) -> Iterator[str]:
    inside = set(found)
    for stem in wanted:
        if stem in inside or (len(stem) >= PREFIX and any(word.startswith(stem) for word in inside)):
            yield stem


def _found(
    connection: Connection, kind: str, stems: Iterable[str], query: Query, most: int, of: type[_Kind]
) -> tuple[_Kind, ...]:
    wanted = _folded(stems)
    if not wanted:
        return ()
    table: Table = tables.statements if kind == "statement" else tables.reports
    counts = _counts(connection, kind, wanted)
    expression = _expression(counts)
    if not expression:
        return ()
    found: list[_Kind] = []
    for some in _runs(_ranked(connection, kind, expression), 2 * most):
        found += _fetched(connection, table, some, query, of)
        if len(found) >= most:
            break
    return tuple(found[:most])


def _counts(connection: Connection, kind: str, wanted: Sequence[str]) -> dict[str, int]:
    """How many rows have each stem: those that are there, the rarest first."""
    connection.execute(
        text(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{kind}_vocabulary USING fts5vocab(main, {kind}_words, row)")
    )
    found: dict[str, int] = {}
    for stem in wanted:
        # A digit or letter is below "{", so the range holds every word that begins with the stem.
        last = f"{stem}{{" if len(stem) >= PREFIX else f"{stem}\x00"
        rows = text(f"SELECT sum(doc) FROM temp.{kind}_vocabulary WHERE term >= :first AND term < :last")  # noqa: S608
        count = connection.execute(rows, {"first": stem, "last": last}).scalar_one()
        if count:
            found[stem] = int(count)
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def _expression(counts: Mapping[str, int]) -> str:
    """A full-text search of at most about HITS rows: any of the rare words, or two of the rarest."""
    rare: list[str] = []
    total = 0
    for stem, count in counts.items():
        if total + count > HITS:
            break
        rare.append(_term(stem))
        total += count
    rest = [_term(stem) for stem in list(counts)[len(rare) : len(rare) + RAREST]]
    pairs = [f"({one} AND {other})" for one, other in combinations(rest, 2)]
    if not rare and not pairs:
        return " OR ".join(rest)
    return " OR ".join([*rare, *pairs[: RAREST * 2]])


def _term(stem: str) -> str:
    # Folded words are letters and digits only, and quoted: nothing here is an operator of the search.
    return f'"{stem}"*' if len(stem) >= PREFIX else f'"{stem}"'


def _ranked(connection: Connection, kind: str, expression: str) -> list[int]:
    found = text(
        f"SELECT rowid FROM {kind}_words WHERE {kind}_words MATCH :wanted ORDER BY rank, rowid LIMIT :most"  # noqa: S608
    )
    return list(connection.execute(found, {"wanted": expression, "most": HITS}).scalars())


def _fetched(
    connection: Connection, table: Table, numbers: Sequence[int], query: Query, of: type[_Kind]
) -> Iterator[_Kind]:
    """The records of these numbers that fit the query, in the order of the numbers."""
    if table is tables.statements:
        asked = select(table.c.n, table.c.body).join(tables.reports, table.c.report_n == tables.reports.c.n)
        fitting = queries.fitting_statements(replace(query, text=None), connection)
        asked = asked.where(table.c.n.in_(numbers), *fitting)
    else:
        every = queries.reports_that_fit(replace(query, text=None, limit=None), connection)
        asked = every.with_only_columns(table.c.n, table.c.body).where(table.c.n.in_(numbers)).order_by(None)
    bodies = {row.n: row.body for row in connection.execute(asked)}
    for number in numbers:
        if number in bodies:
            record = decode(bodies[number])
            if not isinstance(record, of):
                raise StoreError(f"{record.id} lies where a {of.__name__} belongs; `onrecord verify` says more")
            yield record


def _runs(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def _folded(stems: Iterable[str]) -> list[str]:
    return sorted({part for stem in stems for part in words(stem)})


def _weight(count: int, total: int) -> float:
    return math.log(1 + total / count)
