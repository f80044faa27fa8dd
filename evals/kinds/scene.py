"""One article with its gold and what was found: the misses, the false alarms, and which of them belong together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from evals.finding import Found
from evals.spans import ENOUGH, WORD, Spans, View, Viewer, Words, attribution_alike, jaccard, match
from onrecord.annotate.quotations import find_quotations

SAME_SOURCE, SAME_CUE, SAME_CONTENT = 1, 2, 3  # in what a find is like the gold that is not it


class Scene:
    """One article: gold and found as sets of words, which of them answer each other, and what lies between words."""

    def __init__(self, text: str, gold: Sequence[Spans], found: Sequence[Found]) -> None:
        viewer = Viewer(text)
        self.text = text
        self.words = viewer.words
        self.ranges = [word.span() for word in WORD.finditer(text)]  # of each word, in code points
        self.gold = [viewer.view(spans) for spans in gold]
        self.found = [viewer.view(one.spans) for one in found]
        self.nested = [one.nested for one in found]
        pairs = match(self.gold, self.found, attribution_alike)
        self.right_gold = {k for k, _ in pairs}
        self.right_found = {k for _, k in pairs}
        self.region = self._regions()
        self.misses = [self._miss(view) for k, view in enumerate(self.gold) if k not in self.right_gold]
        near = {id(miss.near): miss for miss in reversed(self.misses) if miss.near}
        self.alarms = [
            Alarm(self, view, self.nested[k], near.get(id(view)))
            for k, view in enumerate(self.found)
            if k not in self.right_found
        ]

    def _regions(self) -> dict[int, int]:
        """Word -> number of the outermost quotation that it stands in."""
        outer = [one.span for one in find_quotations(self.text) if one.depth == 0]
        starts = [span.start for span in outer]
        region = {}
        for number, (start, _) in enumerate(self.ranges):
            k = bisect_right(starts, start) - 1
            if k >= 0 and start < outer[k].end:
                region[number] = k
        return region

    def _miss(self, gold: View) -> Miss:
        """With the find that is likeliest meant to be it: one that answers nothing else, if there is one."""
        near = [
            (k not in self.right_found, *likeness, -k)
            for k, found in enumerate(self.found)
            if (likeness := nearness(gold, found)) and (k not in self.right_found or likeness[0] > SAME_SOURCE)
        ]
        if not near:
            return Miss(self, gold, None, free=False)
        free, *_, k = max(near)
        return Miss(self, gold, self.found[-k], free=free)

    def between(self, one: int, other: int) -> str:
        """The text between two words; their order does not matter."""
        first, second = sorted((one, other))
        return self.text[self.ranges[first][1] : self.ranges[second][0]]

    def said(self, words: Words) -> list[str]:
        """The words themselves, in lower case and in order."""
        return [self.words[k] for k in sorted(words)]


def nearness(gold: View, found: View) -> tuple[int, float, float] | None:
    """How far a find can be meant for the gold: it has its content, its cue, or its source and some of its content."""
    content, source = jaccard(gold.content, found.content), jaccard(gold.source, found.source)
    if content >= ENOUGH and gold.content:
        return SAME_CONTENT, content, source
    if same_cue(gold, found):
        return SAME_CUE, content, source
    if gold.source & found.source and gold.content & found.content:
        return SAME_SOURCE, content, source
    return None


def same_cue(one: View, two: View) -> bool:
    """Whether the cues share a word, or a mark."""
    pairs = ((a, b) for a in one.spans.cue for b in two.spans.cue)
    return bool(one.cue & two.cue) or any(max(a[0], b[0]) < min(a[1], b[1]) for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold attribution that nothing answers."""

    scene: Scene
    gold: View
    near: View | None
    free: bool  # the near one answers no other gold

    @property
    def content_found(self) -> bool:
        """Whether the near one has its content."""
        return self.near is not None and jaccard(self.gold.content, self.near.content) >= ENOUGH

    @property
    def source_found(self) -> bool:
        """Whether the near one has its source."""
        return self.near is not None and jaccard(self.gold.source, self.near.source) >= ENOUGH

    @property
    def lost(self) -> Words:
        """Words of the content that the near one leaves out."""
        return self.gold.content - self.near.content if self.near else frozenset()

    @property
    def extra(self) -> Words:
        """Words that it has beyond the content."""
        return self.near.content - self.gold.content if self.near else frozenset()


@dataclass(frozen=True, slots=True)
class Alarm:
    """A find that answers no gold."""

    scene: Scene
    found: View
    nested: bool
    miss: Miss | None  # the gold that it is near to
