"""One quantity followed over time, as a chart shows it: the numbers that were given, by whom, when, of what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from onrecord.model import Amount, Figure

AS_OF, SAID, PRINTED = "as of", "said", "printed"  # what a point's date is
DENIED, WITHDRAWN = "denied", "withdrawn"
_LARGE = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


@dataclass(frozen=True, slots=True)
class Point:
    """A number that somebody gives; one that a source gives in several reports is one point."""

    figure: Figure
    whose: str  # for people: a name, the words of a source, an outlet
    date: str | None  # ISO 8601 or TIMEX3, as coarse as known
    dated: str = ""  # AS_OF, SAID or PRINTED: which of its dates `date` is
    said: str | None = None
    published: str | None = None
    where: str | None = None  # the name of the place
    stance: str = "asserts"
    struck: str = ""  # DENIED or WITHDRAWN
    by: str = ""  # who denies it, or what withdrew it
    reports: int = 1  # how many give it

    @property
    def is_change(self) -> bool:
        """Whether the number is no level but what is added or taken away."""
        return self.figure.increment or self.figure.amount.direction is not None


@dataclass(frozen=True, slots=True)
class Series:
    """What one chart shows: numbers of one thing in one unit, in the order of their dates."""

    id: str  # of the chart
    title: str  # "North Korean troops, Russia"
    points: tuple[Point, ...]
    series: tuple[str, ...] = ()  # ids of the record's series that it shows
    unit: str | None = None
    per: str | None = None
    where: str | None = None  # the place that its numbers are mostly of
    updates: tuple[tuple[str, str], ...] = ()  # (figure id, id of the figure that takes its place)
    parts: tuple[tuple[str, str], ...] = ()  # (figure id of the part, of the whole)


def spoken_number(value: Decimal) -> str:
    """A number for people, to the digit.

    >>> spoken_number(Decimal(3000)), spoken_number(Decimal("2500000")), spoken_number(Decimal("0.75"))
    ('3,000', '2.5 million', '0.75')
    """
    if not value.is_finite() or abs(value.adjusted()) > 18:
        return f"{value:.3g}"
    for size, name in _LARGE:
        if abs(value) >= size and len((scaled := value / size).normalize().as_tuple().digits) <= 4:
            return f"{_plain(scaled)} {name}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}".replace("-", "−")


def spoken_amount(point: Point) -> str:
    """A figure in short: "≥ 3,000", "≈ 10,000", "10–15", "+ 10,000", "thousands"."""
    figure, amount = point.figure, point.figure.amount
    if (amount.low is None or amount.high is None) and not any(char.isdigit() for char in figure.text):
        return " ".join(figure.text.split())[:40]  # "thousands": no number stands in the words
    sign = {"up": "+ ", "down": "− "}.get(amount.direction or "", "+ " if figure.increment else "")
    return sign + with_unit(_range(amount), amount.unit)


def _range(amount: Amount) -> str:
    low, high = amount.low, amount.high
    about = "≈ " if amount.approximate else ""
    if low is None and high is None:
        return "?"
    if high is None:
        return f"≥ {about}{spoken_number(low or Decimal(0))}"
    if low is None:
        return f"≤ {about}{spoken_number(high)}"
    if low == high:
        return about + spoken_number(low)
    return f"{about}{spoken_number(low)}–{spoken_number(high)}"


def with_unit(words: str, unit: str | None) -> str:
    """An amount with its unit where the unit is short: "5%", "40 million USD"."""
    if unit == "%":
        return f"{words}%"
    return f"{words} {unit}" if unit and len(unit) == 3 and unit.isupper() else words


def spoken_kind(point: Point) -> str:
    """What sets a number apart, in words: "forecast", "a part", "denied by the ministry"; empty for a plain one."""
    kinds = []
    if point.figure.planned:
        kinds.append("planned")
    elif point.figure.forecast:
        kinds.append("forecast")
    if point.struck:
        kinds.append(f"{point.struck} by {point.by}" if point.by else point.struck)
    return ", ".join(kinds)


def ends(amount: Amount) -> tuple[float, float] | None:
    """The numbers at which a mark begins and ends; None where the words give none, or none that can be drawn."""
    given = [float(value) for value in (amount.low, amount.high) if value is not None]
    if not given or any(abs(value) > 1e24 for value in given):
        return None
    return min(given), max(given)
