"""What speaks for and against a proposed attribution, by name; the weights of the names come with the tagger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.cues import cue_forms
from onrecord.annotate.tagging.labels import Triple, begin
from onrecord.annotate.tagging.linker import Tie
from onrecord.annotate.tagging.words import OUTSIDE as UNQUOTED
from onrecord.annotate.tagging.words import Words
from onrecord.model import Attribution

Floats = NDArray[np.float32]
PARTS = ("source", "cue", "content")
EDGES = (-3.0, -2.0, -1.4, -1.0, -0.7, -0.5, -0.35, -0.22, -0.12, -0.06, -0.03, -0.015)  # log-probabilities
SHARES = (0.35, 0.45, 0.55, 0.65, 0.75, 0.85)  # of the rules' confidence
LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)  # words
NEAR, SAME = 0.5, 0.95  # Jaccard overlap with what a rule found
FAR = 12  # words


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible attribution in ranges of words, with whoever proposes it."""

    triple: Triple
    tie: Tie | None  # of the tagger's linker
    rule: Attribution | None  # the rules' attribution of the same cue
    rule_overlap: tuple[float, float] = (0.0, 0.0)  # Jaccard of source and content with it
    held: bool = False  # its cue stands in the content of another
    echoes: bool = False  # the sentence adds that another said it too: ", as unions had warned"


class Sureness:
    """Log-probabilities of one text, summed up so that the mean of any range is read in constant time."""

    def __init__(self, scores: Floats) -> None:
        self.sums: dict[str, NDArray[np.float64]] = {}
        self.scores = scores
        for role in PARTS:
            either = np.logaddexp(scores[:, begin(role)], scores[:, begin(role) + 1])
            self.sums[role] = np.concatenate([[0.0], np.cumsum(either, dtype=np.float64)])

    def mean(self, role: str, ranges: Sequence[tuple[int, int]]) -> float:
        """Mean log-probability that the words of `ranges` have the role."""
        sums, count = self.sums[role], sum(end - start for start, end in ranges)
        return float(sum(sums[end] - sums[start] for start, end in ranges)) / max(1, count)

    def edge(self, role: str, ranges: Sequence[tuple[int, int]]) -> float:
        """The least log-probability that a range begins, and ends, where it does."""
        first = begin(role)
        starts = [float(self.scores[start, first]) for start, _ in ranges]
        ends = [float(np.log1p(-min(0.9999, exp(self.scores[end, first + 1])))) for _, end in self._inner(ranges)]
        return min(starts + ends, default=0.0)

    def _inner(self, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        return ((start, end) for start, end in ranges if end < len(self.scores))


def steps(name: str, value: float, edges: Sequence[float]) -> Iterator[str]:
    """One trait for each edge that the value is above: the more, the higher."""
    return (f"{name}>{edge:g}" for edge in edges if value > edge)


def traits(words: Words, sure: Sureness, proposal: Proposal) -> tuple[str, ...]:
    """The traits of a proposal, each once."""
    triple = proposal.triple
    found = ["any", *_of_parts(sure, triple), *_of_links(proposal.tie), *_of_rules(proposal)]
    found += _of_shape(words, triple)
    return tuple(dict.fromkeys(found))


def _of_parts(sure: Sureness, triple: Triple) -> Iterator[str]:
    for role in PARTS:
        ranges = triple.ranges(role)
        if ranges:
            yield from steps(role, sure.mean(role, ranges), EDGES)
            yield from steps(f"{role}-edge", sure.edge(role, ranges), EDGES)
    if not triple.source:
        yield "source-none"


def _of_links(tie: Tie | None) -> Iterator[str]:
    if tie is None:
        yield "rule-only"
        return
    yield from steps("no-source-link" if tie.source is None else "source-link", float(np.log(tie.source_chance)), EDGES)
    yield from steps("content-link", float(np.log(min(tie.content_chances))), EDGES)


def _of_rules(proposal: Proposal) -> Iterator[str]:
    rule = proposal.rule
    if rule is None:
        yield "rule-none"
        return
    source, content = proposal.rule_overlap
    yield f"rule-source-{(source >= NEAR) + (source >= SAME)}"
    yield f"rule-content-{(content >= NEAR) + (content >= SAME)}"
    if min(source, content) >= NEAR:
        yield from steps("rule", rule.confidence, SHARES)
        yield f"rule-{rule.rule.partition(':')[0]}"


def _of_shape(words: Words, triple: Triple) -> Iterator[str]:
    for role in PARTS:
        yield from steps(f"{role}-length", sum(end - start for start, end in triple.ranges(role)), LENGTHS)
    yield f"pieces-{min(3, len(triple.content))}"
    cue = triple.cue[0]
    quoted = [words.quotes[k] != UNQUOTED for start, end in triple.content for k in range(start, end)]
    yield "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"
    if words.quotes[cue[0]] != UNQUOTED:
        yield "cue-quoted"
    if not any(words.forms[k].lower() in cue_forms() for start, end in triple.cue for k in range(start, end)):
        yield "cue-unknown" if any(words.forms[k].isalpha() for k in range(*cue)) else "cue-mark"
    nearest = min(triple.content, key=lambda piece: _gap(cue, piece))
    yield f"content-{'after' if nearest > cue else 'before'}"
    if _gap(cue, nearest) > FAR:
        yield "content-far"
    if words.sentences[nearest[0]] != words.sentences[cue[0]]:
        yield "content-elsewhere"
    if triple.source and words.sentences[triple.source[0][0]] != words.sentences[cue[0]]:
        yield "source-elsewhere"


def _gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(0, two[0] - one[1], one[0] - two[1])


def confidence(names: Sequence[str], weights: Mapping[str, float]) -> float:
    """The chance, 0..1, that the weights of the traits add up to (log-odds)."""
    score = sum(weights.get(name, 0.0) for name in names)
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
