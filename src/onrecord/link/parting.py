"""Where a group of reports is two look-alike matters: another checkout of the same clinic, the next quake of one place.

What all of a group share (the kind of the event, the place, the office) brings two such matters together and tells
nothing about which of the two a report is on. So words are weighed again within the group, the less the more of its
reports have them, and the group is halved about two centres. It falls into two where next to nothing is left that
connects the halves; the halves are looked at in the same way. Linear in the length of what is grouped.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.resources import settings_file

Vector = dict[str, float]
Halves = tuple[list[int], list[int]]

LEVELS = 6  # of halves of halves
ROUNDS = 10  # of moving texts between two centres
EXACT = 9  # decimals that are compared, so that sums in another order come out alike


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two unit vectors; of sums of them, the sum of the cosines of all pairs."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(w * large[t] for t, w in small.items() if t in large)


def part(vectors: Sequence[Mapping[str, float]], texts: Sequence[int]) -> list[list[int]]:
    """The positions of unit vectors, in as many parts as there are matters.

    `texts` tells which of them are prints of one text: these stay together, and a part needs several texts.
    """
    todo, done = [(LEVELS, list(range(len(vectors))))], list[list[int]]()
    while todo:
        level, members = todo.pop()
        halves = _halves([vectors[k] for k in members], [texts[k] for k in members]) if level else None
        if halves:
            todo += [(level - 1, [members[k] for k in half]) for half in halves]
        else:
            done.append(members)
    return sorted(done)


def _halves(vectors: Sequence[Mapping[str, float]], texts: Sequence[int]) -> Halves | None:
    """The clearer of two ways to halve a group; None where neither is clear, or the halves are too alike for it."""
    settings = settings_file("thresholds.toml")["stories"]
    if len(set(texts)) < 2 * settings["parts"]:
        return None
    sharp, found = _sharpened(vectors), list[tuple[float, Halves]]()
    far = _least(sharp, total(sharp))
    farther = _least(sharp, sharp[far])
    for start in (far, farther):
        halves = _about(sharp, sharp[start], sharp[_least(sharp, sharp[start])])
        one, other = ({texts[k] for k in half} for half in halves)
        if min(len(one), len(other)) < settings["parts"] or one & other:
            continue
        between, within = _closeness(sharp, halves), min(_cohesion(sharp, half) for half in halves)
        if between < settings["apart"] * within and _closeness(vectors, halves) < settings["alike"]:
            found.append((round(between / within, EXACT), halves))
    return min(found)[1] if found else None


def total(texts: Iterable[Mapping[str, float]]) -> Vector:
    """The sum of vectors."""
    found: Vector = {}
    for text in texts:
        for term, weight in text.items():
            found[term] = found.get(term, 0.0) + weight
    return found


def _sharpened(texts: Sequence[Mapping[str, float]]) -> list[Vector]:
    """The unit vectors again, where a term weighs the less the more of them have it; what one alone has is dropped."""
    held = Counter(term for text in texts for term in text)
    rarity = {term: math.log((len(texts) + 1) / n) for term, n in held.items() if n > 1}
    sharp = [{term: weight * rarity[term] for term, weight in text.items() if term in rarity} for text in texts]
    norms = [math.sqrt(math.fsum(w * w for w in one.values())) or 1.0 for one in sharp]
    return [{term: weight / norm for term, weight in one.items()} for one, norm in zip(sharp, norms, strict=True)]


def _about(texts: Sequence[Vector], one: Vector, other: Vector) -> Halves:
    """Each text by which of two centres it is closer to, the first text's half first; they move until that stays."""
    sides: list[bool] = []
    for _ in range(ROUNDS):
        last, sides = sides, [round(cosine(t, one), EXACT) >= round(cosine(t, other), EXACT) for t in texts]
        if sides == last or all(sides) or not any(sides):
            break
        one, other = (
            _unit(total(text for text, side in zip(texts, sides, strict=True) if side is which))
            for which in (True, False)
        )
    one_half, other_half = ([k for k, side in enumerate(sides) if side is which] for which in (sides[0], not sides[0]))
    return one_half, other_half


def _unit(vector: Vector) -> Vector:
    norm = math.sqrt(math.fsum(w * w for w in vector.values())) or 1.0
    return {term: weight / norm for term, weight in vector.items()}


def _least(texts: Sequence[Vector], centre: Vector) -> int:
    """Which text is least like a centre."""
    return min(range(len(texts)), key=lambda k: (round(cosine(texts[k], centre), EXACT), k))


def _closeness(texts: Sequence[Mapping[str, float]], halves: Halves) -> float:
    """The mean cosine between two halves."""
    one, other = (total(texts[k] for k in half) for half in halves)
    return round(cosine(one, other) / (len(halves[0]) * len(halves[1])), EXACT)


def _cohesion(texts: Sequence[Vector], members: Sequence[int]) -> float:
    """The mean cosine of two texts within a part."""
    number = len(members)
    whole = total(texts[k] for k in members)
    itself = math.fsum(cosine(texts[k], texts[k]) for k in members)
    return round((cosine(whole, whole) - itself) / (number * (number - 1)), EXACT)
