"""Where a claim stands, for people: who says it first, who says it too, who answers it, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.export.naming import Names, tidy
from onrecord.export.rows import ClaimRow, StatementRow, claim_row, statement_row
from onrecord.export.shelf import Shelf
from onrecord.ledger.dates import order_key
from onrecord.ledger.store import View
from onrecord.link.claims import heads_of, independent_of
from onrecord.link.origins import INDEPENDENT, compare_origins
from onrecord.model import Claim, Origin, Statement

QUOTED = 3  # statements of a claim that are shown beside it
LEAST_WORDS = 3  # of a claim that says something without the text around it
SUREST = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U")
VERBS = {
    "confirms": "confirmed",
    "denies": "denied",
    "estimates": "estimated",
    "predicts": "predicted",
    "promises": "promised",
    "proposes": "proposed",
}
ANSWERS = {"denies": "denied", "contradicts": "contradicted", "updates": "updated", "confirms": "confirmed"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who says a claim or answers it, once, by what they said first."""

    verb: str  # said, confirmed, denied, estimated, predicted, promised, proposed; contradicted, moved
    who: str
    entity: str | None
    statement: str
    report: str
    date: str | None  # said, else published; ISO 8601


@dataclass(frozen=True, slots=True)
class Whence:
    """What statements go back to."""

    id: str
    kind: str  # press conference, interview, document, ...; unknown
    who: str | None
    date: str | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim with those who say it and those who answer it."""

    claim: ClaimRow
    parties: tuple[Party, ...]  # in order of their dates, those who say it before those who answer
    quotes: tuple[StatementRow, ...]  # a few of its statements, of different sources where there are
    is_denial: bool  # all who say it deny it: the words are what they deny
    certainty: str | None  # the surest of its statements, as FactBank has it
    is_conditional: bool  # all of them hang on a condition


@dataclass(frozen=True, slots=True)
class Weighed:
    """Why a statement counts as an origin of its own, or why not."""

    statement: str
    who: str
    counts: bool
    beside: str | None  # the statement that it is held against, where it does not count
    words: str  # the reason


def find_standings(view: View, names: Names, claims: Iterable[Claim], quoted: int = QUOTED) -> tuple[Standing, ...]:
    """Where each of some claims stands; what they rest on is read together."""
    given = tuple(claims)
    inside = {identity: claim.id for claim in given for identity in claim.statements}
    ends = view.ends(inside)
    outer = {end for source, target, _ in ends for end in (source, target)} - inside.keys()
    said = {statement.id: statement for statement, _ in view.statements_of({*inside, *outer})}
    answers: dict[str, list[tuple[str, Statement]]] = {claim.id: [] for claim in given}
    for source, target, kind in ends:
        claim = inside.get(target)
        if claim and inside.get(source) != claim and kind in ANSWERS and source in said:
            answers[claim].append((ANSWERS[kind], said[source]))
    return tuple(_standing(claim, names, said, answers[claim.id], quoted) for claim in given)


def _standing(
    claim: Claim, names: Names, said: dict[str, Statement], answers: list[tuple[str, Statement]], quoted: int
) -> Standing:
    own = [said[identity] for identity in claim.statements if identity in said]
    saying = [(VERBS.get(s.commitment.stance, "said"), s) for s in own]
    parties = (*_parties(names, saying), *_parties(names, answers))
    row = claim_row(claim, names, ((statement, None) for statement in own))
    shown = tuple(statement_row(statement, names) for statement in _telling(names, own)[:quoted])
    return Standing(
        row,
        parties,
        shown,
        is_denial=bool(own) and all(s.commitment.stance == "denies" for s in own),
        certainty=min(
            (s.commitment.certainty for s in own if s.commitment.certainty in SUREST), key=SUREST.index, default=None
        ),
        is_conditional=bool(own) and all(s.condition is not None for s in own),
    )


def _parties(names: Names, told: Iterable[tuple[str, Statement]]) -> Iterator[Party]:
    seen = set()
    dated = [(_day(names, statement), verb, statement) for verb, statement in told]
    for date, verb, statement in sorted(dated, key=lambda d: (order_key(d[0]), d[2].report_id, d[2].id)):
        who = names.speaker(statement)
        if (verb, who) not in seen:
            seen.add((verb, who))
            entity = None if statement.speaker.anonymous else statement.speaker.entity
            yield Party(verb, who, entity, statement.id, statement.report_id, date)


def _day(names: Names, statement: Statement) -> str | None:
    return statement.said_at or names.facts(statement.report_id).published


def _telling(names: Names, statements: list[Statement]) -> list[Statement]:
    """Those that tell most first: one of each source before any second, plain and named ones before others."""
    seen: dict[str, int] = {}
    ranked = []
    for at, statement in enumerate(statements):
        who = names.speaker(statement)
        seen[who] = seen.get(who, 0) + 1
        short = len(tidy(statement.content.quote).split()) < LEAST_WORDS
        ranked.append((seen[who], short, not statement.plain, not names.is_named(statement), at, statement))
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:-1])]


def origins_of(view: View, names: Names, claim: Claim) -> tuple[Whence, ...]:
    """What the statements of a claim go back to, the one of most statements first."""
    inside = set(claim.statements)
    found = {s.origin for s, _ in view.statements_of(claim.statements) if s.origin}
    rows = [_whence(names, view.origin(identity), inside) for identity in sorted(found)]
    return tuple(sorted(rows, key=lambda row: (-len(row.statements), order_key(row.date), row.id)))


def _whence(names: Names, origin: Origin, inside: set[str]) -> Whence:
    statements = tuple(identity for identity in origin.statements if identity in inside)
    return Whence(origin.id, origin.kind, names.entity_name(origin.speaker), origin.date, statements)


def weigh_origins(view: View, names: Names, claim: Claim) -> tuple[Weighed, ...]:
    """Which statements of a claim count as origins of their own, and for each other one why it does not."""
    shelf = Shelf(view)
    told = [shelf.told(identity) for identity in claim.statements]
    counted = independent_of(told, view.copy_of)
    ids = {one.statement.id for one in counted}
    found = []
    for one in sorted(heads_of(told), key=lambda one: (one.statement.id not in ids, one.order)):
        beside, words = None, "independent of the others that count" if len(counted) > 1 else "the first to say it"
        if one.statement.id not in ids:
            for other in counted:
                verdict = compare_origins(one, other, view.copy_of(one.entry.report.id, other.entry.report.id))
                if verdict.independence != INDEPENDENT:
                    beside, words = other.statement.id, f"{verdict.independence}: {verdict.reason.words}"
                    break
            else:
                words = "not independent of one of the others that do not count either"
        who = names.speaker(one.statement)
        found.append(Weighed(one.statement.id, who, one.statement.id in ids, beside, words))
    return tuple(found)
