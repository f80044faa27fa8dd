"""What is said over time: a lane for each source, a mark for each statement, dense spots as one mark with a number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.export.charts import marks
from onrecord.export.charts.legend import Key, legend
from onrecord.export.charts.metrics import SIZE, shortened, width, wrapped
from onrecord.export.charts.moments import TimeScale, interval, make_scale, ticks
from onrecord.export.charts.placing import Box, Sheet, around
from onrecord.export.charts.stances import WAYS, WORDS, sign, way_of
from onrecord.export.charts.svg import document, element, line, linked, number, text
from onrecord.export.naming import day
from onrecord.resources import settings_file

WIDTH, EDGE, LINE, LANE = 640.0, 8.0, 15.0, 34.0
NO_DATE, EARLIER, LATER, INSIDE = "no date", "earlier", "later", ""
STRIP = 46.0  # of what has no date, or lies far from the rest
FEW = 12  # dates that are all drawn on one axis
COLUMNS = ("about", "who", "does", "words")


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement, or an event that a report tells, with the date that it is about."""

    id: str  # of the statement or the event
    date: str | None  # ISO 8601 or TIMEX3, as coarse as known
    lane: str  # who says it, or whatever else the lanes are
    stance: str
    words: str


Link = Callable[[tuple[Moment, ...]], str | None]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One moment, or several that lie too near each other."""

    moments: tuple[Moment, ...]
    x: float
    y: float
    lasting: tuple[float, float] | None = None

    @property
    def r(self) -> float:
        """Half the size."""
        return 4.5 if len(self.moments) == 1 else 7.5 + 1.5 * (len(str(len(self.moments))) - 1)


def moments_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Moment, ...]:
    """Moments of the rows that `timeline` lists: date, who, stance, content, and the id of a statement or an event."""
    return tuple(
        Moment(
            row.get("statement") or row.get("event") or row.get("report") or "",
            row["date"],
            row["who"],
            row["stance"],
            row["content"],
        )
        for row in rows
    )


def timeline_rows(moments: Iterable[Moment]) -> tuple[tuple[tuple[str, ...], Moment], ...]:
    """The chart as a table, in the order of the dates: cells as COLUMNS, and the moment."""
    order = sorted(moments, key=lambda one: (interval(one.date) or (10**7, 10**7), one.lane, one.id))
    return tuple(((day(one.date), one.lane, one.stance, one.words), one) for one in order)


def draw_timeline(
    moments: Sequence[Moment], link: Link | None = None, *, title: str = "Timeline", identity: str = "timeline",
    width: float = WIDTH, standalone: bool = False,
) -> str:  # fmt: skip
    """The timeline as SVG; `link` gives the address of one moment or of several drawn as one, or None."""
    drawing = _Drawing(moments, link or (lambda _: None), max(280.0, width))
    body, height = drawing.draw(title if standalone else "")
    return document(
        body,
        width=drawing.width,
        height=height,
        identity=identity,
        title=title,
        desc=_told(moments),
        standalone=standalone,
    )


def _told(moments: Sequence[Moment]) -> str:
    if not moments:
        return "Nothing is on the timeline."
    spans = [span for one in moments if (span := interval(one.date))]
    lanes = Counter(one.lane for one in moments)
    most = ", ".join(f"{lane} ({count:,})" for lane, count in lanes.most_common(5))
    head = f"{len(moments):,} entr{'y' if len(moments) == 1 else 'ies'}, most of {most}"
    if not spans:
        return f"{head}; none has a date."
    dated = sorted((one for one in moments if interval(one.date)), key=lambda one: interval(one.date) or (0, 0))
    return f"{head}; from {day(dated[0].date)} to {day(dated[-1].date)}."


def _joined(a: _Mark, b: _Mark) -> _Mark:
    """Two marks as one, nearer the one with more moments."""
    moments = (*a.moments, *b.moments)
    return _Mark(moments, (a.x * len(a.moments) + b.x * len(b.moments)) / len(moments), a.y)


def _window(spans: list[tuple[int, int]]) -> tuple[float, float]:
    """The days among which nearly all dates lie, with half as much before and behind; a few dates all lie in it."""
    middles = sorted((start + end) / 2 for start, end in spans)
    if len(middles) < FEW:
        return float("-inf"), float("inf")
    low, high = middles[len(middles) // 20], middles[-1 - len(middles) // 20]
    room = max(7.0, (high - low) / 2)
    return low - room, high + room


class _Drawing:
    """One timeline while it is made."""

    def __init__(self, moments: Sequence[Moment], link: Link, width: float) -> None:
        self.limits = settings_file("charts/charts.toml")["timeline"]
        self.link, self.width = link, width
        counts = Counter(one.lane for one in moments)
        named = sorted(counts, key=lambda lane: (-counts[lane], lane))
        kept = named if len(named) <= self.limits["lanes"] else named[: self.limits["lanes"] - 1]
        rest = f"{len(named) - len(kept):,} others"
        self.moments = [one if one.lane in set(kept) else replace(one, lane=rest) for one in moments]
        first: dict[str, tuple[int, int]] = {}
        self.by_lane: dict[str, list[Moment]] = defaultdict(list)
        for one in self.moments:
            self.by_lane[one.lane].append(one)
            days = interval(one.date) or (10**7, 10**7)
            first[one.lane] = min(first.get(one.lane, days), days)
        self.lanes = sorted((lane for lane in first if lane != rest), key=lambda lane: (first[lane], lane))
        self.lanes += [rest] if rest in first else []
        self.window = _window([span for one in moments if (span := interval(one.date))])
        self.spans = [span for one in moments if (span := interval(one.date)) and self._zone(one) == INSIDE]

    def draw(self, heading: str) -> tuple[list[str], float]:
        """The elements and the height of all."""
        body: list[str] = []
        top = EDGE
        if heading:
            rows = wrapped(heading, self.width - 2 * EDGE, 2, 15, bold=True)
            body += [text(row, EDGE, top + 14 + 19 * at, class_="heading", font_size=15) for at, row in enumerate(rows)]
            top += 19 * len(rows) + 8
        if not self.moments:
            return [*body, text("Nothing is on the timeline yet.", EDGE, top + 16, class_="axis")], top + 32
        names = [shortened(lane, self.width * 0.27) for lane in self.lanes]
        self.left = EDGE + max(width(name) for name in names) + 10
        below = top + LANE * len(self.lanes)
        zones = {self._zone(one) for one in self.moments}
        before = [zone for zone in (NO_DATE, EARLIER) if zone in zones]
        self.start = self.left + STRIP * len(before)
        self.stop = self.width - EDGE - (STRIP if LATER in zones else 0)
        self.strips = {zone: self.left + STRIP * (at + 0.5) for at, zone in enumerate(before)}
        if LATER in zones:
            self.strips[LATER] = self.stop + STRIP / 2
        self.scale: TimeScale | None = None
        if self.spans:
            self.scale = make_scale(self.spans, self.start + 4, self.stop - 2, 8)
        self.sheet = Sheet(Box(self.left, top, self.width - 2, below))
        marked = [mark for at, lane in enumerate(self.lanes) for mark in self._marks(lane, top + LANE * (at + 0.62))]
        for mark in marked:
            self.sheet.take(Box(mark.x - mark.r - 1, mark.y - mark.r - 1, mark.x + mark.r + 1, mark.y + mark.r + 1))
        body += self._frame(names, top, below)
        body += [self._drawn(mark) for mark in marked]
        keys, tall = legend(self._keys(marked), EDGE, below + 28, self.width - 2 * EDGE)
        return [*body, element("g", keys, class_="keys")], below + 28 + tall + EDGE

    def _frame(self, names: list[str], top: float, below: float) -> Iterator[str]:
        """Lanes with their names, and the axis."""
        right = self.width - EDGE
        for at, name in enumerate(names):
            y = top + LANE * (at + 0.62)
            yield line(self.left, y, right, y, class_="grid")
            yield text(name, self.left - 8, y + 4, text_anchor="end", class_="ink")
        yield line(self.left, below, right, below, class_="axis")
        for zone, middle in self.strips.items():
            edge = middle + (-STRIP if zone == LATER else STRIP) / 2
            yield line(edge, top, edge, below, class_="grid", stroke_dasharray="3 3")
            yield text(zone, middle, below + 18, text_anchor="middle", class_="axis")
        end = self.start + 2 if self.strips else 0.0
        for tick in ticks(self.scale, self.spans, 64) if self.scale else ():
            half = width(tick.label) / 2
            middle = min(max(tick.at, end + half), (self.stop if LATER in self.strips else self.width) - 2 - half)
            if abs(middle - tick.at) <= half and middle - half >= end:
                end = middle + half + 6
                yield line(tick.at, below, tick.at, below + 5, class_="axis")
                yield text(tick.label, middle, below + 18, text_anchor="middle", class_="axis tick")
        for left, stop in self.scale.cuts if self.scale else ():
            middle = (left + stop) / 2
            path = f"M{number(middle - 7)} {number(below + 5)}l6 -10M{number(middle + 1)} {number(below + 5)}l6 -10"
            yield element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.4, class_="axis cut")

    def _marks(self, lane: str, y: float) -> list[_Mark]:
        """The marks of a lane, from left to right; those that lie near each other as one."""
        found: list[_Mark] = []
        mine = [self._mark(one, y) for one in self.by_lane[lane]]
        for mark in sorted(mine, key=lambda mark: (mark.x, mark.moments[0].id)):
            found.append(mark)
            while len(found) > 1 and self._touch(found[-2], found[-1]):
                last = found.pop()
                found[-1] = _joined(found[-1], last)
        return found

    def _touch(self, a: _Mark, b: _Mark) -> bool:
        """Whether two marks would be one blot; what stands in different strips never is."""
        if self._zone(a.moments[0]) != self._zone(b.moments[0]):
            return False
        near: float = self.limits["near"]
        return b.x - a.x < max(near, a.r + b.r + 1)

    def _zone(self, one: Moment) -> str:
        """The strip beside the axis that a moment belongs in, or the axis itself."""
        span = interval(one.date)
        if span is None:
            return NO_DATE
        middle = (span[0] + span[1]) / 2
        return EARLIER if middle < self.window[0] else LATER if middle > self.window[1] else INSIDE

    def _mark(self, one: Moment, y: float) -> _Mark:
        span, zone = interval(one.date), self._zone(one)
        if span is None or zone != INSIDE or self.scale is None:
            return _Mark((one,), self.strips[zone], y)
        left, right = max(self.start, self.scale.at(span[0])), min(self.stop, self.scale.at(span[1]))
        is_long = span[1] - span[0] > 1 and right - left > 14
        return _Mark((one,), self.scale.at((span[0] + span[1]) / 2), y, (left, right) if is_long else None)

    def _drawn(self, mark: _Mark) -> str:
        first, count = mark.moments[0], len(mark.moments)
        if count == 1:
            way = way_of(first.stance)
            drawn = [marks.lasting(*mark.lasting, mark.y)] if mark.lasting else []
            drawn.append(sign(way, mark.x, mark.y, mark.r))
            room = 190.0
            for words in (shortened(first.words, room), shortened(first.words, 90)):
                places = [
                    box for box in around(mark.x, mark.y, width(words), SIZE + 2, mark.r) if box.bottom <= mark.y + 10
                ]
                if box := self.sheet.place(places):
                    drawn.append(text(words, box.left, box.bottom - 3, class_="axis halo"))
                    break
            told = f"{day(first.date)}, {first.lane}, {first.stance}: {first.words}"
            return linked(self.link(mark.moments), told[:400], *drawn, class_=f"moment {way}")
        told = f"{count:,} of {first.lane}, {day(first.date)}: " + "; ".join(one.words[:80] for one in mark.moments[:4])
        circle = element(
            "circle",
            cx=mark.x,
            cy=mark.y,
            r=mark.r,
            class_="empty",
            fill="none",
            stroke="currentColor",
            stroke_width=1.4,
        )
        figure = text(f"{count}", mark.x, mark.y + 3.5, text_anchor="middle", font_size=10, font_weight=600)
        return linked(self.link(mark.moments), told, circle, figure, class_="cluster ink")

    def _keys(self, marked: list[_Mark]) -> Iterator[Key]:
        ways = {way_of(mark.moments[0].stance) for mark in marked if len(mark.moments) == 1}
        for way in WAYS:
            if way in ways:
                yield Key(sign(way, 0, 0, 4.5), WORDS[way], way)
        if any(len(mark.moments) > 1 for mark in marked):
            circle = element("circle", r=7, fill="none", stroke="currentColor", stroke_width=1.4)
            yield Key(circle, "several, as many as it says", "ink")
        if any(mark.lasting for mark in marked):
            yield Key(marks.lasting(-8, 8, 0), "day not known more closely")
        if self.scale and self.scale.cuts:
            yield Key(element("path", d="M-6 5l6 -10M2 5l6 -10", stroke="currentColor"), "time cut short")
