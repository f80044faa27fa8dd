"""Logistic regression over named features, each weight drawn to 0 by its own penalty; no randomness, no dependency."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import chain
from math import exp, log, log1p

MEMORY = 10  # steps remembered to judge how the slope bends
STEPS = 1000
SLOPE = 5e-3  # of the steepest weight, where the fit ends: below what shows in two decimals

Vector = list[float]


def fit_weights(
    rows: Sequence[Sequence[str]], rights: Sequence[bool], penalty_of: Callable[[str], float]
) -> dict[str, float]:
    """The log-odds weight of each feature, in order of first appearance.

    `rows` are the features of each example, `rights` the outcomes. Least is the sum over examples of the negative log
    likelihood plus, for each weight, half its penalty times its square; there is one such set of weights.

    >>> round(fit_weights([["dry"]] * 4, [True, True, True, False], lambda _: 1e-6)["dry"], 2)
    1.1
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(chain.from_iterable(rows)))}
    penalties = [penalty_of(name) for name in names]
    if any(penalty <= 0 for penalty in penalties):
        raise ValueError("a penalty is not above 0: without one, weights of rare features have no bound")
    merged: dict[tuple[int, ...], list[int]] = {}  # features -> examples, right ones
    for row, right in zip(rows, rights, strict=True):
        cell = merged.setdefault(tuple(names[name] for name in row), [0, 0])
        cell[0] += 1
        cell[1] += right
    groups = [(features, total, good) for features, (total, good) in merged.items()]

    def loss(weights: Vector) -> tuple[float, Vector]:
        value = sum(penalty * weight * weight for penalty, weight in zip(penalties, weights, strict=True)) / 2
        slope = [penalty * weight for penalty, weight in zip(penalties, weights, strict=True)]
        for features, total, good in groups:
            score = sum([weights[feature] for feature in features])
            tail = exp(-abs(score))
            value += total * (max(score, 0.0) + log1p(tail)) - good * score
            chance = 1 / (1 + tail) if score >= 0 else tail / (1 + tail)
            excess = total * chance - good
            for feature in features:
                slope[feature] += excess
        return value, slope

    bends = penalties[:]
    for features, total, _ in groups:
        for feature in features:
            bends[feature] += total / 4
    return dict(zip(names, minimize(loss, [0.0] * len(names), bends), strict=True))


def minimize(loss: Callable[[Vector], tuple[float, Vector]], start: Vector, bends: Vector) -> Vector:
    """Where a smooth convex `loss` (value and slope) is least, by limited-memory BFGS with halved steps.

    `bends` is about how fast each slope changes along its own axis; the better the guess, the fewer steps.
    """
    point = start
    value, slope = loss(point)
    memory: deque[tuple[Vector, Vector, float]] = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        if max(map(abs, slope), default=0.0) < SLOPE:
            return point
        way = _direction(slope, memory, bends)
        descent = dot(way, slope)
        length = 1.0
        while True:
            ahead = [x + length * step for x, step in zip(point, way, strict=True)]
            value_ahead, slope_ahead = loss(ahead)
            if value_ahead <= value + 1e-4 * length * descent or length < 1e-12:
                break
            length /= 2
        moved = [b - a for a, b in zip(point, ahead, strict=True)]
        bent = [b - a for a, b in zip(slope, slope_ahead, strict=True)]
        if (curve := dot(moved, bent)) > 0:
            memory.append((moved, bent, curve))
        point, value, slope = ahead, value_ahead, slope_ahead
    raise ArithmeticError(f"no least loss after {STEPS} steps: are the penalties far too small?")


def _direction(slope: Vector, memory: Sequence[tuple[Vector, Vector, float]], bends: Vector) -> Vector:
    """Downhill, bent by what the last steps showed."""
    way = [-x for x in slope]
    shares = []
    for moved, bent, curve in reversed(memory):
        share = dot(moved, way) / curve
        shares.append(share)
        way = [x - share * y for x, y in zip(way, bent, strict=True)]
    way = [x / bend for x, bend in zip(way, bends, strict=True)]
    if memory:
        _, bent, curve = memory[-1]
        scale = curve / dot(bent, [x / bend for x, bend in zip(bent, bends, strict=True)])
        way = [scale * x for x in way]
    for (moved, bent, curve), share in zip(memory, reversed(shares), strict=True):
        back = dot(bent, way) / curve
        way = [x + (share - back) * y for x, y in zip(way, moved, strict=True)]
    return way


def dot(one: Vector, other: Vector) -> float:
    """The sum of products."""
    return sum(map(float.__mul__, one, other))


def log_odds(share: float) -> float:
    """The inverse of `chance`."""
    return log(share / (1 - share))


def chance(score: float) -> float:
    """The probability, 0..1, of log-odds."""
    return 1 / (1 + exp(-score))
