"""The same side saying alike again, in another report or further down."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told
from onrecord.link.quantities import gives_other_numbers
from onrecord.link.words import LEAST, Banding, jaccard
from onrecord.model import Link
from onrecord.resources import settings_file

BANDING = Banding(bands=8, rows=2)  # asked of one side: alike in half of their words meet in 90 of 100 cases
MOST = 300  # statements of one side in one report that are looked at: speeches and court records have thousands


def find_repeats(a: Entry, b: Entry) -> Iterator[Link]:
    """Links between statements of one side that say alike, from the later to the earlier.

    Each statement is matched with one of the other report at most, the most alike first: a text printed
    twice gives as many links as it has statements, not their square.
    """
    taken: set[str] = set()
    for score, early, late in sorted(_pairs(a, b), key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        if taken.isdisjoint((early.statement.id, late.statement.id)):
            taken |= {early.statement.id, late.statement.id}
            words = f"the same side says alike, {score:.0%} of the words shared"
            yield make_link("repeats", late, early, "same-side-same-words", words, min(0.95, 0.4 + score / 2))


def _pairs(a: Entry, b: Entry) -> Iterator[tuple[float, Told, Told]]:
    """(likeness, earlier, later) of statements of one side and one stance."""
    bar = float(settings_file("thresholds.toml")["relations"]["same_words"])
    for one in (t for t in a.told if len(t.terms) >= LEAST):
        others = {o.statement.id: o for side in one.side for o in b.by_side.get(side, ())[:MOST]}
        for other in others.values():
            same = one.statement.id == other.statement.id
            if same or one.statement.commitment.stance != other.statement.commitment.stance:
                continue
            score = jaccard(one.terms, other.terms)
            if score >= bar and len(other.terms) >= LEAST and not gives_other_numbers(one, other):
                early, late = sorted((one, other), key=lambda t: t.order)
                yield score, early, late


def repeat_keys(entry: Entry) -> frozenset[str]:
    """Block keys: whom a statement speaks for, with the min-hashes of what it is about."""
    return frozenset(f"{side}:{key}" for one in entry.told for side in one.side for key in BANDING.keys(one.terms))
