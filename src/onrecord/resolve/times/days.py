"""Values of dates, weekdays, holidays, parts of days and times of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.resolve.times.calendar import holiday_in, make_date, read_anchor, shift_days, shift_month, week_of
from onrecord.resolve.times.setting import Found, Parts, Setting, direction, year_for

NEAR = 31  # days from the report's in which a date in numerals is looked for


def resolve_date(parts: Parts, setting: Setting) -> Found:
    """A day of a month, with or without its year; "the 18th" is the one nearest to the report."""
    if "month" not in parts:
        return in_part(day_of_month(int(parts["day"]), setting), parts)
    month, day = int(parts["month"]), int(parts["day"])
    year = int(parts["year"]) if "year" in parts else year_for(month, day, parts, setting)
    return in_part(make_date(year, month, day) if year else None, parts)


def day_of_month(day: int, setting: Setting) -> date | None:
    """The next such day where the verb beside it is one of the future, else the latest."""
    anchor = setting.anchor
    if anchor is None or anchor.month is None or anchor.day is None:
        return None
    step = (day < anchor.day) if setting.tense > 0 else -(day > anchor.day)
    moved = shift_month(anchor.year, anchor.month, step)
    return make_date(*moved, day) if moved else None


def resolve_month(parts: Parts, setting: Setting) -> Found:
    """A month, with or without its year."""
    month = int(parts["month"])
    year = int(parts["year"]) if "year" in parts else year_for(month, None, parts, setting)
    return (f"{year:04d}-{month:02d}", "DATE") if year else None


def resolve_written(parts: Parts, setting: Setting) -> Found:
    """A date in numerals: ISO, month/day/year, day.month.year."""
    if "slash" in parts:
        numbers = [int(piece) for piece in parts["slash"].replace("-", "/").split("/")]
        if len(numbers) < 3:
            return None
        month, day, year = day_first(numbers) if is_day_first(numbers, setting.today) else tuple(numbers)
    else:
        printed = parts["iso"].replace("/", "-")
        if "." not in printed:
            anchor = read_anchor(printed)
            if anchor is None or anchor.date is None:
                return None
            clock = printed[11:].upper()
            return (f"{anchor}T{clock}", "TIME") if clock else (str(anchor), "DATE")
        day, month, year = (int(piece) for piece in printed.split("."))
    whole = make_date(in_century(year), month, day) if 1 <= month <= 12 else None
    return (whole.isoformat(), "DATE") if whole else None


def in_century(year: int) -> int:
    """A year of two digits in its century: 1950 to 2049."""
    return year + (0 if year > 99 else 2000 if year < 50 else 1900)


def day_first(numbers: Sequence[int]) -> tuple[int, int, int]:
    """Month, day and year of a date that is printed with the day first."""
    return numbers[1], numbers[0], numbers[2]


def is_day_first(numbers: Sequence[int], today: date | None) -> bool:
    """Whether "03/04/2025" is 3 April: where only that is a date, or only that is within a month of the report."""
    if numbers[0] > 12 or today is None or numbers[1] > 12:
        return numbers[0] > 12
    year = in_century(numbers[2])
    first, second = make_date(year, numbers[1], numbers[0]), make_date(year, numbers[0], numbers[1])
    return bool(first and second and abs((first - today).days) <= NEAR < abs((second - today).days))


def weekday_date(weekday: int, parts: Parts, setting: Setting) -> date | None:
    """The day that a weekday names: the latest on or before the report's day unless told otherwise."""
    today = setting.today
    if today is None:
        return None
    back = (today.isoweekday() - weekday) % 7
    rel = parts.get("rel")
    if setting.low and rel is None and "rel3" not in parts:
        return shift_days(setting.low, (weekday - setting.low.isoweekday()) % 7)
    if "rel3" in parts:
        return shift_days(today, weekday - today.isoweekday() + 7 * int(parts["rel3"].lstrip("c") or 0))
    if "away" in parts:  # "the Tuesday after next"
        return shift_days(today, 14 - back if int(parts["away"]) > 0 else -(back or 7) - 7)
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
    """As in "This morning", "last night", "that evening", "the next morning"."""
    rel, today = parts.get("rel", ""), setting.today
    if not rel and "that" not in parts:  # "by mid-afternoon", of the day that the text is at
        origin = read_anchor(setting.day)
        return in_part((origin.date if origin else None) or today, parts)
    if "that" in parts or rel.startswith("c") or (rel == "1" and setting.preceding == "the"):
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
    clock += "Z" if parts.get("zone") == "Z" else ""
    if "month" in parts:
        found = resolve_date({name: part for name, part in parts.items() if name != "part"}, setting)
        day = date.fromisoformat(found[0]) if found else None
    elif "weekday" in parts:
        day = weekday_date(int(parts["weekday"]), parts, setting)
    elif "dayname" in parts:
        day = shift_days(setting.today, int(parts["dayname"])) if setting.today else None
    else:
        origin = read_anchor(setting.day)
        day = (origin.date if origin else None) or setting.today
    return (f"{day.isoformat()}T{clock}", "TIME") if day else None


def clock_of(parts: Parts) -> str | None:
    """The time on a 24-hour clock, "22:00"; None for what no clock shows."""
    if "hours" in parts:
        printed = f"{parts['hours'][:2]}:{parts['hours'][2:]}"
    else:
        printed = parts.get("clock", parts.get("hour", "")).replace(".", ":")
    pieces = [piece.strip() for piece in printed.split(":")]
    if not all(piece.isdecimal() for piece in pieces):
        return None
    hour, rest = int(pieces[0]), [int(piece) for piece in pieces[1:]] or [0]
    half = parts.get("ampm", "")[:1] or half_of(parts.get("part", ""), hour)
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if hour > 24 or any(piece > 59 for piece in rest) or (hour == 24 and any(rest)):
        return None
    return ":".join(f"{piece:02d}" for piece in (hour, *rest))


def half_of(part: str, hour: int) -> str:
    """The half of the day that a part of it puts an hour in: "four in the afternoon", "ten o'clock at night"."""
    if not 1 <= hour <= 12:
        return ""
    if part == "NI":  # the night is before and after midnight
        return "p" if 5 <= hour < 12 else "a"
    return {"MO": "a", "AF": "p", "EV": "p"}.get(part, "")


def resolve_weekof(parts: Parts, setting: Setting) -> Found:
    """As in "The week of March 6"."""
    found = resolve_date(parts, setting)
    return (week_of(date.fromisoformat(found[0])), "DATE") if found else None


def resolve_holiday(parts: Parts, setting: Setting) -> Found:
    """A named day, in its year or the nearest."""
    rule = parts["holiday"]
    if "year" in parts or len(rule) == len("YYYY-MM-DD"):
        day = holiday_in(int(parts.get("year", "1")), rule)
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
