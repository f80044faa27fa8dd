"""Candidates of the rules in marked articles, and whether each is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unittest.mock import patch

from onrecord.annotate.rules import find
from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.confidence import traits
from onrecord.annotate.rules.selection import is_sound
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Report
from training.rules.agreement import Gold, WordNumbers
from training.rules.corpus import Article
from training.rules.lexicon import Key


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate: its cue, its construction, what speaks for and against it, and whether it is right."""

    cue: Key
    frame: str
    traits: tuple[str, ...]  # names of weights in attribution.toml
    right: bool


Counts = dict[tuple[Key, str], tuple[int, int]]  # cue and construction -> examples, those that are right


def find_examples(articles: Iterable[Article]) -> Iterator[Example]:
    """Every candidate of every article, by the rules with the lexicon that is in force.

    A candidate whose cue stands in marked content and that nobody marked is left out: nobody can tell about it.
    """
    for article in articles:
        words = WordNumbers(article.text)
        gold = Gold(words, article.marked)
        for candidate, names in _candidates(article.text):
            parts = words.parts(candidate.source, [candidate.cue_span], candidate.content)
            if not parts.content:
                continue
            right = gold.has(parts)
            if right or not gold.is_within(parts):
                yield Example((candidate.cue.lemma, candidate.cue.kind), candidate.frame, names, right)


def _candidates(text: str) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """Candidates where the rules would choose among them, with their traits as they are when the rules weigh them.

    The rules run as they always do, but keep every candidate and end before they build attributions.
    """
    weighed: dict[int, tuple[Candidate, tuple[str, ...]]] = {}
    found: list[Candidate] = []

    def keep_all(candidates: Iterable[Candidate]) -> list[Candidate]:
        sound = sorted(filter(is_sound, candidates), key=lambda candidate: (candidate.cue_span, candidate.frame))
        weighed.update({id(candidate): (candidate, traits(candidate)) for candidate in sound})
        return sound

    def end(_text: str, candidates: Sequence[Candidate], *_: object) -> tuple[()]:
        found.extend(candidates)
        return ()

    with patch.multiple(find, settle=keep_all, build=end):
        find.find_attributions(FindSentences()(Report("", text, "")))
    for candidate in found:  # with the quotations that go on in the next paragraph; later ones than `settle` have none
        yield weighed.get(id(candidate)) or (candidate, traits(candidate))


def count(examples: Iterable[Example]) -> Counts:
    """How many examples each construction of each cue has, and how many of them are right."""
    table: defaultdict[tuple[Key, str], list[int]] = defaultdict(lambda: [0, 0])
    for example in examples:
        cell = table[example.cue, example.frame]
        cell[0] += 1
        cell[1] += example.right
    return {name: (cell[0], cell[1]) for name, cell in table.items()}
