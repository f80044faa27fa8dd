"""Numbers and drawings for the tests of charts."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, count
from typing import Any

from lxml import etree

from onrecord.export.charts.metrics import width
from onrecord.export.charts.placing import Box
from onrecord.export.charts.points import SAID, Point, Series
from onrecord.model import Amount, Figure, Span

SVG = "{http://www.w3.org/2000/svg}"
_numbers = count()
OF_FIGURE = frozenset({"increment", "forecast", "planned"})
OF_AMOUNT = {"about": "approximate", "unit": "unit", "direction": "direction"}


def number(
    low: float | str | None, high: float | str | None = None, *, ident: str = "", whose: str = "Ministry",
    date: str | None = "2025-03-03", text: str | None = None, **more: Any,
) -> Point:  # fmt: skip
    """A number from `low` to `high`; with the same at both ends where `high` is not given."""
    at = next(_numbers)
    amount = {OF_AMOUNT[key]: more.pop(key) for key in tuple(more) if key in OF_AMOUNT}
    of_figure = {key: more.pop(key) for key in tuple(more) if key in OF_FIGURE}
    ends = (None if end in (None, "open") else Decimal(str(end)) for end in (low, low if high is None else high))
    value = Amount(*ends, **amount)
    figure = Figure(Span(at, at + 1), text or f"{low} {high}", value, "boats", id=ident or f"f-{at}", **of_figure)
    return Point(figure, whose, date, SAID if date else "", **more)


def series(*points: Point, **more: Any) -> Series:
    return Series("q-1", more.pop("title", "boats, Lund"), points, **more)


def parsed(svg: str) -> etree._Element:
    """The root; raises where the drawing is no XML."""
    return etree.fromstring(svg.encode())


def of_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [found for found in root.iter() if name in (found.get("class") or "").split()]


def boxes(root: etree._Element) -> list[tuple[Box, str]]:
    """Where the words of a drawing stand, by the table of widths; in the drawing's units."""
    found = []
    for text in root.iter(f"{SVG}text"):
        words = "".join(text.itertext())
        size = float(text.get("font-size") or 11)
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        bold = sum(width("".join(span.itertext()), size) * 0.1 for span in text if span.get("font-weight"))
        wide = width(words, size, bold="heading" in (text.get("class") or "")) + bold
        left = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor", ""), x)
        found.append((Box(left + 0.1, y - size * 0.75, left + wide - 0.1, y + size * 0.2), words))  # as written: to 0.1
    return found


def assert_readable(svg: str) -> None:
    """No words run out of the drawing, none lie on others, nothing is styled but by classes."""
    root = parsed(svg)
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    sheet = Box(-0.01, -0.01, wide + 0.01, high + 0.01)
    found = boxes(root)
    for box, words in found:
        assert sheet.contains(box), f"{words!r} runs out of the drawing: {box} of {sheet}"
    for (one, a), (other, b) in combinations(found, 2):
        assert not one.overlaps(other), f"{a!r} lies on {b!r}"
    assert not root.xpath("//@style")
    assert not root.xpath("//*[starts-with(name(), 'script') or starts-with(name(), 'image')]")


def anchors(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(f"{SVG}a"))
