"""The data files that a fit fills in: their texts as they are, and as they are to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import onrecord
from training.rules.lexicon import (
    CueRow,
    Key,
    Shares,
    TriedIn,
    read_rows,
    with_shares,
    with_table,
    with_value,
    without_shares,
)
from training.rules.settings import Settings
from training.rules.shares import Fitted, shares_of, weights_of

CUES, WEIGHTS = "cues.tsv", "attribution.toml"
SHIPPED = Path(onrecord.__file__).parent / "data"
TRIED = Path(__file__).parent / "tried.tsv"


@dataclass(frozen=True, slots=True)
class Tables:
    """The texts of cues.tsv, attribution.toml and tried.tsv."""

    cues: str
    weights: str
    tried: str  # cues without shares: found too rarely to tell, tried again by every fit

    @property
    def rows(self) -> tuple[CueRow, ...]:
        """All cues, those that ship first."""
        return (*read_rows(self.cues), *read_rows(self.tried))

    @property
    def files(self) -> Mapping[str, str]:
        """What the package reads, by the name of the file."""
        return {CUES: self.cues, WEIGHTS: self.weights}


def read_tables(folder: Path = SHIPPED, tried: Path = TRIED) -> Tables:
    """The tables as they lie in a folder of data files."""
    return Tables((folder / CUES).read_text("utf-8"), (folder / WEIGHTS).read_text("utf-8"), tried.read_text("utf-8"))


def write_tables(tables: Tables, before: Tables, folder: Path = SHIPPED, tried: Path = TRIED) -> None:
    """Writes the files that differ; refuses where one is no longer as it was `before` the fit."""
    if read_tables(folder, tried) != before:
        raise FileExistsError(f"{folder}: the tables were changed during the fit; nothing is written, run it again")
    for path, text in ((folder / CUES, tables.cues), (folder / WEIGHTS, tables.weights), (tried, tables.tried)):
        if path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


def filled(tables: Tables, fitted: Fitted, settings: Settings, tried_in: TriedIn) -> Tables:
    """The tables with the numbers of a fit of constructions that `tried_in` names; thresholds stay."""
    rows = tables.rows
    shares: Mapping[Key, Shares] = shares_of(rows, fitted, settings, tried_in)
    lines = [f'"{name}" = {weight:.2f}' for name, weight in weights_of(fitted, settings).items()]
    return Tables(
        with_shares(tables.cues, shares, read_rows(tables.tried)),
        with_table(tables.weights, "weights", lines),
        without_shares(tables.tried, rows, shares),
    )


def with_thresholds(tables: Tables, thresholds: Mapping[str, float]) -> Tables:
    """The tables with other thresholds."""
    text = tables.weights
    for name, value in thresholds.items():
        text = with_value(text, name, f"{value:.2f}")
    return Tables(tables.cues, text, tables.tried)
