"""A confirmation that gives the number that was claimed: "confirmed that a price of around £2.4bn was discussed"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.gates.bounds import is_telling, same_value
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.polarity import polarity_of
from onrecord.link.gates.scope import may_be_one, sites_differ
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.portions import WEEK
from onrecord.link.kinds.quantities import days_between, figures_of, head_of
from onrecord.model import Figure, Link

CLAIMED = frozenset("asserts estimates predicts speculates warns".split())


def find_confirmed(a: Entry, b: Entry) -> Iterator[Link]:
    """`confirms` from whoever confirms a number to the only statement of another side that gave it before."""
    for here, there in ((a, b), (b, a)) if a.report.id != b.report.id else ((a, a),):
        answers = [t for t in here.told if t.statement.figures and _confirms(t)]
        if not answers or not is_one_matter(a, b):
            continue
        for late in answers:
            claims = [t for t in there.told if t.statement.figures and _may_answer(late, t)]
            if len(claims) == 1:
                words = "confirms, and gives the number that was claimed"
                yield make_link("confirms", late, claims[0], "confirms-same-matter", words, 0.6)


def _confirms(told: Told) -> bool:
    commitment = told.statement.commitment
    return commitment.stance == "confirms" and polarity_of(told) == "+" and not told.statement.refers_to


def _may_answer(late: Told, early: Told) -> bool:
    """Whether the earlier is another side's, near in time, and one telling number of one thing stands in both."""
    days = days_between(early.order[0], late.order[0])
    if not early.order < late.order or days is None or days > 2 * WEEK or polarity_of(early) != "+":
        return False
    if early.statement.commitment.stance not in CLAIMED or late.overlaps(early):
        return False
    if is_one_voice(late, early) or not may_be_one(late, early):
        return False
    if late.entry is early.entry and not plain_terms(late) & plain_terms(early):
        return False
    pairs = ((f, g) for f in figures_of(late) for g in figures_of(early) if _is_same_number(f, g))
    return any(not sites_differ(late, early, f.span, g.span) for f, g in pairs)


def _is_same_number(f: Figure, g: Figure) -> bool:
    mine, theirs = f.amount, g.amount
    if not same_value(f, g) or not is_telling(f) or mine.unit != theirs.unit:
        return False
    if mine.per != theirs.per or mine.direction != theirs.direction:
        return False
    is_money = mine.unit is not None and len(mine.unit) == 3 and mine.unit.isupper()
    return is_money or (bool(f.of) and head_of(f) == head_of(g))
