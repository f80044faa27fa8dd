"""Exact spans by role, from one label a word, as taggers are compared in the literature.

Of two attributions that overlap the shorter one has the word, in the gold and in what was found. The gold holds
outermost attributions alone, so those found inside another's content are left out beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evals.spans import ROLES, Spans
from onrecord.annotate.tagging.labels import Piece, Triple, decode_pieces, encode_labels, to_words
from onrecord.annotate.tagging.words import Words, split_words


class Exact:
    """Pieces that gold and found have in common, over articles."""

    def __init__(self) -> None:
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.same: Counter[str] = Counter()

    def add(self, text: str, gold: Iterable[Spans], found: Iterable[Spans]) -> None:
        """One article."""
        words = split_words(text)
        right, mine = pieces(words, gold), pieces(words, found)
        for counter, group in ((self.gold, right), (self.found, mine), (self.same, right & mine)):
            counter.update(piece.role for piece in group)

    def figures(self) -> dict[str, float]:
        """Role -> F1 in %."""
        return {role: 200 * self.same[role] / max(1, self.gold[role] + self.found[role]) for role in ROLES}


def pieces(words: Words, items: Iterable[Spans]) -> frozenset[Piece]:
    """The labelled runs of words that the attributions come to."""
    triples = [to_words(words, Triple(item.source, item.cue, item.content)) for item in items]
    return frozenset(decode_pieces(encode_labels(len(words), triples)))
