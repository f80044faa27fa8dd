"""One label a word: the begin-inside-outside code of source, cue and content, and its decoding."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.words import Words

ROLES = ("source", "cue", "content")
OUTSIDE = 0
LABELS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
FORBIDDEN = -1e4

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Triple:
    """Who said what: half-open ranges, of code points in the text or of words, as the function says."""

    source: Ranges
    cue: Ranges
    content: Ranges

    def ranges(self, role: str) -> Ranges:
        """The ranges of one role by its name."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A labelled run of words [start, end) with one role."""

    start: int
    end: int
    role: str


def begin(role: str) -> int:
    """The label that begins a piece of `role`; the next label continues it."""
    return 1 + 2 * ROLES.index(role)


def role_of(label: int) -> str | None:
    """The role of a label, None outside."""
    return None if label == OUTSIDE else ROLES[(label - 1) // 2]


def to_words(words: Words, triple: Triple) -> Triple:
    """The same attribution in ranges of words instead of code points; empty ranges vanish."""

    def convert(ranges: Ranges) -> Ranges:
        pairs = (
            (bisect_right(words.spans, start, key=itemgetter(1)), bisect_left(words.spans, end, key=itemgetter(0)))
            for start, end in ranges
        )
        return tuple((first, last) for first, last in pairs if first < last)

    return Triple(*(convert(triple.ranges(role)) for role in ROLES))


def to_characters(words: Words, triple: Triple) -> Triple:
    """The same attribution in ranges of code points instead of words."""

    def convert(ranges: Ranges) -> Ranges:
        return tuple((words.spans[first][0], words.spans[last - 1][1]) for first, last in ranges)

    return Triple(*(convert(triple.ranges(role)) for role in ROLES))


def encode_labels(count: int, attributions: Sequence[Triple]) -> list[int]:
    """Labels of `count` words; attributions in word ranges.  Where two overlap, the shorter one wins."""

    def size(number: int) -> int:
        return sum(end - start for role in ROLES for start, end in attributions[number].ranges(role))

    role_at: list[str | None] = [None] * count
    owner_at = [-1] * count
    for number in sorted(range(len(attributions)), key=lambda number: (-size(number), number)):
        for role in ("content", "source", "cue"):
            for start, end in attributions[number].ranges(role):
                role_at[start:end] = [role] * (end - start)
                owner_at[start:end] = [number] * (end - start)
    out = [OUTSIDE] * count
    for k, role_here in enumerate(role_at):
        if role_here is not None:
            same = k > 0 and role_at[k - 1] == role_here and owner_at[k - 1] == owner_at[k]
            out[k] = begin(role_here) + same
    return out


def decode_pieces(labels: Sequence[int]) -> tuple[Piece, ...]:
    """The labelled runs, left to right."""
    out: list[Piece] = []
    for k, label in enumerate(labels):
        role = role_of(label)
        if role is None:
            continue
        if out and out[-1].end == k and out[-1].role == role and label != begin(role):
            out[-1] = Piece(out[-1].start, k + 1, role)
        else:
            out.append(Piece(k, k + 1, role))
    return tuple(out)


def transitions() -> NDArray[np.float32]:
    """Score of going from one label (row) to the next (column): 0, or FORBIDDEN into a piece of another role."""
    table = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for before in range(len(LABELS)):
        for after in range(2, len(LABELS), 2):
            if role_of(before) != role_of(after):
                table[before, after] = FORBIDDEN
    return table


def decode_labels(scores: NDArray[np.float32]) -> list[int]:
    """The best legal label sequence (Viterbi) for `scores` [words, labels], log-probabilities.

    Where the best label of every word is already legal, that sequence is the answer.  Otherwise: a label that continues
    a piece comes after the two labels of its role alone, any other label after the best one.
    """
    if not len(scores):
        return []
    best = scores.argmax(1)
    legal = best[0] % 2 == 1 or best[0] == OUTSIDE
    if legal and not (transitions()[best[:-1], best[1:]] < 0).any():
        return [int(label) for label in best]
    total = [0.0] + [FORBIDDEN] * (len(LABELS) - 1)  # as if a word outside came before
    back: list[list[int]] = []
    for row in scores.tolist():
        top = total.index(max(total))
        from_here = [top] * len(LABELS)
        for first in range(1, len(LABELS), 2):
            from_here[first + 1] = first if total[first] >= total[first + 1] else first + 1
        total = [total[before] + score for before, score in zip(from_here, row, strict=True)]
        back.append(from_here)
    path = [total.index(max(total))]
    for from_here in reversed(back[1:]):
        path.append(from_here[path[-1]])
    return path[::-1]


def decode_shifted(scores: NDArray[np.float32], outside: float) -> list[int]:
    """The best legal labels with `outside` added to the score of the label outside."""
    shifted = scores.copy()
    shifted[:, OUTSIDE] += outside
    return decode_labels(shifted)
