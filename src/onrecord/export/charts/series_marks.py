"""The marks of a series: what is drawn for a number, the words beside it, and the signs that a reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.export.charts import marks
from onrecord.export.charts.legend import Key
from onrecord.export.charts.metrics import shortened, width
from onrecord.export.charts.placing import Box
from onrecord.export.charts.points import Point, spoken_amount, spoken_kind
from onrecord.export.charts.svg import element, line, number
from onrecord.export.charts.svg import words as escaped

ARROW = 19.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point and where it is drawn."""

    point: Point
    kind: int  # of the speaker's shape
    x: float
    low: float  # position of the lower end
    high: float
    r: float
    lasting: tuple[float, float] | None = None  # ends of a coarse date
    is_part: bool = False

    @property
    def box(self) -> Box:
        """What the mark covers, its arrow included."""
        amount, r = self.point.figure.amount, self.r + 1 + (2.5 if self.is_part else 0)
        over = ARROW if amount.high is None and not self.point.is_change else 0
        under = ARROW if amount.low is None and not self.point.is_change else r + 7 if amount.approximate else 0
        return Box(self.x - r, self.high - max(r, over), self.x + r, self.low + max(r, under))


def sign(mark: Mark, *, dense: bool = False) -> str:
    """A mark as it is drawn: the speaker's shape and what is added to it."""
    point, figure, x, r = mark.point, mark.point.figure, mark.x, mark.r
    drawn = [marks.lasting(*mark.lasting, (mark.low + mark.high) / 2)] if mark.lasting else []
    hollow = figure.forecast or figure.planned
    if not point.is_change:
        if figure.amount.high is None:
            drawn.append(marks.arrow(x, mark.high, ARROW))
        elif figure.amount.low is None:
            drawn.append(marks.arrow(x, mark.low, -ARROW))
        elif mark.low - mark.high > 0.5:
            drawn.append(marks.capped(x, mark.low, mark.high))
    both = dict.fromkeys((mark.low, mark.high))
    drawn += [marks.shape(mark.kind, x, y, r, hollow=hollow, dashed=figure.planned) for y in both]
    if mark.is_part:
        drawn.append(marks.ring(x, (mark.low + mark.high) / 2, r + 3))
    if figure.amount.approximate and not dense:
        drawn.append(marks.wave(x, mark.low + r + (8 if mark.is_part else 5)))
    if point.is_change:
        drawn.append(plus(x, mark.low, r, is_down=figure.amount.direction == "down", hollow=hollow))
    if point.struck:
        drawn.append(marks.struck(x, (mark.low + mark.high) / 2, r))
    return "".join(drawn)


def label(point: Point, *, where: str | None, is_part: bool) -> Iterator[str]:
    """The words beside a mark, the fullest first."""
    amount, kind = spoken_amount(point), spoken_kind(point)
    place = f"in {point.where}" if point.where and point.where != where else ""
    part = "a part" if is_part else ""
    whose = shortened(point.whose, 150)
    about = f"{amount} {place}".strip()
    yield ", ".join(filter(None, (f"{about} · {whose}", part, kind)))
    yield f"{about} · {whose}"
    yield ", ".join(filter(None, (about, part, kind)))
    yield about
    yield amount


def written(point: Point, amount: str, rest: str, box: Box) -> str:
    """A label in its box; one of a number that was denied or withdrawn is struck."""
    bold = element("tspan", escaped(amount), font_weight=600)
    y = box.bottom - 3.5
    drawn = element("text", bold, _safe(rest), x=box.left, y=y, fill="currentColor", class_="label halo")
    if not point.struck:
        return drawn
    return drawn + line(box.left, y - 4, box.left + 0.86 * width(amount, bold=True), y - 4, stroke_width=1.2)


def keys_of(
    kinds: dict[str, int], levels: list[Mark], changes: list[Mark], *, updated: bool, dense: bool
) -> Iterator[Key]:
    """The speakers and the signs that the chart has."""
    named = [whose for whose, kind in kinds.items() if kind < marks.SHAPES - 1]
    others = [whose for whose, kind in kinds.items() if kind == marks.SHAPES - 1]
    for whose in named + (others if len(others) == 1 else []):
        yield Key(marks.shape(kinds[whose], 0, 0, 4.6), whose, f"w{kinds[whose]}")
    if len(others) > 1:
        yield Key(marks.shape(marks.SHAPES - 1, 0, 0, 4.6), f"{len(others)} further sources", f"w{marks.SHAPES - 1}")
    both = [mark.point for mark in (*levels, *changes)]
    amounts = [mark.point.figure.amount for mark in levels]
    signs = (
        (any(a.high is None for a in amounts), marks.arrow(0, 7, 14), "at least, more than"),
        (any(a.low is None for a in amounts), marks.arrow(0, -7, -14), "at most, up to"),
        (any(m.low - m.high > 0.5 for m in levels), marks.capped(0, 6, -6), "from – to"),
        (not dense and any(p.figure.amount.approximate for p in both), marks.wave(0, 0), "about"),
        (
            any(p.figure.forecast and not p.figure.planned for p in both),
            marks.shape(0, 0, 0, 4.6, hollow=True),
            "forecast",
        ),
        (any(p.figure.planned for p in both), marks.shape(0, 0, 0, 4.6, hollow=True, dashed=True), "planned"),
        (
            any(m.is_part for m in (*levels, *changes)),
            marks.shape(0, 0, 0, 3.4) + marks.ring(0, 0, 6.4),
            "a part of another",
        ),
        (updated, line(-8, 3, 8, -3, stroke_dasharray="1.5 4", stroke_width=1.6), "later number"),
        (any(m.lasting for m in (*levels, *changes)), marks.lasting(-8, 8, 0), "day not known more closely"),
        (any(p.struck for p in both), marks.shape(0, 0, 0, 4.6) + marks.struck(0, 0, 3), "denied or withdrawn"),
    )
    for is_used, sign, words in signs:
        if is_used:
            yield Key(sign, words)


def plus(x: float, y: float, r: float, *, is_down: bool, hollow: bool) -> str:
    """A plus or a minus inside the mark of a change."""
    a = r * 0.55
    path = f"M{number(x - a)} {number(y)}H{number(x + a)}"
    if not is_down:
        path += f"M{number(x)} {number(y - a)}V{number(y + a)}"
    return element(
        "path", d=path, fill="none", stroke="currentColor", stroke_width=1.3, class_=None if hollow else "cut-out"
    )


def _safe(words: str) -> str:
    return (" " if words.startswith(" ") else "") + escaped(words)
