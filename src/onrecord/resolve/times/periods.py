"""Values of weeks, months, quarters, seasons, years, decades and centuries."""

from __future__ import annotations

from onrecord.resolve.times.calendar import (
    DAYS,
    MONTHS,
    SEASON_STARTS,
    Anchor,
    move,
    quarter_of,
    read_anchor,
    shift_days,
    shift_minutes,
    shift_month,
    week_of,
)
from onrecord.resolve.times.lengths import length
from onrecord.resolve.times.setting import Found, Parts, Setting, year_for

SUNDAY = 7
CLOCK_UNITS = {"hour": 60.0, "minute": 1.0, "second": 1 / 60}  # in minutes


def resolve_ago(parts: Parts, setting: Setting) -> Found:
    """So many units before or after the report's day, or the time named before ("a year earlier")."""
    unit, count = parts.get("unit", parts.get("plural", "")), parts.get("count", parts.get("fraction", "1"))
    way = {"earlier": -1, "later": 1, "-1": -1, "1": 1}[parts["ago"]]
    told = parts["ago"] in ("earlier", "later")  # from a moment of the story
    if told and (unit in CLOCK_UNITS or count.startswith("X") or "plural" in parts):
        return length("X" if "plural" in parts else count, unit)
    if count.startswith("X") or "plural" in parts:
        return ("PAST_REF" if way < 0 else "FUTURE_REF"), "DATE"
    amount = float(count.rstrip("~"))
    if way < 0 and unit == "year" and amount == 1 and setting.quarter:
        return move(setting.quarter, "year", -1) or setting.quarter, "DATE"
    if parts["ago"] in ("earlier", "later"):
        moved = move(setting.previous, unit, way * int(amount)) if setting.previous and amount == int(amount) else None
        if moved:
            return moved, "DATE"
    return count_from(setting.anchor, unit, way * amount)


def count_from(anchor: Anchor | None, unit: str, amount: float) -> Found:
    """The year, month, week or day that lies so many units from the anchor."""
    if anchor is None or abs(amount) > 100000:
        return None
    if unit in CLOCK_UNITS:
        moment = shift_minutes(anchor, round(amount * CLOCK_UNITS[unit]))
        return (moment, "TIME") if moment else None
    if unit in ("year", "decade", "century", "millennium"):
        years = amount * MONTHS[unit] / 12
        if years != int(years) and anchor.month:
            moved = shift_month(anchor.year, anchor.month, round(years * 12))
            return (
                (f"{moved[0]:04d}-{moved[1]:02d}" if unit == "year" else f"{moved[0]:04d}", "DATE") if moved else None
            )
        year = anchor.year + int(years)
        return (f"{year:04d}", "DATE") if 0 < year < 10000 else None
    if unit in MONTHS and anchor.month:
        moved = shift_month(anchor.year, anchor.month, round(amount * MONTHS[unit]))
        if moved is None:
            return None
        return (
            f"{moved[0]:04d}-Q{quarter_of(moved[1])}" if unit == "quarter" else f"{moved[0]:04d}-{moved[1]:02d}"
        ), "DATE"
    if unit in DAYS and anchor.date:
        day = shift_days(anchor.date, round(amount * DAYS[unit]))
        return (week_of(day) if unit in ("week", "fortnight") else day.isoformat(), "DATE") if day else None
    return None


def resolve_plain(parts: Parts, setting: Setting) -> Found:
    """A unit of the calendar beside the report's own: "last year", "this week", "the end of the month"."""
    unit, rel = parts.get("unit", "year"), "c-1" if "prior" in parts else parts.get("rel", "0")
    bare = not parts.keys() - {"unit", "latest"}
    if bare and unit == "year" and setting.closing:  # "the year ended March 31"
        return "P1Y", "DURATION"
    if unit in ("quarter", "period") and setting.closing and (ended := quarter_ended(setting)):
        return ended, "DATE"
    if "that" in parts and unit in ("quarter", "period") and setting.quarter:
        return setting.quarter, "DATE"
    if "that" in parts or rel.startswith("c") or (setting.text.startswith("the next") and unit == "day"):
        step = 0 if "that" in parts else int(rel.lstrip("c"))
        if setting.previous and (cut := coarsen(setting.previous, unit)):
            moved = move(cut, unit, step) if step else cut
            return (moved, "DATE") if moved else None
        if "that" in parts or unit == "day":
            return None
    if setting.anchor is None:
        return None
    if "away" in parts:
        return beside(setting.anchor, unit, int(parts["away"]))
    if "comparable" in parts:
        base = setting.quarter or setting.previous
        return (move(base, "year", -1) if base else None) or str(setting.anchor.year - 1), "DATE"
    if unit in ("period", "quarter") and "rel" not in parts:
        return (setting.quarter, "DATE") if setting.quarter else beside(setting.anchor, "quarter", -1)
    if unit == "weekend" and "rel" not in parts:
        step = -1 if setting.tense <= 0 and setting.today and setting.today.isoweekday() < 6 else 0
    else:
        step = int((parts.get("latest") or rel).lstrip("c") or 0)
    return beside(setting.anchor, unit, step)


