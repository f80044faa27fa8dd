"""Days, weeks, months and years against an anchor that may be as coarse as a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

COARSE = re.compile(r"(\d{4})(?:-(\d{1,2})(?!\d)(?:-(\d{1,2})(?!\d)(?:[T ](\d\d):(\d\d))?)?)?")
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month
MONTHS = {"year": 12, "quarter": 3, "month": 1, "decade": 120, "century": 1200, "millennium": 12000}
DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative times count from; month and day are None where only the year is known.

    The day is the one printed, in the zone of its stamp: "2024-10-23T00:30Z" is the 23rd.
    """

    year: int
    month: int | None = None
    day: int | None = None
    minute: int | None = None  # of the day, where the stamp has a time

    @property
    def date(self) -> date | None:
        """The very day, or None for a coarse anchor."""
        return make_date(self.year, self.month, self.day) if self.month and self.day else None

    def __str__(self) -> str:
        month = f"-{self.month:02d}" if self.month else ""
        return f"{self.year:04d}{month}" + (f"-{self.day:02d}" if month and self.day else "")


def read_anchor(value: str | None) -> Anchor | None:
    """An ISO 8601 date or time, as coarse as it is; None for anything else.

    >>> str(read_anchor("2024-10"))
    '2024-10'
    """
    match = COARSE.match(value or "")
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0) or None, int(match[3] or 0) or None
    if year < 1 or (month or 1) > 12 or (day and make_date(year, month or 1, day) is None):
        return None
    minute = int(match[4]) * 60 + int(match[5]) if match[4] else None
    return Anchor(year, month, day if month else None, minute if minute is not None and minute < 1440 else None)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (31 June)."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift_days(day: date, days: int) -> date | None:
    """`day` moved by so many days; None past the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_minutes(anchor: Anchor, minutes: int) -> str | None:
    """The time of day so many minutes from the anchor's, "2024-10-23T13:35"; None where the anchor has none."""
    if anchor.date is None or anchor.minute is None:
        return None
    days, minute = divmod(anchor.minute + minutes, 1440)
    day = shift_days(anchor.date, days)
    return f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}" if day else None


def shift_month(year: int, month: int, months: int) -> tuple[int, int] | None:
    """Year and month moved by so many months; None before year 1 and after 9999."""
    index = year * 12 + month - 1 + months
    return (index // 12, index % 12 + 1) if 12 <= index < 120000 else None


def week_of(day: date) -> str:
    """The ISO week: "2024-W43"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_of(month: int) -> int:
    """1 to 4."""
    return (month + 2) // 3


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + n + 90) // 25
    return date(year, month, (h - m + n + month + 19) % 32)


def holiday_in(year: int, rule: str) -> date | None:
    """The day of a holiday in a year, from its rule in data/holidays.tsv.

    >>> holiday_in(1999, "11-4-4").isoformat()
    '1999-11-25'
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):  # one day of history
        return date.fromisoformat(rule)
    fixed = re.fullmatch(r"(\d\d)-(\d\d)", rule)
    if fixed:
        return make_date(year, int(fixed[1]), int(fixed[2]))
    moved = re.fullmatch(r"easter([+-]\d+)", rule)
    if moved:
        return shift_days(easter(year), int(moved[1]))
    nth = re.fullmatch(r"(\d\d)-(-1|[1-5])-([1-7])(\+\d)?", rule)
    if not nth:
        return None
    month, count, weekday = int(nth[1]), int(nth[2]), int(nth[3])
    if count > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    else:
        last = date(year, month + 1, 1) - timedelta(days=1) if month < 12 else date(year, 12, 31)
        day = last - timedelta(days=(last.isoweekday() - weekday) % 7)
    return shift_days(day, int(nth[4] or 0))


def move(value: str, unit: str, count: int) -> str | None:
    """A date value moved by `count` units, as fine as the coarser of the two allows.

    >>> move("1989-Q3", "year", -1), move("2024-10-23", "day", 1)
    ('1988-Q3', '2024-10-24')
    """
    value = value.partition("T")[0]
    if unit in ("year", "decade", "century") and value[:4].isdecimal():
        year = int(value[:4]) + count * MONTHS[unit] // 12
        return f"{year:04d}{value[4:]}" if 0 < year < 10000 and value[4:] != "-02-29" else None
    anchor = read_anchor(value) if re.fullmatch(r"[\d-]+", value) else None
    if anchor is None:
        return None
    if unit in MONTHS and anchor.month:
        moved = shift_month(anchor.year, anchor.month, count * MONTHS[unit])
        if moved is None:
            return None
        whole = make_date(*moved, anchor.day) if anchor.day else None
        return whole.isoformat() if whole else f"{moved[0]:04d}-{moved[1]:02d}"
    if unit in DAYS and anchor.date:
        day = shift_days(anchor.date, count * DAYS[unit])
        return day.isoformat() if day else None
    return None
