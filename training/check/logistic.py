"""Multinomial logistic regression in plain numpy: the same data gives the same coefficients."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.link.checking.verdicts import Scale, standardised

Numbers = NDArray[np.float64]
STEPS = 400


def fit(rows: Numbers, targets: Numbers, strength: float) -> Scale:
    """Fits soft targets [rows, classes]; `strength` is the inverse of the penalty, as C elsewhere.

    Accelerated gradient descent with a step that the largest eigenvalue bounds.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    x = np.c_[standardised(rows, mean, spread), np.ones(len(rows))]
    total = targets.sum()
    penalty = np.r_[np.full(x.shape[1] - 1, 1 / (strength * total)), 0.0]
    step = 1 / (0.5 * np.linalg.norm(x, 2) ** 2 / total + penalty.max())
    now = before = np.zeros((targets.shape[1], x.shape[1]))
    for k in range(STEPS):
        ahead = now + (k / (k + 3)) * (now - before)
        scores = x @ ahead.T
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances *= targets.sum(axis=1, keepdims=True) / chances.sum(axis=1, keepdims=True)
        before, now = now, ahead - step * ((chances - targets).T @ x / total + ahead * penalty)
    return Scale(mean, spread, now[:, :-1], now[:, -1], np.ones(targets.shape[1]))


def one_hot(labels: NDArray[np.int64], classes: int) -> Numbers:
    """Whole numbers as rows with a single one."""
    found: Numbers = np.eye(classes)[labels]
    return found


def f1(gold: NDArray[np.int64], found: NDArray[np.int64], classes: int) -> Numbers:
    """F1 of each class, 0..1."""
    return np.array(
        [
            2 * np.sum((gold == c) & (found == c)) / max(1, np.sum(gold == c) + np.sum(found == c))
            for c in range(classes)
        ]
    )


def folds(groups: NDArray[np.str_], count: int, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each row: rows of one group stay together."""
    names = sorted(set(groups.tolist()))
    order = np.random.default_rng(seed).permutation(len(names))
    part = {names[k]: i % count for i, k in enumerate(order.tolist())}
    return np.array([part[group] for group in groups.tolist()])
