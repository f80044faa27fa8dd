"""A text cut for showing: paragraphs of segments, each under the same marks from end to end.

Exact to the letter: the segments of all blocks, joined, are the text; the segments under a mark, joined, are its span.
Offsets count code points. Linear in the length of the text and in the number of (segment, mark) pairs that are shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from onrecord.export.signs import Run, split_signs
from onrecord.model import Section, SectionKind, Span

LONGEST = 8_000  # code points of a block: a longer paragraph is shown in parts
WINDOW = 60_000  # code points of a page, each mark that begins on it counting for
MARK_WEIGHT = 300  # of them


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that something is shown of. Several marks may have one label and key: the pieces of a content."""

    label: str  # content, source, cue, condition, figure, copy, here
    key: str  # id of the thing
    span: Span
    depth: int = 0  # of two marks the deeper lies inside, however long it is


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch under the same marks, the innermost first."""

    span: Span
    text: str
    marks: tuple[Mark, ...] = ()

    def keys(self, label: str) -> tuple[str, ...]:
        """The things with this label that the words belong to, the innermost first."""
        return tuple(dict.fromkeys(mark.key for mark in self.marks if mark.label == label))

    @property
    def begins(self) -> tuple[Mark, ...]:
        """Marks whose first letter is the first of this segment."""
        return tuple(mark for mark in self.marks if mark.span.start == self.span.start)

    @property
    def ends(self) -> tuple[Mark, ...]:
        """Marks whose last letter is the last of this segment."""
        return tuple(mark for mark in self.marks if mark.span.end == self.span.end)

    @property
    def runs(self) -> Iterator[Run]:
        """The words, with what nobody sees as signs."""
        return split_signs(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the white space around it, or a part of one that is too long to show at once."""

    number: int  # of the paragraph, from 1, counted over the lines that are not blank
    part: int  # from 0
    kind: SectionKind
    span: Span
    segments: tuple[Segment, ...] = ()


def cut_blocks(text: str, sections: Sequence[Section] = ()) -> tuple[Block, ...]:
    r"""The blocks of a text without their segments; together they are all of it.

    >>> [block.span.of("One.\n\nTwo.\n") for block in cut_blocks("One.\n\nTwo.\n")]
    ['One.\n\n', 'Two.\n']
    """
    starts = [section.span.start for section in sections]
    blocks: list[Block] = []
    for number, whole in enumerate(_paragraphs(text), 1):
        head = text[whole.start : min(whole.end, whole.start + LONGEST)]
        at = bisect_right(starts, whole.start + len(head) - len(head.lstrip())) - 1
        kind = sections[at].kind if at >= 0 else SectionKind.BODY
        blocks += (Block(number, part, kind, span) for part, span in enumerate(_parts(text, whole)))
    return tuple(blocks)


def cut_pages(blocks: Sequence[Block], starts: Iterable[int] = (), *, window: int = WINDOW) -> tuple[range, ...]:
    """Which blocks make a page each, in order; `starts` are the offsets at which marks begin. At least one page.

    A page ends before what would make it longer than the window, and holds a block at least.
    """
    weights = [len(block.span) for block in blocks]
    ends = [block.span.end for block in blocks]
    for start in starts:
        at = bisect_right(ends, start)
        if at < len(weights):
            weights[at] += MARK_WEIGHT
    pages, first, held = [], 0, 0
    for number, weight in enumerate(weights):
        if held and held + weight > window:
            pages.append(range(first, number))
            first, held = number, 0
        held += weight
    return (*pages, range(first, len(blocks)))


def page_at(blocks: Sequence[Block], pages: Sequence[range], offset: int) -> int:
    """The number of the page, from 0, that shows the code point at `offset`; the last one for what lies behind."""
    at = min(bisect_right([block.span.end for block in blocks], offset), len(blocks) - 1)
    return next((number for number, page in enumerate(pages) if at < page.stop), len(pages) - 1)


def cut_segments(text: str, blocks: Iterable[Block], marks: Iterable[Mark]) -> tuple[Block, ...]:
    """The blocks with their segments: cut where a mark or a block begins or ends, and nowhere else."""
    shown = list(blocks)
    if not shown:
        return ()
    whole = Span(shown[0].span.start, shown[-1].span.end)
    there = sorted((m for m in marks if m.span and m.span.overlaps(whole)), key=_in_order)
    beginning, done = 0, []
    active: list[Mark] = []
    for block in shown:
        edges = {block.span.start, block.span.end}
        edges |= {mark.span.end for mark in active if mark.span.end < block.span.end}
        last = beginning
        while last < len(there) and there[last].span.start < block.span.end:
            span = there[last].span
            edges |= {max(span.start, block.span.start), min(span.end, block.span.end)}
            last += 1
        segments = []
        for start, end in pairwise(sorted(edges)):
            active = [mark for mark in active if mark.span.end > start]
            while beginning < last and there[beginning].span.start <= start:
                active.append(there[beginning])
                beginning += 1
            segments.append(_segment(text, Span(start, end), active))
        active = [mark for mark in active if mark.span.end > block.span.end]
        done.append(replace(block, segments=tuple(segments)))
    return tuple(done)


def _segment(text: str, span: Span, active: Sequence[Mark]) -> Segment:
    return Segment(span, span.of(text), tuple(sorted(active, key=_inner_first)))


def _in_order(mark: Mark) -> tuple[Span, str, str]:
    return (mark.span, mark.label, mark.key)


def _inner_first(mark: Mark) -> tuple[int, int, int, str, str]:
    return (-mark.depth, len(mark.span), -mark.span.start, mark.label, mark.key)


@lru_cache(maxsize=4)
def _paragraphs(text: str) -> tuple[Span, ...]:
    """The lines that are not blank, each with the blank ones after it; the first also with those before it."""
    starts, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    if not text:
        return ()
    edges = [0, *starts[1:], len(text)]
    return tuple(Span(*pair) for pair in pairwise(edges))


def _parts(text: str, whole: Span) -> Iterator[Span]:
    """A paragraph in parts that are not too long, cut behind white space where there is some."""
    start = whole.start
    while whole.end - start > LONGEST:
        found = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        near = found + 1 if found >= 0 else start + LONGEST
        yield Span(start, near)
        start = near
    yield Span(start, whole.end)
