"""The places of a record on a map of the world: as close as they lie together, with closer views of dense spots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt

from onrecord.export.charts.atlas import clipped, outlines
from onrecord.export.charts.metrics import SIZE, shortened, width, wrapped
from onrecord.export.charts.places import Place, Places, tell_places
from onrecord.export.charts.placing import Box, Sheet, around
from onrecord.export.charts.svg import document, element, linked, number, text
from onrecord.resources import settings_file

Link = Callable[[Place], str | None]
WIDTH, EDGE, LINE = 640.0, 8.0, 15.0
LEAST = 6.0  # degrees of longitude that a map shows at least
CLOSEST = 0.2  # of a closer view
FINE = 0.8  # units between two points of an outline
LETTERS = "ABCDEFGH"
EARTH = 111.2  # kilometres of a degree of latitude
ROUND = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # kilometres of a scale bar


@dataclass(frozen=True, slots=True)
class _View:
    """A window on the world in a frame of the drawing: equirectangular, true at its middle latitude."""

    frame: Box
    west: float  # degrees; may lie beyond 180 where the window spans the date line
    north: float
    unit: float  # drawing units of a degree of longitude
    stretch: float  # of a degree of latitude against one of longitude

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place is drawn."""
        x = self.frame.left + (longitude - self.west) * self.unit
        return x, self.frame.top + (self.north - latitude) * self.unit * self.stretch

    @property
    def window(self) -> Box:
        """The degrees shown: west, south, east, north."""
        wide, high = self.frame.right - self.frame.left, self.frame.bottom - self.frame.top
        return Box(self.west, self.north - high / self.unit / self.stretch, self.west + wide / self.unit, self.north)


@dataclass(frozen=True, slots=True)
class _Dot:
    """Places that are drawn as one."""

    places: tuple[Place, ...]
    x: float
    y: float
    r: float


def draw_map(
    places: Places, link: Link | None = None, *, title: str = "Places", identity: str = "places",
    width: float = WIDTH, standalone: bool = False,
) -> str:  # fmt: skip
    """The map as SVG; `link` gives the address of what is said about a place, or None."""
    width = max(280.0, width)
    limits = settings_file("charts/charts.toml")["places"]
    shown = [place for place in places.places if -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180]
    left_out = len(places.places) - len(shown[: limits["drawn"]])
    shown = shown[: limits["drawn"]]
    body: list[str] = []
    top = EDGE
    if standalone:
        rows = wrapped(title, width - 2 * EDGE, 2, 15, bold=True)
        body += [text(row, EDGE, EDGE + 14 + 19 * at, class_="heading", font_size=15) for at, row in enumerate(rows)]
        top += 19 * len(rows) + 6
    frame = Box(EDGE, top, width - EDGE, top + (width - 2 * EDGE) * 0.56)
    view = _view_of(shown, frame, LEAST)
    parts, crowded = _draw(view, shown, link or (lambda _: None), limits["near"], LETTERS[: limits["views"]])
    body += parts
    y = frame.bottom
    side = (width - 2 * EDGE - 10 * max(0, len(crowded) - 1)) / max(2, len(crowded))
    for at, dot in enumerate(crowded):
        left = EDGE + at * (side + 10)
        inset = Box(left, y + 24, left + side, y + 24 + side * 0.7)
        name = shortened(f"{LETTERS[at]}  closer view", side)
        body.append(text(name, left, y + 18, class_="ink", font_weight=600))
        closer, _ = _draw(_view_of(dot.places, inset, CLOSEST), dot.places, link or (lambda _: None), 0.0, "")
        body += closer
    y += 24 + side * 0.7 if crowded else 0.0
    for row in wrapped(_note(shown, left_out, places.unplaced), width - 2 * EDGE, 3):
        y += LINE
        body.append(text(row, EDGE, y + 3, class_="axis"))
    return document(
        body, width=width, height=y + EDGE + 4, identity=identity, title=title, desc=tell_places(places),
        standalone=standalone,
    )  # fmt: skip


