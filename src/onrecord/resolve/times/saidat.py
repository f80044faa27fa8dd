"""When a statement was made, where its sentence says so: "said Wednesday", "told reporters on Oct. 31"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from onrecord.model import Attribution, Report, Span, TimeExpression
from onrecord.resources import lexicon

REACH = 90  # code points between the cue and its time
LEAD_REACH = 120  # code points from the beginning of a sentence to the time in the phrase that it begins with
LEAD = re.compile(
    r"(?:^|[\n.!?”\"]\s*|—\s)(?:(?:But|And|Then|Also|Meanwhile|Earlier|Later),?\s)?(?:(?:On|In|At|Late|Early|on|in)\s)?$"
)
OTHER_CLAUSE = re.compile(
    r"[.!?](?=\s+[A-Z“\"])|[\n;:—]|\b(?:that|who|which|whom|whose|after|before|since|until|when|while|as|if|because|where|for|of|and|but|ahead)\b"
)
NOT_WHEN = re.compile(r"\b(?:since|until|before|after|by|from|of|for|through|till)\s(?:the\s)?$", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[\n.!?”\"]\s*|—\s)(?=[A-Z])")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
BEFORE_TIME = frozenset("on in at late early earlier late-on the last".split())
AFTER_TIME = re.compile(r"\s*(?:,|(?:at|in|to|with|on|from|about|by|during)\b)")
SUBJECT = re.compile(r"\s(?:that|it|he|she|they|we|I|there|the|a|an|its|his|her|their|this|these|those)\s")
ON = re.compile(r"\s(?:on\s|in\s|late\s|early\s)*")
WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-WE)?$")
PART_OF_YEAR = re.compile(r"(\d{4})-(?:Q[1-4]|H[12]|SP|SU|FA)$")
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
        self.times = [time for time in report.times if said_date(time)]
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


def said_date(time: TimeExpression) -> str | None:
    """The time as an ISO 8601 date, a week by its month and a quarter by its year; None where it crosses them."""
    plain = iso_date(time)
    if plain or time.value is None or time.value.timex_type != "DATE":
        return plain
    if week := WEEK.match(time.value.value):
        try:
            first, last = (date.fromisocalendar(int(week[1]), int(week[2]), day) for day in (1, 7))
        except ValueError:  # the end of the calendar
            return None
        return f"{first:%Y-%m}" if first.month == last.month else None
    part = PART_OF_YEAR.match(time.value.value)
    return part[1] if part else None


@cache
def occasions() -> Mapping[str, frozenset[str]]:
    """Kind -> its words, of data/occasions.tsv."""
    kinds: dict[str, set[str]] = {}
    for row in lexicon("occasions.tsv"):
        kinds.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in sorted(kinds.items())}


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
        value = said_date(time)
        elsewhere = any(not piece.contains(cue) for piece in dated.holders[index] if piece not in attribution.content)
        if value and not elsewhere and is_of_cue(text, attribution, cue, time.span):
            candidate = (max(cue.start - time.span.end, time.span.start - cue.end), time.span.start, value)
            best = min(best, candidate) if best else candidate
    return best[2] if best else None


def is_of_cue(text: str, attribution: Attribution, cue: Span, time: Span) -> bool:
    """Whether a time says when the cue's act was: beside the cue, or at the head of its sentence."""
    if any(piece.overlaps(time) for piece in attribution.content):
        return opens_content(text, attribution, cue, time)
    if source := next((piece for piece in attribution.source if piece.overlaps(time)), None):
        return is_occasion(text[source.start : time.start], strict=True)
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
    head = (source_end is not None and attribution.source[0].start) or cue.start
    if OTHER_CLAUSE.search(text, time.end, head):
        return False
    return bool(LEAD.search(text, max(0, time.start - 24), time.start)) or leads(text, time, head)


def opens_content(text: str, attribution: Attribution, cue: Span, time: Span) -> bool:
    """Whether a time that a tagger put into the content stands between cue and content: "said yesterday it would"."""
    first = attribution.content[0]
    near = cue.end <= first.start and time.start - first.start < 10 and first.start - cue.end < 3
    return near and bool(ON.fullmatch(text, cue.end, time.start)) and bool(SUBJECT.match(text, time.end))


def leads(text: str, time: Span, head: int) -> bool:
    """Whether a time stands in a phrase that opens the sentence and tells the occasion: "In a letter on 2 May, he"."""
    if head <= time.end or not AFTER_TIME.match(text, time.end):
        return False
    before = max(0, time.start - LEAD_REACH)
    starts = [
        match.end() for match in SENTENCE_START.finditer(text, before, time.start) if match.end() > before or not before
    ]
    return bool(starts) and is_occasion(text[starts[-1] : time.start])


def is_occasion(phrase: str, *, strict: bool = False) -> bool:
    """Whether words before a time make it the time of an utterance; strict: only of one "dated" or "published" then."""
    kinds, words = occasions(), [word.lower() for word in WORD.findall(phrase)]
    if not words:
        return False
    while words and words[-1] in BEFORE_TIME:
        words.pop()
    made = next((at for at in range(len(words) - 1, -1, -1) if words[at] in kinds["made"]), -1)
    if made >= 0 and len(words) - made <= 4 and not kinds["topic"].intersection(words[made + 1 :]):
        return True
    if strict or kinds["topic"].intersection(words):
        return False
    return (words[:1] and words[0] in kinds["speaking"]) or bool(kinds["occasion"].intersection(words))
