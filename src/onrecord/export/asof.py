"""The record as of a date, its claims put together as they were then."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import UnknownId
from onrecord.export.claims import claim_as_of, claims_that_fit
from onrecord.ledger.asof import AsOf
from onrecord.ledger.store import EVERYTHING, Query, View
from onrecord.model import Claim

PREFIX = "c-"  # of the id of a claim
MOST = 10  # ids that `find` gives, as of any view


def as_known(view: View, date: str | None) -> View:
    """The view as of a date; the view itself where there is none."""
    return view if date is None else Past(view, date)


class Past(AsOf):
    """A view as of a date in which a claim that gained statements later is what it was before.

    A claim goes by the id of its earliest statement, so what is found later can give it another one: here the claim
    of that day is found by its id then and by its id now.
    """

    def claims(self, query: Query = EVERYTHING) -> Iterator[Claim]:
        """Claims as they were."""
        return claims_that_fit(self._view, self._bounded(query))

    def claim(self, claim_id: str) -> Claim:
        """One claim as it was: of several that it came to be put together from, the one of most statements."""
        try:
            now = self._view.claim(claim_id)
        except UnknownId:
            then = [claim for claim in self.claims() if claim.id == claim_id]
            if not then:
                raise
            return then[0]
        found = claim_as_of(self._view, now, self._date)
        if not found:
            raise UnknownId(f"nothing that {claim_id} rests on was published by {self._date}")
        return min(found, key=lambda claim: (claim.id != claim_id, -len(claim.statements), claim.id))

    def find(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Everything whose id begins so, claims by their id then as well."""
        found = super().find(prefix)
        if found or not prefix.startswith(PREFIX):
            return found
        ids = sorted(claim.id for claim in self.claims() if claim.id.startswith(prefix))
        return tuple(("claim", identity) for identity in ids[:MOST])
