"""What the model gives for an event, the chances of eleven steps of factuality, and the decision for a certainty.

The steps cut the scale from -3 (certainly not) to 3 (certainly) where the four kinds change, false, open, hedged and
true, and within them where people's judgements are dense.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EDGES = (
    -2.5,
    -1.5,
    -0.999,
    -0.3,
    0.3,
    0.999,
    1.499,
    1.999,
    2.499,
    2.799,
)  # upper edges of the steps, the last has none
MIDDLES = np.array((-2.9, -2.0, -1.2, -0.6, 0.0, 0.6, 1.1, 1.6, 2.1, 2.6, 3.0))  # what each step stands for
KINDS = ("false", "open", "hedged", "true")
KIND_OF_STEP = np.array((0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3))

LEVELS = (-3, -2, -1, 0, 1, 2, 3)
NAMES = ("CT-", "PR-", "PS-", "U", "PS+", "PR+", "CT+")  # FactBank's certainties, in the order of LEVELS
KIND_OF_LEVEL = np.array((0, 0, 0, 1, 2, 2, 3))

Chances = NDArray[np.float32]  # [events, steps]
Levels = NDArray[np.int64]  # [events], places in LEVELS


@dataclass(frozen=True, slots=True)
class Decision:
    """Numbers that turn chances into a level; chosen on sentences that the model was not trained on."""

    weights: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)  # of KINDS: above 1 is chosen more often
    probable: float = 1.5  # a hedged event is probable from this mean on, below it possible
    denied: tuple[float, ...] = (-2.5, -1.5)  # a false one is certain below the first, probable below the second


def decide(chances: Chances, decision: Decision) -> Levels:
    """The level of each event.

    >>> sure = np.zeros((1, 11), dtype=np.float32)
    >>> sure[0, 10] = 1
    >>> NAMES[decide(sure, Decision())[0]]
    'CT+'
    """
    kind = (kind_chances(chances) * np.array(decision.weights)).argmax(-1)
    hedged = np.where(_mean(chances, KIND_OF_STEP == 2) >= decision.probable, 5, 4)
    mean = _mean(chances, KIND_OF_STEP == 0)
    certain, probable = decision.denied
    false = np.where(mean < certain, 0, np.where(mean < probable, 1, 2))
    levels: Levels = np.choose(kind, (false, np.full(len(kind), 3), hedged, np.full(len(kind), 6)))
    return levels


def kind_chances(chances: Chances) -> NDArray[np.float64]:
    """The chances of KINDS [events, 4]."""
    return np.stack([chances[:, kind == KIND_OF_STEP].sum(-1) for kind in range(len(KINDS))], -1).astype(np.float64)


def _mean(chances: Chances, some: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The mean factuality of each event, given that it is in one of some steps."""
    part = chances[:, some].astype(np.float64) + 1e-9
    mean: NDArray[np.float64] = (part * MIDDLES[some]).sum(-1) / part.sum(-1)
    return mean
