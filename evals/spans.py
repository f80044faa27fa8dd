"""Attributions as measured: spans of source, cue and content, seen as sets of words, and matched one to one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.annotate.tagging.words import OUTSIDE, split_words

ROLES = ("source", "cue", "content")
WORD = re.compile(r"\w+")
ENOUGH = 0.5  # Jaccard of words from which two spans are taken for the same

Pairs = tuple[tuple[int, int], ...]  # half-open ranges of code points
Words = frozenset[int]  # numbers of words in their text


@dataclass(frozen=True, slots=True)
class Spans:
    """Who said what, in code points; gold or found."""

    source: Pairs = ()
    cue: Pairs = ()
    content: Pairs = ()

    @classmethod
    def of(cls, row: Mapping[str, Iterable[Sequence[int]]]) -> Spans:
        """From lists of [start, end] by role; a role may be missing."""
        return cls(*(tuple((start, end) for start, end in row.get(role) or ()) for role in ROLES))

    def of_role(self, role: str) -> Pairs:
        """The spans of one role by its name."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


@dataclass(frozen=True, slots=True)
class View:
    """An attribution as sets of words; marks carry no weight."""

    source: Words
    cue: Words
    content: Words
    form: str  # direct, indirect, mixed: all, none or some words of the content stand in quotation marks
    spans: Spans


class Viewer:
    """Sees the spans of one text as sets of its words."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []  # lower case
        self._number_at: dict[int, int] = {}  # code point -> number of the word
        self._quoted: list[bool] = []
        marked = split_words(text)
        inside = {start for (start, _), state in zip(marked.spans, marked.quotes, strict=True) if state != OUTSIDE}
        for number, match in enumerate(WORD.finditer(text)):
            self.words.append(match.group().lower())
            self._quoted.append(match.start() in inside)
            self._number_at.update(dict.fromkeys(range(*match.span()), number))

    def view(self, spans: Spans) -> View:
        """The attribution as sets of words."""
        source, cue, content = (self._words(spans.of_role(role)) for role in ROLES)
        return View(source, cue, content, self._form(content), spans)

    def _words(self, pairs: Pairs) -> Words:
        points = (self._number_at.get(at) for start, end in pairs for at in range(start, end))
        return frozenset(number for number in points if number is not None)

    def _form(self, content: Words) -> str:
        inside = sum(self._quoted[number] for number in content)
        return "indirect" if not inside else "direct" if inside == len(content) else "mixed"


def jaccard(one: Words, two: Words) -> float:
    """Words in common as a share of all; two empty sets are the same.

    >>> jaccard(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.25
    """
    return len(one & two) / len(one | two) if one or two else 1.0


Likeness = Callable[[View, View], tuple[float, ...] | None]


def content_alike(gold: View, found: View) -> tuple[float, ...] | None:
    """How alike the contents are; None below half."""
    share = jaccard(gold.content, found.content) if gold.content & found.content else 0.0
    return (share,) if share >= ENOUGH else None


def attribution_alike(gold: View, found: View) -> tuple[float, ...] | None:
    """The headline's criterion: contents and sources each half alike; no source is like no source."""
    content, source = content_alike(gold, found), jaccard(gold.source, found.source)
    return (*content, source) if content and source >= ENOUGH else None


def match(gold: Sequence[View], found: Sequence[View], alike: Likeness) -> list[tuple[int, int]]:
    """Pairs (gold, found), one to one, the likest first; of equals the earlier ones."""
    likest = sorted(
        ((likeness, -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found) if (likeness := alike(g, f))),
        reverse=True,
    )
    left, right = set(range(len(gold))), set(range(len(found)))
    pairs = []
    for _, i, j in likest:
        if -i in left and -j in right:
            left.discard(-i)
            right.discard(-j)
            pairs.append((-i, -j))
    return pairs