def _note(shown: Sequence[Place], left_out: int, unplaced: int) -> str:
    if not shown:
        return "No statement names a place whose position is known."
    told = ["circle: a place; square: a country, drawn at its middle; the number: statements that name it"]
    if left_out:
        told.append(f"{left_out:,} more places stand in the table alone")
    if unplaced:
        told.append(f"{unplaced:,} named place{'' if unplaced == 1 else 's'} without a known position")
    words = "; ".join(told)
    return words[0].upper() + words[1:] + ". Outlines: Natural Earth."


def _view_of(places: Sequence[Place], frame: Box, least: float) -> _View:
    """The smallest window with room around the places; the world where there are none."""
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    if not places:
        return _View(frame, -180.0, 84.0, wide / 360, high / (wide / 360) / 140)
    west, east = _around_the_world([place.longitude for place in places])
    south, north = min(place.latitude for place in places), max(place.latitude for place in places)
    middle = (south + north) / 2
    stretch = 1 / max(0.25, cos(radians(middle)))
    across = max((east - west) * 1.35, (north - south) * 1.5 * stretch * wide / high, least)
    across = min(across, 360.0)
    unit = wide / across
    tall = high / unit / stretch
    if (north - south) * 1.2 > tall:  # the whole world: as much as there is of it
        stretch = high / unit / min(170.0, max((north - south) * 1.25, tall))
        tall = high / unit / stretch
    top = min(90.0, max(middle + tall / 2, -90.0 + tall))
    return _View(frame, (west + east - across) / 2, top, unit, stretch)


def _around_the_world(longitudes: Sequence[float]) -> tuple[float, float]:
    """The shortest stretch that holds all; its east may lie beyond 180."""
    found = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(b - a, b) for a, b in pairwise([*found, found[0] + 360])]
    widest, west = max(gaps, key=lambda gap: gap[0])
    west = west % 360
    east = west + 360 - widest
    return (west - 360, east - 360) if west >= 180 else (west, east)


def _draw(view: _View, places: Sequence[Place], link: Link, near: float, letters: str) -> tuple[list[str], list[_Dot]]:
    """The land, the dots and their names; the dots that get a closer view, one for each of `letters`."""
    frame = view.frame
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    land = element("path", d=_land(view), class_="land", fill="none", stroke="currentColor", stroke_width=0.6)
    sea = element("rect", x=frame.left, y=frame.top, width=wide, height=high, class_="sea", fill="none")
    most = max((place.statements for place in places), default=1)
    dots = _dots(view, places, most, near)
    crowded = [dot for dot in dots if len(dot.places) > 1][: len(letters)]
    sheet = Sheet(Box(frame.left + 2, frame.top + 2, frame.right - 2, frame.bottom - 2))
    for dot in dots:
        sheet.take(Box(dot.x - dot.r, dot.y - dot.r, dot.x + dot.r, dot.y + dot.r))
    drawn = [sea, element("g", land, class_="grid"), *_scale_bar(view, sheet)]
    for dot in dots:
        letter = letters[crowded.index(dot)] if dot in crowded else ""
        drawn.append(_drawn_dot(dot, letter, link, sheet))
    return drawn, crowded


def _land(view: _View) -> str:
    """Every piece of land that the window shows, cut at its edge."""
    window = view.window
    path = []
    for outline in outlines():
        for turn in (-360, 0, 360):
            box = outline.box
            if not Box(box.left + turn, box.top, box.right + turn, box.bottom).overlaps(window):
                continue
            for ring in outline.rings:
                inside = clipped([(x + turn, y) for x, y in ring], window)
                spots = list(_thinned(view.at(x, y) for x, y in inside))
                if len(spots) > 2:
                    path.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots) + "Z")
    return "".join(path)


