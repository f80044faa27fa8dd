"""Values of time expressions (TIMEX3) against the report's date, and when statements were made.

A relative time without a date to count from has no value; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from onrecord.model import Report, TimeExpression, TimeValue
from onrecord.resolve.calendar import (
    DAYS,
    MONTHS,
    SEASON_STARTS,
    Anchor,
    holiday_in,
    make_date,
    move,
    quarter_of,
    read_anchor,
    shift_days,
    shift_month,
    week_of,
)
from onrecord.resolve.saidat import with_times_said
from onrecord.resolve.tense import tense_at

Parts = Mapping[str, str]
FAR = 2  # months ahead from which a date beside a verb of the past lies behind after all
QUARTER_REACH = 800  # code points over which "the quarter" and "a year earlier" point back to a quarter
MODS = {"START": "START", "MID": "MID", "END": "END", "earlier": "START", "later": "END"}
UNIT_CODES = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "quarter": "Q",
    "hour": "H",
    "minute": "M",
    "second": "S",
}
LONGER = {
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "millennium": ("Y", 1000),
    "fortnight": ("W", 2),
    "weekend": ("D", 2),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is counted from: the report's day, the time named before it, and the tense beside it."""

    anchor: Anchor | None
    previous: str | None  # the last date that the text gave
    quarter: str | None  # the last quarter of a year that it gave, not long before
    tense: int  # -1 past, 1 future, 0 not told
    text: str  # of the expression, lower case
    preceding: str  # the word before, lower case

    @property
    def today(self) -> date | None:
        """The report's very day, if known."""
        return self.anchor.date if self.anchor else None


@dataclass(frozen=True, slots=True)
class ResolveWhen:
    """Gives times their values and attributions their `said_at`."""

    name: str = "when"
    requires: tuple[str, ...] = ("times", "attributions")
    assigns: tuple[str, ...] = ("times", "attributions")

    def __call__(self, report: Report) -> Report:
        """The report with values on its times and, where the text says so, on its attributions."""
        resolved = replace(report, times=resolve_times(report))
        return with_times_said(resolved)


def resolve_times(report: Report) -> tuple[TimeExpression, ...]:
    """The report's times with their values, in the same order."""
    anchor = read_anchor(report.published)
    previous: str | None = None
    quarter, quarter_end = None, 0
    out = []
    for expression in report.times:
        start, end = expression.span.start, expression.span.end
        setting = Setting(
            anchor,
            previous,
            quarter if start - quarter_end < QUARTER_REACH else None,
            tense_at(report.text, start, end),
            expression.text.lower(),
            last_word(report.text[max(0, start - 24) : start]),
        )
        value = resolve_time(expression, setting)
        out.append(replace(expression, value=value))
        if value and value.value[:3].isdecimal() and value.timex_type in ("DATE", "TIME") and is_fixed(expression):
            previous = value.value
            if "-Q" in value.value:
                quarter, quarter_end = value.value, end
    return tuple(out)


def is_fixed(expression: TimeExpression) -> bool:
    """Whether later times may count from this one: not from "a year ago" and the like."""
    return expression.rule != "ago" and "comparable" not in dict(expression.parts)


def last_word(text: str) -> str:
    """The last word of the text in lower case, empty for none."""
    words = text.lower().split()
    return words[-1] if words else ""


def resolve_time(expression: TimeExpression, setting: Setting) -> TimeValue | None:
    """The value of one expression in its setting, None where it cannot be told."""
    parts = dict(expression.parts)
    resolver = RESOLVERS.get(expression.rule)
    found = resolver(parts, setting) if resolver else None
    if found is None:
        return None
    value, timex_type = found
    absolute = "year" in parts or expression.rule in ("written", "decade", "century", "reference", "set", "duration")
    anchor = None if absolute or setting.anchor is None else str(setting.anchor)
    return TimeValue(value, timex_type, mod_of(parts), anchor)


def mod_of(parts: Parts) -> str | None:
    """The TIMEX3 mod: START for "early", APPROX for "about"."""
    mod = MODS.get(parts.get("mod", ""))
    if mod is None and "approx" in parts:
        mod = parts["approx"]
    vague = "vaguely" in parts or parts.get("count", "").endswith("~")
    return mod or ("APPROX" if vague else None)


