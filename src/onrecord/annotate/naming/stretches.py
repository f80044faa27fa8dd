"""A report's sentences as positions of words, and which of them are set as headlines."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.annotate.naming.names import word_list
from onrecord.annotate.naming.nametokens import Word
from onrecord.model import Report, SectionKind, Span

# Where no step has found sentences: after a mark that ends one and is no part of a title.
ROUGH_END = re.compile(
    r"(?<=[a-z0-9)”\"’%][.!?])(?<! Mr\.)(?<! Ms\.)(?<! Dr\.)(?<!Sen\.)(?<!Rep\.)(?<!Gov\.)(?<!Gen\.)"
    r"[\"”’)]*\s+(?=[A-Z“\"‘(])|\n+"
)
TITLE_CASE = 0.6  # share of longer words with a capital from which a line is set as a headline
MOSTLY = 0.75  # the same for a line that nothing marks as a headline


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence by the positions of its words."""

    first: int
    end: int
    headline: bool  # set in title case or capitals: a capital letter says nothing


def find_stretches(report: Report, words: Sequence[Word]) -> list[Stretch]:
    """The report's sentences as positions of words; rough ones where the layer is empty."""
    starts = [word.start for word in words]
    if report.sentences:
        spans: Iterable[tuple[Span, bool]] = (
            (one.span, one.section is SectionKind.HEADLINE)
            for one in report.sentences
            if one.section is not SectionKind.BOILERPLATE
        )
    else:
        edges = [0, *(m.end() for m in ROUGH_END.finditer(report.text)), len(report.text)]
        spans = ((Span(a, b), False) for a, b in itertools.pairwise(edges) if a < b)
    found = []
    for span, headline in spans:
        first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if first < end:
            found.append(Stretch(first, end, is_set_as_headline(words[first:end], headline)))
    return found


def is_set_as_headline(words: Sequence[Word], headline: bool) -> bool:
    """Whether capital letters say nothing about names here.

    That is so in a headline with most of its longer words capitalised, and elsewhere where no verb or noun is written
    small, or where a word that no name has stands inside with a capital: "Votes To Condemn".
    """
    longer = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    letters = [word for word in words if word.text[0].isalpha()]
    if len(letters) > 2 and all(word.text.isupper() for word in letters):
        return True
    share = sum(word.capital for word in longer) / max(1, len(longer))
    if headline or share < TITLE_CASE or len(longer) < 3:
        return headline and share >= TITLE_CASE
    if share >= MOSTLY and any(is_small_word_with_capital(word, before) for before, word in pairwise(words)):
        return True
    small = word_list("small") | word_list("unstressed") | word_list("head_prepositions")
    return len(longer) > 3 and not any(word.text[0].islower() and word.lower not in small for word in words)


def is_small_word_with_capital(word: Word, before: Word) -> bool:
    """Whether a word that no name has stands inside a sentence with a capital: "Votes To Condemn", "Says It"."""
    if not word.capital or len(word.text) < 2 or not before.text[0].isalnum() or word.text.isupper():
        return False
    return word.lower in word_list("small") or word.lower in word_list("speaks")