def quarter_ended(setting: Setting) -> str | None:
    """The quarter that ends on the date behind it, also off the calendar's: one "ended July 31" is the second."""
    closing = setting.closing or {}
    if "month" not in closing or setting.anchor is None:
        return None
    year = int(closing["year"]) if "year" in closing else year_for(int(closing["month"]), 1, closing, setting)
    middle = shift_month(year, int(closing["month"]), -1) if year else None
    return f"{middle[0]:04d}-Q{quarter_of(middle[1])}" if middle else None


def coarsen(value: str, unit: str) -> str | None:
    """A date value cut to a unit: the year of a day, for example."""
    if unit == "year":
        return value[:4] if value[:4].isdecimal() else None
    if unit == "month":
        return value[:7] if value[5:7].isdecimal() else None
    day = value.partition("T")[0]
    if unit == "day":
        return day if len(day) == 10 and day[5:7].isdecimal() else None
    anchor = read_anchor(day)
    if unit == "week" and anchor and anchor.date:
        return week_of(anchor.date)
    if unit == "quarter":
        return day if "Q" in day else None
    return None


def beside(anchor: Anchor, unit: str, step: int) -> Found:
    """The unit of the calendar `step` units from the one the anchor is in."""
    if unit in ("year", "decade", "century", "millennium"):
        year = anchor.year + step * MONTHS[unit] // 12
        digits = {"year": 4, "decade": 3, "century": 2, "millennium": 1}[unit]
        return (f"{year:04d}"[:digits], "DATE") if 0 < year < 10000 else None
    if unit in ("month", "quarter") and anchor.month:
        return count_from(anchor, unit, step)
    if anchor.date and unit in DAYS:
        if unit == "week" and step == -1 and anchor.date.isoweekday() == SUNDAY:
            step = 0  # on a Sunday "last week" is the one that ends
        day = shift_days(anchor.date, step * DAYS[unit])
        if day is None:
            return None
        return (day.isoformat() if unit == "day" else week_of(day) + ("-WE" if unit == "weekend" else "")), "DATE"
    return None


def resolve_quarter(parts: Parts, setting: Setting) -> Found:
    """A quarter of a year; without a year the latest that has begun."""
    if "same" in parts:  # "the 1988 quarter", beside one of another year
        return (f"{parts['year']}{setting.quarter[4:]}" if setting.quarter else parts["year"]), "DATE"
    number = parts.get("quarter", parts.get("latter", "")).lstrip("q")
    if number not in ("1", "2", "3", "4"):
        return None
    year = year_of_part(parts, setting, int(number) * 3 - 2)
    return (f"{year:04d}-Q{number}", "DATE") if year else None


def resolve_half(parts: Parts, setting: Setting) -> Found:
    """A half of a year."""
    number = parts["half"].lstrip("h")
    year = year_of_part(parts, setting, int(number) * 6 - 5)
    return (f"{year:04d}-H{number}", "DATE") if year else None


def year_of_part(parts: Parts, setting: Setting, first_month: int) -> int | None:
    """The year of a quarter or half that begins in `first_month`."""
    if "year" in parts:
        return int(parts["year"])
    anchor = setting.anchor
    if anchor is None:
        return None
    if "rel" in parts:
        return anchor.year + int(parts["rel"].lstrip("c"))
    if anchor.month is None:
        return None
    begun = first_month <= anchor.month
    year = anchor.year if begun or setting.tense > 0 else anchor.year - 1
    return year - 1 if "comparable" in parts else year


def resolve_season(parts: Parts, setting: Setting) -> Found:
    """A season, with or without its year."""
    code = parts["season"]
    year = int(parts["year"]) if "year" in parts else year_for(SEASON_STARTS[code], None, parts, setting)
    return (f"{year:04d}-{code}", "DATE") if year else None


def resolve_year(parts: Parts, setting: Setting) -> Found:
    """A year, a fiscal year, a year's end."""
    if "fiscal" in parts:
        digits = "".join(c for c in parts["fiscal"] if c.isdecimal())
        century = "" if len(digits) == 4 else "20" if digits < "50" else "19"
        return century + digits, "DATE"
    if "ends" in parts:  # of the year before in "since year-end"
        year = setting.anchor.year - (setting.preceding == "since") if setting.anchor else 0
        return (f"{year:04d}", "DATE") if year else None
    return parts["year"], "DATE"


def resolve_decade(parts: Parts, _: Setting) -> Found:
    """As in "The 1990s", "the nineties", "the '80s"."""
    if "decadeword" in parts:
        return f"19{parts['decadeword']}", "DATE"
    digits = "".join(c for c in parts["decade"] if c.isdecimal())
    if len(digits) == 4:
        return digits[:3], "DATE"
    return (f"20{digits[0]}" if digits[0] in "01" else f"19{digits[0]}"), "DATE"


def resolve_century(parts: Parts, _: Setting) -> Found:
    """The 20th century is 19."""
    return (f"{int(parts['century']) - 1:02d}", "DATE") if int(parts["century"]) > 0 else None
