"""Where words stand for a reader: paragraph numbers, and a paragraph cut into pieces that are marked or not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.model import Selection, Span

AROUND = 240  # code points kept at either side of the marked words of a long paragraph

Mark = tuple[str, Selection]  # what the words are ("source", "cue", "content") and where


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or what matters of it, in pieces."""

    paragraph: int  # from 1, counted over the lines of the report that are not blank
    pieces: tuple[tuple[str, str | None], ...]  # text, and its mark

    @property
    def text(self) -> str:
        """The pieces as one string."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a text: its lines that are not blank."""

    spans: tuple[Span, ...]

    def number(self, offset: int) -> int:
        """The number of the paragraph at `offset`, from 1."""
        return max(1, bisect_right(self.spans, offset, key=lambda span: span.start))


@lru_cache(maxsize=8)
def paragraphs_of(text: str) -> Paragraphs:
    """The paragraphs of `text` in order."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Paragraphs(tuple(spans))


def find_passages(text: str, marks: Iterable[Mark]) -> tuple[Passage, ...]:
    """Every paragraph that holds a marked word, in order; where marks overlap, the first one given wins."""
    given = [(label, span) for label, spans in marks for span in spans if span]
    passages = []
    paragraphs = paragraphs_of(text)
    numbers = {
        number
        for _, span in given
        for number in range(paragraphs.number(span.start), paragraphs.number(max(span.start, span.end - 1)) + 1)
    }
    for number in sorted(numbers):
        if number > len(paragraphs.spans):
            continue
        paragraph = paragraphs.spans[number - 1]
        inside = [(label, span) for label, span in given if span.overlaps(paragraph)]
        passages.append(Passage(number, _pieces(text, _window(text, paragraph, inside), inside)))
    return tuple(passages)


def _window(text: str, paragraph: Span, marks: list[tuple[str, Span]]) -> Span:
    """The paragraph, or where it is long the marked words with some room around them."""
    start = max(paragraph.start, min(span.start for _, span in marks) - AROUND)
    end = min(paragraph.end, max(span.end for _, span in marks) + AROUND)
    if start > paragraph.start:
        start = text.find(" ", start, end) + 1 or start
    if end < paragraph.end:
        end = max(text.rfind(" ", start, end), start)
    return Span(start, end)


def _pieces(text: str, window: Span, marks: list[tuple[str, Span]]) -> tuple[tuple[str, str | None], ...]:
    bounds = {window.start, window.end}
    for _, span in marks:
        bounds |= {min(max(edge, window.start), window.end) for edge in (span.start, span.end)}
    edges = sorted(bounds)
    pieces: list[tuple[str, str | None]] = []
    for start, end in pairwise(edges):
        label = next((label for label, span in marks if span.start <= start and end <= span.end), None)
        pieces.append((text[start:end], label))
    if pieces and text[: window.start].rpartition("\n")[2].strip():
        pieces.insert(0, ("… ", None))
    if pieces and text[window.end :].partition("\n")[0].strip():
        pieces.append((" …", None))
    return tuple(pieces)
