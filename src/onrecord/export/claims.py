"""Claims as they could be known on a day, and what a series of figures comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from onrecord.ledger.dates import known_by, order_key
from onrecord.ledger.store import Query, View
from onrecord.link.assembling import assemble
from onrecord.link.entry import Entry
from onrecord.link.series import Point
from onrecord.model import Claim, Figure, Statement

ENTRIES_KEPT = 64


def claims_that_fit(view: View, query: Query) -> Iterator[Claim]:
    """Claims by (first said, id); with `as_of` each from what was published by then, whatever came later."""
    if query.as_of is None:
        yield from view.claims(query)
        return
    past, found = _Past(view, query.as_of), list[Claim]()
    wanted = None if query.limit is None else query.skip + query.limit
    for claim in view.claims(replace(query, limit=None, skip=0, status=None)):
        if wanted is not None and len(found) >= wanted:
            break
        then = past.claims(claim)
        fitting = then if len(then) < 2 else [one for one in then if _fits(view, query, one)]
        found += [one for one in fitting if query.status in (None, one.status)]
    found.sort(key=lambda claim: (-len(claim.statements) * query.largest, order_key(claim.first_said), claim.id))
    yield from found[query.skip : wanted]


def claim_as_of(view: View, claim: Claim, as_of: str) -> tuple[Claim, ...]:
    """What the statements of a claim came to on a day: nothing yet, or one or several claims."""
    return tuple(_Past(view, as_of).claims(claim))


class _Past:
    """The record as it was on a day, as far as claims go."""

    def __init__(self, view: View, as_of: str) -> None:
        self._view = view
        self._as_of = as_of
        self._entry = lru_cache(ENTRIES_KEPT)(self._read)

    def claims(self, claim: Claim) -> list[Claim]:
        """A claim then: itself, a part of it or nothing."""
        view = self._view
        ends = {end for *ends, _ in view.ends(claim.statements) for end in ends}
        there = {s.id: self._is_known(s, day) for s, day in view.statements_of(ends.union(claim.statements))}
        if all(there.values()):
            return [claim]
        seeds = [identity for identity in claim.statements if there[identity]]
        return assemble(seeds, view, self._entry, touched=(), known=self._is_known).claims

    def _is_known(self, statement: Statement, published: str | None) -> bool:
        if published is None:  # by its retrieval then
            return any(self._view.reports(Query(report=statement.report_id, as_of=self._as_of)))
        return known_by(published, None, self._as_of)

    def _read(self, report_id: str) -> Entry:
        said = self._view.statements(Query(report=report_id, attitude=None))
        return Entry(self._view.report(report_id), tuple(said))


def _fits(view: View, query: Query, claim: Claim) -> bool:
    reports = sorted({statement.report_id for statement, _ in view.statements_of(claim.statements)})
    fitting = (view.statements(replace(query, report=one, limit=None, skip=0)) for one in reports)
    return any(statement.id in claim.statements for found in fitting for statement in found)


def points_of(view: View, figures: Iterable[Figure]) -> tuple[Point, ...]:
    """The figures of a series by day: as of, else said, else published."""
    found = []
    for figure in figures:
        holder = view.statement(figure.statement) if figure.statement else None
        (report,) = view.reports(Query(report=figure.report_id))
        words = holder.source.quote if holder and holder.source else ""
        whose = figure.whose or (holder.speaker.entity if holder else None) or words or figure.report_id
        day = figure.as_of or (holder.said_at if holder else None) or report.published or ""
        found.append(Point(figure, whose, day[:10]))
    return tuple(sorted(found, key=lambda p: (order_key(p.day or None), p.figure.report_id, p.figure.span)))
