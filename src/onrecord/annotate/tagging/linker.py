"""Links labelled pieces with two small networks, one for each question of `pairs`; numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from onrecord.annotate.tagging.labels import Piece, Triple, decode_pieces
from onrecord.annotate.tagging.pairs import ASKS, Choice, Layout
from onrecord.annotate.tagging.words import Words

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chooser:
    """One hidden layer and one score a candidate."""

    hidden: Floats  # [features, units]
    hidden_bias: Floats  # [units]
    out: Floats  # [units]

    def scores(self, features: Floats) -> Floats:
        """The score of each row."""
        result: Floats = np.maximum(features @ self.hidden + self.hidden_bias, 0) @ self.out
        return result

    def choose(self, choices: Sequence[Choice]) -> list[tuple[Piece | None, float]]:
        """The piece that each question ends with, or None, and its probability."""
        if not choices:
            return []
        scores = self.scores(np.array([row for choice in choices for row in choice.features], dtype=np.float32))
        out: list[tuple[Piece | None, float]] = []
        at = 0
        for choice in choices:
            mine = scores[at : at + len(choice.features)]
            at += len(choice.features)
            chances = np.exp(mine - mine.max())
            best = int(mine.argmax())
            out.append((choice.candidates[best - 1] if best else None, float(chances[best] / chances.sum())))
        return out


@dataclass(frozen=True, slots=True)
class Tie:
    """A cue with what was linked to it, and the probabilities of the links."""

    cue: Piece
    source: Piece | None
    source_chance: float  # also of there being no source
    contents: tuple[Piece, ...]
    content_chances: tuple[float, ...]

    @property
    def triple(self) -> Triple:
        """The same in ranges of words."""
        source = () if self.source is None else ((self.source.start, self.source.end),)
        content = tuple((piece.start, piece.end) for piece in self.contents)
        return Triple(source, ((self.cue.start, self.cue.end),), content)


@dataclass(frozen=True, slots=True)
class Linker:
    """The chooser of each asking role."""

    choosers: dict[str, Chooser]

    def tie(self, words: Words, pieces: Sequence[Piece]) -> tuple[Tie, ...]:
        """The pieces of one text tied together, by cue; each tie has content."""
        layout = Layout(words, pieces)
        chosen = {role: self.choosers[role].choose(list(layout.choices(role))) for role in ASKS}
        contents: dict[Piece, list[tuple[Piece, float]]] = {}
        for content, (cue, chance) in zip(layout.by_role["content"], chosen["content"], strict=True):
            if cue is not None:
                contents.setdefault(cue, []).append((content, chance))
        out = []
        for cue, (source, chance) in zip(layout.by_role["cue"], chosen["cue"], strict=True):
            if cue in contents:
                mine, chances = zip(*contents[cue], strict=True)
                out.append(Tie(cue, source, chance, mine, chances))
        return tuple(out)

    def link(self, words: Words, labels: Sequence[int]) -> tuple[Triple, ...]:
        """The attributions of one text in ranges of words, by cue."""
        return tuple(tie.triple for tie in self.tie(words, decode_pieces(labels)))

    def save(self, path: Path) -> None:
        """Writes the weights as safetensors."""
        arrays = {
            f"{role}.{name}": getattr(chooser, name)
            for role, chooser in self.choosers.items()
            for name in ("hidden", "hidden_bias", "out")
        }
        save_file(arrays, path)


def load_linker(path: Path) -> Linker:
    """The linker that `Linker.save` wrote."""
    arrays = load_file(path)
    return Linker(
        {role: Chooser(arrays[f"{role}.hidden"], arrays[f"{role}.hidden_bias"], arrays[f"{role}.out"]) for role in ASKS}
    )
