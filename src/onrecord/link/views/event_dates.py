"""When what a sentence tells happened: by the time beside it, the sentence's first, or the report's own day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.model import Happening, Span
from onrecord.resources import settings_file

DAY = len("2025-03-04")
DEPENDENT = frozenset({"infinitive", "gerund", "participle", "noun"})  # tenses: dated like the verb they hang on
HOSTS = 12  # words for events looked back over for the verb that one hangs on
PAST = frozenset({"past", "participle"})
UNDATED = frozenset({"pluperfect", "future", "would"})  # without a time of their own, their day is not the report's
BOUNDARY = re.compile(r"[;:—“”\"]|,\s|\b(?:that|which|who|because|although|while|when|as|but|since|after|before)\b")
OWNED = re.compile(r"(?:\b(?:the|a|an|its|his|her|their|this|that)|['’]s?)\s$", re.IGNORECASE)
NOUN_AFTER = re.compile(r"\s(?!(?:in|at|on|to|by|for|and|with|when|after)\b)[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Dated:
    """A time of the text with a plain date."""

    span: Span
    date: str  # ISO 8601, as coarse as known


def date_happenings(
    text: str,
    sentence: Span,
    happenings: Sequence[Happening],
    times: Sequence[Dated],
    published: str | None,
    news: str | None = None,
    *,
    headline: bool = False,
) -> tuple[str | None, ...]:
    """The date of each happening of a sentence: its own time's, the sentence's, its verb's, the report's; None unknown.

    `news` is the day of the report's news, which past events and the headline without a time fall on. What is to come,
    and what had come before something else, has no date but its own.
    """
    day = (published or "")[:DAY] or None
    if headline:
        day = news or day
    whole, own = _times_by_owner(text, sentence, happenings, times)
    for index in sorted(own):
        host = _host(index, happenings) if happenings[index].tense == "infinitive" else None
        if host is not None and host not in own and happenings[host].tense in PAST and day and own[index] <= day:
            own[host] = own[index]  # "chose her to lead the board on Monday"
    plain = [whole or _day_of(one, day, news) for one in happenings]
    found: list[str | None] = []
    for index, one in enumerate(happenings):
        host = _host(index, happenings) if one.tense in DEPENDENT else None
        if one.tense == "infinitive" and one.realis == "planned":
            found.append(own.get(index))  # "promised to pay": when is not said
        else:
            found.append(own.get(index) or (plain[index] if host is None else found[host]))
    return tuple(found)


def _host(index: int, happenings: Sequence[Happening]) -> int | None:
    """The finite verb before a word, which it may hang on."""
    before = range(index - 1, max(-1, index - 1 - HOSTS), -1)
    return next((k for k in before if happenings[k].kind == "verb" and happenings[k].tense not in DEPENDENT), None)


def _times_by_owner(
    text: str, sentence: Span, happenings: Sequence[Happening], times: Sequence[Dated]
) -> tuple[str | None, dict[int, str]]:
    """The date of the time that opens the sentence, and by index the date of each happening with a time of its own."""
    whole: str | None = None
    own: dict[int, tuple[int, str]] = {}
    for time in times:
        if is_attribute(text, time):
            continue
        if is_lead(text, sentence, time, happenings):
            whole = whole or time.date
            continue
        nearest = min(
            ((gap, index) for index, one in enumerate(happenings) if (gap := gap_between(text, one, time)) is not None),
            default=None,
        )
        if nearest and (nearest[1] not in own or nearest[0] < own[nearest[1]][0]):
            own[nearest[1]] = (nearest[0], time.date)
    return whole, {index: when for index, (_, when) in own.items()}


def _day_of(one: Happening, day: str | None, news: str | None) -> str | None:
    """The day of what has no time beside it."""
    if one.tense in UNDATED:
        return None
    return news or day if one.tense in PAST else day


def is_attribute(text: str, time: Dated) -> bool:
    """Whether a year only says which one: "the 1991 agreement", "the firm's 2010 conference"."""
    if not time.span.of(text).isdigit() or not OWNED.search(text, max(0, time.span.start - 8), time.span.start):
        return False
    return bool(NOUN_AFTER.match(text, time.span.end))


def is_lead(text: str, sentence: Span, time: Dated, happenings: Sequence[Happening]) -> bool:
    """Whether a time opens its sentence, and so dates all of it: "On Friday, ..."."""
    before = text[sentence.start : time.span.start]
    if len(before) > _settings()["lead"] or len(before.split()) > _settings()["lead_words"]:
        return False
    return not any(one.span.start < time.span.start for one in happenings)


def gap_between(text: str, one: Happening, time: Dated) -> int | None:
    """How far a word and a time stand apart, other clauses between them counted in; None: out of reach."""
    gaps = _settings()["gap"]
    is_behind = one.span.end <= time.span.start
    start, end = (one.span.end, time.span.start) if is_behind else (time.span.end, one.span.start)
    if one.span.overlaps(time.span) or end - start > _settings()["reach"]:
        return None
    between = text[start:end]
    gap: int = gaps["boundary"] * len(BOUNDARY.findall(between))
    if is_behind:
        return gap + len(between) + int(gaps["and"]) * between.count(" and ") + int(gaps["noun"]) * (one.kind == "noun")
    return gap + int(gaps["before"]) + int(gaps["before_each"]) * len(between)


def news_day(found: Sequence[tuple[Happening, str | None]], published: str | None) -> str | None:
    """The day of a report's news: that of its first past event with a day of its own, shortly before publication."""
    day = (published or "")[:DAY]
    for one, when in found:
        if one.tense in PAST and when and 0 <= days_between(when, day) <= _settings()["recent"]:
            return when
    return None


def days_between(a: str, b: str) -> int:
    """How many days the second date is after the first; -1 where either is no day.

    >>> days_between("2025-02-28", "2025-03-01"), days_between("2025-02", "2025-03-01")
    (1, -1)
    """
    try:
        return (date.fromisoformat(b) - date.fromisoformat(a)).days if len(a) == len(b) == DAY else -1
    except ValueError:
        return -1


def _settings() -> dict[str, Any]:
    found: dict[str, Any] = settings_file("timeline.toml")["date"]
    return found
