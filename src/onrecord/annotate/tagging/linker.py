"""Links labelled pieces with two small networks, one for each question of `pairs`; numpy alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from onrecord.annotate.tagging.labels import Piece, Triple, decode_pieces
from onrecord.annotate.tagging.pairs import ALONE_FEATURES, ASKS, PAIR_FEATURES, Floats, Ints, Layout
from onrecord.annotate.tagging.words import Words


@dataclass(frozen=True, slots=True)
class Chooser:
    """One hidden layer and one score a candidate."""

    hidden: Floats  # [features, units]
    hidden_bias: Floats  # [units]
    out: Floats  # [units]

    def choose(self, layout: Layout, role: str) -> list[tuple[Piece | None, float]]:
        """The piece that each question of `role` ends with, or None, and its probability."""
        pool = layout.by_role[ASKS[role]]
        out: list[tuple[Piece | None, float]] = []
        for numbers, scores in self.scores(layout, role):
            chances = np.exp(scores - scores.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
            best = scores.argmax(axis=1)
            for row, column in enumerate(best.tolist()):
                piece = pool[numbers[row, column - 1]] if column else None
                out.append((piece, float(chances[row, column])))
        return out

    def scores(self, layout: Layout, role: str) -> Iterator[tuple[Ints, Floats]]:
        """The numbers of the candidates [questions, candidates] and the scores of nothing and of them, in lots.

        The score of a candidate that there is not is minus infinity.  What the features of a piece alone add to the
        hidden layer is worked out once for all its questions.
        """
        nothing, pair, other, asker = np.split(self.hidden, np.cumsum((1, PAIR_FEATURES, ALONE_FEATURES)))
        others = layout.alone[ASKS[role]] @ other
        askers = layout.alone[role] @ asker + self.hidden_bias
        for questions in layout.questions(role):
            mine = askers[questions.askers][:, None]
            known = self._score(questions.pairs @ pair + others[questions.candidates] + mine)
            known[questions.candidates < 0] = -np.inf
            yield questions.candidates, np.concatenate([self._score(mine + nothing), known], axis=1)

    def _score(self, hidden: Floats) -> Floats:
        score: Floats = np.maximum(hidden, 0) @ self.out
        return score


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
        chosen = {role: self.choosers[role].choose(layout, role) for role in ASKS}
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
