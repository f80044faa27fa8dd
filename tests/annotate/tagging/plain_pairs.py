"""The same candidates and features as `onrecord.annotate.tagging.pairs`, one pair at a time, without numpy.

Slow and plain: what the fast one is held against.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.annotate.tagging.labels import Piece
from onrecord.annotate.tagging.pairs import ALONE_FEATURES, ASKS, BETWEEN, OPENINGS, PAIR_FEATURES, REACH
from onrecord.annotate.tagging.words import INSIDE, OUTSIDE, UNCLOSED, Words

Row = tuple[float, ...]


class PlainLayout:
    """The pieces of one text."""

    def __init__(self, words: Words, pieces: Sequence[Piece]) -> None:
        self.words = words
        self.lower = tuple(form.lower() for form in words.forms)
        self.by_role = {
            role: sorted(piece for piece in pieces if piece.role == role) for role in ("source", "cue", "content")
        }
        self.starts = {role: [piece.start for piece in found] for role, found in self.by_role.items()}

    def choices(self, role: str) -> Iterator[tuple[Piece, list[Piece], list[Row]]]:
        """The questions of all pieces of `role`, left to right."""
        target = ASKS[role]
        pool, starts = self.by_role[target], self.starts[target]
        for asker in self.by_role[role]:
            at = bisect_left(starts, asker.start)
            near = pool[max(0, at - REACH) : at + REACH]
            near.sort(key=lambda piece: (self.distance(asker, piece), piece.start))
            alone = self.alone(asker)
            rows = [(1.0, *(0.0 for _ in range(PAIR_FEATURES + ALONE_FEATURES)), *alone)]
            rows.extend((0.0, *self.pair(asker, piece, rank), *alone) for rank, piece in enumerate(near))
            yield asker, near, rows

    def distance(self, one: Piece, two: Piece) -> float:
        """Words between two pieces, with a charge for each sentence and paragraph."""
        first, second = sorted((one, two))
        last = first.end - 1
        return (
            max(0, second.start - first.end)
            + 12 * (self.words.sentences[second.start] - self.words.sentences[last])
            + 40 * (self.words.paragraphs[second.start] - self.words.paragraphs[last])
        )

    def inside(self, role: str, start: int, end: int) -> int:
        """How many pieces of `role` begin in [start, end)."""
        starts = self.starts[role]
        return bisect_left(starts, end) - bisect_left(starts, start) if start < end else 0

    def alone(self, piece: Piece) -> Row:
        """Features of one piece by itself."""
        words, start, end = self.words, piece.start, piece.end
        before = start - 1 if start > 0 and words.paragraphs[start - 1] == words.paragraphs[start] else None
        after = end if end < len(words) and words.paragraphs[end] == words.paragraphs[end - 1] else None
        last = self.lower[end - 1]
        return (
            *_classes(self.lower[start]),
            *_classes(last),
            *(_classes(self.lower[before]) if before is not None else _NO_CLASS),
            *(_classes(self.lower[after]) if after is not None else _NO_CLASS),
            float(before is None),
            float(after is None),
            float(before is None or words.sentences[before] != words.sentences[start]),
            float(after is None or words.sentences[after] != words.sentences[end - 1]),
            *(float(words.quotes[start] == state) for state in (OUTSIDE, INSIDE, UNCLOSED)),
            float(words.quotes[end - 1] != OUTSIDE),
            math.log1p(end - start) / 4,
            float(end - start == 1),
            float(self.lower[start].endswith("ing")),
            float(last.endswith("ing")),
            float(last.endswith("ed")),
            float(words.forms[start][0].isupper()),
        )

    def pair(self, asker: Piece, other: Piece, rank: int) -> Row:
        """Features of a piece and a candidate; `rank` is the candidate's place by distance."""
        words = self.words
        first, second = sorted((asker, other))
        low, high = first.end, second.start
        gap = max(0, high - low)
        sentences = words.sentences[second.start] - words.sentences[first.end - 1]
        paragraphs = words.paragraphs[second.start] - words.paragraphs[first.end - 1]
        return (
            float(first is asker),
            min(gap, 20) / 10,
            math.log1p(gap) / 3,
            *(float(gap == size) for size in (0, 1, 2)),
            *_steps(sentences),
            *_steps(paragraphs),
            *(value for role in ("source", "cue", "content") for value in _steps(self.inside(role, low, high))),
            *(float(any(form in group for form in self.lower[low:high])) for group in BETWEEN),
            *_steps(rank),
            *self._rivals(asker, other),
            float(words.quotes[asker.start] == words.quotes[other.start]),
            *self.alone(other),
        )

    def _rivals(self, asker: Piece, other: Piece) -> Row:
        """How the other pieces of the asker's role stand to the candidate."""
        pool, starts = self.by_role[asker.role], self.starts[asker.role]
        at = bisect_left(starts, other.start)
        mine = self.distance(asker, other)
        rivals = [piece for piece in pool[max(0, at - 2) : at + 2] if piece != asker]
        nearer = [piece for piece in rivals if self.distance(piece, other) < mine]
        quoted = self.words.quotes[asker.start] != OUTSIDE
        return (
            float(bool(nearer)),
            float(any((piece < other) == (asker < other) for piece in nearer)),
            float(any((piece < other) != (asker < other) for piece in nearer)),
            float(any(self.distance(piece, other) <= 1 for piece in nearer)),
            float(quoted and any(self.words.quotes[piece.start] != OUTSIDE for piece in rivals)),
            float(quoted and any(self.words.quotes[piece.start] == OUTSIDE for piece in nearer)),
        )


def _classes(form: str) -> Row:
    return tuple(float(form in group) for group in OPENINGS)


_NO_CLASS = tuple(0.0 for _ in OPENINGS)


def _steps(number: int) -> tuple[float, float, float]:
    return float(number == 0), float(number == 1), float(number > 1)
