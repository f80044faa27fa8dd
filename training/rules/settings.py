"""What people decided before anything is counted: settings.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The tables of settings.toml; log-odds where it does not say otherwise."""

    constructions: Mapping[str, Sequence[str]]  # kind of cue -> names
    only: Mapping[str, Sequence[str]]  # cue -> names, instead
    penalty: Mapping[str, float]
    shares: Mapping[str, float]
    least: Mapping[str, float]
    usual: Mapping[str, float]
    known: Mapping[str, Mapping[str, float]]  # cue -> construction -> share, 0..1
    known_weights: Mapping[str, float]  # trait -> log-odds
    answering: frozenset[str]  # constructions
    quoting: frozenset[str]  # constructions
    never_clause: frozenset[str]  # cues
    rounds: int
    folds: int
    tried: tuple[float, ...]  # thresholds, ascending
    slack: float  # points of F1

    def tried_in(self, cue: str, kind: str) -> Sequence[str]:
        """The constructions that are tried for a cue."""
        return self.only.get(cue) or self.constructions[kind]


def read_settings(path: Path = FILE) -> Settings:
    """The settings of a file."""
    tables = tomllib.loads(path.read_text("utf-8"))
    shares = dict(tables["shares"])
    least, usual, known = shares.pop("least"), shares.pop("usual"), shares.pop("known")
    constructions = dict(tables["constructions"])
    only = constructions.pop("only")
    words, thresholds = tables["words"], tables["thresholds"]
    first, last, step = thresholds["tried"]
    return Settings(
        constructions=constructions,
        only=only,
        penalty=tables["penalty"],
        shares=shares,
        least=least,
        usual=usual,
        known=known,
        known_weights=tables["known-weights"],
        answering=frozenset(words["answering"]),
        quoting=frozenset(words["quoting"]),
        never_clause=frozenset(words["never-clause"]),
        rounds=tables["fit"]["rounds"],
        folds=tables["fit"]["folds"],
        tried=tuple(round(first + k * step, 2) for k in range(round((last - first) / step) + 1)),
        slack=thresholds["slack"],
    )
