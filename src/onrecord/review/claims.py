"""Claims and origins as they come out where statements or links that they rest on were judged.

What no judgement touches stays as it was assembled. A claim that one touches is assembled again on reading, by the
rules that assembled it, from the statements and links that are left; see docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from onrecord.ledger.judgements import UNCHANGED
from onrecord.ledger.store import Query, View
from onrecord.link.assembling import Assembled, assemble
from onrecord.link.claims import Ends
from onrecord.link.entry import Entry
from onrecord.model import Claim, Copy, Origin, Statement
from onrecord.review.applying import Applied
from onrecord.review.correcting import reviewed

ENTRIES_KEPT = 64
Signature = tuple[object, ...]
Memo = dict[tuple[str, Signature], Assembled]


@dataclass(frozen=True, slots=True)
class Kept:
    """What assembling looks at, with the judgements applied."""

    found: View
    applied: Applied

    def read(self, statement: Statement) -> Statement:
        """A statement as it reads now."""
        return reread(self.found, self.applied, statement)

    def ends(self, statement_ids: Iterable[str]) -> tuple[Ends, ...]:
        """Links that hold from or to one of these statements."""
        rejected, gone = self.applied.rejected, self.applied.gone
        rows = self.found.ends(statement_ids)
        return tuple(row for row in rows if row not in gone and rejected.isdisjoint(row[:2]))

    def statements_of(self, statement_ids: Iterable[str]) -> tuple[tuple[Statement, str | None], ...]:
        """Statements as they read now."""
        return tuple((self.read(one), day) for one, day in self.found.statements_of(statement_ids))

    def traces(self, statement_ids: Iterable[str]) -> dict[str, str]:
        """What was found out about where they come from."""
        return self.found.traces(statement_ids)

    def copies(self, report_id: str) -> tuple[Copy, ...]:
        """The copies of one report."""
        return self.found.copies(report_id)


class ClaimsNow:
    """The claims that judgements touch. `memo` outlives a log that grows: a claim is assembled again only where a
    judgement about it is new.
    """

    def __init__(self, kept: Kept, memo: Memo) -> None:
        self._kept, self._memo = kept, memo
        self._entry = lru_cache(ENTRIES_KEPT)(self._read_entry)
        self._parts: dict[str, Assembled] = {}

    def ends(self, statement_ids: Iterable[str]) -> tuple[Ends, ...]:
        """Links that hold from or to one of these statements."""
        return self._kept.ends(statement_ids)

    @cached_property
    def touched(self) -> frozenset[str]:
        """Statements that were corrected or rejected, are by an entity that another stands for, or have a link with one
        of these or a rejected link.
        """
        applied, found = self._kept.applied, self._kept.found
        standings = applied.statements.items()
        judged = {i for i, s in standings if s.review == "rejected" or s.correction != UNCHANGED or s.swaps}
        for entity in sorted(applied.merged):
            judged |= {one.id for one in found.statements(Query(who=entity, attitude=None))}
        beside = {end for *ends, _ in found.ends(sorted(judged)) for end in ends}
        return frozenset(judged | beside | {end for row in applied.gone for end in row[:2]})

    @cached_property
    def ids(self) -> dict[str, tuple[str, ...]]:
        """Claims that hold one of these as they were assembled, each with the ones of its statements."""
        ids: dict[str, list[str]] = {}
        for one, _ in self._kept.found.statements_of(sorted(self.touched)):
            if one.claim:
                ids.setdefault(one.claim, []).append(one.id)
        return {claim: tuple(sorted(said)) for claim, said in sorted(ids.items())}

    def parts(self, claim_id: str) -> Assembled:
        """What a claim that is touched comes to now: nothing, one claim or several."""
        if claim_id not in self._parts:
            self._parts[claim_id] = self._assemble(claim_id)
        return self._parts[claim_id]

    def _assemble(self, claim_id: str) -> Assembled:
        applied, members = self._kept.applied, self.ids[claim_id]
        around = {end for *ends, _ in self._kept.found.ends(members) for end in ends}
        standings = (
            (i, applied.statements[i].judgements) for i in sorted(around.union(members) & set(applied.statements))
        )
        gone = tuple(sorted(row for row in applied.gone if not around.isdisjoint(row[:2])))
        key = claim_id, (tuple(standings), gone, tuple(sorted(applied.merged.items())))
        if key not in self._memo:
            said = self._kept.found.claim(claim_id).statements
            self._memo[key] = assemble(said, self._kept, self._entry, touched=self.touched, known=_is_known)
        return self._memo[key]

    def claims(self, claim_id: str) -> tuple[Claim, ...]:
        """The claims that one has become, each with the statements of it that were rejected."""
        before = self._kept.found.claim(claim_id)
        rejected = tuple(i for i in before.statements if i in self._kept.applied.rejected)
        return tuple(replace(claim, rejected=rejected) for claim in self.parts(claim_id).claims)

    @cached_property
    def every(self) -> tuple[Claim, ...]:
        """Every claim that is touched, as it is now."""
        return tuple(claim for claim_id in self.ids for claim in self.claims(claim_id))

    @cached_property
    def said(self) -> dict[str, Statement]:
        """The statements of these claims by id, as they read now."""
        ids = sorted({identity for claim in self.every for identity in claim.statements})
        return {one.id: self.of(one) for one, _ in self._kept.statements_of(ids)}

    @cached_property
    def judged(self) -> tuple[Statement, ...]:
        """Every statement that was judged, as it reads now."""
        return tuple(self.of(one) for one, _ in self._kept.statements_of(sorted(self._kept.applied.statements)))

    def of(self, statement: Statement) -> Statement:
        """A statement with the claim and the origin that it has now."""
        if statement.claim is None or statement.claim not in self.ids:
            return statement
        parts = self.parts(statement.claim)
        claim = next((one.id for one in parts.claims if statement.id in one.statements), None)
        origin = next((one.id for one in parts.origins if statement.id in one.statements), None)
        return replace(statement, claim=claim, origin=origin)

    def origins(self) -> Mapping[str, Origin]:
        """Origins of the statements of touched claims, by id, with these statements alone."""
        found: dict[str, Origin] = {}
        for claim_id in self.ids:
            for one in self.parts(claim_id).origins:
                before = found.get(one.id, replace(one, statements=()))
                found[one.id] = replace(before, statements=tuple(sorted({*before.statements, *one.statements})))
        return found

    def _read_entry(self, report_id: str) -> Entry:
        said = self._kept.found.statements(Query(report=report_id, attitude=None))
        return Entry(self._kept.found.report(report_id), tuple(map(self._kept.read, said)))


def reread(found: View, applied: Applied, statement: Statement) -> Statement:
    """A statement as it reads now, in the claim that it was found in; one of other words holds the figures in these."""
    now = reviewed(statement, applied)
    if now.content.spans == statement.content.spans:
        return now
    figures = found.figures(Query(report=now.report_id, attitude=None))
    held = (f.id for f in figures if any(span.contains(f.span) for span in now.content.spans))
    return replace(now, figures=tuple(held))


def _is_known(statement: Statement, _published: str | None) -> bool:
    return statement.review != "rejected"
