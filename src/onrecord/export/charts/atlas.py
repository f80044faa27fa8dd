"""Outlines of the countries of the world, decoded at first use from the TopoJSON file that ships with the package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from onrecord.errors import BadResource
from onrecord.export.charts.placing import Box
from onrecord.resources import read_text

Ring = tuple[tuple[float, float], ...]  # (longitude, latitude) in degrees, closed
NAME = "charts/countries-110m.json"


@dataclass(frozen=True, slots=True)
class Outline:
    """One piece of a country: its edge, then the edges of holes in it."""

    country: str
    rings: tuple[Ring, ...]
    box: Box  # west, south, east, north in degrees


@cache
def outlines() -> tuple[Outline, ...]:
    """All pieces of all countries, in the order of the file."""
    try:
        return tuple(read_outlines(json.loads(read_text(NAME))))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise BadResource(f"{NAME}: is no TopoJSON of countries ({error})") from error


def read_outlines(topology: dict[str, Any]) -> Iterator[Outline]:
    """The polygons of `objects.countries`; arcs are steps on a grid, shared by neighbours, `~at` runs backwards."""
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [(x0 + dx * x, y0 + dy * y) for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))]
        for arc in topology["arcs"]
    ]
    for shape in topology["objects"]["countries"]["geometries"]:
        pieces = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"]) or []
        for piece in pieces:
            rings = tuple(_ring(steps, arcs) for steps in piece)
            west, east = min(x for x, _ in rings[0]), max(x for x, _ in rings[0])
            south, north = min(y for _, y in rings[0]), max(y for _, y in rings[0])
            yield Outline(shape.get("properties", {}).get("name", ""), rings, Box(west, south, east, north))


def _ring(steps: Sequence[int], arcs: Sequence[Sequence[tuple[float, float]]]) -> Ring:
    points: list[tuple[float, float]] = []
    for at in steps:
        arc = arcs[at] if at >= 0 else arcs[~at][::-1]
        points += arc[1:] if points else arc
    return tuple(_unrolled(points))


def _unrolled(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """A ring that goes on beyond 180 degrees where it crosses the date line; one around a pole is closed there."""
    turn, before = 0.0, points[0][0]
    for x, y in points:
        if abs(x - before) > 180:
            turn += 360 if x < before else -360
        before = x
        yield x + turn, y
    if turn:
        pole = 90.0 if points[0][1] > 0 else -90.0
        yield points[0][0] + turn, pole
        yield points[0][0], pole


def clipped(ring: Sequence[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    """The part of a ring inside a box, cut at one side after the other; nothing where it lies outside."""
    points = list(ring)
    for axis, bound, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
        inside = [(point[axis] - bound) * sign >= 0 for point in points]
        kept: list[tuple[float, float]] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            if inside[at] != inside[at - 1]:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside[at]:
                kept.append(point)
        points = kept
    return points
