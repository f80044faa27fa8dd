"""What a query asks of statements, looked up in narrow indexes, so that no line is read to pass it over.

How many statements have the rarest of what is asked says which way a list is made. Few: these are looked up, and
sorted. Otherwise the reports are gone through in the order of the list, which ends at its limit; where the
statements are not too many, those reports only that hold one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    false,
    func,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy import column as named_column
from sqlalchemy.sql.expression import SelectBase

from onrecord.ledger.store import Query
from onrecord.ledger.words import words
from onrecord.stores.naming_sqlite import entities_called, sources_called
from onrecord.stores.tables import about, speakers, statements

Condition = ColumnElement[bool]

FEW = 1_000  # statements or reports that are looked up and sorted
MANY = 50_000  # statements whose reports are looked up before the list is made

# The statements as the index `statements_by_number` has them: SQLite would read their lines instead.
SAID = text("statements AS said INDEXED BY statements_by_number")
_said: dict[str, ColumnElement[Any]] = {
    name: literal_column(f"said.{name}") for name in ("n", "report_n", "stance", "attitude", "plain")
}
NUMBER, REPORT = _said["n"], _said["report_n"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its names looked up."""

    query: Query
    sets: tuple[SelectBase, ...]  # of numbers of statements: in all of them are those that fit
    least: int  # statements that the smallest has, and the stance; counted up to MANY + 1

    @property
    def is_few(self) -> bool:
        """Whether few statements fit."""
        return is_few(self.least)

    @property
    def is_dense(self) -> bool:
        """Whether so many may fit that the first reports hold as many as a list shows."""
        return is_dense(self.least)

    def on_statements(self, *, is_first: bool) -> Iterator[Condition]:
        """The conditions on a statement, its attitude apart; `is_first`: statements are looked up by their numbers."""
        yield from _in_sets(statements.c.n, self.sets, is_first=is_first)
        yield from self._how(statements.c)

    def reports(self, attitude: str | None) -> SelectBase:
        """Numbers of the reports that hold a statement which fits, in any order and more than once."""
        if not self.sets:
            found = select(statements.c.report_n).where(*self._how(statements.c))
            return found.where(statements.c.attitude == attitude) if attitude is not None else found
        return select(REPORT).select_from(SAID).where(*self.on_said(attitude))

    def on_said(self, attitude: str | None) -> Iterator[Condition]:
        """The conditions on a row of SAID."""
        yield from _in_sets(NUMBER, self.sets, is_first=True)
        yield from self._how(_said)
        if attitude is not None:
            yield _said["attitude"] == attitude

    def _how(self, columns: Any) -> Iterator[Condition]:
        if self.query.stance is not None:
            yield columns["stance"] == self.query.stance
        if self.query.plain is not None:
            yield columns["plain"] == self.query.plain


def asked(query: Query, connection: Connection, *, with_words: bool = False) -> Asked:
    """What a query asks of statements; `with_words`: the text it looks for as well."""
    sets = list(_people(query, connection))
    if with_words and query.text is not None:
        sets.append(hits("statement", query.text))
    counted = list(sets)
    if query.stance is not None:
        counted.append(select(statements.c.n).where(statements.c.stance == query.stance))
    sizes = [(how_many(connection, one), k) for k, one in enumerate(counted)]
    least = min(sizes, default=(MANY + 1, 0))[0]
    # The smallest comes first: what SQLite takes for the beginning must be it.
    order = [k for _, k in sorted(sizes) if k < len(sets)]
    return Asked(query, tuple(sets[k] for k in order), least)


def is_few(number: int) -> bool:
    """Whether that many parts are looked up and sorted."""
    return number <= FEW


def is_dense(number: int) -> bool:
    """Whether that many may be in nearly every report."""
    return number > MANY


def how_many(connection: Connection, numbers: SelectBase) -> int:
    """How many there are, counted up to MANY + 1."""
    some = select(literal_column("1")).select_from(numbers.subquery()).limit(MANY + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def hits(kind: str, wanted: str) -> Select[int]:
    """Numbers of the reports, statements or figures that have all these words."""
    found: Select[int] = select(literal_column("rowid", Integer)).select_from(text(f"{kind}_words"))
    folded = sorted(set(words(wanted)))
    # Folded words are letters and digits only, and quoted: nothing here is an operator of the search.
    phrase = " ".join(f'"{word}"' for word in folded)
    return found.where(named_column(f"{kind}_words").op("MATCH")(phrase)) if folded else found.where(false())


def _in_sets(number: ColumnElement[int], sets: tuple[SelectBase, ...], *, is_first: bool) -> Iterator[Condition]:
    """In all of the sets; the plus keeps SQLite from beginning with any but the first of them."""
    behind = literal_column(f"+{number}", Integer)
    yield from ((number if is_first and not k else behind).in_(numbers) for k, numbers in enumerate(sets))


def _people(query: Query, connection: Connection) -> Iterator[SelectBase]:
    if query.who is not None:
        ids, unnamed = sources_called(query.who, connection)
        named = select(speakers.c.statement_n).where(speakers.c.entity.in_(ids))
        nobody = select(statements.c.n).where(statements.c.unnamed.in_(unnamed))
        yield union_all(named, nobody) if unnamed else named
    if query.about is not None:
        ids = entities_called(query.about, connection)
        yield select(about.c.statement_n).where(about.c.entity.in_(ids))
