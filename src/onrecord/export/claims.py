"""Claims as they could be known on a day, and what a series of figures comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.errors import UnknownId
from onrecord.ledger.dates import known_by, order_key
from onrecord.ledger.store import Query, View
from onrecord.link.assembling import assemble
from onrecord.link.claims import JOINING, heads_of, independent_of, voice_of
from onrecord.link.entry import Entry, Told
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.origins import INDEPENDENT, compare_origins
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


def claim_of(view: View, statement: Statement) -> Claim | None:
    """The claim that a statement belongs to, as the view has it."""
    try:
        claim = view.claim(statement.claim or "")
    except UnknownId:
        return None
    if statement.id in claim.statements:
        return claim
    there = view.claims(Query(report=statement.report_id, attitude=None))
    return next((one for one in there if statement.id in one.statements), None)


@dataclass(frozen=True, slots=True)
class Backing:
    """The sources behind a claim: those that are independent of each other, and why the others are not counted."""

    independent: tuple[Told, ...]
    others: tuple[tuple[Told, str], ...]  # with the rule of `link.origins` that holds


def backing_of(view: View, claim: Claim, told_of: Callable[[str], Told]) -> Backing | None:
    """One statement of each source of a claim; None where it does not come to the number that the claim has."""
    some = heads_of(map(told_of, claim.statements))
    independent = independent_of(some, view.copy_of)
    if len(independent) != claim.independent_origins:
        return None
    voices = {voice_of(one) for one in independent}
    others: list[tuple[Told, str]] = []
    for one in some:
        if voice_of(one) not in voices:
            voices.add(voice_of(one))
            verdicts = (compare_origins(one, o, view.copy_of(o.statement.report_id, one.statement.report_id))
                        for o in independent)  # fmt: skip
            rule = next((verdict.reason.rule for verdict in verdicts if verdict.independence != INDEPENDENT), None)
            if rule is None:
                return None
            others.append((one, rule))
    return Backing(independent, tuple(others))


def is_first(view: View, claim: Claim, one: Told, told_of: Callable[[str], Told]) -> bool:
    """Whether nobody else can have said so before: all others answer it, or speak on a later day or for its side."""
    answering: dict[str, set[str]] = defaultdict(set)
    for source, target, kind in view.ends(claim.statements):
        if kind in JOINING:
            answering[target].add(source)
    reached, beyond = {one.statement.id}, [one.statement.id]
    while beyond:
        new = answering[beyond.pop()] - reached
        reached |= new
        beyond += sorted(new)
    rest = (told_of(identity) for identity in claim.statements if identity not in reached)
    return all(one.order[0] < other.order[0] < "9999" or is_one_voice(one, other) for other in rest)


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
        whose = figure.whose or (holder.speaker.entity if holder else None) or words
        whose = whose or report.outlet or figure.report_id
        day = figure.as_of or (holder.said_at if holder else None) or report.published or ""
        found.append(Point(figure, whose, day[:10]))
    return tuple(sorted(found, key=lambda p: (order_key(p.day or None), p.figure.report_id, p.figure.span)))
