"""The bounds of a query on dates, as conditions: what `ledger.dates` says of two dates, said in SQL.

They look at nothing but what the index `reports_in_order` holds, so that no text of a report is read to pass it over.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, case, func, literal, or_

from onrecord.ledger.dates import order_key
from onrecord.ledger.store import Query
from onrecord.stores.tables import reports

Condition = ColumnElement[bool]


def on_dates(query: Query) -> Iterator[Condition]:
    """What since, until and as_of ask of a report."""
    if query.since is not None:
        date, bound = _compared(query.since)
        yield and_(reports.c.published.is_not(None), _is_since(date, bound))
    if query.until is not None:
        date, bound = _compared(query.until)
        yield and_(reports.c.published.is_not(None), _is_until(date, bound))
    if query.as_of is not None:
        date, bound = _compared(query.as_of)
        retrieved = func.known_by(reports.c.published, reports.c.retrieved, query.as_of) == 1
        yield case((reports.c.published.is_not(None), _is_until(date, bound)), else_=retrieved)


def _compared(bound: str) -> tuple[ColumnElement[str], str]:
    """A moment is set against moments in UTC, which reports are sorted by, a day against the day as printed."""
    return (reports.c.dated, order_key(bound)) if "T" in bound else (reports.c.published, bound)


def _is_since(date: ColumnElement[str], bound: str) -> Condition:
    """As far as the coarser goes: behind the bound, or what the bound begins with."""
    return or_(date >= bound, func.substr(literal(bound), 1, func.length(date)) == date)


def _is_until(date: ColumnElement[str], bound: str) -> Condition:
    return func.substr(date, 1, len(bound)) <= bound
