"""Multinomial logistic regression in plain numpy: the same data gives the same coefficients."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from onrecord.link.checking.classifiers import Numbers, Scale, standardised

Labels = NDArray[np.int64]
STEPS = 400


def fit(rows: Numbers, targets: Numbers, strength: float, names: tuple[str, ...] = ()) -> Scale:
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
    return Scale(names, mean, spread, now[:, :-1], now[:, -1], np.ones(targets.shape[1]))


def one_hot(labels: Labels, classes: int) -> Numbers:
    """Whole numbers as rows with a single one."""
    found: Numbers = np.eye(classes)[labels]
    return found


def f1(gold: Labels, found: Labels, classes: int) -> Numbers:
    """F1 of each class, 0..1."""
    return np.array(
        [
            2 * np.sum((gold == c) & (found == c)) / max(1, np.sum(gold == c) + np.sum(found == c))
            for c in range(classes)
        ]
    )


def folds(groups: NDArray[np.str_], count: int, seed: int = 0, alone: int = 0) -> Labels:
    """The fold of each row: rows of one group stay together; the largest `alone` groups are folds of their own."""
    sizes = Counter(groups.tolist())
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    part = {name: count + k for k, name in enumerate(names[:alone])}
    rest = sorted(names[alone:])
    order = np.random.default_rng(seed).permutation(len(rest))
    part |= {rest[k]: i % count for i, k in enumerate(order.tolist())}
    return np.array([part[group] for group in groups.tolist()])


def shares_of(groups: NDArray[np.str_], labels: Labels, classes: int) -> Numbers:
    """How much each row counts; they sum to 1.

    A group counts as the root of its size, so that no large one rules; a class as the root of what it then has.
    """
    sizes = Counter(groups.tolist())
    found = np.array([sizes[group] ** -0.5 for group in groups.tolist()])
    found /= found.sum()
    for label in range(classes):
        held = labels == label
        found[held] /= max(1e-9, float(found[held].sum())) ** 0.5
    shares: Numbers = found / found.sum()
    return shares
