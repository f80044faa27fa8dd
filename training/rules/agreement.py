"""When an attribution counts as right: half of its words, source and content apart, are those that a person marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Span
from training.rules.corpus import Marked

WORD = re.compile(r"\w+")
LEAST = 0.5  # share of common words (Jaccard) from which two selections agree

Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Parts:
    """An attribution as the numbers of its words in the text; punctuation has no weight."""

    source: Numbers
    cue: Numbers
    content: Numbers


class WordNumbers:
    """The words of a text, numbered from 0, and the words that spans touch."""

    def __init__(self, text: str) -> None:
        self._word_at = [-1] * len(text)
        for number, word in enumerate(WORD.finditer(text)):
            start, end = word.span()
            self._word_at[start:end] = [number] * (end - start)

    def touched(self, spans: Iterable[Span]) -> Numbers:
        """The numbers of the words that share a character with `spans`."""
        return frozenset(number for span in spans for number in self._word_at[span.start : span.end]) - {-1}

    def parts(self, source: Iterable[Span], cue: Iterable[Span], content: Iterable[Span]) -> Parts:
        """The parts of an attribution."""
        return Parts(self.touched(source), self.touched(cue), self.touched(content))


class Gold:
    """What a person marked in one text, found by the words of its content."""

    def __init__(self, words: WordNumbers, marked: Sequence[Marked]) -> None:
        self.parts = [words.parts(item.source, item.cue, item.content) for item in marked]
        self._by_word: defaultdict[int, list[int]] = defaultdict(list)
        for number, parts in enumerate(self.parts):
            for word in parts.content:
                self._by_word[word].append(number)

    def near(self, content: Numbers) -> list[int]:
        """The marked attributions that share a word with `content`, in order."""
        return sorted({number for word in content for number in self._by_word.get(word, ())})

    def has(self, found: Parts) -> bool:
        """Whether one of them agrees with `found` in source and content."""
        return any(agreement(self.parts[number], found) is not None for number in self.near(found.content))

    def is_within(self, found: Parts) -> bool:
        """Whether the cue of `found` stands inside marked content: corpora leave most inner attributions unmarked."""
        cue = found.cue
        return bool(cue) and any(cue <= self.parts[number].content for number in self.near(cue))


def jaccard(one: Numbers, other: Numbers) -> float:
    """The share of common words among all, 0..1; two empty selections agree."""
    union = len(one | other)
    return len(one & other) / union if union else 1.0


def agreement(marked: Parts, found: Parts) -> tuple[float, float] | None:
    """How well content and source agree; None where either does not."""
    content = jaccard(marked.content, found.content)
    source = jaccard(marked.source, found.source)
    return (content, source) if marked.content & found.content and min(content, source) >= LEAST else None


def pair_up(gold: Gold, found: Sequence[Parts]) -> set[int]:
    """The numbers of those `found` that are right, each marked attribution taken once, the best pairs first."""
    pairs = []
    for number, parts in enumerate(found):
        for near in gold.near(parts.content):
            score = agreement(gold.parts[near], parts)
            if score is not None:
                pairs.append((-score[0], -score[1], near, number))
    taken: set[int] = set()
    right: set[int] = set()
    for *_, near, number in sorted(pairs):
        if near not in taken and number not in right:
            taken.add(near)
            right.add(number)
    return right
