"""Figures that fit by themselves or through the statement that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, union_all
from sqlalchemy.sql.expression import SelectBase

from onrecord.ledger.store import Query
from onrecord.stores.hits import Asked, asked, hits, how_many, is_dense, is_few
from onrecord.stores.lookup import asks_statements
from onrecord.stores.naming_sqlite import entities_called
from onrecord.stores.tables import figures, statements

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of figures, which the statement that holds a figure may answer as well."""

    held: Asked
    itself: Condition | None  # on a figure that needs no statement for it
    rest: Asked | None  # what is asked of the statement of such a figure still
    most: int  # figures and statements that have it, counted as far as it matters

    @property
    def is_few(self) -> bool:
        """Whether the figures are looked up by what is asked."""
        return is_few(self.most)

    @property
    def is_dense(self) -> bool:
        """Whether so many may fit that the first reports hold as many as a list shows."""
        return is_dense(self.most)

    def condition(self) -> Condition:
        """On a figure."""
        condition = _is_held(self.held, looked_up=self.is_few)
        if self.itself is None:
            return condition
        alone = self.itself if self.rest is None else and_(self.itself, _is_held(self.rest, looked_up=self.is_few))
        return or_(condition, alone)

    def reports(self) -> SelectBase:
        """Numbers of the reports that hold such figures, and of others that hold such statements."""
        found = self.held.reports(None)
        return found if self.itself is None else union_all(found, select(figures.c.report_n).where(self.itself))


def asks_of(query: Query, connection: Connection) -> Iterator[Ask]:
    """What a query asks of figures, what they follow apart."""
    if query.text is not None:
        own, said = hits("figure", query.text), hits("statement", query.text)
        numbers = how_many(connection, own), how_many(connection, said)
        held = Asked(Query(), (said,), numbers[1])
        yield Ask(held, figures.c.n.in_(own), None, sum(numbers))
    if asks_statements(query):
        yield _of_holders(query, connection)


def _of_holders(query: Query, connection: Connection) -> Ask:
    """Figures whose statement fits; a figure is also about where it is."""
    held = asked(query, connection)
    if query.about is None:
        return Ask(held, None, None, held.least)
    places, rest = entities_called(query.about, connection), replace(query, about=None)
    here = figures.c.place.in_(places)
    number = how_many(connection, select(figures.c.n).where(here))
    return Ask(held, here, asked(rest, connection) if asks_statements(rest) else None, held.least + number)


def _is_held(what: Asked, *, looked_up: bool) -> Condition:
    """Statements are looked up first where they are few, else one for each figure."""
    if looked_up:
        return figures.c.statement.in_(select(statements.c.id).where(*what.on_statements(is_first=True)))
    return exists().where(statements.c.id == figures.c.statement, *what.on_statements(is_first=False))
