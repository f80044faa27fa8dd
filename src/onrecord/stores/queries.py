"""What a Query asks for, as conditions on the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Join,
    Select,
    Table,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy import column as named_column

from onrecord.errors import UsageError
from onrecord.ledger.store import Query
from onrecord.ledger.words import name_key, words
from onrecord.stores.lookup import asks_statements
from onrecord.stores.tables import (
    about,
    claimed,
    claims,
    figures,
    names,
    reports,
    series,
    speakers,
    statements,
    story_reports,
)

Condition = ColumnElement[bool]
_Value = TypeVar("_Value", str, int)


def statements_that_fit(query: Query, connection: Connection, *beside: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The lines of the statements that fit, in order, with what stands beside them."""
    found = select(statements.c.body, *beside).select_from(_beside_reports(query, statements))
    found = found.where(*fitting_statements(query, connection))
    return found.order_by(*in_order(statements.c.start, statements.c.id)).limit(query.limit).offset(query.skip or None)


def reports_that_fit(query: Query, connection: Connection) -> Select[str, str]:
    """Ids and lines of the reports that fit, in order."""
    conditions = [*_on_reports(query), *_on_words(query, "report", reports.c.n)]
    if asks_statements(query):
        asked = [*_on_statements(query, connection), *_on_attitude(query)]
        conditions.append(exists().where(statements.c.report_n == reports.c.n, *asked))
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
    said = _beside_reports(query, statements).join(claimed, claimed.c.statement == statements.c.id)
    conditions = fitting_statements(query, connection)
    if asks_statements(query) or (query.text, query.report, query.story) != (None, None, None):
        return found.where(claims.c.id.in_(select(claimed.c.claim).select_from(said).where(*conditions)))
    held = statements.join(reports, statements.c.report_n == reports.c.n).join(
        claimed, claimed.c.statement == statements.c.id
    )
    return found.where(exists(select(1).select_from(held).where(claimed.c.claim == claims.c.id, *conditions)))


