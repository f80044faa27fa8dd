"""Two texts word by word: which paragraphs belong together, and which of their words are others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

TOKEN = re.compile(r"\w+(?:['’.,]\w+)*|\s+|[^\w\s]")
MOST_PAIRS = 4_000_000  # (word, word) that are compared; longer ones are called changed as wholes
MOST_LINES = 2_000  # paragraphs of a text that are set side by side
ALIKE = 0.35  # share of the words of two paragraphs that both have, from which one became the other
LEAST_LETTERS = 3  # of a stretch left alone between two changed ones

Pieces = tuple[tuple[str, bool], ...]  # words, and whether the other text has others; joined, they are the text
SAME, CHANGED, REMOVED, ADDED = "same", "changed", "removed", "added"


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph in two texts; the numbers count from 0."""

    kind: str  # same, changed, removed, added
    before: int | None
    after: int | None


def compare_words(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, each marked where the other has other words; white space alone is no difference.

    >>> compare_words("57 were treated", "54 were treated")
    ((('57', True), (' were treated', False)), (('54', True), (' were treated', False)))
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        is_other = before.split() != after.split()
        return _merged([(before, is_other)]), _merged([(after, is_other)])
    matcher = SequenceMatcher(None, [_key(t) for t in old], [_key(t) for t in new], autojunk=False)
    mine: list[tuple[str, bool]] = []
    theirs: list[tuple[str, bool]] = []
    codes = matcher.get_opcodes()
    for at, (tag, a, b, c, d) in enumerate(codes):
        left, right = "".join(old[a:b]), "".join(new[c:d])
        between = 0 < at < len(codes) - 1 and len(left.strip()) < LEAST_LETTERS
        is_other = tag != "equal" or between
        mine.append((left, is_other))
        theirs.append((right, is_other))
    return _merged(mine), _merged(theirs)


def pair_lines(before: Sequence[str], after: Sequence[str]) -> tuple[Pair, ...] | None:
    """Which paragraph became which, in order; None where there are too many to compare."""
    if max(len(before), len(after), 1) > MOST_LINES:
        return None
    matcher = SequenceMatcher(None, [_spaced(t) for t in before], [_spaced(t) for t in after])
    found: list[Pair] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += (Pair(SAME, a + k, c + k) for k in range(b - a))
        else:
            found += _rewritten(before, after, range(a, b), range(c, d))
    return tuple(found)


def _rewritten(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Pair]:
    """Paragraphs without their like: those that share words are one, in order; the others are gone or new."""
    left = list(new)
    for one in old:
        match = next((other for other in left[:8] if _alikeness(before[one], after[other]) >= ALIKE), None)
        if match is None:
            yield Pair(REMOVED, one, None)
            continue
        while left[0] != match:
            yield Pair(ADDED, None, left.pop(0))
        left.pop(0)
        yield Pair(CHANGED, one, match)
    yield from (Pair(ADDED, None, other) for other in left)


def _alikeness(one: str, other: str) -> float:
    a, b = _words(one), _words(other)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> Counter[str]:
    return Counter(token.lower() for token in TOKEN.findall(text) if token[0].isalnum())


def _key(token: str) -> str:
    return " " if token.isspace() else token


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _merged(pieces: Sequence[tuple[str, bool]]) -> Pieces:
    """Neighbours of one kind as one piece."""
    found: list[tuple[str, bool]] = []
    for text, is_other in pieces:
        if not text:
            continue
        if found and found[-1][1] == is_other:
            found[-1] = (found[-1][0] + text, is_other)
        else:
            found.append((text, is_other))
    return tuple(found)
