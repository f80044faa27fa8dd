"""A quantity over time as a drawing: whose number, when, how it is bounded, what took its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from onrecord.export.charts import marks
from onrecord.export.charts.legend import Key, legend
from onrecord.export.charts.metrics import SIZE, shortened, width, wrapped
from onrecord.export.charts.moments import TimeScale, interval, ticks
from onrecord.export.charts.moments import make_scale as make_time_scale
from onrecord.export.charts.placing import Box, Sheet, around
from onrecord.export.charts.points import Point, Series, ends, spoken_amount, spoken_number, with_unit
from onrecord.export.charts.scales import make_scale
from onrecord.export.charts.series_marks import ARROW, Mark, keys_of, label, sign, written
from onrecord.export.charts.svg import document, element, line, linked, number, text
from onrecord.export.charts.telling import spoken_point, tell
from onrecord.resources import settings_file

Link = Callable[[Point], str | None]
WIDTH = 640.0
EDGE = 8.0  # free on all sides
LINE = 15.0  # from one line of words to the next
NO_DATE = "no date known"
CHANGES = "changes"


def draw_series(series: Series, link: Link | None = None, *, width: float = WIDTH, standalone: bool = False) -> str:
    """The chart of a series as SVG; `link` gives the address of a point's words, or None.

    `standalone` makes a file of its own: with a heading and its own colours.
    """
    drawing = _Drawing(series, link or (lambda _: None), max(280.0, width))
    body, height = drawing.draw(standalone=standalone)
    return document(
        body,
        width=drawing.width,
        height=height,
        identity=series.id,
        title=series.title,
        desc=tell(series),
        standalone=standalone,
    )


def drawn_series(series: Series, link: Link | None, width: float) -> tuple[list[str], float]:
    """The elements of a chart with its heading, and their height: for a drawing that holds several."""
    return _Drawing(series, link or (lambda _: None), max(280.0, width)).draw(standalone=True)


def speakers(series: Series) -> dict[str, int]:
    """The kind of shape and colour of each speaker: those with most numbers first, then in order of appearance."""
    counts = Counter(point.whose for point in series.points)
    order = sorted(counts, key=lambda whose: -counts[whose])  # stable: appearance decides
    return {whose: min(at, marks.SHAPES - 1) for at, whose in enumerate(order)}


def _is_one(a: Point, b: Point) -> bool:
    """Whether the record follows two numbers as one quantity."""
    return a.figure.series is not None and a.figure.series == b.figure.series and a.where == b.where


def _steps(pairs: set[tuple[str, str]], order: dict[str, int]) -> list[tuple[str, str]]:
    """Of pairs (earlier, later) those that lead to the next later number, or come from the one just before."""
    ordered = sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))
    following: dict[str, str] = {}
    before: dict[str, str] = {}
    for a, b in ordered:
        following.setdefault(a, b)
        before[b] = a  # the last of them stays
    return [(a, b) for a, b in ordered if following[a] == b or before[b] == a]


class _Drawing:
    """One chart while it is made."""

    def __init__(self, series: Series, link: Link, width: float) -> None:
        limits = settings_file("charts/charts.toml")["figures"]
        self.series, self.link, self.width, self.limits = series, link, width, limits
        self.kinds = speakers(series)
        self.parts = dict(series.parts)
        points = series.points[: limits["drawn"]]
        self.changes = [point for point in points if point.is_change]
        self.levels = [point for point in points if not point.is_change and ends(point.figure.amount)]
        self.left_out = len(series.points) - len(self.changes) - len(self.levels)
        self.dense = len(points) > limits["dense"]
        self.r = 3.0 if self.dense else 4.6

    def draw(self, *, standalone: bool) -> tuple[list[str], float]:
        """The elements and the height of all."""
        body: list[str] = []
        top = EDGE + 4
        if standalone:
            heading, top = self._heading()
            body.append(heading)
        if not self.levels and not self.changes:
            body.append(text("Nobody gives a number of this yet.", EDGE, top + 20, class_="axis"))
            return body, top + 40
        high = (210.0 if self.width < 500 else 260.0) if self.levels else 0.0
        self.bottom = top + 4 + high
        self._scales(top + 4)
        changes = [self._change(point, 0.0) for point in self.changes]
        lanes = self._lanes(changes)
        below = self.bottom + (14 + 24 * max(lanes.values(), default=-1) + 24 if lanes else 0)
        changes = [
            replace(mark, low=y, high=y)
            for mark in changes
            for y in [self.bottom + 19 + 24 * lanes[mark.point.figure.id]]
        ]
        self.sheet = Sheet(Box(self.left - 2, top - 2, self.width - 2, below + 2))
        levels = self._levels()
        body += [*self._grid(below), *self._strips(top, below)]
        for mark in (*levels, *changes):
            self.sheet.take(mark.box)
            if mark.lasting:
                self.sheet.take(Box(mark.lasting[0], mark.low - 3, mark.lasting[1], mark.low + 3))
        self.ties = Sheet(self.sheet.frame)
        body += [*self._ties(levels), *self._drawn(levels), *self._drawn(changes)]
        y = below + 34
        for note in self._notes():
            for row in wrapped(note, self.width - 2 * EDGE, 3):
                body.append(text(row, EDGE, y, class_="axis"))
                y += LINE
        keys, tall = legend(self._keys(levels, changes), EDGE, y - 6, self.width - 2 * EDGE)
        body.append(element("g", keys, class_="keys"))
        return body, y + tall + EDGE - 4

    def _heading(self) -> tuple[str, float]:
        rows = wrapped(self.series.title, self.width - 2 * EDGE, 2, 15, bold=True)
        lines = [text(row, EDGE, EDGE + 14 + 19 * at, class_="heading", font_size=15) for at, row in enumerate(rows)]
        return "".join(lines), EDGE + 19 * len(rows) + 12

    def _scales(self, top: float) -> None:
        """Where amounts and dates stand."""
        values = [value for point in self.levels for value in ends(point.figure.amount) or ()]
        self.amounts = make_scale(values, self.bottom, top + ARROW - 6)
        labels = [with_unit(spoken_number(tick), self.series.unit) for tick in self.amounts.ticks]
        self.labels = [shortened(label, self.width / 4) for label in labels]
        widest = max((width(label) for label in self.labels), default=0.0) if self.levels else width(CHANGES)
        self.left = EDGE + max(widest, width(CHANGES) if self.changes else 0.0) + 8
        dated = [point for point in (*self.levels, *self.changes) if interval(point.date)]
        self.undated = [point for point in (*self.levels, *self.changes) if not interval(point.date)]
        self.column = {point.figure.id: at for at, point in enumerate(self.undated)}
        right = self.width - EDGE
        self.strip: tuple[float, float] | None = None
        start = self.left
        if self.undated:
            need = width(NO_DATE) + 16
            columns = 34.0 * len(self.undated) + 40
            end = right if not dated else self.left + min((right - self.left) * 0.4, max(need, columns))
            self.strip = (self.left, end)
            start = end
        self.spans = [span for point in dated if (span := interval(point.date))]
        self.times: TimeScale | None = None
        if self.spans:
            self.times = make_time_scale(self.spans, start + 4, right, self.limits["much"])

    def _x(self, point: Point) -> tuple[float, tuple[float, float] | None]:
        """Where a point stands across, and the ends of its date where that is coarse."""
        span = interval(point.date)
        if span is None or self.times is None:
            left, right = self.strip or (self.left, self.width - EDGE)
            return left + (right - left) * (self.column[point.figure.id] + 0.5) / len(self.column), None
        x = self.times.at((span[0] + span[1]) / 2)
        left, right = self.times.at(span[0]), self.times.at(span[1])
        return x, ((left, right) if span[1] - span[0] > 1 and right - left > 2 * self.r + 4 else None)

    def _levels(self) -> list[Mark]:
        """The marks of levels, moved a little sideways where they would cover each other."""
        placed = Sheet(Box(self.left, -1e6, self.width - 2, 1e6))
        found = []
        for point in self.levels:
            x, lasting = self._x(point)
            bounds = ends(point.figure.amount) or (0.0, 0.0)
            low, high = (self.amounts.at(value) for value in bounds)
            is_part = point.figure.id in self.parts
            mark = Mark(point, self._kind(point), x, low, high, self.r * (0.8 if is_part else 1), lasting, is_part)
            step = 2 * mark.r + 3
            tries = [
                replace(mark, x=x + step * side * by) for by in range(4 if not self.dense else 9) for side in (1, -1)
            ]
            mark = next((one for one in tries if placed.is_free(one.box)), mark)
            placed.take(mark.box)
            found.append(mark)
        return found

    def _change(self, point: Point, y: float) -> Mark:
        x, lasting = self._x(point)
        return Mark(point, self._kind(point), x, y, y, self.r, lasting, point.figure.id in self.parts)

    def _lanes(self, changes: list[Mark]) -> dict[str, int]:
        """The row of each change, so that their labels do not meet; the last row takes what is too much."""
        lanes: dict[str, int] = {}
        ends_at: list[float] = []
        for mark in sorted(changes, key=lambda mark: (mark.x, mark.point.figure.id)):
            wide = width(next(self._label(mark.point)), bold=True) + 12
            left = mark.x - 8 if mark.x + wide < self.width - 4 else mark.x - wide
            lane = next((at for at, end in enumerate(ends_at) if end <= left), min(len(ends_at), 4))
            ends_at[lane : lane + 1] = [max(left + wide + 8, mark.x + 8)]
            lanes[mark.point.figure.id] = lane
        return lanes

    def _kind(self, point: Point) -> int:
        return self.kinds[point.whose]

    def _grid(self, below: float) -> Iterator[str]:
        """Lines of the amounts and days with their words."""
        right = self.width - EDGE
        if self.levels:
            for amount, said in zip(self.amounts.ticks, self.labels, strict=True):
                y = self.amounts.at(float(amount))
                yield line(self.left, y, right, y, class_="grid")
                yield text(said, self.left - 6, y + 4, text_anchor="end", class_="axis")
        if self.times is None:
            return
        yield line(self.left, below, right, below, class_="axis", stroke_width=1)
        found = ticks(self.times, self.spans, 64)
        end = -1e9
        for tick in found:
            half = width(tick.label) / 2
            middle = min(max(tick.at, self.left + half), self.width - 2 - half)
            if middle - half < end + 6 or (self.strip and middle - half < self.strip[1] + 2):
                middle = max(end + 6, (self.strip or (0, 0))[1] + 2) + half
            if middle + half > self.width - 2 or abs(middle - tick.at) > half + 4:
                continue
            end = middle + half
            yield line(tick.at, below, tick.at, below + 5, class_="axis")
            yield text(tick.label, middle, below + 18, text_anchor="middle", class_="axis tick")
        for left, stop in self.times.cuts:
            middle = (left + stop) / 2
            path = f"M{number(middle - 7)} {number(below + 5)}l6 -10M{number(middle + 1)} {number(below + 5)}l6 -10"
            yield element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.4, class_="axis cut")

    def _strips(self, top: float, below: float) -> Iterator[str]:
        """The place of what has no date, and the rows of changes."""
        if self.strip:
            left, right = self.strip
            words = shortened(NO_DATE, right - left - 4)
            yield text(words, (left + right) / 2, below + 18, text_anchor="middle", class_="axis tick")
            if self.times:
                yield line(right, top, right, below, class_="grid", stroke_dasharray="3 3")
            else:
                yield line(left, below, right, below, class_="axis", stroke_width=1)
        if self.changes:
            yield text(CHANGES, self.left - 6, self.bottom + 23, text_anchor="end", class_="axis")
            if self.levels:
                yield line(
                    self.left,
                    self.bottom + 6,
                    self.width - EDGE,
                    self.bottom + 6,
                    class_="grid",
                    stroke_dasharray="3 3",
                )

    def _ties(self, levels: list[Mark]) -> Iterator[str]:
        """Dotted lines from a number to what took its place, thin ones from a part to its whole."""
        at = {mark.point.figure.id: mark for mark in levels}
        for one, other in self._updates():
            if one in at and other in at:
                a, b = at[one], at[other]
                self._avoid(a.x, (a.low + a.high) / 2, b.x, (b.low + b.high) / 2)
                yield line(
                    a.x, (a.low + a.high) / 2, b.x, (b.low + b.high) / 2,
                    class_=f"update w{b.kind}", stroke_dasharray="1.5 4", stroke_width=1.6, stroke_linecap="round",
                )  # fmt: skip
        for part, whole in self.series.parts:
            if part in at and whole in at:
                a, b = at[part], at[whole]
                bow = 14 if abs(a.x - b.x) < 20 else 0
                self._avoid(a.x - bow / 2, a.high, b.x - bow / 2, b.low)
                path = (
                    f"M{number(a.x)} {number(a.high)}Q{number((a.x + b.x) / 2 - bow)} {number((a.high + b.low) / 2)} "
                )
                path += f"{number(b.x)} {number(b.low)}"
                yield element(
                    "path", d=path, fill="none", stroke="currentColor", stroke_width=1, class_=f"part w{a.kind}"
                )

    def _avoid(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Labels keep away from a line as long as they find room elsewhere."""
        steps = int(max(abs(x2 - x1), abs(y2 - y1)) / 6) + 1
        for at in range(steps + 1):
            x, y = x1 + (x2 - x1) * at / steps, y1 + (y2 - y1) * at / steps
            self.ties.take(Box(x - 2, y - 2, x + 2, y + 2))

    def _updates(self) -> list[tuple[str, str]]:
        """Steps: those of the record, and from each number of a side to its next; none that spans another."""
        order = {point.figure.id: at for at, point in enumerate(self.levels)}
        pairs = {(a, b) if order[a] < order[b] else (b, a) for a, b in self.series.updates if a in order and b in order}
        last: dict[str, Point] = {}
        for point in () if self.dense else self.levels:
            if (
                point.figure.forecast
                or point.figure.planned
                or point.figure.id in self.parts
                or not interval(point.date)
            ):
                continue
            before = last.get(point.whose)
            if before and _is_one(before, point) and before.date != point.date:
                pairs.add((before.figure.id, point.figure.id))
            last[point.whose] = point
        return _steps(pairs, order)

    def _drawn(self, found: list[Mark]) -> list[str]:
        """Marks with their labels, each a link to its words; labels of the first and the last come first."""
        order = sorted(range(len(found)), key=lambda at: (min(at, len(found) - 1 - at), at))
        labels = dict.fromkeys(order, "")
        for rank, at in enumerate(order):
            if not self.dense or rank < 12:
                labels[at] = self._placed(found[at])
        return [
            linked(
                self.link(mark.point),
                spoken_point(mark.point),
                sign(mark, dense=self.dense),
                labels[at],
                class_=f"point w{mark.kind}",
            )
            for at, mark in enumerate(found)
        ]

    def _label(self, point: Point) -> Iterator[str]:
        return label(point, where=self.series.where, is_part=point.figure.id in self.parts)

    def _placed(self, mark: Mark) -> str:
        """The label of a mark where there is room for it; the shorter words where the full ones find none."""
        amount = spoken_amount(mark.point)
        reach = mark.r + (3 if mark.is_part else 0)
        places: dict[str, list[Box]] = {}
        for words in self._label(mark.point):
            wide = width(amount, bold=True) + width(words.removeprefix(amount))
            places[words] = list(around(mark.x, (mark.low + mark.high) / 2, wide, SIZE + 3, reach))
        clear = [(words, [box for box in boxes if self.ties.is_free(box)]) for words, boxes in places.items()]
        whose = sum(" · " in words for words in places)  # labels that name the source: better so than clear of lines
        for words, boxes in (*clear[:whose], *list(places.items())[:whose], *clear[whose:], *places.items()):
            if box := self.sheet.place(boxes):
                return written(mark.point, amount, words.removeprefix(amount), box)
        return ""

    def _notes(self) -> Iterator[str]:
        """What must be known to read the chart."""
        told = []
        if self.levels and self.amounts.note:
            told.append(self.amounts.note)
        if self.times and self.times.cuts:
            told.append("the axis of days is cut short at //")
        if self.changes:
            told.append("changes are not on the scale of amounts")
        if self.left_out:
            told.append(f"{self.left_out:,} more stand{'s' if self.left_out == 1 else ''} in the table alone")
        if told:
            words = "; ".join(told)
            yield words[0].upper() + words[1:] + "."

    def _keys(self, levels: list[Mark], changes: list[Mark]) -> Iterator[Key]:
        return keys_of(self.kinds, levels, changes, updated=bool(self._updates()), dense=self.dense)
