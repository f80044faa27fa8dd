"""Claims, origins and series in SQLite: reading and writing them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from onrecord.errors import StoreError
from onrecord.ledger.dates import order_key
from onrecord.ledger.lines import decode
from onrecord.ledger.store import EVERYTHING, Query
from onrecord.model import Claim, Copy, Figure, Origin, Statement
from onrecord.stores import queries, tables
from onrecord.stores.inserting import need, put_rows, with_lines
from onrecord.stores.lookup import bare_origin, unknown

AT_ONCE = 200  # rows fetched at a time
CLAIMED = (  # beside the line of a statement
    select(tables.claimed.c.claim).where(tables.claimed.c.statement == tables.statements.c.id).scalar_subquery(),
    select(tables.claimed.c.origin).where(tables.claimed.c.statement == tables.statements.c.id).scalar_subquery(),
)
FOLLOWED = (  # beside the line of a figure
    select(tables.series.c.series).where(tables.series.c.figure == tables.figures.c.id).scalar_subquery(),
)


def as_statement(body: str, claim: str | None, origin: str | None) -> Statement:
    """A statement with its claim and origin."""
    record = decode(body)
    if not isinstance(record, Statement):
        raise misplaced(record.id, Statement)
    return record if claim is None else replace(record, claim=claim, origin=origin)


def as_figure(body: str, series: str | None) -> Figure:
    """A figure with its series."""
    record = decode(body)
    if not isinstance(record, Figure):
        raise misplaced(record.id, Figure)
    return record if series is None else replace(record, series=series)


def misplaced(identity: str, kind: type) -> StoreError:
    """The error for a line of another type than its table's."""
    return StoreError(f"{identity} lies where a {kind.__name__} belongs; `onrecord verify` says more")


class ClaimsView(ABC):
    """What is assembled from statements and figures, as far as a view reads it."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state."""

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims that fit, by (first said, id)."""
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=AT_ONCE).execute(queries.claims_that_fit(query, connection))
            for (body,) in rows:
                yield _as_claim(body)

    def claim(self, claim_id: str) -> Claim:
        """One claim."""
        with self._reading() as connection:
            found = select(tables.claims.c.body).where(tables.claims.c.id == claim_id)
            body = connection.execute(found).scalar_one_or_none()
        if body is None:
            raise unknown("claim", claim_id)
        return _as_claim(body)

    def origin(self, origin_id: str) -> Origin:
        """One origin, with all that goes back to it."""
        with self._reading() as connection:
            found = select(tables.origins.c.body).where(tables.origins.c.id == origin_id)
            body = connection.execute(found).scalar_one_or_none()
            if body is None:
                raise unknown("origin", origin_id)
            return _whole_origin(connection, body)

    def all_origins(self) -> Iterator[Origin]:
        """Every origin, by id."""
        with self._reading() as connection:
            bodies = connection.execute(select(tables.origins.c.body).order_by(tables.origins.c.id))
            for body in bodies.scalars().all():
                yield _whole_origin(connection, body)

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """Statements by their ids, with the dates of their reports."""
        said, reports = tables.statements, tables.reports
        found = select(said.c.id, reports.c.published, said.c.body, *CLAIMED)
        rows = self._some(found.join(reports, said.c.report_n == reports.c.n), said.c.id, statement_ids)
        return tuple((as_statement(*row[2:]), row[1]) for row in rows)

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """Figures by their ids, with the dates of their reports."""
        figures, reports = tables.figures, tables.reports
        found = select(figures.c.id, reports.c.published, figures.c.body, *FOLLOWED)
        rows = self._some(found.join(reports, figures.c.report_n == reports.c.n), figures.c.id, figure_ids)
        return tuple((as_figure(*row[2:]), row[1]) for row in rows)

    def ends(self, statement_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Links from or to one of these statements."""
        links, ids = tables.links.c, tuple(statement_ids)
        found = select(links.source, links.target, links.kind)
        rows = {tuple(row) for end in (links.source, links.target) for row in self._some(found, end, ids)}
        return tuple(sorted(rows))

    def copy_of(self, report_id: str, other_id: str) -> Copy | None:
        """The copy line of two reports."""
        copies, ends = tables.copies, (report_id, other_id)
        found = select(copies.c.body).where(copies.c.source.in_(ends), copies.c.target.in_(ends))
        with self._reading() as connection:
            body = connection.execute(found.order_by(copies.c.id).limit(1)).scalar_one_or_none()
        record = decode(body) if body is not None else None
        return record if isinstance(record, Copy) else None

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Statements of every claim that holds one of these."""
        held = tables.claimed.c
        claims = {row[0] for row in self._some(select(held.claim), held.statement, statement_ids)}
        return tuple(sorted(row[0] for row in self._some(select(held.statement), held.claim, claims)))

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """What is kept about where statements come from."""
        kept = tables.traces.c
        return {row[0]: row[1] for row in self._some(select(kept.statement, kept.body), kept.statement, statement_ids)}

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of figures of one quantity."""
        tied, ids = tables.ties.c, tuple(figure_ids)
        found = select(tied.one, tied.other)
        return tuple(sorted({(row[0], row[1]) for end in tied for row in self._some(found, end, ids)}))

    def in_series_with(self, figure_ids: Iterable[str]) -> tuple[str, ...]:
        """Figures of every series that holds one of these."""
        held = tables.series.c
        series = {row[0] for row in self._some(select(held.series), held.figure, figure_ids)}
        return tuple(sorted(row[0] for row in self._some(select(held.figure), held.series, series)))

    def _some(self, query: Select[*tuple[Any, ...]], column: Any, ids: Iterable[str]) -> list[Row[*tuple[Any, ...]]]:
        """The rows of a query for these ids, sorted."""
        with self._reading() as connection:
            rows = [row for some in queries.chunks(ids) for row in connection.execute(query.where(column.in_(some)))]
        return sorted(rows, key=lambda row: str(row[0]))


