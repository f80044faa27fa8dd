"""What tells, before two reports are read, that nothing links what they say: they stand far apart in time, or name
nothing in common, and no statements of theirs have a speaker or enough words in common.

What may be of one matter, near in time and by a name, is compared. Otherwise no rule draws a link but for one voice
that says alike or counts the same again, for what came of a forecast, and for answers to what they name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.gates.matter import are_near, fortnight_of
from onrecord.link.gates.polarity import is_ahead
from onrecord.link.holding import bits_by_term, bits_sharing, picked
from onrecord.link.kinds.answers import kind_of_answer, owners_of
from onrecord.link.kinds.quantities import UNIT, head_of, predicate_of
from onrecord.link.remembering import once
from onrecord.link.words import LEAST, WORD
from onrecord.model import digest
from onrecord.resources import settings_file

Keys = frozenset[int]
DIGITS = 12  # of a SHA-256: 48 bits, which every reader of JSON takes as they are
FEWEST = 2  # terms that two statements share


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: what it is about, for whom it is said, and what it does. Terms and voices are hashes."""

    day: str  # "9999" unknown
    is_ahead: bool
    is_answer: bool
    voices: Keys
    names: Keys  # terms that are names of the report
    plain: Keys  # terms that are neither names nor numbers
    others: Keys

    @property
    def terms(self) -> Keys:
        """All of them."""
        return self.names | self.plain | self.others


@dataclass(frozen=True)
class Card:
    """A report for this one question."""

    fortnight: int | None
    names: Keys  # that tell its matter
    lines: tuple[Line, ...]
    said: Keys  # whose words, and who counts what
    owned: Keys  # whose claims are answered by name
    sides: Keys  # for whom anything is said

    @cached_property
    def by_term(self) -> dict[int, int]:
        """The lines that are about each term, as bits; see `holding`."""
        return bits_by_term(line.terms for line in self.lines)

    def dump(self) -> str:
        """As one line, for a store to keep."""
        lines = [
            [x.day, x.is_ahead, x.is_answer, *map(sorted, (x.voices, x.names, x.plain, x.others))] for x in self.lines
        ]
        rest = map(sorted, (self.said, self.owned, self.sides))
        return json.dumps([self.fortnight, sorted(self.names), lines, *rest], separators=(",", ":"))

    @classmethod
    def load(cls, line: str) -> Card:
        """From such a line."""
        fortnight, names, lines, *rest = json.loads(line)
        read = (Line(day, ahead, answer, *map(frozenset, sets)) for day, ahead, answer, *sets in lines)
        return cls(fortnight, frozenset(names), tuple(read), *map(frozenset, rest))


@once
def card_of(entry: Entry) -> Card:
    """The card of a report."""
    told = entry.told
    return Card(
        fortnight_of(entry),
        _keys(entry.matter_names),
        tuple(map(_line, told)),
        _keys(key for one in told for voice in one.side | one.voices for key in _said_by(voice, one)),
        _keys(owner for one in told if kind_of_answer(one) for owner in owners_of(one)),
        _keys(voice for one in told for voice in one.side),
    )


def may_be_linked(a: Card, b: Card) -> bool:
    """Whether any rule may draw a link between the two, or tie a figure of one to one of the other.

    Not asked of copies: what stands in a passage that was taken over is linked at any distance.
    """
    if are_near(a.fortnight, b.fortnight) and (a.names & b.names or not (a.names and b.names)):
        return True
    if a.said & b.said or a.owned & b.sides or a.sides & b.owned:
        return True
    return any(_may_meet(one, other) for one, other in _sharing(a, b))


def _sharing(a: Card, b: Card) -> Iterator[tuple[Line, Line]]:
    """Lines of the two that share a few terms."""
    for other in b.lines:
        for one in picked(a.lines, bits_sharing(a.by_term, other.terms, FEWEST)):
            yield one, other


def _may_meet(one: Line, other: Line) -> bool:
    """Whether two lines of one voice, or ones that share more terms, or a forecast and what came of it."""
    if one.voices & other.voices:
        return True
    bars, shared = settings_file("relations.toml")["bars"], one.terms & other.terms
    least = bars["terms_across" if one.is_answer or other.is_answer else "alike_terms"]
    return len(shared) >= least or _came_of(one, other, shared) or _came_of(other, one, shared)


def _came_of(ahead: Line, after: Line, shared: Keys) -> bool:
    """Whether one may tell what came of the other: a later day, a name and another word in common."""
    return ahead.is_ahead and ahead.day < after.day < "9999" and bool(shared & ahead.plain and shared & ahead.names)


def _line(one: Told) -> Line:
    names = one.terms & one.entry.names
    plain = plain_terms(one) - names
    return Line(
        one.order[0],
        is_ahead(one),
        kind_of_answer(one) is not None,
        _keys(one.side | one.voices),
        _keys(names),
        _keys(plain),
        _keys(one.terms - names - plain),
    )


def _said_by(voice: str, one: Told) -> Iterator[str]:
    words = WORD.findall(one.statement.content.quote.lower())
    if len(words) >= LEAST:
        yield f"{voice}\t{' '.join(words)}"
    figures = one.entry.figures
    for figure in (figures[i] for i in one.statement.figures if i in figures):
        head = head_of(figure)
        if head.startswith(UNIT):  # nothing named: the same number, or a word that is said of both
            ends = (figure.amount.low, figure.amount.high)
            number = " ".join("-" if end is None else f"{end.normalize():f}" for end in ends)
            yield from (f"{voice}\t#{head}\t{of_it}" for of_it in (number, *predicate_of(one, figure)))
        elif head:
            yield f"{voice}\t#{head}"


def _keys(words: Iterable[str]) -> Keys:
    return frozenset(map(_key, words))


@lru_cache(maxsize=50_000)
def _key(word: str) -> int:
    return int(digest(word.encode("utf-8"))[:DIGITS], 16)
