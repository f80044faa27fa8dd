"""Candidates of the rules in marked articles, and whether each is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.according import find_according, find_labels, find_signature
from onrecord.annotate.attributions import find_stretches
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.clauses import find_candidates
from onrecord.annotate.confidence import traits
from onrecord.annotate.selection import is_sound
from onrecord.annotate.sentences import FindSentences
from onrecord.annotate.turns import continue_quotations
from onrecord.model import Quotation, Report
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
    """Candidates before any is chosen, with their traits as they are when the rules weigh them."""
    report = FindSentences()(Report("", text, ""))
    stretches = list(find_stretches(text, report.sentences, outermost(report.quotations)))
    names = {}
    for stretch in stretches:
        words = stretch.words
        found = find_candidates(words) + find_according(words) + find_labels(words) + find_signature(words)
        stretch.candidates = [candidate for candidate in found if is_sound(candidate)]
        names.update({id(candidate): traits(candidate) for candidate in stretch.candidates})
    for candidate in continue_quotations(stretches):  # adds quotations that go on in the next paragraph
        yield candidate, names[id(candidate)]


def outermost(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Those that stand in no other."""
    return [quotation for quotation in quotations if quotation.depth == 0]


def count(examples: Iterable[Example]) -> Counts:
    """How many examples each construction of each cue has, and how many of them are right."""
    table: defaultdict[tuple[Key, str], list[int]] = defaultdict(lambda: [0, 0])
    for example in examples:
        cell = table[example.cue, example.frame]
        cell[0] += 1
        cell[1] += example.right
    return {name: (cell[0], cell[1]) for name, cell in table.items()}
