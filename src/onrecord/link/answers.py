"""Confirmations and denials that a text itself states: which earlier statement do they answer?

Gates in order: the cue confirms or denies; the other speaks for another side and came before; both are
about the same matter; the best candidate leads the next. Otherwise nobody is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.link.entry import Told
from onrecord.link.words import overlap
from onrecord.model import Evidence, Link, Reason, make_id
from onrecord.resources import settings_file

ANSWERING = {"confirms": "confirms", "denies": "denies"}  # stance -> kind of link


def make_link(kind: str, later: Told, earlier: Told, rule: str, words: str, confidence: float) -> Link:
    """A link from `later` to `earlier` with one reason, resting on the two contents and the answering cue."""
    evidence: list[Evidence] = [later.statement.content, earlier.statement.content]
    if later.statement.cue:
        evidence.insert(0, later.statement.cue)
    reason = Reason(rule, words, tuple(evidence))
    identity = make_id("l", later.statement.id, kind, earlier.statement.id)
    return Link(identity, later.statement.id, earlier.statement.id, kind, (reason,), round(confidence, 4))


def find_references(statements: Iterable[Told]) -> Iterator[Link]:
    """Links for contents that only point back ("those assertions"), where the reader of the text found what at."""
    by_id = {t.statement.id: t for t in statements}
    for told in by_id.values():
        kind = ANSWERING.get(told.statement.commitment.stance)
        target = by_id.get(told.statement.refers_to or "")
        if kind and target:
            words = f"{told.statement.content.quote!r} points back to it"
            yield make_link(kind, told, target, "points-back", words, 0.9)


def find_answers(statements: Iterable[Told]) -> Iterator[Link]:
    """Links from confirmations and denials with a content of their own to what they answer."""
    settings = settings_file("thresholds.toml")["relations"]
    everything = sorted(statements, key=lambda t: t.order)
    for told in everything:
        kind = ANSWERING.get(told.statement.commitment.stance)
        if kind and not told.statement.refers_to:
            best = _best(told, everything, settings)
            if best:
                score, earlier = best
                words = f"{told.statement.commitment.stance} what another source says, {score:.0%} of the words shared"
                yield make_link(kind, told, earlier, f"{kind}-same-matter", words, min(0.95, 0.5 + score / 2))


def _best(told: Told, candidates: list[Told], settings: Any) -> tuple[float, Told] | None:
    ranked = sorted(
        ((_alike(told, other), other) for other in candidates if _answerable(told, other)),
        key=lambda pair: (-round(pair[0], 9), pair[1].order),
    )
    if not ranked or ranked[0][0] < settings["answers"]:
        return None
    rivals = [s for s, other in ranked[1:] if not other.side & ranked[0][1].side]
    if rivals and ranked[0][0] - rivals[0] < settings["margin"]:
        return None
    return ranked[0]


def _answerable(told: Told, other: Told) -> bool:
    """Whether `other` is somebody else's, and not itself an answer or a report of not saying."""
    if other.statement.id == told.statement.id or other.side & told.side or not other.side:
        return False
    if other.statement.commitment.stance in (*ANSWERING, "undisclosed", "questions", "requests"):
        return False
    if other.statement.refers_to:
        return False
    same_report = other.entry.report.id == told.entry.report.id
    return same_report or other.order < told.order


def _alike(told: Told, other: Told) -> float:
    """How much of what the answer is about the other says; an owner named in the answer must be its speaker.

    "denied South Korea's assertions about ..." answers South Korea, not the analyst who says alike.
    """
    owners = told.terms & {i for t in told.entry.statements for i in (t.speaker.entity, *t.speaker.also) if i}
    score = overlap(told.terms, other.terms)
    return score + 0.2 if owners & other.side and told.statement.commitment.stance == "denies" else score
