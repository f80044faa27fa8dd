"""Recall told apart: by the kind of cue, by the form, by the source and by the shape of the content."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from evals.spans import View, Viewer
from onrecord.annotate.tokens import inflect, verb_forms

LISTS = tomllib.loads(Path(__file__).with_name("slices.toml").read_text("utf-8"))
PRONOUNS = frozenset(LISTS["pronouns"])
LONG_SOURCE = 6  # words, at least
SHORT_CONTENT = 3  # words, at most
COMMON = "one common speech verb"
SLICES = (  # in the order in which they are shown
    COMMON,
    "speech verb and more words",
    "according to",
    "any other cue",
    "punctuation",
    "direct",
    "indirect",
    "mixed",
    "no source in the text",
    "source a pronoun",
    "source of six words and more",
    "content of one to three words",
    "discontinuous content",
)


@cache
def speech_forms() -> frozenset[str]:
    """All forms of the common verbs of saying."""
    return frozenset(form for base in LISTS["speech_verbs"] for form in verb_forms().get(base) or inflect(base))


def cue_kind(words: Sequence[str]) -> str:
    """The slice of a cue by its words, in lower case and without marks.

    >>> cue_kind(["also", "said"])
    'speech verb and more words'
    """
    if not words:
        return "punctuation"
    if words[0] == "according":
        return "according to"
    if speech_forms() & set(words):
        return COMMON if len(words) == 1 else "speech verb and more words"
    return "any other cue"


def slices_of(gold: View, viewer: Viewer) -> Iterator[str]:
    """The slices that a gold attribution belongs to."""
    yield cue_kind([viewer.words[k] for k in sorted(gold.cue)]) if gold.spans.cue else "any other cue"
    yield gold.form
    source = [viewer.words[k] for k in sorted(gold.source)]
    if not source:
        yield "no source in the text"
    elif len(source) == 1 and source[0] in PRONOUNS:
        yield "source a pronoun"
    elif len(source) >= LONG_SOURCE:
        yield "source of six words and more"
    if len(gold.content) <= SHORT_CONTENT:
        yield "content of one to three words"
    if len(gold.spans.content) > 1:
        yield "discontinuous content"


class Recall:
    """Of the gold of each slice, how much was found."""

    def __init__(self) -> None:
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def add(self, viewer: Viewer, gold: Sequence[View], pairs: Sequence[tuple[int, int]]) -> None:
        """One article: its gold, and the pairs (gold, found) that are right."""
        right = {number for number, _ in pairs}
        for number, view in enumerate(gold):
            for name in slices_of(view, viewer):
                self.gold[name] += 1
                self.found[name] += number in right

    def figures(self) -> dict[str, dict[str, float]]:
        """Slice -> its size and its recall in %; slices without gold are left out."""
        return {
            name: {"n": self.gold[name], "recall": 100 * self.found[name] / self.gold[name]}
            for name in SLICES
            if self.gold[name]
        }
