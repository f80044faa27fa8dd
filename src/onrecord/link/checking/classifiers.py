"""Linear classifiers over named measures, and one of two sides: what a claim and a report each make of a matter.

The two-sided one knows that a claim ("It was a hoax", "It reportedly happened") takes a side as a report does. Where
one of the two leaves the matter open, the report discusses the claim; else they are on one side, and agree, or on two.
So it learns how sides are told, and not which matter is disputed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
FARTHEST = 4.0  # standard deviations: a measure further off says no more
STEEPEST = 30.0  # scores beyond make no difference


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear classifier over standardised measures."""

    names: tuple[str, ...]  # of the measures
    mean: Numbers  # [measures]
    spread: Numbers  # [measures]
    slopes: Numbers  # [classes, measures]
    level: Numbers  # [classes]
    weights: Numbers  # [classes]: what the chances are multiplied with before the highest is taken

    def chances(self, rows: Numbers) -> Numbers:
        """[rows, classes], each row summing to 1, weighed."""
        scores = standardised(rows, self.mean, self.spread) @ self.slopes.T + self.level
        found: Numbers = np.exp(scores - scores.max(axis=1, keepdims=True)) * self.weights
        weighed: Numbers = found / found.sum(axis=1, keepdims=True)
        return weighed


@dataclass(frozen=True, slots=True)
class Stand:
    """Whether words leave a matter open, and where they do not, whether they speak against it."""

    names: tuple[str, ...]  # of the measures
    mean: Numbers  # [measures]
    spread: Numbers  # [measures]
    slopes: Numbers  # [2, measures]: open, against
    level: Numbers  # [2]

    def chances(self, rows: Numbers) -> Numbers:
        """[rows, 2]: of open, and of against where it is not open."""
        return logistic(standardised(rows, self.mean, self.spread) @ self.slopes.T + self.level)


@dataclass(frozen=True, slots=True)
class TwoSided:
    """What a report makes of a claim, by the stand of each."""

    claim: Stand
    report: Stand

    def chances(self, claims: Numbers, reports: Numbers) -> Numbers:
        """[rows, 3]: agree, disagree, discuss; each row sums to 1."""
        return joined(self.claim.chances(claims), self.report.chances(reports))


def joined(claim: Numbers, report: Numbers) -> Numbers:
    """The chances of agree, disagree and discuss [rows, 3] of what a claim and a report are [rows, 2].

    >>> joined(np.array([[0.0, 1.0]]), np.array([[0.0, 0.0]])).tolist()
    [[0.0, 1.0, 0.0]]
    """
    settled = (1 - claim[:, 0]) * (1 - report[:, 0])
    same = claim[:, 1] * report[:, 1] + (1 - claim[:, 1]) * (1 - report[:, 1])
    return np.stack([settled * same, settled * (1 - same), 1 - settled], axis=1)


def row_of(found: Mapping[str, float], names: Sequence[str]) -> Numbers:
    """Measures by name as one row [1, measures]."""
    return np.array([[found[name] for name in names]])


def logistic(scores: Numbers) -> Numbers:
    """Scores as chances."""
    found: Numbers = 1 / (1 + np.exp(-np.clip(scores, -STEEPEST, STEEPEST)))
    return found


def standardised(rows: Numbers, mean: Numbers, spread: Numbers) -> Numbers:
    """Measures in standard deviations from their mean, none beyond FARTHEST."""
    found: Numbers = np.clip((rows - mean) / spread, -FARTHEST, FARTHEST)
    return found