# ------------------------------------------------------------------ choosing a year
def direction(parts: Parts, setting: Setting) -> int | None:
    """-1 for the last, 1 for the next, 0 for this one, None where neither word nor tense tells."""
    if "rel" in parts:
        return {"-1": -1, "c-1": -1, "1": 1, "c1": 1, "0": 0}.get(parts["rel"])
    if setting.preceding in ("until", "till", "by", "before", "through"):
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
        return year - 1 if months > FAR and setting.tense < 0 else year
    if parts.get("unit") == "year" and "rel" in parts:
        return anchor.year + int(parts["rel"].lstrip("c"))
    if anchor.month is None:
        return anchor.year
    way = direction(parts, setting)
    here, there = (anchor.month, anchor.day or 0), (month, day if day is not None and anchor.day else 0)
    if day is None or not anchor.day:
        here = (anchor.month, 0)
    strict = "rel" in parts
    if way == -1:
        return anchor.year if there < here or (there == here and not strict) else anchor.year - 1
    if way == 1:
        return anchor.year if there > here or (there == here and not strict) else anchor.year + 1
    return anchor.year if way == 0 else nearest(anchor, month, day)


# ------------------------------------------------------------------ one resolver a rule
Found = tuple[str, str] | None


def resolve_date(parts: Parts, setting: Setting) -> Found:
    """A day of a month, with or without its year."""
    month, day = int(parts["month"]), int(parts["day"])
    year = int(parts["year"]) if "year" in parts else year_for(month, day, parts, setting)
    whole = make_date(year, month, day) if year else None
    return (whole.isoformat(), "DATE") if whole else None


def resolve_month(parts: Parts, setting: Setting) -> Found:
    """A month, with or without its year."""
    month = int(parts["month"])
    year = int(parts["year"]) if "year" in parts else year_for(month, None, parts, setting)
    return (f"{year:04d}-{month:02d}", "DATE") if year else None


def resolve_written(parts: Parts, _: Setting) -> Found:
    """A date in numerals: ISO, month/day/year, day.month.year."""
    if "slash" in parts:
        numbers = [int(piece) for piece in parts["slash"].split("/")]
        month, day, year = (
            (numbers[1], numbers[0], numbers[-1]) if numbers[0] > 12 else (numbers[0], numbers[1], numbers[-1])
        )
        if len(numbers) < 3:
            return None
    else:
        printed = parts["iso"]
        if "." not in printed:
            anchor = read_anchor(printed)
            if anchor is None or anchor.date is None:
                return None
            clock = printed[11:].upper()
            return (f"{anchor}T{clock}", "TIME") if clock else (str(anchor), "DATE")
        day, month, year = (int(piece) for piece in printed.split("."))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    whole = make_date(year, month, day) if 1 <= month <= 12 else None
    return (whole.isoformat(), "DATE") if whole else None


def weekday_date(weekday: int, parts: Parts, setting: Setting) -> date | None:
    """The day that a weekday names: the latest on or before the report's day unless told otherwise."""
    today = setting.today
    if today is None:
        return None
    back = (today.isoweekday() - weekday) % 7
    rel = parts.get("rel")
    if "rel3" in parts:
        return shift_days(today, weekday - today.isoweekday() + 7 * int(parts["rel3"].lstrip("c") or 0))
    way = direction(parts, setting)
    if rel in ("c-1", "c1") and setting.previous and (origin := read_anchor(setting.previous)) and origin.date:
        back = (origin.date.isoweekday() - weekday) % 7 or 7
        return shift_days(origin.date, -back if rel == "c-1" else (7 - back) or 7)
    if rel == "0":
        return shift_days(today, -back if setting.tense < 0 or not back else 7 - back)
    if way == 1:
        return shift_days(today, 7 - back if back or rel else 0)
    return shift_days(today, -(back or 7) if rel else -back)


def resolve_weekday(parts: Parts, setting: Setting) -> Found:
    """A weekday, alone or with a part of the day."""
    day = weekday_date(int(parts["weekday"]), parts, setting)
    return in_part(day, parts)


def in_part(day: date | None, parts: Parts) -> Found:
    """A day, or a part of it where one is named."""
    if day is None:
        return None
    return (f"{day.isoformat()}T{parts['part']}", "TIME") if "part" in parts else (day.isoformat(), "DATE")


def resolve_today(parts: Parts, setting: Setting) -> Found:
    """Yesterday, today, tomorrow, tonight."""
    if setting.today is None:
        return None
    tonight = parts.get("tonight")
    if tonight:
        return f"{setting.today.isoformat()}TNI", "TIME"
    return in_part(shift_days(setting.today, int(parts["dayname"])), parts)


