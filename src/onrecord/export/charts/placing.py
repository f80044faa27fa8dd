"""Where labels go: boxes that are taken, and the first free place among several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CELL = 40.0  # side of the squares by which boxes are looked up


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def contains(self, other: Box) -> bool:
        """Whether `other` lies wholly inside."""
        inside = self.left <= other.left and other.right <= self.right
        return inside and self.top <= other.top and other.bottom <= self.bottom


class Sheet:
    """A drawing's room and what stands in it."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Nothing else may stand here."""
        for cell in self._at(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether `box` lies on the sheet and on nothing."""
        return self.frame.contains(box) and not any(
            box.overlaps(other) for cell in self._at(box) for other in self._cells.get(cell, ())
        )

    def place(self, candidates: Iterable[Box]) -> Box | None:
        """Takes the first candidate that is free; None where none is."""
        found = next((box for box in candidates if self.is_free(box)), None)
        if found is not None:
            self.take(found)
        return found

    def _at(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // CELL), int(box.right // CELL) + 1):
            for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
                yield column, row


def around(x: float, y: float, width: float, height: float, reach: float) -> Iterator[Box]:
    """Places for a label beside a point: right, left, above, below, aslant, then farther away.

    `reach` is half the size of the mark.
    """
    for step in (3.0, 12.0, 22.0):
        near = reach + step
        middle, over, under = y - height / 2, y - near - height, y + near
        if step < 10:
            yield Box(x + near, middle, x + near + width, middle + height)
            yield Box(x - near - width, middle, x - near, middle + height)
        yield Box(x - width / 2, over, x + width / 2, over + height)
        yield Box(x - width / 2, under, x + width / 2, under + height)
        for top in (over + near / 2, under - near / 2):
            yield Box(x + near * 0.7, top, x + near * 0.7 + width, top + height)
            yield Box(x - near * 0.7 - width, top, x - near * 0.7, top + height)
        for left in (x - width * 0.2, x - width * 0.8):
            yield Box(left, over, left + width, over + height)
            yield Box(left, under, left + width, under + height)
