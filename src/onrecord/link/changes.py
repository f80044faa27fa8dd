"""One side that takes another stand on a matter later: from not knowing to expecting, from possible to certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.meaning import likeness
from onrecord.link.repeats import MOST
from onrecord.link.words import LEAST
from onrecord.model import Link
from onrecord.resources import settings_file

SURER = ("U", "PS", "PR", "CT")  # FactBank's levels
MOVES = frozenset("asserts confirms denies estimates predicts speculates warns".split())


def find_changes(a: Entry, b: Entry) -> Iterator[Link]:
    """`updates` from a later statement of a side to its earlier one about the same, where its certainty moved."""
    settings = settings_file("thresholds.toml")["relations"]
    taken: set[str] = set()
    for score, early, late in sorted(_pairs(a, b), key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        ends = {early.statement.id, late.statement.id}
        if score >= _bar(early, late, settings) and taken.isdisjoint(ends):
            taken |= ends
            before, after = (t.statement.commitment.certainty for t in (early, late))
            words = f"the same side on the same matter, a later day: {before} then {after}"
            yield make_link("updates", late, early, "same-side-later-stand", words, round(score, 4))


def _pairs(a: Entry, b: Entry) -> Iterator[tuple[float, Told, Told]]:
    """(likeness in meaning, earlier, later) of statements of one side about one thing, put with another certainty."""
    least = settings_file("thresholds.toml")["relations"]["moved_terms"]
    for one in (t for t in a.told if _takes_a_stand(t)):
        others = {o.statement.id: o for side in one.side for o in b.by_side.get(side, ())[:MOST]}
        for other in others.values():
            if not _takes_a_stand(other) or len(plain_terms(one) & plain_terms(other)) < least:
                continue
            early, late = sorted((one, other), key=lambda t: t.order)
            if early.order[0] < late.order[0] < "9999" and _moved(early, late):
                yield likeness(early.statement.content.quote, late.statement.content.quote), early, late


def _takes_a_stand(one: Told) -> bool:
    commitment = one.statement.commitment
    plain = commitment.attitude == "speech" and commitment.stance in MOVES and not one.statement.refers_to
    return plain and one.statement.condition is None and commitment.certainty is not None and len(one.terms) >= LEAST


def _bar(early: Told, late: Told, settings: Any) -> float:
    """How alike the two must be: less where one of them leaves the matter open."""
    is_open = "U" in (early.statement.commitment.certainty, late.statement.commitment.certainty)
    return float(settings["moved" if is_open else "moved_sure"])


def _moved(early: Told, late: Told) -> bool:
    """Whether the level of certainty rose from open or possible, or fell back to it."""
    before, after = ((t.statement.commitment.certainty or "U")[:2] for t in (early, late))
    levels = {SURER.index(before if before in SURER else "U"), SURER.index(after if after in SURER else "U")}
    return len(levels) == 2 and min(levels) <= 1