def resolve_part(parts: Parts, setting: Setting) -> Found:
    """ "This morning", "last night", "that evening", "the next morning"."""
    rel, today = parts.get("rel", ""), setting.today
    if "that" in parts or rel.startswith("c") or setting.text.startswith("the next"):
        origin = read_anchor(setting.previous)
        base = origin.date if origin else None
        step = 0 if "that" in parts else int(rel.lstrip("c"))
        return in_part(shift_days(base, step), parts) if base else None
    return in_part(shift_days(today, int(rel)), parts) if today else None


def resolve_clock(parts: Parts, setting: Setting) -> Found:
    """A time of day, on a named day or on the day that the text is at."""
    clock = parts.get("noon") or clock_of(parts)
    if clock is None:
        return None
    if "weekday" in parts:
        day = weekday_date(int(parts["weekday"]), parts, setting)
    elif "dayname" in parts:
        day = shift_days(setting.today, int(parts["dayname"])) if setting.today else None
    elif "month" in parts:
        found = resolve_date(parts, setting)
        day = date.fromisoformat(found[0]) if found else None
    else:
        day = setting.today
    return (f"{day.isoformat()}T{clock}", "TIME") if day else None


def clock_of(parts: Parts) -> str | None:
    """The time on a 24-hour clock, "22:00"."""
    printed = parts.get("clock", parts.get("hour", "")).replace(".", ":")
    pieces = [int(piece) for piece in printed.split(":") if piece.isdecimal()]
    if not pieces:
        return None
    hour, rest = pieces[0], pieces[1:] or [0]
    half = parts.get("ampm", "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if hour > 24 or any(piece > 59 for piece in rest):
        return None
    return ":".join(f"{piece:02d}" for piece in (hour, *rest))


def resolve_ago(parts: Parts, setting: Setting) -> Found:
    """So many units before or after the report's day, or the time named before ("a year earlier")."""
    unit, count = parts["unit"], parts.get("count", parts.get("fraction", "1"))
    way = {"earlier": -1, "later": 1, "-1": -1, "1": 1}[parts["ago"]]
    if count.startswith("X"):
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


def duration(count: str, unit: str) -> str:
    """The TIMEX3 form of a length of time: P2W, PT10M, PXD."""
    code, factor = LONGER.get(unit, (UNIT_CODES.get(unit, "D"), 1))
    clock = "T" if unit in ("hour", "minute", "second") else ""
    number = count.rstrip("~")
    if number == "X":
        return f"P{clock}X{code}"
    amount = float(number) * factor
    whole = int(amount)
    finer = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if clock else ("W", 4), "D": ("H", 24)}
    if amount != whole and whole and code in finer and factor == 1:
        below, size = finer[code]
        glue = "T" if code == "D" else ""
        return f"P{clock}{whole}{code}{glue}{round((amount - whole) * size)}{below}"
    return f"P{clock}{amount:g}{code}"


def resolve_span(parts: Parts, _: Setting) -> Found:
    """ "The past two years", "recent months"."""
    if parts["rel"] == "PAST" and "plural" in parts:
        return "PAST_REF", "DATE"
    return duration(parts.get("count", "X"), parts.get("unit", parts.get("plural", "day"))), "DURATION"


def resolve_duration(parts: Parts, _: Setting) -> Found:
    """A length of time; of a range the lower end."""
    count = parts.get("count", parts.get("fraction", "1"))
    if "ahalf" in parts and count.replace(".", "").isdecimal():
        count = str(float(count) + 0.5)
    return duration(count, parts["unit"]), "DURATION"


def resolve_set(parts: Parts, _: Setting) -> Found:
    """What comes again: "every Monday", "daily", "each July"."""
    part = f"T{parts['part']}" if "part" in parts else ""
    if "weekday" in parts or "weekdays" in parts:
        return f"XXXX-WXX-{parts.get('weekday') or parts['weekdays']}{part}", "SET"
    if "month" in parts:
        return f"XXXX-{parts['month']}", "SET"
    if "season" in parts:
        return f"XXXX-{parts['season']}", "SET"
    if part:
        return f"XXXX-XX-XX{part}", "SET"
    return parts.get("set") or duration(parts.get("count", "1"), parts["unit"]), "SET"


