"""Values of time expressions (TIMEX3) against the report's date, and when statements were made.

A relative time without a date to count from has no value; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from onrecord.model import Report, TimeExpression, TimeValue
from onrecord.resolve.times.calendar import read_anchor
from onrecord.resolve.times.days import (
    resolve_clock,
    resolve_date,
    resolve_holiday,
    resolve_month,
    resolve_part,
    resolve_today,
    resolve_weekday,
    resolve_weekof,
    resolve_written,
)
from onrecord.resolve.times.lengths import resolve_duration, resolve_reference, resolve_set, resolve_span
from onrecord.resolve.times.periods import (
    resolve_ago,
    resolve_century,
    resolve_decade,
    resolve_half,
    resolve_plain,
    resolve_quarter,
    resolve_season,
    resolve_year,
)
from onrecord.resolve.times.saidat import with_times_said
from onrecord.resolve.times.setting import Found, Parts, Setting
from onrecord.resolve.times.tense import tense_at

ENDED = re.compile(r"\s(?:that\s)?(?:ended|ending|to)\s(?:on\s)?")  # between "the quarter" and "Sept. 30"
JOINED = re.compile(r"\s?(?:and|to|until|till|or|-|–)\s?")  # between the ends of a range of hours
SPANNED = re.compile(r"\s?(?:to|until|till|through|-|–)\s?|\s(?:and|to|until)\s(?:on|at)\s")  # of days
DAY_PARTS = frozenset({"weekday", "rel", "dayname", "month", "day", "year"})
DAY_REACH = 160  # code points over which "at 10 p.m." is on the day named before
QUARTER_REACH = 400  # code points over which "the quarter" and "a year earlier" point back to a quarter

UNDATED = "undated"  # flag of a report: nothing says when it was published, and times in it count from that day
WEEKS = {"first": "START", "1": "START", "last": "END", "-1": "END", "START": "START", "END": "END", "MID": "MID"}
MODS = {"START": "START", "MID": "MID", "END": "END", "earlier": "START", "later": "END"}


@dataclass(frozen=True, slots=True)
class ResolveWhen:
    """Gives times their values and attributions their `said_at`."""

    name: str = "when"
    requires: tuple[str, ...] = ("times", "attributions")
    assigns: tuple[str, ...] = ("times", "attributions", "flags")

    def __call__(self, report: Report) -> Report:
        """The report with values on its times and, where the text says so, on its attributions.

        One without a date, in which a time stays without a value, has the flag `undated`.
        """
        resolved = replace(report, times=resolve_times(report))
        if read_anchor(report.published) is None and any(time.value is None for time in resolved.times):
            resolved = replace(resolved, flags=tuple(sorted({*report.flags, UNDATED})))
        return with_times_said(resolved)


def resolve_times(report: Report) -> tuple[TimeExpression, ...]:
    """The report's times with their values, in the same order."""
    anchor = read_anchor(report.published)
    previous: str | None = None
    quarter, quarter_end, previous_end = None, 0, 0
    out: list[TimeExpression] = []
    for expression, behind in zip_longest(report.times, report.times[1:]):
        start, end = expression.span.start, expression.span.end
        setting = Setting(
            anchor,
            previous,
            quarter if start - quarter_end < QUARTER_REACH else None,
            previous if 0 < start - previous_end < DAY_REACH and "\n" not in report.text[previous_end:start] else None,
            tense_at(report.text, start, end),
            expression.text.lower(),
            last_word(report.text[max(0, start - 24) : start]),
            low_end(report.text, out[-1], expression) if out else None,
            dict(behind.parts) if behind and ENDED.fullmatch(report.text, end, behind.span.start) else None,
        )
        dated = expression
        if (
            behind
            and expression.rule == behind.rule == "clock"
            and JOINED.fullmatch(report.text, end, behind.span.start)
        ):
            dated = with_day_of(expression, behind)
        value = resolve_time(dated, setting)
        out.append(replace(dated, value=value))
        if value and value.value[:3].isdecimal() and value.timex_type in ("DATE", "TIME") and is_fixed(expression):
            previous, previous_end = value.value, end
            if "-Q" in value.value:
                quarter, quarter_end = value.value, end
    return tuple(out)


def low_end(text: str, low: TimeExpression, high: TimeExpression) -> date | None:
    """The day of the weekday before, where the two are the ends of a range: "8 p.m. Monday to 5 a.m. Tuesday"."""
    ends = all("weekday" in dict(time.parts) and time.rule in ("weekday", "clock") for time in (low, high))
    if not ends or low.value is None or not SPANNED.fullmatch(text, low.span.end, high.span.start):
        return None
    origin = read_anchor(low.value.value)
    return origin.date if origin else None


def with_day_of(clock: TimeExpression, other: TimeExpression) -> TimeExpression:
    """A time of day on the day that the other end of its range names: "2 p.m. and 4 p.m. Tuesday"."""
    have = dict(clock.parts)
    if have.keys() & DAY_PARTS:
        return clock
    days = {name: part for name, part in other.parts if name in DAY_PARTS}
    return replace(clock, parts=tuple(sorted((have | days).items())))


def is_fixed(expression: TimeExpression) -> bool:
    """Whether later times may count from this one: not from "a year ago" and the like."""
    parts = dict(expression.parts)
    return expression.rule != "ago" and "comparable" not in parts and "same" not in parts


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
    mod = MODS.get(parts.get("mod", "")) or WEEKS.get(parts.get("week", ""))
    if mod is None and "approx" in parts:
        mod = parts["approx"]
    if mod is None and "ends" in parts:
        mod = "END"
    vague = "vaguely" in parts or parts.get("count", "").endswith("~")
    return mod or ("APPROX" if vague else None)


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
