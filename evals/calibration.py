"""Whether a confidence means what it says: of what is held sure at 0.8, four in five should be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

BINS = 10
Judged = tuple[float, bool]  # confidence 0..1, whether it was right


@dataclass(frozen=True, slots=True)
class Bin:
    """What was held about equally sure."""

    confidence: float  # mean, 0..1
    right: float  # share, 0..1
    n: int


def equal_width(judged: Iterable[Judged], bins: int = BINS) -> tuple[Bin, ...]:
    """Bins [k/10, (k+1)/10), the last one closed; empty ones are left out."""
    groups: list[list[Judged]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
    return tuple(_bin(group) for group in groups if group)


def equal_mass(judged: Iterable[Judged], bins: int = BINS) -> tuple[Bin, ...]:
    """Bins that hold about equally many, by rising confidence; equal confidences stay together."""
    ordered = sorted(judged)
    return tuple(_bin(group) for group in _cut(ordered, bins))


def _cut(ordered: Sequence[Judged], bins: int) -> Iterator[Sequence[Judged]]:
    start = 0
    for k in range(1, bins + 1):
        end = max(start, round(k * len(ordered) / bins))
        while 0 < end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        if end > start:
            yield ordered[start:end]
        start = end


def _bin(group: Sequence[Judged]) -> Bin:
    n = len(group)
    return Bin(sum(confidence for confidence, _ in group) / n, sum(right for _, right in group) / n, n)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error, 0..1: how far confidence and share right lie apart, weighed by size.

    >>> calibration_error((Bin(0.75, 0.5, 10), Bin(0.5, 0.5, 30)))
    0.0625
    """
    total = sum(one.n for one in bins)
    return sum(one.n * abs(one.confidence - one.right) for one in bins) / total if total else 0.0


def interval(one: Bin, z: float = 1.96) -> tuple[float, float]:
    """Between which shares the true one lies, 19 times in 20 (Wilson)."""
    n, p = one.n, one.right
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))
