"""Brings claims and origins up to date where links have changed.

Only what hangs together with a statement that was touched is assembled again. Where a statement comes from is kept
as its trace, so that a claim of thousands of copies is read again without their texts, and at most a few of its
statements are compared pair by pair.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from onrecord.link.claims import (
    JOINING,
    Ends,
    heads_of,
    independent_of,
    is_taken,
    make_claim,
    makes_claim,
    own_origin,
    speaks_again,
    voice_of,
)
from onrecord.link.entry import Entry, Told
from onrecord.model import Claim, Copy, Link, Origin, Report, Statement


class Kept(Protocol):
    """What is read of the record; see `ledger.store.View`."""

    def ends(self, statement_ids: Iterable[str]) -> tuple[Ends, ...]:
        """Links from or to one of these statements."""

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """Statements with the dates of their reports."""

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """The traces kept."""

    def copies(self, report_id: str) -> tuple[Copy, ...]:
        """The copies of one report."""


class Keeping(Kept, Protocol):
    """What is read and written; see `ledger.store.Store`."""

    def claimed_with(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Statements of every claim that holds one of these."""

    def put_traces(self, traces: Mapping[str, str]) -> None:
        """Keeps traces."""

    def put_claims(
        self, claims: Iterable[Claim], origins: Iterable[Origin], among: Iterable[str] | None = None
    ) -> None:
        """Replaces claims and what their statements go back to."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a statement itself goes back to, and the earliest one linked with it whose words it brings."""

    own: Origin
    taken: str | None = None  # statement id

    def dump(self) -> str:
        """As a line."""
        own = self.own
        return json.dumps([own.id, own.kind, own.speaker, own.date, own.place, self.taken], separators=(",", ":"))

    @classmethod
    def load(cls, line: str) -> Trace:
        """From a line."""
        identity, kind, speaker, date, place, taken = json.loads(line)
        return cls(Origin(identity, kind, speaker, date, place), taken)


@dataclass(slots=True)
class Assembled:
    """What has changed."""

    among: set[str] = field(default_factory=set)  # statements that were looked at
    claims: list[Claim] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)  # one for each statement of a claim
    traces: dict[str, str] = field(default_factory=dict)  # those found now


def assemble(
    seeds: Collection[str],
    kept: Kept,
    entry_of: Callable[[str], Entry],
    *,
    touched: Collection[str] | None = None,
    taken: Mapping[tuple[str, str], bool] | None = None,
    known: Callable[[Statement, str | None], bool] | None = None,
    own: Mapping[str, Origin] | None = None,
) -> Assembled:
    """The claims of all that hangs together with the statements `seeds`.

    `touched` are those that may have lost a link or a copy since their trace was kept (by default the seeds); links
    that are new stand in `taken` (see `find_taken`). `known` leaves statements out, as if they were not on the record.
    What a statement goes back to by itself is looked for in `own` before its report is read.
    """
    found = Assembled()
    told, links = _hanging_together(seeds, kept, known)
    found.among |= told.keys()
    assembly = _Assembly(kept, entry_of, set(seeds if touched is None else touched), found, taken or {}, own or {})
    for members, around in _components(told, links):
        if any(makes_claim(told[identity].statement) for identity in members):
            assembly.add([told[identity] for identity in members], around)
    return found


def find_taken(links: Iterable[Link], a: Entry, b: Entry, copy: Copy | None) -> dict[tuple[str, str], bool]:
    """(later, earlier) statement of each link between two reports -> whether the later brings the earlier's words."""
    told = {one.statement.id: one for entry in (a, b) for one in entry.told}
    found: dict[tuple[str, str], bool] = {}
    for link in links:
        earlier, later = sorted((told[link.source], told[link.target]), key=lambda one: one.order)
        ends = later.statement.id, earlier.statement.id
        is_open = link.kind in JOINING and (copy is not None or not speaks_again(later.statement, earlier.statement))
        found[ends] = found.get(ends, False) or (is_open and is_taken(later, earlier, copy))
    return found


def bring_up_to_date(
    keeping: Keeping,
    entry_of: Callable[[str], Entry],
    drawn: Iterable[str],
    taken: Mapping[tuple[str, str], bool],
    own: Mapping[str, Origin] | None = None,
) -> None:
    """Assembles again the claims of the statements of reports that were `drawn`, and of others that have a new link.

    What an interrupted run may have left is found on the way: the links of what was drawn, and who is in one claim.
    """
    said = set(drawn)
    seeds = said.union(*taken, (end for *ends, _ in keeping.ends(sorted(said)) for end in ends))
    seeds |= set(keeping.claimed_with(sorted(seeds)))
    found = assemble(seeds, keeping, entry_of, touched=said, taken=taken, own=own)
    keeping.put_traces(found.traces)
    keeping.put_claims(found.claims, found.origins, among=found.among)


