"""The list of claims, and one: who says so, who answers, which origins are behind it and why they count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter

from onrecord.errors import UnknownId
from onrecord.export.claim_sheets import STATUS
from onrecord.export.claims import claim_as_of, claims_that_fit
from onrecord.export.rows import ClaimRow, StatementRow, claim_row, statement_row
from onrecord.export.standing import Party, Weighed, Whence, find_standings, origins_of, weigh_origins
from onrecord.ledger.asking import find_id
from onrecord.ledger.store import Query
from onrecord.model import Claim
from onrecord.web.pages import Asked, AskedFor, ListPage, page
from onrecord.web.parameters import Identity

router = APIRouter()
MOST_WEIGHED = 400  # statements of a claim of which it is told why they count: more are not read for one page


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage(ListPage):
    """Claims by the day on which they were first said."""

    rows: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(ListPage):
    """One claim; its rows are its statements."""

    claim: ClaimRow
    status_words: str  # what the status means
    parties: tuple[Party, ...]
    is_denial: bool  # all who say it deny it: the words are what they deny
    origins: tuple[Whence, ...]
    weighed: tuple[Weighed, ...]  # why origins count or not; empty where the claim is too large for that
    rows: tuple[StatementRow, ...]


@page(router, "/claims", "claims.html", csv="rows")
def claims(asked: AskedFor) -> ClaimsPage:
    """What is claimed: who says so alike, how many independent origins are behind it, who is against it."""

    def row(claim: Claim) -> ClaimRow:
        return claim_row(claim, asked.names, asked.record.statements_of(claim.statements))

    def read(query: Query) -> list[Claim]:
        return list(claims_that_fit(asked.record, query))

    return ClaimsPage(**asked.paged("Claims", read, row, None if asked.filters.as_of else "claim"))


@page(router, "/claims/{identity}", "claim.html", csv="rows")
def claim(asked: AskedFor, identity: Identity) -> ClaimPage:
    """One claim with its statements, its origins, and who answers it."""
    found = find_claim(asked, identity)
    view, names = asked.view, asked.names
    (standing,) = find_standings(view, names, [found], quoted=0)
    by_id = {statement.id: statement for statement, _ in view.statements_of(found.statements)}
    said = [by_id[one] for one in found.statements if one in by_id]
    return ClaimPage(
        **asked.listed("Claim", said, lambda one: statement_row(one, names)),
        claim=standing.claim,
        status_words=STATUS.get(found.status, ""),
        parties=standing.parties,
        is_denial=standing.is_denial,
        origins=origins_of(view, names, found),
        weighed=weigh_origins(view, names, found) if len(said) <= MOST_WEIGHED else (),
    )


def find_claim(asked: Asked, identity: str) -> Claim:
    """A claim by the start of its id, as it was on the day that is asked for; UnknownId where nothing was said yet."""
    found = asked.record.claim(find_id(asked.record, identity, "claim"))
    as_of = asked.filters.as_of
    if as_of is None:
        return found
    then = claim_as_of(asked.record, found, as_of)
    if not then:
        raise UnknownId(f"nothing of {found.id} was published by {as_of}")
    same = [one for one in then if one.id == found.id]
    return replace((same or sorted(then, key=lambda one: (-len(one.statements), one.id)))[0])
