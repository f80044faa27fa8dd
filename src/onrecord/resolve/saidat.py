"""When a statement was made, where its sentence says so: "said Wednesday", "told reporters on Oct. 31"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from onrecord.model import Attribution, Report, Span, TimeExpression

REACH = 90  # code points between the cue and its time
SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z“\"])|\n")
ISO_START = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?![\dWQXHSF-])")


def with_times_said(report: Report) -> Report:
    """The report with `said_at` on each attribution whose cue's clause holds a date outside every content."""
    dated = [time for time in report.times if iso_date(time)]
    starts = [time.span.start for time in dated]
    attributions = tuple(
        replace(attribution, said_at=said_at(report.text, attribution, dated, starts) or attribution.said_at)
        for attribution in report.attributions
    )
    return replace(report, attributions=attributions)


def iso_date(time: TimeExpression) -> str | None:
    """The time's value as a plain ISO 8601 date, as coarse as known; None for weeks, durations and the like."""
    if time.value is None or time.value.timex_type not in ("DATE", "TIME"):
        return None
    match = ISO_START.match(time.value.value)
    return match[0] if match else None


def said_at(text: str, attribution: Attribution, dated: list[TimeExpression], starts: list[int]) -> str | None:
    """The date nearest to the cue, in its sentence and outside source and content."""
    if not attribution.cue:
        return None
    cue = Span(attribution.cue[0].start, attribution.cue[-1].end)
    best: tuple[int, int, str] | None = None
    at = bisect_right(starts, cue.start - REACH)
    for time in dated[max(0, at - 1) :]:
        if time.span.start > cue.end + REACH:
            break
        if any(piece.overlaps(time.span) for piece in (*attribution.content, *attribution.source, *attribution.cue)):
            continue
        gap = Span(min(time.span.end, cue.end), max(time.span.start, cue.start))
        between = gap.of(text)
        if len(between) > REACH or SENTENCE_END.search(between) or crosses(gap, attribution):
            continue
        value = iso_date(time)
        candidate = (len(between), time.span.start, value or "")
        if value and (best is None or candidate < best):
            best = candidate
    return best[2] if best else None


def crosses(gap: Span, attribution: Attribution) -> bool:
    """Whether a piece of the content lies between cue and time."""
    return any(gap.start <= piece.start and piece.end <= gap.end for piece in attribution.content)
