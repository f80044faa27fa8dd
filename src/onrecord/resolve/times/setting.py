"""What a time is counted from, and the year of a date that is printed without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.resolve.times.calendar import Anchor

Parts = Mapping[str, str]

# ------------------------------------------------------------------ one resolver a rule
Found = tuple[str, str] | None

MONTH_FAR = 1  # the same for a month without its day
SOON = 3  # months ahead in which a month without a verb's tense may lie
TOWARDS = frozenset("until till by before through".split())
FAR = 2  # months ahead from which a date beside a verb of the past lies behind after all


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is counted from: the report's day, the time named before it, and the tense beside it."""

    anchor: Anchor | None
    previous: str | None  # the last date that the text gave
    quarter: str | None  # the last quarter of a year that it gave, not long before
    day: str | None  # the last date that it gave, close before
    tense: int  # -1 past, 1 future, 0 not told
    text: str  # of the expression, lower case
    preceding: str  # the word before, lower case
    low: date | None = None  # the day of the other end, before it: "from Monday to Friday"
    closing: Parts | None = None  # the parts of the date behind that ends it: "the quarter ended Sept. 30"

    @property
    def today(self) -> date | None:
        """The report's very day, if known."""
        return self.anchor.date if self.anchor else None


# ------------------------------------------------------------------ choosing a year
def direction(parts: Parts, setting: Setting) -> int | None:
    """-1 for the last, 1 for the next, 0 for this one, None where neither word nor tense tells."""
    if "rel" in parts:
        return {"-1": -1, "c-1": -1, "1": 1, "c1": 1, "0": 0}.get(parts["rel"])
    if setting.preceding in TOWARDS:
        return 1 if setting.tense >= 0 else None
    return setting.tense or None


def nearest(anchor: Anchor, month: int, day: int | None) -> int:
    """The year in which month (and day) come closest to the anchor."""
    here = anchor.month or 6
    distance = month - here
    if distance > 6 or (distance == 6 and (day or 15) > (anchor.day or 15)):
        return anchor.year - 1
    if distance < -6:
        return anchor.year + 1
    return anchor.year


def year_for(month: int, day: int | None, parts: Parts, setting: Setting) -> int | None:
    """The year of a month or a day of a month that is printed without one."""
    anchor = setting.anchor
    if anchor is None:
        return None
    if day is not None and "rel" not in parts and anchor.month:
        year = nearest(anchor, month, day)
        months = (year - anchor.year) * 12 + month - anchor.month
        over = (months, day) > (0, anchor.day or 31)  # a period that "ended" then has ended
        if setting.tense < 0 and (months > FAR or (over and setting.preceding == "ended")):
            return year - 1
        return year + 1 if months < -FAR and setting.tense > 0 else year
    if parts.get("unit") == "year" and "rel" in parts:
        return anchor.year + int(parts["rel"].lstrip("c"))
    if anchor.month is None:
        return anchor.year
    way = direction(parts, setting)
    if way is None and day is None and setting.preceding not in TOWARDS:
        ahead = (month - anchor.month) % 12
        way = -1 if setting.tense < 0 or ahead > SOON else None  # news tells what was
    here, there = (anchor.month, anchor.day or 0), (month, day if day is not None and anchor.day else 0)
    if day is None or not anchor.day:
        here = (anchor.month, 0)
    if day is None and setting.preceding in TOWARDS and not setting.tense:
        way = None  # "the nine months through September" may lie behind
    strict = "rel" in parts
    if way == -1 and not strict and 0 < there[0] - here[0] + 12 * (there < here) <= MONTH_FAR:
        return anchor.year + (there < here)
    if way == -1:
        return anchor.year if there < here or (there == here and not strict) else anchor.year - 1
    if way == 1:
        return anchor.year if there > here or (there == here and not strict) else anchor.year + 1
    return anchor.year if way == 0 else nearest(anchor, month, day)
