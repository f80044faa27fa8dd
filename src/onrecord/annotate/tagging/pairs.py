"""Which source belongs to which cue, which content to which cue: candidates and their features.

Two questions are asked of the labelled pieces of a text.  Each cue chooses one of the sources around it, so that one
source can serve many cues; each content chooses one of the cues around it.  Both may choose nothing.

Many questions are worked out at once: the last axis of an array holds what is told of one piece or one pair, the axes
before it count questions and candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.tagging.labels import Piece
from onrecord.annotate.tagging.words import INSIDE, OUTSIDE, UNCLOSED, Words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

REACH = 4  # candidates on each side
RIVALS = 2  # pieces of the asker's role on each side of a candidate
ASKS = {"cue": "source", "content": "cue"}  # the role that chooses, the role it chooses from
AT_ONCE = 1024  # questions, so that memory stays small in a long text
FAR = 1 << 60  # farther than any piece

OPENINGS = (  # what a piece may begin with, or a neighbour be
    frozenset({"that"}),
    frozenset({"to"}),
    frozenset({"as"}),
    frozenset({"if", "whether", "how", "what", "why", "who", "when", "where", "which"}),
    frozenset({"of", "for", "about", "on", "in", "with", "against", "over", "from", "by", "at", "into", "toward"}),
    frozenset({"and", "or", "but"}),
    frozenset("\"“”‘’'"),
    frozenset(",;"),
    frozenset(".!?"),
    frozenset(":-–—"),
    frozenset({"he", "she", "they", "i", "we", "you", "it"}),
    frozenset({"is", "are", "was", "were", "be", "been", "being", "has", "have", "had"}),
    frozenset({"his", "her", "their", "its", "my", "our", "your", "s"}),
)
BETWEEN = (
    frozenset('"“”'),
    frozenset({","}),
    frozenset(":;-–—"),
    frozenset(".!?"),
    frozenset({"and", "or", "but"}),
    frozenset({"that"}),
    frozenset({"who", "which", "whose", "whom"}),
)
CLASSES = OPENINGS + BETWEEN
NUMBERS = {form: k for k, form in enumerate(sorted(frozenset().union(*CLASSES)), 1)}  # 0 is any other word
MEMBERS = np.array([[form in group for group in CLASSES] for form in ("", *NUMBERS)])  # [numbers, classes]

# What is known of a piece by itself, of a pair, and of a candidate as the network reads it: the flag of nothing,
# the pair, the candidate alone, the asker alone.
ALONE_FEATURES = 4 * len(OPENINGS) + 14
PAIR_FEATURES = 1 + 2 + 3 + 3 * 6 + len(BETWEEN) + 6 + 1
FEATURES = 1 + PAIR_FEATURES + 2 * ALONE_FEATURES


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One question: the features of its candidates, nothing first."""

    asker: Piece
    candidates: tuple[Piece, ...]
    features: Floats  # [1 + candidates, FEATURES]


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Neighbouring questions of one role; pieces by their number among those of their role, left to right."""

    askers: Ints  # [questions]
    candidates: Ints  # [questions, candidates], nearest first; -1 after the last
    pairs: Floats  # [questions, candidates, PAIR_FEATURES]


class Places(NamedTuple):
    """Where pieces stand; arrays of one shape."""

    start: Ints  # number of the first word
    end: Ints  # and of the word after the last
    order: Ints  # smaller for a piece further left
    quotes: Ints  # state at the first word
    sentence: Ints  # of the first word
    last_sentence: Ints
    paragraph: Ints  # of the first word
    last_paragraph: Ints

    def take(self, numbers: Ints) -> Places:
        """The places of the pieces with these numbers."""
        return Places(*(column[numbers] for column in self))


class Gap(NamedTuple):
    """What lies between two pieces; arrays of one shape."""

    ordered: Bools  # whether the one is left of the other
    low: Ints  # number of the first word between
    high: Ints  # and of the word after the last; not above `low` where there is none
    sentences: Ints
    paragraphs: Ints

    @property
    def size(self) -> Ints:
        """Words between the pieces."""
        found: Ints = np.maximum(0, self.high - self.low)
        return found

    @property
    def distance(self) -> Ints:
        """Words between the pieces, with a charge for each sentence and paragraph."""
        charged: Ints = self.size + 12 * self.sentences + 40 * self.paragraphs
        return charged


def gap(one: Places, two: Places) -> Gap:
    """What lies between each of the pieces and its counterpart."""
    ordered = one.order < two.order
    return Gap(
        ordered,
        np.where(ordered, one.end, two.end),
        np.where(ordered, two.start, one.start),
        np.where(ordered, two.sentence - one.last_sentence, one.sentence - two.last_sentence),
        np.where(ordered, two.paragraph - one.last_paragraph, one.paragraph - two.last_paragraph),
    )


class Layout:
    """The pieces of one text with what their features need, each looked up in constant or logarithmic time."""

    def __init__(self, words: Words, pieces: Sequence[Piece]) -> None:
        self.words = words
        self.by_role = {
            role: sorted(piece for piece in pieces if piece.role == role) for role in ("source", "cue", "content")
        }
        numbers = [NUMBERS.get(form.lower(), 0) for form in words.forms]
        self._members = MEMBERS[np.array(numbers, dtype=np.int64)]
        self._sentences, self._paragraphs, self._quotes = (
            np.array(column, dtype=np.int64) for column in (words.sentences, words.paragraphs, words.quotes)
        )
        self._places = {role: self._place(found, role) for role, found in self.by_role.items()}

    def _place(self, pieces: Sequence[Piece], role: str) -> Places:
        start, end = np.array([(piece.start, piece.end) for piece in pieces], dtype=np.int64).reshape(-1, 2).T
        order = (start * (len(self.words) + 1) + end) * len(self.by_role) + sorted(self.by_role).index(role)
        sentences, paragraphs = self._sentences, self._paragraphs
        return Places(
            start,
            end,
            order,
            self._quotes[start],
            sentences[start],
            sentences[end - 1],
            paragraphs[start],
            paragraphs[end - 1],
        )

    def choices(self, role: str) -> Iterator[Choice]:
        """The questions of all pieces of `role`, left to right, each with all features."""
        pool = self.by_role[ASKS[role]]
        for questions in self.questions(role):
            for asker, numbers, pairs in zip(questions.askers, questions.candidates, questions.pairs, strict=True):
                known = numbers[numbers >= 0]
                features = np.zeros((1 + len(known), FEATURES), dtype=np.float32)
                features[0, 0] = 1.0
                features[1:, 1 : 1 + PAIR_FEATURES] = pairs[: len(known)]
                features[1:, 1 + PAIR_FEATURES : -ALONE_FEATURES] = self.alone[ASKS[role]][known]
                features[:, -ALONE_FEATURES:] = self.alone[role][asker]
                yield Choice(self.by_role[role][asker], tuple(pool[number] for number in known), features)

    def questions(self, role: str) -> Iterator[Questions]:
        """The same in lots, without the features that pieces have alone."""
        askers, pool = self._places[role], self._places[ASKS[role]]
        for first in range(0, len(self.by_role[role]), AT_ONCE):
            numbers = np.arange(first, min(first + AT_ONCE, len(self.by_role[role])))[:, None]
            asker = askers.take(numbers)
            candidates, real = _around(pool, asker.start, REACH)
            distances = np.where(real, gap(asker, pool.take(candidates)).distance, FAR)
            nearest = distances.argsort(axis=1, kind="stable")
            candidates = np.take_along_axis(candidates, nearest, axis=1)
            real = np.take_along_axis(real, nearest, axis=1)
            pairs = self._pairs(asker, pool.take(candidates), role, numbers)
            yield Questions(numbers[:, 0], np.where(real, candidates, -1), pairs)

    def _pairs(self, asker: Places, other: Places, role: str, numbers: Ints) -> Floats:
        """Features of askers [questions, 1] with their candidates [questions, candidates], by distance."""
        between = gap(asker, other)
        low, high = between.low, np.maximum(between.low, between.high)
        rank = np.broadcast_to(np.arange(other.start.shape[1]), other.start.shape)
        inside = (_count(self._places[each].start, low, high) for each in ("source", "cue", "content"))
        columns = (
            between.ordered,
            np.minimum(between.size, 20) / 10,
            np.log1p(between.size) / 3,
            *(between.size == size for size in (0, 1, 2)),
            *_steps(between.sentences),
            *_steps(between.paragraphs),
            *(column for count in inside for column in _steps(count)),
            *np.moveaxis(self._counts[high] > self._counts[low], -1, 0),
            *_steps(rank),
            *self._rivals(asker, other, between.distance, role, numbers),
            asker.quotes == other.quotes,
        )
        return np.stack([column.astype(np.float32) for column in columns], axis=-1)

    @cached_property
    def _counts(self) -> NDArray[np.int32]:
        """How many words of each class of `BETWEEN` come before each position."""
        among = self._members[:, len(OPENINGS) :]
        return np.concatenate([np.zeros((1, len(BETWEEN)), np.int32), among.cumsum(0, dtype=np.int32)])

    def _rivals(self, asker: Places, other: Places, mine: Ints, role: str, numbers: Ints) -> tuple[Bools, ...]:
        """How the other pieces of the asker's role stand to the candidate, which is at the distance `mine`."""
        around, real = _around(self._places[role], other.start[..., None], RIVALS)
        rivals = self._places[role].take(around)
        between = gap(rivals, Places(*(column[..., None] for column in other)))
        real &= around != numbers[..., None]
        nearer = real & (between.distance < mine[..., None])
        same_side = between.ordered == (asker.order < other.order)[..., None]
        quoted = asker.quotes != OUTSIDE
        return (
            _any(nearer),
            _any(nearer & same_side),
            _any(nearer & ~same_side),
            _any(nearer & (between.distance <= 1)),
            quoted & _any(real & (rivals.quotes != OUTSIDE)),
            quoted & _any(nearer & (rivals.quotes == OUTSIDE)),
        )

    @cached_property
    def alone(self) -> dict[str, Floats]:
        """Features of the pieces of each role by themselves: [pieces, ALONE_FEATURES]."""
        return {role: self._describe(found, self._places[role]) for role, found in self.by_role.items()}

    def _describe(self, pieces: Sequence[Piece], place: Places) -> Floats:
        words, start, last = self.words, place.start, place.end - 1
        before, after = np.maximum(start - 1, 0), np.minimum(last + 1, len(words) - 1)
        has_before = (start > 0) & (self._paragraphs[before] == place.paragraph)
        has_after = (last + 1 < len(words)) & (self._paragraphs[after] == place.last_paragraph)
        opening = self._members[:, : len(OPENINGS)]
        first_forms = [words.forms[piece.start] for piece in pieces]
        last_forms = [words.forms[piece.end - 1].lower() for piece in pieces]
        columns = (
            *opening[start].T,
            *opening[last].T,
            *(opening[before] & has_before[:, None]).T,
            *(opening[after] & has_after[:, None]).T,
            ~has_before,
            ~has_after,
            ~has_before | (self._sentences[before] != place.sentence),
            ~has_after | (self._sentences[after] != place.last_sentence),
            *(place.quotes == state for state in (OUTSIDE, INSIDE, UNCLOSED)),
            self._quotes[last] != OUTSIDE,
            np.log1p(place.end - start) / 4,
            place.end - start == 1,
            _those(form.lower().endswith("ing") for form in first_forms),
            _those(form.endswith("ing") for form in last_forms),
            _those(form.endswith("ed") for form in last_forms),
            _those(form[0].isupper() for form in first_forms),
        )
        return np.stack([column.astype(np.float32) for column in columns], axis=-1)


def _around(pool: Places, start: Ints, reach: int) -> tuple[Ints, Bools]:
    """The numbers of `reach` pieces on each side of `start` [..., 1], and which of them there are."""
    if not len(pool.start):
        return np.zeros((*start.shape[:-1], 0), np.int64), np.zeros((*start.shape[:-1], 0), np.bool_)
    numbers = np.searchsorted(pool.start, start) + np.arange(-reach, reach)
    return numbers.clip(0, len(pool.start) - 1), (numbers >= 0) & (numbers < len(pool.start))


def _count(starts: Ints, low: Ints, high: Ints) -> Ints:
    """How many of the pieces that begin at `starts` begin in [low, high)."""
    return np.searchsorted(starts, high) - np.searchsorted(starts, low)


def _steps(number: Ints) -> tuple[Bools, Bools, Bools]:
    return number == 0, number == 1, number > 1


def _any(flags: Bools) -> Bools:
    """Whether one of the last axis is set."""
    found: Bools = np.logical_or.reduce(flags, axis=-1)
    return found


def _those(flags: Iterator[bool]) -> Bools:
    return np.fromiter(flags, np.bool_)
