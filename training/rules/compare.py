"""How far apart two sets of tables are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from training.rules.lexicon import read_shares
from training.rules.tables import Tables


@dataclass(frozen=True, slots=True)
class Difference:
    """One group of numbers: those of the first tables, those of the second, those of both; distances of the last."""

    name: str
    one: int
    other: int
    both: int
    mean: float
    most: float
    where: str  # of the greatest distance

    @property
    def is_same(self) -> bool:
        """Whether there is none."""
        return self.one == self.other == self.both and self.most == 0

    def __str__(self) -> str:
        if self.is_same:
            return f"{self.name}: {self.both}, all the same"
        return (
            f"{self.name}: {self.one} shipped, {self.other} fitted, {self.both} in both; "
            f"apart by {self.mean:.3f} on average, {self.most:.2f} at most ({self.where})"
        )


def differences(one: Tables, other: Tables) -> Iterator[Difference]:
    """How shares, weights and thresholds differ."""
    yield difference("shares", _shares(one), _shares(other))
    for name in ("weights", "thresholds"):
        yield difference(name, tomllib.loads(one.weights)[name], tomllib.loads(other.weights)[name])


def difference(name: str, one: Mapping[str, float], other: Mapping[str, float]) -> Difference:
    """How two tables of numbers differ."""
    apart = sorted((round(abs(one[key] - other[key]), 9), key) for key in one.keys() & other.keys())
    most, where = apart[-1] if apart else (0.0, "")
    mean = sum(distance for distance, _ in apart) / max(1, len(apart))
    return Difference(name, len(one), len(other), len(apart), mean, most, where)


def _shares(tables: Tables) -> dict[str, float]:
    return {
        f"{cue}, {kind}, {frame}": share
        for (cue, kind), shares in read_shares(tables.cues).items()
        for frame, share in shares.items()
    }
