"""Where words stand: half-open spans in code points, and evidence that carries its quotation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from onrecord.errors import BadSpan


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start, end) of a report's text, in code points from 0.

    >>> Span(4, 9).of("The mayor spoke.")
    'mayor'
    """

    start: int  # code points from 0, included
    end: int  # code points from 0, excluded

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise BadSpan(f"span [{self.start}, {self.end}) runs backwards or starts before 0")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters that the span selects."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def strip(self, text: str, characters: str | None = None) -> Span:
        """Without white space (or `characters`) at either end; empty at its start if nothing is left."""
        inner = self.of(text)
        left = len(inner) - len(inner.lstrip(characters))
        kept = len(inner.strip(characters))
        return Span(self.start + left, self.start + left + kept)


Selection = tuple[Span, ...]  # pieces in order, not overlapping


def select(text: str, spans: Iterable[Span]) -> str:
    """The selected pieces joined with one space: how every text beside offsets is written.

    >>> select("A, he said, B", (Span(0, 2), Span(12, 13)))
    'A, B'
    """
    return " ".join(span.of(text) for span in spans)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of `spans`; ValueError for none."""
    pieces = tuple(spans)
    return Span(min(s.start for s in pieces), max(s.end for s in pieces))


def checked_selection(text: str, spans: Iterable[Span]) -> Selection:
    """`spans` as a selection: inside `text`, in order, none overlapping; BadSpan otherwise."""
    pieces = tuple(spans)
    if pieces and pieces[-1].end > len(text):
        raise BadSpan(f"span ends at {pieces[-1].end}, the text at {len(text)}")
    for before, after in pairwise(pieces):
        if after.start < before.end:
            raise BadSpan(f"pieces out of order: [{before.start}, {before.end}) then [{after.start}, {after.end})")
    return pieces


class Spanned(Protocol):
    """Anything that stands somewhere."""

    @property
    def span(self) -> Span:
        """Where."""


Item = TypeVar("Item", bound=Spanned)


class SpanIndex(Generic[Item]):
    """Items by where they stand, so that those inside a span are found without looking at all."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items, key=lambda item: item.span)
        self.starts = [item.span.start for item in self.items]

    def within(self, spans: Iterable[Span]) -> Iterator[Item]:
        """The items that lie wholly inside one of `spans`, in order of the spans, then of the text."""
        for span in spans:
            first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
            yield from (item for item in self.items[first:last] if span.contains(item.span))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a value rests on: report, pieces, and the quotation to the letter."""

    report_id: str
    spans: Selection
    quote: str  # the pieces joined with one space

    @classmethod
    def of(cls, report_id: str, text: str, spans: Iterable[Span]) -> Evidence:
        """Evidence cut from `text`; BadSpan where the pieces are not a selection of it."""
        pieces = checked_selection(text, spans)
        return cls(report_id, pieces, select(text, pieces))

    def check(self, text: str) -> None:
        """Raises BadSpan unless the quotation is still what the spans select."""
        if select(text, checked_selection(text, self.spans)) != self.quote:
            raise BadSpan(f"{self.report_id}: {self.quote[:60]!r} is not what its spans select")