def _thinned(spots: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Without what lies so near the one before that nobody sees the difference."""
    last = (-1e9, -1e9)
    for x, y in spots:
        if abs(x - last[0]) + abs(y - last[1]) > FINE:
            last = x, y
            yield x, y


def _dots(view: _View, places: Sequence[Place], most: int, near: float) -> list[_Dot]:
    """Dots by their places, the most named first; what would lie on each other is one dot.

    In a closer view (`near` is 0) only places at one point are.
    """
    dots = []
    for place in places:
        turn = next((turn for turn in (0, 360, -360) if _is_in(view, place, turn)), 0)
        x, y = view.at(place.longitude + turn, place.latitude)
        dots.append(_Dot((place,), x, y, 4.5 + 7.5 * sqrt(place.statements / most)))
    while pair := _touching(dots, near):
        at, other = pair
        taken = dots.pop(other)
        dot = dots[at]
        dots[at] = _Dot((*dot.places, *taken.places), dot.x, dot.y, min(13.0, dot.r + 0.5))
    return dots


def _touching(dots: Sequence[_Dot], near: float) -> tuple[int, int] | None:
    """The first two dots, by their order, that are too near each other."""
    for at, dot in enumerate(dots):
        for other in range(at + 1, len(dots)):
            apart = max(near, dot.r + dots[other].r) if near else 0.5
            if (dot.x - dots[other].x) ** 2 + (dot.y - dots[other].y) ** 2 < apart**2:
                return at, other
    return None


def _is_in(view: _View, place: Place, turn: int) -> bool:
    window = view.window
    return window.left <= place.longitude + turn <= window.right


def _drawn_dot(dot: _Dot, letter: str, link: Link, sheet: Sheet) -> str:
    first = dot.places[0]
    count = sum(place.statements for place in dot.places)
    paint: dict[str, str | float | None] = {"fill": "currentColor", "fill_opacity": 0.85, "stroke_width": 1.2}
    if all(place.is_country for place in dot.places):
        a = dot.r * 0.9
        mark = element("rect", x=dot.x - a, y=dot.y - a, width=2 * a, height=2 * a, class_="dot", **paint)
    else:
        mark = element("circle", cx=dot.x, cy=dot.y, r=dot.r, class_="dot", **paint)
    if len(dot.places) > 1:
        mark += element("circle", cx=dot.x, cy=dot.y, r=dot.r + 3, fill="none", stroke="currentColor", stroke_width=1.2)
    if letter:
        mark += text(letter, dot.x, dot.y + 4, text_anchor="middle", font_weight=700, class_="cut-out")
    name = first.name if len(dot.places) == 1 else f"{first.name} and {len(dot.places) - 1} more"
    label = _name(dot, f"{letter}: {len(dot.places)} places," if letter else name, count, sheet)
    words = "; ".join(_spoken(place) for place in dot.places[:8])
    address = link(first) if len(dot.places) == 1 or not letter else None
    return linked(address, words, mark, label, class_="place says")


def _name(dot: _Dot, name: str, count: int, sheet: Sheet) -> str:
    """The name with the number of statements where there is room, the shortened name, or nothing."""
    for words in (f"{shortened(name, 150)} {count:,}", shortened(name, 70), f"{count:,}"):
        wide = width(words) + 2
        reach = dot.r + (3 if len(dot.places) > 1 else 0)
        if box := sheet.place(around(dot.x, dot.y, wide, SIZE + 3, reach)):
            return text(words, box.left, box.bottom - 3.5, class_="ink halo")
    return ""


def _spoken(place: Place) -> str:
    return f"{place.name}: {place.statements:,} statement{'' if place.statements == 1 else 's'}"


def _scale_bar(view: _View, sheet: Sheet) -> Iterator[str]:
    """A bar of a round number of kilometres, true at the middle; none on a map of half the world."""
    window = view.window
    middle = (window.top + window.bottom) / 2
    kilometre = view.unit / (EARTH * max(0.05, cos(radians(middle))))
    if window.right - window.left > 120:
        return
    long = next((km for km in reversed(ROUND) if km * kilometre < 110), None)
    if long is None:
        return
    words = f"{long:,} km"
    wide = long * kilometre
    right, bottom = view.frame.right - 10, view.frame.bottom - 8
    box = Box(right - max(wide, width(words)), bottom - 18, right, bottom + 2)
    if sheet.is_free(box):
        sheet.take(box)
        path = f"M{number(right - wide)} {number(bottom - 4)}V{number(bottom)}H{number(right)}V{number(bottom - 4)}"
        yield element("path", d=path, fill="none", stroke="currentColor", stroke_width=1, class_="axis")
        yield text(words, right, bottom - 7, text_anchor="end", class_="axis halo")
