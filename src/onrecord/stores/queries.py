"""What a Query asks for, as conditions on the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, Join, Select, Table, exists, func, literal_column, select

from onrecord.errors import UsageError
from onrecord.ledger.store import Query
from onrecord.stores.dated import on_dates
from onrecord.stores.held import asks_of
from onrecord.stores.hits import SAID, asked, hits, how_many, is_few
from onrecord.stores.lookup import asks_statements
from onrecord.stores.tables import claimed, claims, figures, reports, series, statements, story_reports

Condition = ColumnElement[bool]
_Value = TypeVar("_Value", str, int)

LISTED: ColumnElement[int] = literal_column("+reports.n", Integer)  # of a report that is not looked up by its number


def statements_that_fit(query: Query, connection: Connection, *beside: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The lines of the statements that fit, in order, with what stands beside them."""
    what = asked(query, connection, with_words=True)
    found = select(statements.c.body, *beside).select_from(_beside_reports(statements, looked_up=what.is_few))
    found = found.where(*on_reports(query), *what.on_statements(is_first=what.is_few), *_on_attitude(query))
    if what.sets and not what.is_few and not what.is_dense:
        found = found.where(LISTED.in_(what.reports(query.attitude)))
    return found.order_by(*in_order(statements.c.start, statements.c.id)).limit(query.limit).offset(query.skip or None)


def reports_that_fit(query: Query, connection: Connection) -> Select[str, str]:
    """Ids and lines of the reports that fit, in order."""
    conditions = [*on_reports(query)]
    if query.text is not None:
        found = hits("report", query.text)
        conditions.append(_number(looked_up=is_few(how_many(connection, found))).in_(found))
    if asks_statements(query):
        what = asked(query, connection)
        if what.is_dense:
            held = [*what.on_statements(is_first=False), *_on_attitude(query)]
            conditions.append(exists().where(statements.c.report_n == reports.c.n, *held))
        else:
            conditions.append(_number(looked_up=what.is_few).in_(what.reports(query.attitude)))
    return (
        select(reports.c.id, reports.c.body)
        .where(*conditions)
        .order_by(*in_order())
        .limit(query.limit)
        .offset(query.skip or None)
    )


def claims_that_fit(query: Query, connection: Connection) -> Select[str]:
    """The lines of the claims that hold a statement which fits, in order."""
    size = select(func.count()).where(claimed.c.claim == claims.c.id).scalar_subquery()
    order = (size.desc(), claims.c.dated, claims.c.id) if query.largest else (claims.c.dated, claims.c.id)
    found = select(claims.c.body).order_by(*order).limit(query.limit).offset(query.skip or None)
    if query.status is not None:
        found = found.where(claims.c.status == query.status)
    if replace(query, status=None, limit=None, skip=0, largest=False, series=None) == Query():
        return found
    looked_up = asks_statements(query) or query.text is not None
    said = _beside_reports(statements, looked_up=looked_up).join(claimed, claimed.c.statement == statements.c.id)
    conditions = fitting_statements(query, connection)
    if looked_up or (query.report, query.story) != (None, None):
        return found.where(claims.c.id.in_(select(claimed.c.claim).select_from(said).where(*conditions)))
    held = statements.join(reports, statements.c.report_n == reports.c.n).join(
        claimed, claimed.c.statement == statements.c.id
    )
    return found.where(exists(select(1).select_from(held).where(claimed.c.claim == claims.c.id, *conditions)))


def figures_that_fit(query: Query, connection: Connection, *beside: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The lines of the figures that fit, in order, with what stands beside them."""
    asks = list(asks_of(query, connection))
    looked_up = query.series is not None or any(one.is_few for one in asks)
    found = select(figures.c.body, *beside).select_from(_beside_reports(figures, looked_up=looked_up))
    found = found.where(*on_reports(query), *(one.condition() for one in asks))
    if query.series is not None:
        found = found.where(figures.c.id.in_(select(series.c.figure).where(series.c.series == query.series)))
    if not looked_up:
        found = found.where(*(LISTED.in_(one.reports()) for one in asks if not one.is_dense))
    return found.order_by(*in_order(figures.c.start, figures.c.id)).limit(query.limit).offset(query.skip or None)


def how_many_fit(kind: str, query: Query, connection: Connection) -> Select[int]:
    """How many of a kind fit."""
    query = replace(query, limit=None, skip=0, largest=False)
    fitting: dict[str, Callable[[], Select[*tuple[Any, ...]]]] = {
        "report": lambda: reports_that_fit(query, connection),
        "statement": lambda: statements_that_fit(query, connection),
        "figure": lambda: figures_that_fit(query, connection),
        "claim": lambda: claims_that_fit(query, connection),
    }
    if kind not in fitting:
        raise UsageError(f"nobody counts {kind!r}; one of {', '.join(fitting)}")
    if kind == "figure" and replace(query, attitude=None) == Query(attitude=None):
        return select(func.coalesce(func.max(figures.c.n), 0))  # no row ever goes
    if kind == "statement" and query.report is None and query.story is None:
        return _statements_counted(query, connection)
    return select(func.count()).select_from(fitting[kind]().order_by(None).subquery())


def _statements_counted(query: Query, connection: Connection) -> Select[int]:
    """How many statements fit, without their lines."""
    found = select(func.count()).select_from(SAID)
    found = found.where(*asked(query, connection, with_words=True).on_said(query.attitude))
    within = list(on_reports(query))
    if within:
        behind = literal_column("+said.report_n", Integer)
        found = found.where(behind.in_(select(reports.c.n).where(*within)))
    return found


def fitting_statements(query: Query, connection: Connection) -> Iterator[Condition]:
    """The conditions on a statement joined with its report."""
    yield from on_reports(query)
    yield from asked(query, connection, with_words=True).on_statements(is_first=True)
    yield from _on_attitude(query)


def in_order(*columns: ColumnElement[object]) -> tuple[ColumnElement[object], ...]:
    """(published, report id), then the columns given."""
    return reports.c.dated, reports.c.id, *columns


def on_reports(query: Query) -> Iterator[Condition]:
    """The conditions on a report itself, the words of its text apart."""
    if query.report is not None:
        yield reports.c.id == query.report
    if query.story is not None:
        yield reports.c.id.in_(select(story_reports.c.report).where(story_reports.c.story == query.story))
    yield from on_dates(query)


def _beside_reports(parts: Table, *, looked_up: bool) -> Join:
    """Statements or figures, each with its report.

    Where nothing picks out a few parts, the plus keeps SQLite from looking reports up by their number: it
    goes through the reports in order then, sorts nothing, and stops at the limit.
    """
    return parts.join(reports, parts.c.report_n == _number(looked_up=looked_up))


def _number(*, looked_up: bool) -> ColumnElement[int]:
    return reports.c.n if looked_up else LISTED


def _on_attitude(query: Query) -> Iterator[Condition]:
    if query.attitude is not None:
        yield statements.c.attitude == query.attitude


def chunks(values: Iterable[_Value], size: int = 500) -> Iterator[list[_Value]]:
    """Values in lists short enough for one statement."""
    every = list(values)
    for start in range(0, len(every), size):
        yield every[start : start + size]
