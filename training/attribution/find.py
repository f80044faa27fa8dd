"""From label scores to attributions: decode, link, weigh, keep.

It pays to look for more than the tagger is sure of and then to drop what is weak as a whole: a cue that the tagger
half believes in is right when its source and its content fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import Piece, Triple, decode_pieces, decode_shifted, to_characters
from onrecord.annotate.tagging.linker import Linker, Tie
from onrecord.annotate.tagging.words import Words

Floats = NDArray[np.float32]
NO_SOURCE = -0.2  # what a missing source counts, as the mean log-probability of one
SHIFT = -0.5
LEAST = -1.6


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in code points and how well it holds together."""

    triple: Triple
    strength: float  # sum of log-probabilities of its parts and links; 0 is certain


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds with a trained linker."""

    linker: Linker
    outside: float = SHIFT  # added to the score of the label outside while decoding: below 0 finds more
    least: float = LEAST  # strength from which an attribution is kept

    def weigh(self, words: Words, scores: Floats) -> tuple[Found, ...]:
        """All candidates of one text with their strength; `scores` are log-probabilities [words, labels]."""
        labels = decode_shifted(scores, self.outside)
        chosen = scores[np.arange(len(labels)), labels]
        ties = self.linker.tie(words, decode_pieces(labels))
        return tuple(Found(to_characters(words, tie.triple), strength(tie, chosen)) for tie in ties)

    def __call__(self, words: Words, scores: Floats) -> tuple[Triple, ...]:
        """The attributions of one text that are strong enough, by cue."""
        return tuple(found.triple for found in self.weigh(words, scores) if found.strength > self.least)


def strength(tie: Tie, chosen: Floats) -> float:
    """Mean log-probability of the cue, of the source, of the best content, and of the two links.

    `chosen` has the log-probability of the label that each word was given.
    """

    def mean(piece: Piece) -> float:
        return float(chosen[piece.start : piece.end].mean())

    return (
        mean(tie.cue)
        + (NO_SOURCE if tie.source is None else mean(tie.source))
        + max(mean(content) for content in tie.contents)
        + float(np.log(tie.source_chance))
        + float(np.log(max(tie.content_chances)))
    )