class ClaimsWriter(ABC):
    """Likewise, as far as a store writes it."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """One transaction."""

    def put_claims(
        self, claims: Iterable[Claim], origins: Iterable[Origin], among: Iterable[str] | None = None
    ) -> None:
        """Replaces claims and origins, all or those of some statements; see `Writer.put_claims`."""
        new, there = with_lines(claims), list(origins)
        by_statement = {statement: origin.id for origin in there for statement in origin.statements}
        with self._writing() as connection:
            wanted = ((claim.id, claim.statements) for claim, _ in new)
            need(connection, tables.statements, "claim", wanted)
            need(connection, tables.statements, "origin", ((origin.id, origin.statements) for origin in there))
            some = None if among is None else {*among, *(s for claim, _ in new for s in claim.statements)}
            _forget(connection, some)
            rows = [
                {"id": claim.id, "dated": order_key(claim.first_said), "status": claim.status, "body": body}
                for claim, body in new
            ]
            put_rows(connection, tables.claims, rows)
            bare = [{"id": o.id, "body": body} for o, body in with_lines(map(bare_origin, there))]
            if bare:
                connection.execute(insert_or(tables.origins).on_conflict_do_nothing(), bare)
            members = [
                {"statement": statement, "claim": claim.id, "origin": by_statement[statement]}
                for claim, _ in new
                for statement in claim.statements
            ]
            put_rows(connection, tables.claimed, members)

    def put_traces(self, traces: Mapping[str, str]) -> None:
        """Keeps what was found out about where statements come from."""
        rows = [{"statement": statement, "body": body} for statement, body in sorted(traces.items())]
        if rows:
            with self._writing() as connection:
                connection.execute(insert_or(tables.traces).prefix_with("OR REPLACE"), rows)

    def put_ties(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Adds pairs of figures of one quantity."""
        rows = [{"one": min(pair), "other": max(pair)} for pair in sorted(pairs)]
        if rows:
            with self._writing() as connection:
                connection.execute(insert_or(tables.ties).on_conflict_do_nothing(), rows)

    def put_series(self, members: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which figure belongs to which series, of all or of some."""
        new, held = dict(members), tables.series
        with self._writing() as connection:
            need(connection, tables.figures, "series", ((series, (figure,)) for figure, series in new.items()))
            if among is None:
                connection.execute(delete(held))
            for some in queries.chunks(among or ()):
                connection.execute(delete(held).where(held.c.figure.in_(some)))
            put_rows(connection, held, [{"figure": figure, "series": series} for figure, series in new.items()])


def untie(connection: Connection, report_id: str, others: list[str]) -> None:
    """Takes away the ties between figures of a report and of others."""
    figures, reports, tied = tables.figures, tables.reports, tables.ties
    of = select(figures.c.id).join(reports, figures.c.report_n == reports.c.n)
    mine, theirs = of.where(reports.c.id == report_id), of.where(reports.c.id.in_(others))
    connection.execute(
        delete(tied).where(
            or_(tied.c.one.in_(mine) & tied.c.other.in_(theirs), tied.c.other.in_(mine) & tied.c.one.in_(theirs))
        )
    )


def _forget(connection: Connection, among: Iterable[str] | None) -> None:
    """Takes claims away, and the origins that nothing goes back to then."""
    held, claims, origins = tables.claimed, tables.claims, tables.origins
    if among is None:
        for table in (held, claims, origins):
            connection.execute(delete(table))
        return
    gone, left = set[str](), set[str]()
    for some in queries.chunks(sorted(among)):
        gone.update(connection.execute(select(held.c.claim).where(held.c.statement.in_(some))).scalars())
    for ids in queries.chunks(sorted(gone)):
        left.update(connection.execute(select(held.c.origin).where(held.c.claim.in_(ids))).scalars())
        connection.execute(delete(held).where(held.c.claim.in_(ids)))
        connection.execute(delete(claims).where(claims.c.id.in_(ids)))
    for ids in queries.chunks(sorted(left)):
        still = select(held.c.origin).where(held.c.origin.in_(ids))
        connection.execute(delete(origins).where(origins.c.id.in_(ids), origins.c.id.not_in(still)))


def _as_claim(body: str) -> Claim:
    record = decode(body)
    if not isinstance(record, Claim):
        raise misplaced(record.id, Claim)
    return record


def _whole_origin(connection: Connection, body: str) -> Origin:
    """An origin with the statements that go back to it, and their reports."""
    record = decode(body)
    if not isinstance(record, Origin):
        raise misplaced(record.id, Origin)
    held, said, reports = tables.claimed, tables.statements, tables.reports
    found = select(said.c.id, reports.c.id).join(held, held.c.statement == said.c.id)
    found = found.join(reports, said.c.report_n == reports.c.n).where(held.c.origin == record.id)
    rows = connection.execute(found).all()
    statements, of = (tuple(sorted({row[k] for row in rows})) for k in (0, 1))
    return replace(record, statements=statements, reports=of)
