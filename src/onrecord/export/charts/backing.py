"""Who backs whom: sources, claims, and how each source stands to each claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.export.naming import Names, tidy
from onrecord.ledger.store import EVERYTHING, Query, View
from onrecord.model import Claim, Statement
from onrecord.resources import settings_file

SAYS, CONFIRMS, CORROBORATES, DENIES = "says", "confirms", "corroborates", "denies"
STRENGTH = (DENIES, CONFIRMS, CORROBORATES, SAYS)  # what is drawn where a source stands to a claim in several ways
COLUMNS = ("who", "does", "claim", "status", "statements")


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who speaks."""

    id: str  # within the graph
    name: str
    entity: str | None = None  # id, where it is one entity that has a name


@dataclass(frozen=True, slots=True)
class Stand:
    """How a source stands to a claim, by which statements."""

    source: str  # id
    claim: str  # id
    kind: str  # SAYS, CONFIRMS, CORROBORATES, DENIES
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A claim as it is drawn."""

    id: str
    text: str
    status: str
    origins: int  # independent ones


@dataclass(frozen=True, slots=True)
class Backing:
    """Sources on one side, claims on the other, and what is between them."""

    sources: tuple[Source, ...]
    claims: tuple[Matter, ...]
    stands: tuple[Stand, ...]
    single: int = 0  # claims that one source makes and on which nobody answers: not here
    left_out: int = 0  # further claims that are not drawn


def gather_backing(view: View, query: Query = EVERYTHING) -> Backing:
    """The claims on which more than one source speaks, the most spoken of first, with those who speak."""
    names = Names(view)
    claims = {claim.id: claim for claim in view.claims(replace(query, limit=None))}
    members = sorted({identity for claim in claims.values() for identity in claim.statements})
    told = {statement.id: statement for statement, _ in view.statements_of(members)}
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sources: dict[str, Source] = {}

    def stand(statement: Statement, claim: str | None, kind: str) -> None:
        if claim in claims:
            source = _source(statement, names, claim or "")
            sources.setdefault(source.id, source)
            found[source.id, claim or ""][kind].add(statement.id)

    for statement in told.values():
        stand(statement, statement.claim, DENIES if statement.commitment.stance == DENIES else SAYS)
    for source, target, kind in view.ends(sorted(told)):
        if kind in (CONFIRMS, CORROBORATES, DENIES) and source in told and target in told:
            stand(told[source], told[target].claim, kind)
    stands = [_strongest(source, claim, kinds) for (source, claim), kinds in found.items()]
    return _drawn(stands, sources, claims.values(), int(settings_file("charts/charts.toml")["backing"]["nodes"]))


def _source(statement: Statement, names: Names, claim: str) -> Source:
    """Whoever makes a statement; those without a name are the same only where they say the same."""
    name = names.speaker(statement)
    return Source(f"{name.casefold()}" + ("" if names.is_named(statement) else f" ({claim})"), name, _entity(statement))


def _entity(statement: Statement) -> str | None:
    return None if statement.speaker.also else statement.speaker.entity


def _strongest(source: str, claim: str, kinds: dict[str, set[str]]) -> Stand:
    kind = next(kind for kind in STRENGTH if kind in kinds)
    return Stand(source, claim, kind, tuple(sorted({identity for ids in kinds.values() for identity in ids})))


def _drawn(stands: list[Stand], sources: dict[str, Source], claims: Iterable[Claim], most: int) -> Backing:
    """As many claims as there is room for, those with most sources first."""
    by_claim: dict[str, list[Stand]] = defaultdict(list)
    for one in stands:
        by_claim[one.claim].append(one)
    answered = [identity for identity, of in by_claim.items() if len(of) > 1]
    answered.sort(key=lambda identity: (-len(by_claim[identity]), identity))
    kept: list[str] = []
    people: set[str] = set()
    for identity in answered:
        more = people | {one.source for one in by_claim[identity]}
        if len(more) + len(kept) + 1 <= most:
            kept.append(identity)
            people = more
    matters = {
        c.id: Matter(c.id, tidy(c.text).removeprefix("that "), c.status, c.independent_origins)
        for c in claims
        if c.id in by_claim
    }
    return Backing(
        sources=tuple(sorted((sources[identity] for identity in people), key=lambda s: (s.name.casefold(), s.id))),
        claims=tuple(matters[identity] for identity in kept),
        stands=tuple(sorted((s for identity in kept for s in by_claim[identity]), key=lambda s: (s.claim, s.source))),
        single=len(by_claim) - len(answered),
        left_out=len(answered) - len(kept),
    )


def backing_rows(backing: Backing) -> tuple[tuple[tuple[str, ...], Stand], ...]:
    """The graph as a table, claim by claim: cells as COLUMNS, and the stand."""
    sources = {source.id: source.name for source in backing.sources}
    rows = []
    for claim in backing.claims:
        for one in backing.stands:
            if one.claim == claim.id:
                cells = (sources[one.source], one.kind, claim.text, claim.status, f"{len(one.statements)}")
                rows.append((cells, one))
    return tuple(rows)


def tell_backing(backing: Backing) -> str:
    """What the graph shows, in words."""
    if not backing.claims:
        return "There is no claim on which more than one source speaks."
    rows = backing_rows(backing)
    told = "; ".join(f"{cells[0]} {cells[1]} “{cells[2][:80]}”" for cells, _ in rows[:8])
    more = len(rows) - 8
    return told + (f"; and {more:,} more." if more > 0 else ".")
