"""The signs of a chart: a shape for each speaker, and what is added to it: arrows, rings, strokes."""

from __future__ import annotations

from math import cos, pi, sin

from onrecord.export.charts.svg import element, line, number

SHAPES = 6  # the last stands for all further speakers
KINDS = SHAPES


def shape(kind: int, x: float, y: float, r: float, *, hollow: bool = False, dashed: bool = False) -> str:
    """The shape of a speaker: circle, square, diamond, triangle, triangle on its tip, hexagon."""
    paint: dict[str, str | float | None] = {
        "class_": "empty" if hollow else None,
        "fill": "none" if hollow else "currentColor",
        "stroke": "currentColor",
        "stroke_width": 1.8 if hollow else 1,
        "stroke_dasharray": "2.2 1.8" if dashed else None,
    }
    if kind == 0:
        return element("circle", cx=x, cy=y, r=r, **paint)
    return element("path", d=_outline(kind, x, y, r), **paint)


def _outline(kind: int, x: float, y: float, r: float) -> str:
    if kind == 1:
        a = r * 0.9
        corners = [(x - a, y - a), (x + a, y - a), (x + a, y + a), (x - a, y + a)]
    elif kind == 2:
        a = r * 1.25
        corners = [(x, y - a), (x + a, y), (x, y + a), (x - a, y)]
    elif kind in (3, 4):
        a, side = r * 1.25, 1 if kind == 3 else -1
        corners = [(x, y - a * side), (x + a, y + a * 0.8 * side), (x - a, y + a * 0.8 * side)]
    else:
        corners = [(x + r * 1.1 * cos(at * pi / 3), y + r * 1.1 * sin(at * pi / 3)) for at in range(6)]
    return "M" + "L".join(f"{number(a)} {number(b)}" for a, b in corners) + "Z"


def arrow(x: float, y: float, length: float) -> str:
    """An arrow from (x, y) straight up, or down where `length` is negative; `length` with its head."""
    tip, head = y - length, 5 if length > 0 else -5
    path = f"M{number(x)} {number(y)}V{number(tip)}M{number(x - 4)} {number(tip + head)}L{number(x)} {number(tip)}"
    path += f"L{number(x + 4)} {number(tip + head)}"
    return element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.6)


def capped(x: float, low: float, high: float) -> str:
    """A bar between two positions with a cap at either end."""
    path = f"M{number(x - 5)} {number(low)}H{number(x + 5)}M{number(x)} {number(low)}V{number(high)}"
    path += f"M{number(x - 5)} {number(high)}H{number(x + 5)}"
    return element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.6)


def lasting(left: float, right: float, y: float) -> str:
    """A bar for a date that is only known to lie between two positions."""
    path = f"M{number(left)} {number(y - 3)}V{number(y + 3)}M{number(left)} {number(y)}H{number(right)}"
    path += f"M{number(right)} {number(y - 3)}V{number(y + 3)}"
    return element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.2, opacity=0.7)


def ring(x: float, y: float, r: float) -> str:
    """Around the mark of a part."""
    return element("circle", cx=x, cy=y, r=r, fill="none", stroke="currentColor", stroke_width=1.2)


def struck(x: float, y: float, r: float) -> str:
    """A stroke through a mark."""
    return line(x - r - 3, y + r + 3, x + r + 3, y - r - 3, stroke_width=1.8)


def wave(x: float, y: float) -> str:
    """The sign of about, below a mark."""
    path = f"M{number(x - 5)} {number(y)}q2.5 -3 5 0t5 0"
    return element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.4)