def resolve_plain(parts: Parts, setting: Setting) -> Found:
    """A unit of the calendar beside the report's own: "last year", "this week", "the end of the month"."""
    unit, rel = parts.get("unit", "year"), parts.get("rel", "0")
    if unit == "year" and not parts.keys() - {"unit", "whole"} and setting.preceding in ("for", "whole", "full"):
        return "P1Y", "DURATION"
    if "that" in parts or rel.startswith("c") or (setting.text.startswith("the next") and unit == "day"):
        step = 0 if "that" in parts else int(rel.lstrip("c"))
        if setting.previous and (cut := coarsen(setting.previous, unit)):
            moved = move(cut, unit, step) if step else cut
            return (moved, "DATE") if moved else None
        if "that" in parts or unit == "day":
            return None
    if setting.anchor is None:
        return None
    if "comparable" in parts:
        base = setting.quarter or setting.previous
        return (move(base, "year", -1) if base else None) or str(setting.anchor.year - 1), "DATE"
    if unit == "period" or (unit == "quarter" and rel == "0" and "rel" not in parts):
        return (setting.quarter, "DATE") if setting.quarter else beside(setting.anchor, "quarter", -1)
    if unit == "weekend" and "rel" not in parts:
        step = -1 if setting.tense <= 0 and setting.today and setting.today.isoweekday() < 6 else 0
    else:
        step = int((parts.get("latest") or rel).lstrip("c") or 0)
    return beside(setting.anchor, unit, step)


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
        day = shift_days(anchor.date, step * DAYS[unit])
        if day is None:
            return None
        return (day.isoformat() if unit == "day" else week_of(day) + ("-WE" if unit == "weekend" else "")), "DATE"
    return None


def resolve_weekof(parts: Parts, setting: Setting) -> Found:
    """ "The week of March 6"."""
    found = resolve_date(parts, setting)
    return (week_of(date.fromisoformat(found[0])), "DATE") if found else None


def resolve_quarter(parts: Parts, setting: Setting) -> Found:
    """A quarter of a year; without a year the latest that has begun."""
    number = parts["quarter"].lstrip("q")
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
        return (digits if len(digits) == 4 else f"20{digits}"), "DATE"
    if "ends" in parts:
        return (f"{setting.anchor.year:04d}-{parts['ends']}", "DATE") if setting.anchor else None
    return parts["year"], "DATE"


def resolve_decade(parts: Parts, _: Setting) -> Found:
    """ "The 1990s", "the nineties", "the '80s"."""
    if "decadeword" in parts:
        return f"19{parts['decadeword']}", "DATE"
    digits = "".join(c for c in parts["decade"] if c.isdecimal())
    if len(digits) == 4:
        return digits[:3], "DATE"
    return (f"20{digits[0]}" if digits[0] in "01" else f"19{digits[0]}"), "DATE"


def resolve_century(parts: Parts, _: Setting) -> Found:
    """The 20th century is 19."""
    return (f"{int(parts['century']) - 1:02d}", "DATE") if int(parts["century"]) > 0 else None


def resolve_holiday(parts: Parts, setting: Setting) -> Found:
    """A named day, in its year or the nearest."""
    rule = parts["holiday"]
    if "year" in parts:
        day = holiday_in(int(parts["year"]), rule)
        return (day.isoformat(), "DATE") if day else None
    if setting.today is None:
        return None
    years = (setting.today.year - 1, setting.today.year, setting.today.year + 1)
    days = [day for year in years if 0 < year < 9999 and (day := holiday_in(year, rule))]
    way, today = direction(parts, setting), setting.today
    if way == -1:
        days = [day for day in days if day <= today][-1:]
    elif way == 1:
        days = [day for day in days if day >= today][:1]
    day = min(days, key=lambda d: abs((d - today).days), default=None)
    return (day.isoformat(), "DATE") if day else None


def resolve_reference(parts: Parts, _: Setting) -> Found:
    """Now, recently, the future."""
    return ("PRESENT_REF" if "present" in parts else parts.get("ref", "PAST_REF")), "DATE"


RESOLVERS: Mapping[str, Callable[[Parts, Setting], Found]] = {
    "date": resolve_date,
    "month": resolve_month,
    "written": resolve_written,
    "weekday": resolve_weekday,
    "today": resolve_today,
    "part": resolve_part,
    "clock": resolve_clock,
    "ago": resolve_ago,
    "span": resolve_span,
    "duration": resolve_duration,
    "set": resolve_set,
    "plain": resolve_plain,
    "weekof": resolve_weekof,
    "quarter": resolve_quarter,
    "half": resolve_half,
    "season": resolve_season,
    "year": resolve_year,
    "decade": resolve_decade,
    "century": resolve_century,
    "holiday": resolve_holiday,
    "reference": resolve_reference,
}
