"""Answers how sure texts are of single words in them, with the trained judge or with the rules."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.annotate.certainty import certainty_within
from onrecord.annotate.sentences import find_sentences
from onrecord.errors import Unavailable
from onrecord.model import Span

logger = logging.getLogger(__name__)
LONGEST = 3000  # code points: what is longer is no sentence (a table, a dump), and is read around the word alone
AROUND = 1000  # code points on both sides of such a word


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how sure is `text` of the event whose word stands at `span`?"""

    text: str
    span: Span


def answer(asked: Sequence[Asked], *, trained: bool = True) -> list[str]:
    """The certainty of each, in order. A text that comes more than once is cut into sentences once.

    >>> answer([Asked("He did not leave.", Span(11, 16))], trained=False)
    ['CT-']
    """
    trained = trained and has_weights()
    by_text: dict[str, list[int]] = {}
    for k, one in enumerate(asked):
        by_text.setdefault(one.text, []).append(k)
    out = [""] * len(asked)
    for text, numbers in by_text.items():
        sentences = [sentence.span for sentence in find_sentences(text)]
        for sentence, inside in by_sentence(sentences, [(asked[k].span.start, k) for k in numbers]):
            starts = [asked[k].span.start for k in inside]
            for k, certainty in zip(inside, judged(text, sentence, starts, trained=trained), strict=True):
                out[k] = certainty
    return out


@cache
def has_weights() -> bool:
    """Whether the weights are installed, told once where not; BadResource where they are not as they should be."""
    from onrecord.annotate.judging.model import load_model

    try:
        load_model()
    except Unavailable:
        logger.warning("the weights of `certainty` are not installed: the rules judge alone")
        return False
    return True


def judged(text: str, sentence: Span, starts: Sequence[int], *, trained: bool) -> list[str]:
    """The certainty of the words of one sentence of `text` that stand at the code points `starts`."""
    if not trained:
        return [certainty_within(text, sentence, start) for start in starts]
    from onrecord.annotate.judging.model import load_model

    return load_model().certainties(sentence.of(text), [start - sentence.start for start in starts])


def by_sentence(sentences: Sequence[Span], wanted: Iterable[tuple[int, int]]) -> Iterator[tuple[Span, list[int]]]:
    """Each sentence with the numbers of what stands in it; `wanted` are code points, each with its number.

    What stands in none (blank space between two) belongs to the one after it, or else the last. A sentence beyond
    LONGEST is given once for each word, cut around it.
    """
    queue, at = sorted(wanted), 0
    for k, sentence in enumerate(sentences):
        inside = []
        while at < len(queue) and (queue[at][0] < sentence.end or k == len(sentences) - 1):
            inside.append(queue[at])
            at += 1
        if len(sentence) <= LONGEST:
            if inside:
                whole = Span(min(sentence.start, inside[0][0]), max(sentence.end, inside[-1][0] + 1))
                yield whole, [number for _, number in inside]
            continue
        for start, number in inside:
            yield Span(max(sentence.start, start - AROUND), min(sentence.end, start + AROUND)), [number]
    for start, number in queue[at:]:  # a text of blank space
        yield Span(start, start + 1), [number]