def figures_that_fit(query: Query, connection: Connection, *beside: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The lines of the figures that fit, in order, with what stands beside them."""
    found = select(figures.c.body, *beside).select_from(_beside_reports(query, figures))
    conditions = list(_on_reports(query))
    if query.series is not None:
        conditions.append(figures.c.id.in_(select(series.c.figure).where(series.c.series == query.series)))
    if query.text is not None:
        held = select(statements.c.id).where(*_on_words(query, "statement", statements.c.n))
        conditions.append(or_(*_on_words(query, "figure", figures.c.n), figures.c.statement.in_(held)))
    if asks_statements(query):
        conditions.append(_on_holders(query, connection))
    found = found.where(*conditions)
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
    return select(func.count()).select_from(fitting[kind]().order_by(None).subquery())


def fitting_statements(query: Query, connection: Connection) -> Iterator[Condition]:
    """The conditions on a statement joined with its report."""
    yield from _on_reports(query)
    yield from _on_statements(query, connection)
    yield from _on_attitude(query)
    yield from _on_words(query, "statement", statements.c.n)


def in_order(*columns: ColumnElement[object]) -> tuple[ColumnElement[object], ...]:
    """(published, report id), then the columns given."""
    return reports.c.dated, reports.c.id, *columns


def _beside_reports(query: Query, parts: Table) -> Join:
    """Statements or figures, each with its report.

    Where nothing picks out a few parts, the plus keeps SQLite from looking reports up by their number: it
    goes through the reports in order then, sorts nothing, and stops at the limit.
    """
    few = asks_statements(query) or (query.text, query.series) != (None, None)
    return parts.join(reports, parts.c.report_n == (reports.c.n if few else literal_column("+reports.n", Integer)))


def _on_reports(query: Query) -> Iterator[Condition]:
    if query.report is not None:
        yield reports.c.id == query.report
    if query.story is not None:
        yield reports.c.id.in_(select(story_reports.c.report).where(story_reports.c.story == query.story))
    if query.since is not None:
        yield func.is_since(reports.c.published, query.since) == 1
    if query.until is not None:
        yield func.is_until(reports.c.published, query.until) == 1
    if query.as_of is not None:
        yield func.known_by(reports.c.published, reports.c.retrieved, query.as_of) == 1


def _on_attitude(query: Query) -> Iterator[Condition]:
    if query.attitude is not None:
        yield statements.c.attitude == query.attitude


def _on_statements(query: Query, connection: Connection) -> Iterator[Condition]:
    if query.who is not None:
        ids, unnamed = sources_called(query.who, connection)
        yield or_(
            statements.c.n.in_(select(speakers.c.statement_n).where(speakers.c.entity.in_(ids))),
            statements.c.unnamed.in_(unnamed),
        )
    if query.about is not None:
        ids = entities_called(query.about, connection)
        yield statements.c.n.in_(select(about.c.statement_n).where(about.c.entity.in_(ids)))
    if query.stance is not None:
        yield statements.c.stance == query.stance
    if query.plain is not None:
        yield statements.c.plain == query.plain


def _on_holders(query: Query, connection: Connection) -> Condition:
    """Figures whose statement fits; a figure is also about where it is."""
    held = select(statements.c.id).where(*_on_statements(query, connection))
    condition: Condition = figures.c.statement.in_(held)
    if query.about is None:
        return condition
    rest = replace(query, about=None)
    here: Condition = figures.c.place.in_(entities_called(query.about, connection))
    if asks_statements(rest):
        here &= figures.c.statement.in_(select(statements.c.id).where(*_on_statements(rest, connection)))
    return or_(condition, here)


def _on_words(query: Query, kind: str, number: ColumnElement[int]) -> Iterator[Condition]:
    if query.text is None:
        return
    wanted = sorted(set(words(query.text)))
    if not wanted:
        yield false()
        return
    # Folded words are letters and digits only, and quoted: nothing here is an operator of the search.
    phrase = " ".join(f'"{word}"' for word in wanted)
    table = f"{kind}_words"
    hits: Select[int] = (
        select(literal_column("rowid")).select_from(text(table)).where(named_column(table).op("MATCH")(phrase))
    )
    yield number.in_(hits)


def entities_called(name: str, connection: Connection) -> list[str]:
    """Ids of the entities of that name, or id; where none has it, of those whose names hold its words."""
    key = name_key(name)
    exact = select(names.c.entity).where(names.c.key == key)
    held = select(names.c.entity).where(_holds(names.c.key, key))
    return [name, *(_column(connection, exact) or _column(connection, held))]


def sources_called(name: str, connection: Connection) -> tuple[list[str], list[str]]:
    """Ids of the entities, and the words of unnamed sources, that a name stands for."""
    key = name_key(name)
    ids = _column(connection, select(names.c.entity).where(names.c.key == key))
    unnamed = _column(connection, select(statements.c.unnamed).where(statements.c.unnamed == key).limit(1))
    if not ids and not unnamed:
        ids = _column(connection, select(names.c.entity).where(_holds(names.c.key, key)))
        unnamed = _column(connection, select(statements.c.unnamed).where(_holds(statements.c.unnamed, key)))
    return [name, *ids], unnamed


def _holds(column: ColumnElement[str], key: str) -> Condition:
    """`ledger.words.holds_name` in SQL; a name key has no wildcard in it."""
    return (" " + column + " ").like(f"% {key} %") if key else false()


def _column(connection: Connection, query: Select[str]) -> list[str]:
    return sorted(set(connection.execute(query).scalars()))


def chunks(values: Iterable[_Value], size: int = 500) -> Iterator[list[_Value]]:
    """Values in lists short enough for one statement."""
    every = list(values)
    for start in range(0, len(every), size):
        yield every[start : start + size]
