"""The fit of the two-sided classifier: the likelihood of agree, disagree and discuss, by L-BFGS in plain numpy.

Judged pairs do not say what the claim and the report each make of the matter; that follows from how the pairs of a
claim, and of a report, fit together. Which of two sides is "against" is told by the slopes that the fit begins with.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from onrecord.link.checking.classifiers import Numbers, Stand, TwoSided, joined, logistic, standardised
from onrecord.link.checking.measures import AGAINST, OPPOSING
from training.check.logistic import Labels

STEPS, KEPT, HALVINGS = 200, 10, 30
LEVELS = {"claim": (-1.0, -1.5), "report": (0.0, -1.0)}  # to begin with: of open, and of against
# Kinds of cues whose slopes are drawn, of the claim and of the report: a negation in a report may be of anything.
DRAWN = (OPPOSING, frozenset(AGAINST))
LEVEL_PENALTY = 0.05  # as a share of that of the slopes
Function = Callable[[Numbers], tuple[float, Numbers]]


def fit_two_sided(
    claims: Numbers,
    reports: Numbers,
    labels: Labels,
    shares: Numbers,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    penalty: float,
    slopes: tuple[float, float],
) -> TwoSided:
    """Fits pairs [pairs, measures], labelled 0 agree, 1 disagree, 2 discuss; `shares` of the pairs sum to 1.

    `slopes`: of the measures of opposing words, of the claim and of the report, that the penalty draws towards.
    """
    scales = [_scale(rows) for rows in (claims, reports)]
    one, other = (
        np.c_[standardised(rows, *scale), np.ones(len(rows))]
        for rows, scale in zip((claims, reports), scales, strict=True)
    )
    wanted = [_begin(part, slope, kinds) for part, slope, kinds in zip(names, slopes, DRAWN, strict=True)]
    start = [row.copy() for row in wanted]
    for row, levels in zip(start, LEVELS.values(), strict=True):
        row[:, -1] = levels
    shapes = [row.shape for row in wanted]
    penalties = np.concatenate([_penalties(shape, penalty) for shape in shapes])
    target = np.concatenate([row.ravel() for row in wanted])

    def loss(found: Numbers) -> tuple[float, Numbers]:
        mine, theirs = _unpacked(found, shapes)
        value, slope_one, slope_other = _likelihood(one, other, mine, theirs, labels, shares)
        off = found - target
        gradient = np.concatenate([slope_one.ravel(), slope_other.ravel()]) + penalties * off
        return value + float(penalties @ off**2) / 2, gradient

    best = minimise(loss, np.concatenate([row.ravel() for row in start]))
    stands = [
        Stand(part, *scale, row[:, :-1], row[:, -1])
        for part, scale, row in zip(names, scales, _unpacked(best, shapes), strict=True)
    ]
    return TwoSided(*stands)


def _likelihood(
    one: Numbers, other: Numbers, mine: Numbers, theirs: Numbers, labels: Labels, shares: Numbers
) -> tuple[float, Numbers, Numbers]:
    """Minus the mean of the logarithms, and its slopes by the coefficients of the claim and of the report."""
    claim, report = logistic(one @ mine.T), logistic(other @ theirs.T)
    chances = np.clip(joined(claim, report), 1e-9, 1 - 1e-9)
    open_, disagree = labels == 2, labels == 1
    settled = np.clip(1 - chances[:, 2], 1e-9, 1 - 1e-9)
    same = np.clip(chances[:, 0] / settled, 1e-9, 1 - 1e-9)
    value = -float(shares @ np.log(chances[np.arange(len(labels)), labels]))
    by_open = np.where(open_, settled / (1 - settled), -1.0) * shares
    by_same = np.where(open_, 0.0, np.where(disagree, -1 / (1 - same), 1 / same)) * shares
    found = []
    for rows, own, beside in ((one, claim, report), (other, report, claim)):
        against = by_same * (2 * beside[:, 1] - 1) * own[:, 1] * (1 - own[:, 1])
        found.append(-np.stack([by_open * own[:, 0], against]) @ rows)
    return value, found[0], found[1]


def minimise(function: Function, start: Numbers) -> Numbers:
    """The lowest place of a smooth function that gives its value and slopes, by L-BFGS with steps that are halved."""
    now, (value, slope) = start, function(start)
    kept: deque[tuple[Numbers, Numbers]] = deque(maxlen=KEPT)
    for _ in range(STEPS):
        way = -_turned(slope, kept)
        fall = float(slope @ way)
        size = 1.0
        for _ in range(HALVINGS):
            ahead = now + size * way
            lower, bend = function(ahead)
            if lower <= value + 1e-4 * size * fall:
                break
            size /= 2
        else:
            return now
        if float((ahead - now) @ (bend - slope)) > 1e-12:
            kept.append((ahead - now, bend - slope))
        gained = value - lower
        now, value, slope = ahead, lower, bend
        if gained < 1e-7 * max(1.0, abs(value)):
            break
    return now


def _turned(slope: Numbers, kept: deque[tuple[Numbers, Numbers]]) -> Numbers:
    """The slope as the steps so far tell to take it."""
    found, shares = slope.copy(), []
    for step, bend in reversed(kept):
        shares.append(float(step @ found) / float(step @ bend))
        found = found - shares[-1] * bend
    step, bend = kept[-1] if kept else (slope, slope * max(1.0, float(np.linalg.norm(slope))))
    found = found * float(step @ bend) / float(bend @ bend or 1.0)
    for (step, bend), share in zip(kept, reversed(shares), strict=True):
        found = found + step * (share - float(bend @ found) / float(step @ bend))
    return found


def _scale(rows: Numbers) -> tuple[Numbers, Numbers]:
    spread = rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    return rows.mean(axis=0), spread


def _begin(names: tuple[str, ...], slope: float, kinds: frozenset[str]) -> Numbers:
    """[2, measures and level]: the slopes that the penalty draws towards."""
    found = np.zeros((2, len(names) + 1))
    found[1, :-1] = [slope if name.split()[-1] in kinds else 0.0 for name in names]
    return found


def _penalties(shape: tuple[int, ...], penalty: float) -> Numbers:
    found = np.full(shape, penalty)
    found[:, -1] *= LEVEL_PENALTY
    return found.ravel()


def _unpacked(found: Numbers, shapes: list[tuple[int, ...]]) -> tuple[Numbers, Numbers]:
    size = int(np.prod(shapes[0]))
    return found[:size].reshape(shapes[0]), found[size:].reshape(shapes[1])
