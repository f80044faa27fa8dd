"""When a statement was made, where its sentence says so: "said Wednesday", "told reporters on Oct. 31"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from onrecord.model import Attribution, Report, Span, TimeExpression

REACH = 90  # code points between the cue and its time
LEAD = re.compile(
    r"(?:^|[\n.!?”\"]\s*|—\s)(?:(?:But|And|Then|Also|Meanwhile|Earlier|Later),?\s)?(?:(?:On|In|At|Late|Early|on|in)\s)?$"
)
OTHER_CLAUSE = re.compile(
    r"[.!?](?=\s+[A-Z“\"])|[\n;:—]|\b(?:that|who|which|whom|whose|after|before|since|until|when|while|as|if|because|where|for|of|from|and|but|ahead)\b"
)
NOT_WHEN = re.compile(r"\b(?:since|until|before|after|by|from|of|for|through|till)\s(?:the\s)?$", re.IGNORECASE)
ISO_START = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?![\dWQXHSF-])")


def with_times_said(report: Report) -> Report:
    """The report with `said_at` on each attribution whose cue's clause holds a date outside every content."""
    dated = Dated(report)
    attributions = tuple(
        replace(attribution, said_at=said_at(report.text, attribution, dated) or attribution.said_at)
        for attribution in report.attributions
    )
    return replace(report, attributions=attributions)


class Dated:
    """Times with a plain date, by position, and the contents that each stands in."""

    def __init__(self, report: Report) -> None:
        self.times = [time for time in report.times if iso_date(time)]
        self.starts = [time.span.start for time in self.times]
        self.holders: list[list[Span]] = [[] for _ in self.times]
        for attribution in report.attributions:
            for piece in attribution.content:
                for index in range(bisect_left(self.starts, piece.start), bisect_left(self.starts, piece.end)):
                    self.holders[index].append(piece)


def iso_date(time: TimeExpression) -> str | None:
    """The time's value as a plain ISO 8601 date, as coarse as known; None for weeks, durations and the like."""
    if time.value is None or time.value.timex_type not in ("DATE", "TIME"):
        return None
    match = ISO_START.match(time.value.value)
    return match[0] if match else None


def said_at(text: str, attribution: Attribution, dated: Dated) -> str | None:
    """The date nearest to the cue, in its clause and outside source and content."""
    if not attribution.cue:
        return None
    cue = Span(attribution.cue[0].start, attribution.cue[-1].end)
    best: tuple[int, int, str] | None = None
    for index in range(bisect_left(dated.starts, cue.start - REACH), len(dated.times)):
        time = dated.times[index]
        if time.span.start > cue.end + REACH:
            break
        value = iso_date(time)
        elsewhere = any(not piece.contains(cue) for piece in dated.holders[index])
        if value and not elsewhere and is_of_cue(text, attribution, cue, time.span):
            candidate = (max(cue.start - time.span.end, time.span.start - cue.end), time.span.start, value)
            best = min(best, candidate) if best else candidate
    return best[2] if best else None


def is_of_cue(text: str, attribution: Attribution, cue: Span, time: Span) -> bool:
    """Whether a time says when the cue's act was: beside the cue, or at the head of its sentence."""
    if any(piece.overlaps(time) for piece in (*attribution.content, *attribution.source)):
        return False
    if NOT_WHEN.search(text, max(0, time.start - 12), time.start):
        return False
    if any(piece.overlaps(time) for piece in attribution.cue):  # a tagger's cue may hold it: "said on Thursday"
        return any(piece.contains(time) for piece in attribution.cue)
    gap = Span(min(time.end, cue.end), max(time.start, cue.start))
    if any(gap.start <= piece.start and piece.end <= gap.end for piece in attribution.content):
        return False
    if time.start >= cue.end:
        return not OTHER_CLAUSE.search(text, cue.end, time.start)
    source_end = max((piece.end for piece in attribution.source if piece.end <= cue.start), default=None)
    if source_end is not None and time.start >= source_end:
        return not OTHER_CLAUSE.search(text, time.end, cue.start)
    return bool(LEAD.search(text, max(0, time.start - 24), time.start)) and not OTHER_CLAUSE.search(
        text, time.end, attribution.source[0].start if source_end is not None else cue.start
    )