def _hanging_together(
    seeds: Iterable[str], kept: Kept, known: Callable[[Statement, str | None], bool] | None
) -> tuple[dict[str, Told], set[Ends]]:
    """Statements that joining links connect with the seeds, and all links from or to one of them."""
    told: dict[str, Told] = {}
    links: set[Ends] = set()
    beyond = set(seeds)
    while beyond:
        for statement, published in kept.statements_of(sorted(beyond)):
            if known is None or known(statement, published):
                told[statement.id] = _lightly(statement, published)
        new = kept.ends(sorted(beyond & told.keys()))
        links.update(new)
        seen = beyond | told.keys()
        beyond = {end for *ends, kind in new if kind in JOINING for end in ends} - seen
    if known is not None:
        others = {end for *ends, _ in links for end in ends} - told.keys()
        there = {said.id for said, published in kept.statements_of(sorted(others)) if known(said, published)}
        links = {row for row in links if {row[0], row[1]} <= there | told.keys()}
    return told, links


def _lightly(statement: Statement, published: str | None) -> Told:
    """A statement without its report's text, for all that its place in time decides."""
    return Told(Entry(Report(statement.report_id, "", "", published=published), (statement,)), statement)


def _components(told: Mapping[str, Told], links: Iterable[Ends]) -> Iterator[tuple[list[str], list[Ends]]]:
    """(statements that hang together, all links from or to them), in order of the ids."""
    above = {identity: identity for identity in told}

    def head(identity: str) -> str:
        while above[identity] != identity:
            above[identity] = above[above[identity]]
            identity = above[identity]
        return identity

    rows = sorted(links)
    for source, target, kind in rows:
        if kind in JOINING and source in above and target in above:
            one, other = sorted((head(source), head(target)))
            above[other] = one
    members: dict[str, list[str]] = defaultdict(list)
    around: dict[str, list[Ends]] = defaultdict(list)
    for identity in sorted(told):
        members[head(identity)].append(identity)
    for row in rows:
        for top in sorted({head(end) for end in row[:2] if end in above}):
            around[top].append(row)
    for top in sorted(members):
        yield members[top], around[top]


@dataclass(slots=True)
class _Assembly:
    kept: Kept
    entry_of: Callable[[str], Entry]
    touched: set[str]
    found: Assembled
    taken: Mapping[tuple[str, str], bool]
    own: Mapping[str, Origin]
    lines: dict[str, dict[str, Copy]] = field(default_factory=dict)  # by one report and the other

    def add(self, members: Sequence[Told], links: Sequence[Ends]) -> None:
        """The claim of some statements, and what each goes back to."""
        told = sorted(members, key=lambda one: one.order)
        origins: dict[str, Origin] = {}
        for identity, trace in self._traces(told, links).items():  # earlier ones first
            origins[identity] = trace.own if trace.taken is None else origins[trace.taken]
        of = {identity: origin.id for identity, origin in origins.items()}
        several = len(set(of.values())) > 1 and len({voice_of(one) for one in told}) > 1
        heads = heads_of(told, of) if several else told[:1]
        number = len(independent_of([self._whole(head) for head in heads], self._copy_of, of)) if several else 1
        self.found.claims.append(make_claim(told, links, number))
        self.found.origins += [replace(origin, statements=(identity,)) for identity, origin in origins.items()]

    def _traces(self, told: Sequence[Told], links: Sequence[Ends]) -> dict[str, Trace]:
        """Their traces in order; those not kept are found now."""
        place = {one.statement.id: k for k, one in enumerate(told)}
        earlier: dict[str, set[str]] = defaultdict(set)
        for source, target, kind in links:
            if kind in JOINING and source in place and target in place:
                first, second = sorted((source, target), key=place.__getitem__)
                earlier[second].add(first)
        kept = self.kept.traces(place.keys() - self.touched) if len(told) > 1 else {}
        found: dict[str, Trace] = {}
        for one in told:
            identity = one.statement.id
            before = sorted(earlier[identity], key=place.__getitem__)
            trace = Trace.load(kept[identity]) if identity in kept else None
            if trace and (
                trace.taken is None or (trace.taken in earlier[identity] and trace.taken not in self.touched)
            ):
                new = [other for other in before if other == trace.taken or self.taken.get((identity, other))]
                found[identity] = Trace(trace.own, new[0] if new else None)
            else:
                found[identity] = self._trace(one, [told[place[other]] for other in before])
            if len(told) > 1 and found[identity] != trace:
                self.found.traces[identity] = found[identity].dump()
        return found

    def _trace(self, one: Told, before: Iterable[Told]) -> Trace:
        taken = (other.statement.id for other in before if self._is_taken(one, other))
        own = self.own.get(one.statement.id) or own_origin(self._whole(one))
        return Trace(own, next(taken, None))

    def _is_taken(self, one: Told, other: Told) -> bool:
        found = self.taken.get((one.statement.id, other.statement.id))
        if found is not None:
            return found
        copy = self._copy_of(one.statement.report_id, other.statement.report_id)
        if copy is None and speaks_again(one.statement, other.statement):
            return False
        return is_taken(self._whole(one), self._whole(other), copy)

    def _copies(self, report_id: str) -> dict[str, Copy]:
        if report_id not in self.lines:
            ends = ((copy, end) for copy in self.kept.copies(report_id) for end in (copy.source, copy.target))
            self.lines[report_id] = {end: copy for copy, end in ends if end != report_id}
        return self.lines[report_id]

    def _copy_of(self, report_id: str, other_id: str) -> Copy | None:
        return self._copies(report_id).get(other_id)

    def _whole(self, one: Told) -> Told:
        """The statement in its report, with all that the rules ask for."""
        return Told(self.entry_of(one.statement.report_id), one.statement)
