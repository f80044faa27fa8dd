"""Figures of chances against judged values, and the search for the numbers of a Decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.judging.levels import KIND_OF_LEVEL, LEVELS, Chances, Decision, decide

STEPS = (0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8)
Values = NDArray[np.float64]


def kinds_of(values: Values) -> NDArray[np.int64]:
    """The kind of each value: false to -1, open below 1, hedged below 2.5, true."""
    return np.digitize(values, (-1 + 1e-9, 1, 2.5))


def figures(levels: NDArray[np.int64], values: Values) -> dict[str, float]:
    """Macro-F1 of the four kinds, F1 of each, mean absolute error."""
    said, gold = KIND_OF_LEVEL[levels], kinds_of(values)
    scores = []
    for kind in range(4):
        both = np.sum((said == kind) & (gold == kind))
        scores.append(200 * both / max(1, np.sum(said == kind) + np.sum(gold == kind)))
    error = np.abs(np.array(LEVELS)[levels] - values).mean()
    names = ("false", "open", "hedged", "true")
    out = {"macro_f1": round(float(np.mean(scores)), 1), "mae": round(float(error), 3)}
    return out | {name: round(float(score), 1) for name, score in zip(names, scores, strict=True)}


def choose(chances: Chances, values: Values, mae_weight: float = 100.0) -> Decision:
    """The Decision that is best on held-out sentences: macro-F1 less `mae_weight` times the error."""

    def worth(decision: Decision) -> float:
        found = figures(decide(chances, decision), values)
        return found["macro_f1"] - mae_weight * found["mae"]

    grid: Sequence[tuple[float, ...]] = list(product(STEPS, STEPS, STEPS))
    best = max((Decision((a, b, c, 1.0)) for a, b, c in grid), key=worth)
    best = max((replace(best, probable=p) for p in (1.3, 1.4, 1.5, 1.6, 1.7)), key=worth)
    cuts = product((-2.7, -2.5, -2.3), (-1.8, -1.6, -1.4))
    return max((replace(best, denied=cut) for cut in cuts), key=worth)
