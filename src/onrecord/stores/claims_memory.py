"""Claims, origins and series in the reference store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from onrecord.ledger.dates import order_key
from onrecord.ledger.lines import decode, encode
from onrecord.ledger.store import EVERYTHING, Query
from onrecord.model import Claim, Copy, Figure, Link, Origin, Report, Statement
from onrecord.stores.filing import Filed
from onrecord.stores.lookup import bare_origin, dangling, end_of, unknown

_Kind = TypeVar("_Kind", Claim, Origin)


class MemoryClaims:
    """What is assembled from statements and figures."""

    _pages: dict[str, Filed]
    _statements: dict[str, Statement]
    _links: dict[str, Link]
    _copies: dict[str, Copy]
    _within: Callable[[Query], Iterator[Report]]

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}
        self._claims: dict[str, Claim] = {}
        self._origins: dict[str, Origin] = {}  # without statements and reports
        self._claimed: dict[str, tuple[str, str]] = {}  # statement -> (claim, origin)
        self._traces: dict[str, str] = {}
        self._ties: dict[str, set[str]] = {}
        self._series: dict[str, str] = {}  # figure -> series

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims that fit, by (first said, id)."""
        fitting = {s.claim for s in self.statements(replace(query, limit=None, skip=0))}
        found = sorted(self._claims.values(), key=lambda claim: (order_key(claim.first_said), claim.id))
        if query.largest:
            found.sort(key=lambda claim: -len(claim.statements))
        fits = (claim for claim in found if claim.id in fitting and query.status in (None, claim.status))
        return islice(fits, query.skip, end_of(query))

    def statements(self, query: Query = EVERYTHING) -> Iterator[Statement]:
        """Statements that fit."""
        raise NotImplementedError

    def claim(self, claim_id: str) -> Claim:
        """One claim."""
        if claim_id not in self._claims:
            raise unknown("claim", claim_id)
        return self._claims[claim_id]

    def origin(self, origin_id: str) -> Origin:
        """One origin, with all that goes back to it."""
        if origin_id not in self._origins:
            raise unknown("origin", origin_id)
        statements = sorted(s for s, (_, origin) in self._claimed.items() if origin == origin_id)
        reports = sorted({self._statements[s].report_id for s in statements})
        return replace(self._origins[origin_id], statements=tuple(statements), reports=tuple(reports))

    def all_origins(self) -> Iterator[Origin]:
        """Every origin, by id."""
        return map(self.origin, sorted(self._origins))

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """Statements by their ids, with the dates of their reports."""
        found = (self._statements[i] for i in sorted(set(statement_ids)) if i in self._statements)
        return tuple((self._claimed_as(s), self._pages[s.report_id].report[0].published) for s in found)

    def figures_of(self, figure_ids: Iterable[str]) -> tuple[tuple[Figure, str | None], ...]:
        """Figures by their ids, with the dates of their reports."""
        found = (self._figures[i] for i in sorted(set(figure_ids)) if i in self._figures)
        return tuple((self._followed(f), self._pages[f.report_id].report[0].published) for f in found)

    def ends(self, statement_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Links from or to one of these statements."""
        wanted = set(statement_ids)
        found = (x for x in self._links.values() if x.source in wanted or x.target in wanted)
        return tuple(sorted((x.source, x.target, x.kind) for x in found))

    def copy_of(self, report_id: str, other_id: str) -> Copy | None:
        """The copy line of two reports."""
        ends = {report_id, other_id}
        found = (copy for copy in self._copies.values() if {copy.source, copy.target} == ends)
        return min(found, key=lambda copy: copy.id, default=None)

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Statements of every claim that holds one of these."""
        claims = {self._claimed[i][0] for i in statement_ids if i in self._claimed}
        return tuple(sorted(s for claim in claims for s in self._claims[claim].statements))

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """What is kept about where statements come from."""
        return {i: self._traces[i] for i in statement_ids if i in self._traces}

    def ties(self, figure_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of figures of one quantity."""
        found = {(min(i, j), max(i, j)) for i in figure_ids for j in self._ties.get(i, ())}
        return tuple(sorted(found))

    def in_series_with(self, figure_ids: Iterable[str]) -> tuple[str, ...]:
        """Figures of every series that holds one of these."""
        wanted = {self._series[i] for i in figure_ids if i in self._series}
        return tuple(sorted(figure for figure, series in self._series.items() if series in wanted))

    # -- writing

    def put_claims(
        self, claims: Iterable[Claim], origins: Iterable[Origin], among: Iterable[str] | None = None
    ) -> None:
        """Replaces claims and origins, all or those of some statements; see `Writer.put_claims`."""
        new, there = {claim.id: _kept(claim) for claim in claims}, list(origins)
        named = [(f"claim {claim.id}", claim.statements) for claim in new.values()]
        named += [(f"origin {origin.id}", origin.statements) for origin in there]
        for what, statements in named:
            for statement in statements:
                if statement not in self._statements:
                    raise dangling(what, statement)
        of = {statement: origin.id for origin in there for statement in origin.statements}
        some = self._claimed.keys() if among is None else {*among, *(s for c in new.values() for s in c.statements)}
        gone = {self._claimed[i][0] for i in some if i in self._claimed}
        self._claims = {i: claim for i, claim in self._claims.items() if i not in gone} | new
        self._claimed = {s: held for s, held in self._claimed.items() if held[0] not in gone}
        self._claimed |= {s: (claim.id, of[s]) for claim in new.values() for s in claim.statements}
        for origin in there:
            self._origins.setdefault(origin.id, _kept(bare_origin(origin)))
        left = {origin for _, origin in self._claimed.values()}
        self._origins = {i: origin for i, origin in self._origins.items() if i in left}

    def put_traces(self, traces: Mapping[str, str]) -> None:
        """Keeps what was found out about where statements come from."""
        self._traces |= traces

    def put_ties(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Adds pairs of figures of one quantity."""
        for one, other in pairs:
            self._ties.setdefault(one, set()).add(other)
            self._ties.setdefault(other, set()).add(one)

    def put_series(self, members: Iterable[tuple[str, str]], among: Iterable[str] | None = None) -> None:
        """Replaces which figure belongs to which series, of all or of some."""
        new = dict(members)
        for figure, series in new.items():
            if figure not in self._figures:
                raise dangling(f"series {series}", figure)
        some = set(self._series if among is None else among)
        self._series = {figure: series for figure, series in self._series.items() if figure not in some} | new

    def _untie(self, report_id: str, others: set[str]) -> None:
        for figure, _ in self._pages[report_id].figures:
            gone = {other for other in self._ties.get(figure.id, ()) if self._figures[other].report_id in others}
            self._ties.get(figure.id, set()).difference_update(gone)
            for other in gone:
                self._ties[other].discard(figure.id)

    def _claimed_as(self, statement: Statement) -> Statement:
        claim, origin = self._claimed.get(statement.id, (None, None))
        return replace(statement, claim=claim, origin=origin)

    def _followed(self, figure: Figure) -> Figure:
        return replace(figure, series=self._series.get(figure.id))


def _kept(record: _Kind) -> _Kind:
    back = decode(encode(record))
    assert isinstance(back, type(record))
    return back
