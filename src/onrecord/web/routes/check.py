"""A claim in words against the record: who says so, who denies it, how many independent origins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter

from onrecord.export.checks import Checker, ask
from onrecord.export.findings import FindingRow, VoiceRow, finding_row
from onrecord.ledger.store import Query
from onrecord.link.checking.sides import SIDES
from onrecord.web.filters import Facet
from onrecord.web.pages import AskedFor, page
from onrecord.web.parameters import read_words, words

router = APIRouter()
EXAMPLES = 3  # claims that one may ask for, where none is asked
CANDIDATES = 40
LONGEST_CLAIM = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The voices on one side of a claim."""

    side: str
    voices: tuple[VoiceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """What the record has on a claim; `finding` is null where none was asked."""

    title: str
    facets: tuple[Facet, ...]
    claim: str | None
    finding: FindingRow | None
    sides: tuple[Side, ...]
    examples: tuple[str, ...]


@page(router, "/check", "check.html")
def check(
    asked: AskedFor,
    claim: Annotated[str, words("A claim in words, one sentence.", LONGEST_CLAIM)] = "",
) -> CheckPage:
    """Who says so, who denies it, how many independent origins stand behind it."""
    wanted = read_words("claim", claim, LONGEST_CLAIM)
    if wanted is None:
        return CheckPage(
            title="Check a claim", facets=asked.facets, claim=None, finding=None, sides=(), examples=_examples(asked)
        )
    checker = Checker(asked.view)
    found = finding_row(checker.across(ask(wanted), asked.query))
    by_side = {side: tuple(some) for side, some in groupby(sorted(found["voices"], key=_place), lambda v: v["side"])}
    return CheckPage(
        title="Check a claim",
        facets=asked.facets,
        claim=found["claim"],
        finding=found,
        sides=tuple(Side(side=side, voices=by_side[side]) for side in SIDES if side in by_side),
        examples=() if found["voices"] else _examples(asked),
    )


def _place(voice: VoiceRow) -> int:
    return SIDES.index(voice["side"])


def _examples(asked: AskedFor) -> tuple[str, ...]:
    """The claims on the record that most independent origins stand behind, in words."""
    claims = list(asked.view.claims(Query(story=asked.query.story, as_of=asked.filters.as_of, limit=CANDIDATES)))
    claims.sort(key=lambda claim: (-claim.independent_origins, -len(claim.statements), claim.id))
    return tuple(" ".join(claim.text.split()) for claim in claims[:EXAMPLES])
