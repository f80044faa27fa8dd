"""By when something is due that somebody promises or foresees: the day its words name, as coarse as they are."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.link.entry import Told
from onrecord.model import TimeExpression

WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
CALENDAR = re.compile(r"\d{4}(?:-\d\d){0,2}")
WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-WE)?")
LENGTH = re.compile(r"P(\d+)([DWMY])")
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
BEFORE = 24  # code points before a time in which the word stands that makes it a term


def due_of(one: Told, *, after: int = 0) -> str | None:
    """The last day that a content names after it was said, ISO 8601; None where it names none to come.

    Only times from `after` on count, an offset in the text, or such as the content begins with. A weekday is the next
    one where its value lies behind; "within three weeks" counts from the day it was said.
    """
    said = one.entry.when(one.statement)[:10]
    found = []
    begins = one.statement.content.spans[0].start + BEFORE
    for time in one.entry.times.within(one.statement.content.spans):
        if begins < time.span.start < after:
            continue
        value = _value(time, one.entry.report.text, said)
        if value and value >= said[: len(value)]:
            found.append(value)
    return max(found, default=None)


def last_day(due: str) -> str:
    """The last day of a due date, for setting it against another.

    >>> last_day("2025-09"), last_day("2025"), last_day("2025-03-01")
    ('2025-09-30', '2025-12-31', '2025-03-01')
    """
    parts = [int(part) for part in due.split("-")]
    if len(parts) == 1:
        return f"{parts[0]:04}-12-31"
    if len(parts) == 2:
        year, month = (parts[0], parts[1] + 1) if parts[1] < 12 else (parts[0] + 1, 1)
        return (date(year, month, 1) - timedelta(days=1)).isoformat()
    return due


def _value(time: TimeExpression, text: str, said: str) -> str | None:
    """A calendar date of a time expression, or None."""
    if time.value is None or not _is_term(text[max(0, time.span.start - BEFORE) : time.span.start], time):
        return None
    value, kind = time.value.value, time.value.timex_type
    if kind == "DURATION":
        return _counted(value, said) if re.search(r"\bwith?in\s+$", text[: time.span.start][-BEFORE:]) else None
    if week := WEEK.fullmatch(value):
        return _sunday(int(week[1]), int(week[2]))
    found = CALENDAR.match(value)
    if found is None or (value[found.end() :] and not value[found.end() :].startswith("T")):
        return None
    day = found.group()
    if WEEKDAY.search(time.text) and len(day) == 10 and day < said:
        return _shifted(day, said)
    return day


def _is_term(before: str, time: TimeExpression) -> bool:
    """Whether a time may be a term: not "since March", "last week", "the budget of 2026"."""
    return not re.search(r"\b(?:since|last|of)\s+(?:the\s+)?$", before) and not re.match(
        r"last\b", time.text, re.IGNORECASE
    )


def _shifted(day: str, said: str) -> str | None:
    """The same day of the week, the first on or after the day it was said."""
    try:
        start, end = date.fromisoformat(day), date.fromisoformat(said)
    except ValueError:
        return None
    return (end + timedelta(days=(start - end).days % 7)).isoformat()


def _counted(value: str, said: str) -> str | None:
    found = LENGTH.fullmatch(value)
    try:
        return (
            (date.fromisoformat(said) + timedelta(days=int(found[1]) * DAYS[found[2]])).isoformat() if found else None
        )
    except (ValueError, OverflowError):
        return None


def _sunday(year: int, week: int) -> str | None:
    try:
        return date.fromisocalendar(year, week, 7).isoformat()
    except ValueError:
        return None
