"""What a sentence of a briefing says of how things stand, found again on the record.

A claim's status and its number of origins, that somebody was first, why a source is not counted, what is open and what
closed it, what was taken back and who still has it: none is taken from the briefing that says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.brief_open import label_of
from onrecord.export.changed import Corrections, stale
from onrecord.export.claims import backing_of, claim_of, is_first
from onrecord.export.clauses import Clause
from onrecord.export.naming import Names
from onrecord.export.opened import opening_of
from onrecord.export.shelf import Shelf
from onrecord.export.wording import counted
from onrecord.ledger.store import Query, View
from onrecord.link.entry import Told
from onrecord.model import Claim, Statement
from onrecord.resources import settings_file

COUNTING = "independent of each other: "
AHEAD = {"promises": "promise", "predicts": "forecast", "warns": "forecast", "proposes": "forecast"}
CONDITIONAL = frozenset((*AHEAD, "speculates"))


class Rereading:
    """Asks a view again for all that a clause says beyond the words that it cites."""

    def __init__(self, view: View, shelf: Shelf | None = None) -> None:
        """`shelf` holds reports of the view that were read already."""
        self._view = view
        self._names = Names(view)
        self._shelf = Shelf(view) if shelf is None else shelf
        self._corrections = Corrections(self._shelf)

    def faults_of_claim(self, clause: Clause, statement: Statement) -> Iterator[str]:
        """A clause on a claim is about one of its statements."""
        if clause.claim and self._claim(clause, statement) is None:
            yield "it belongs to no such claim"

    def fault_of_counted(self, text: str, clause: Clause, statement: Statement) -> str | None:
        """A source that is counted is one that counts."""
        claim = self._claim(clause, statement)
        backing = backing_of(self._view, claim, self._shelf.told) if claim else None
        counting = {self._who(one.statement) for one in backing.independent} if backing else set()
        right = text in ("", COUNTING) and self._who(statement) in counting
        return None if right else "it is not independent of the others"

    def fault_of_label(self, text: str, clause: Clause, statement: Statement) -> str | None:
        """A label is one that the record bears out."""
        return None if text in self._labels(clause, statement) else f"{text!r} is not how the record has it"

    def fault_of_count(self, text: str, clause: Clause, statement: Statement) -> str | None:
        """The number of independent origins is the claim's."""
        claim = self._claim(clause, statement)
        right = claim is not None and text == counted(claim.independent_origins)
        return None if right else f"{text!r} is not what the claim has"

    def fault_of_first(self, clause: Clause, statement: Statement) -> str | None:
        """Nobody else of the claim can have said so before."""
        claim = self._claim(clause, statement)
        told = self._shelf.told
        right = claim is not None and is_first(self._view, claim, told(statement.id), told)
        return None if right else "somebody else may have said so before"

    def fault_of_why(self, text: str, clause: Clause, statement: Statement) -> str | None:
        """A source that is not counted is not counted for the reason that is given."""
        claim = self._claim(clause, statement)
        backing = backing_of(self._view, claim, self._shelf.told) if claim else None
        why = {self._who(one.statement): rule for one, rule in backing.others} if backing else {}
        words: dict[str, str] = settings_file("briefing.toml")["why"]
        rule = why.get(self._who(statement))
        right = rule is not None and text == words[rule]
        return None if right else f"{text!r} is not why it is not counted"

    def _who(self, statement: Statement) -> str:
        return self._names.speaker(statement)

    def _claim(self, clause: Clause, statement: Statement) -> Claim | None:
        claim = claim_of(self._view, statement) if clause.claim else None
        return claim if claim and claim == clause.claim else None

    def _labels(self, clause: Clause, statement: Statement) -> Iterator[str]:
        """Every label that a clause may have."""
        settings = settings_file("briefing.toml")
        if claim := self._claim(clause, statement):
            yield settings["status"][claim.status]
        yield from (settings["taken_back"][taken.flag] for taken in self._corrections.of(statement))
        if clause.like and any(other.statement.id == statement.id for other in self._stale(clause.like)):
            yield settings["taken_back"]["stale"]
        yield from (settings["opening"][label] for label in self._openings(clause, statement))

    def _stale(self, identity: str) -> Iterator[Told]:
        return (other for other, _ in stale(self._shelf, [self._view.statement(identity)]))

    def _openings(self, clause: Clause, statement: Statement) -> Iterator[str]:
        commitment = statement.commitment
        figures = self._view.figures(Query(report=statement.report_id, attitude=None))
        if any(figure.forecast and figure.statement == statement.id for figure in figures):
            yield "figure"
        if commitment.stance == "undisclosed":
            yield "undisclosed"
        if commitment.certainty == "U":
            yield "unclear"
        if statement.condition and commitment.stance in CONDITIONAL:
            yield "condition"
        if commitment.stance in AHEAD:
            yield AHEAD[commitment.stance]
        if opening := opening_of(self._shelf, self._shelf.told(statement.id)):
            yield label_of(opening)
        if clause.closes:
            closed = opening_of(self._shelf, self._shelf.told(clause.closes))
            if closed and closed.closed_by and closed.closed_by.statement.id == statement.id:
                yield "closed"
