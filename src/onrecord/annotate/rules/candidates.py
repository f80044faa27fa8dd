"""Cues where they stand in a stretch, and what may become an attribution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.annotate.cues import Cue, cue_forms
from onrecord.annotate.tokens import Tokens
from onrecord.model import Span

GROUP = frozenset("XHZMnR")  # classes that belong to a verb group before its head


@dataclass(slots=True)
class Candidate:
    """A possible attribution in one stretch; positions are spans of the report's text."""

    cue: Cue
    frame: str
    cue_span: Span
    source: list[Span]
    content: list[Span]
    features: set[str] = field(default_factory=set)
    direct: bool = False  # the content is quotations only
    stretch: int = 0  # number of its stretch in the report
    confidence: float = 0.0  # 0..1


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue where it stands: its verb group is words [first, after), its head word `head`."""

    cue: Cue
    head: int
    first: int
    after: int

    def span(self, words: Tokens) -> Span:
        """The cue in the text, auxiliaries, adverbs and particle included."""
        return words.span(self.first, self.after)


def find_hits(words: Tokens) -> Iterator[Hit]:
    """Cues of a stretch with their verb groups, by position; the longest particle wins."""
    forms = cue_forms()
    tags, lower = words.tags, words.lower
    for head in range(len(words)):
        cues = forms.get(lower[head])
        if cues is None or tags[head] in "AQq":
            continue
        for cue in cues:
            if _fits(cue, tags[head]) and _has_tail(cue, lower, head):
                yield _group(words, cue, head)
                break


def _fits(cue: Cue, tag: str) -> bool:
    """Whether a word of this class can be this kind of cue."""
    if cue.kind == "verb":
        return tag in "VLdgls"
    return cue.kind == "adjective" or tag in "Nlsd"


def _has_tail(cue: Cue, lower: list[str], head: int) -> bool:
    length = len(cue.tail)
    return not length or tuple(lower[head + 1 : head + 1 + length]) == cue.tail


def _group(words: Tokens, cue: Cue, head: int) -> Hit:
    """The cue with its auxiliaries, negation and adverbs: "has not yet said"."""
    tags, lower = words.tags, words.lower
    first, after = head, head + 1 + len(cue.tail)
    if cue.kind == "noun":
        return Hit(cue, head, first, after)
    while first > 0 and tags[first - 1] in GROUP:
        first -= 1
    if lower[first - 1] == "nor" and lower[first - 3] == "neither":
        first -= 3  # "has neither confirmed nor denied"
        while first > 0 and tags[first - 1] in GROUP:
            first -= 1
    if first > 0 and tags[first - 1] == "t":
        first -= 1
    if first == 0 and first < head and tags[first] == "R":
        first += 1
    return Hit(cue, head, first, after)
