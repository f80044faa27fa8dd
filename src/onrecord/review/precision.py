"""How often the machine was right, by kind of statement, as reviewers found: a share with its 95% Wilson interval.

Right is what was confirmed as it was found; what was corrected or rejected is not. A rejected or corrected statement
counts once, whatever is wrong with it; the parts that were put right are counted beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from onrecord.ledger.judgements import UNCHANGED, Standing, in_force, judged
from onrecord.model import Correction, Judgement, Statement
from onrecord.review.reading import Reviewed

Z = 1.959963984540054  # standard normal quantile of 97.5%
PARTS = ("source", "cue", "content", "speaker", "stance", "figures")


@dataclass(frozen=True, slots=True)
class Precision:
    """One kind and how its statements fared."""

    group: str  # all, form, stance, flag, engine, plain, confidence
    kind: str
    judged: int
    right: int  # confirmed as found
    corrected: int
    rejected: int
    precision: float  # right / judged
    low: float  # of the 95% interval
    high: float
    parts: tuple[tuple[str, int], ...] = ()  # how often each part was put right


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95% Wilson score interval of a share; (0, 1) where nothing was judged.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if judged == 0:
        return 0.0, 1.0
    share, total = right / judged, 1 + Z * Z / judged
    middle = (share + Z * Z / (2 * judged)) / total
    half = Z * sqrt(share * (1 - share) / judged + Z * Z / (4 * judged * judged)) / total
    return max(0.0, middle - half), min(1.0, middle + half)


def precision(view: Reviewed, author: str | None = None) -> list[Precision]:
    """Every kind that something was judged of, by group and kind; of one author's verdicts, or of all.

    With an author only what this author said counts, also where somebody else judged otherwise later.
    """
    standings = standings_by(view, author)
    found = (pair[0] for pair in view.found.statements_of(sorted(standings)))
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for statement in found:
        standing = standings[statement.id]
        outcome = "right" if standing.review == "confirmed" else standing.review
        parts = [part for part in PARTS if _is_put_right(standing, part)]
        for group_kind in kinds_of(statement):
            counts[group_kind].update((outcome, *parts))
    return [_row(group, kind, counts[group, kind]) for group, kind in sorted(counts, key=_order)]


def standings_by(view: Reviewed, author: str | None) -> dict[str, Standing]:
    """What the verdicts of an author come to by the statement of now; of everybody without one."""
    if author is None:
        return dict(view.applied.statements)
    found: dict[str, Standing] = {}
    for one in in_force(view.judgements()):
        for identity in _places(view, one) if one.author == author else ():
            found[identity] = found.get(identity, Standing()).after(one)
    return found


def kinds_of(statement: Statement) -> Iterator[tuple[str, str]]:
    """(group, kind) of everything that a statement, as it was found, counts for."""
    yield "all", "all"
    yield "form", statement.form
    yield "stance", statement.commitment.stance
    yield "engine", statement.rule.partition(":")[0] or "unknown"
    yield "plain", "plain" if statement.plain else "with a caveat"
    yield "confidence", f"{min(9, int(statement.confidence * 10)) / 10:.1f} and more"
    for flag in statement.flags or ("none",):
        yield "flag", flag


def _places(view: Reviewed, one: Judgement) -> Iterable[str]:
    applied = view.applied
    for identity in judged(one):
        now = applied.found_again.get((one.id, identity), identity)
        if now in applied.statements:
            yield now


def _is_put_right(standing: Standing, part: str) -> bool:
    if part == "speaker" and standing.swaps:
        return True
    nothing: Correction = UNCHANGED
    return bool(getattr(standing.correction, part) != getattr(nothing, part))


def _row(group: str, kind: str, counts: Counter[str]) -> Precision:
    right, corrected, rejected = (counts[name] for name in ("right", "corrected", "rejected"))
    total = right + corrected + rejected
    low, high = wilson(right, total)
    parts = tuple((part, counts[part]) for part in PARTS if counts[part])
    return Precision(
        group, kind, total, right, corrected, rejected, round(right / total, 4), round(low, 4), round(high, 4), parts
    )


def _order(group_kind: tuple[str, str]) -> tuple[int, str]:
    return ("all", "form", "stance", "engine", "plain", "confidence", "flag").index(group_kind[0]), group_kind[1]
