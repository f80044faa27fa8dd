"""The time a figure holds for: a time told beside it, else when its statement was made, where the tense allows it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from onrecord.model import Attribution, Figure, Report, Span, TimeExpression
from onrecord.resolve.figures.reach import Reach
from onrecord.resolve.times.saidat import iso_date

BY_THEN = re.compile(r"\b(?:by|before|until)\s(?:the\s)?(?:early\s|mid-|late\s|next\s)?$", re.IGNORECASE)
BY = re.compile(r"\bby\s(?:the\s)?(?:early\s|late\s|end\sof\s)?$", re.IGNORECASE)
NOT_AT = re.compile(
    r"\b(?:since|from|until|till|before|after|than|between|and|through|for|following)\s(?:the\s|last\s)?$",
    re.IGNORECASE,
)
SAYING = re.compile(
    r"\b(?:(?:said|says|say|added|wrote|posted|told(?:\s[\w’'.]+){1,4}|(?<!was\s)(?<!were\s)(?<!been\s)(?:announced|reported))"
    r"(?:\s(?:in|at|to)(?:\s[\w’'.]+){1,5})?|(?:statement|interview|briefing|speech|report)(?:\s(?:released|issued|published))?|published|released|issued)\s"
    r"(?:on\s|late\s|early\s|in\s)?$",
    re.IGNORECASE,
)
SAYING_REACH = 60  # code points before a time that may hold its verb of saying
POSSESSIVE = re.compile(r"['’]s?\s\w")  # "Tuesday's quake": the day of the quake
EARLIER = re.compile(r"\s(?:before|earlier|ago|later)\b")  # "the year before" is not the year
PART_OF_IT = re.compile(r"\b(?:months|weeks|days|years|decades|quarters|half|part)\sof\s(?:the\s)?$")
OF_A_NOUN = re.compile(
    r"\s(?!(?:and|or|but|in|at|to|with|from|as|after|when|while|by|for|on|of|were|was|had|have|has|is|are)\b)[a-z]{3,}s\b"
)
AT_HEAD = re.compile(
    r"[\s“”\"'‘’—–-]*(?:(?:But|And|Meanwhile|Still|Also|Earlier),?\s)?(?:(?:In|On|By|At|As\sof|During|Since|Late|Early|Over)\s)?(?:the\s)?$"
)
PRESENT = re.compile(
    r"\b(?:is|are|has|have|had|there['’]s|now|currently|remain|remains|continues?|stands?|totals?|shows?|so\sfar|to\sdate)\b",
    re.IGNORECASE,
)
PAST = re.compile(r"\b(?:was|were|did)\b", re.IGNORECASE)
TO_NOW = re.compile(r"\b(?:so\sfar|to\sdate|at\spresent|at\sthe\smoment)\b", re.IGNORECASE)
TIME_OF_DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
STRETCH = re.compile(r"(\d{4})-([QH][1-4])")
STRETCHES = {
    "Q1": ("01", "03"),
    "Q2": ("04", "06"),
    "Q3": ("07", "09"),
    "Q4": ("10", "12"),
    "H1": ("01", "06"),
    "H2": ("07", "12"),
}
WEEK = re.compile(r"\d{4}-W\d\d")
NEAR = 70  # code points between a figure and "now"
PARAGRAPH = 280  # code points between a figure and the statement before it


class Times:
    """The times and the contents of a report, by position."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.text
        self.published = report.published
        self.dated = [(time, value) for time in report.times if (value := as_of_value(time))]
        self.starts = [time.span.start for time, _ in self.dated]
        self.now = [time.span for time in report.times if time.value is not None and time.value.value == "PRESENT_REF"]
        self.contents = Contents(report.attributions)

    def of(self, figure: Figure, reach: Reach) -> str | None:
        """The date, as coarse as told; None where none is told, and the tense does not allow that of the saying."""
        content = self.contents.around(figure.span)
        told = self.told(figure, reach, content)
        if told or figure.forecast:
            return told
        said = self.said(figure, reach, *content) if content is not None else None
        if said or not self.is_now(figure, reach):
            return said
        before = self.contents.said_before(self.text, figure)
        return before or (None if content is not None else (self.published or "")[:10] or None)

    def told(self, figure: Figure, reach: Reach, content: tuple[Attribution, Span] | None) -> str | None:
        """The time in the figure's own words, else the one that its sentence opens with."""
        own = self.choose(figure, [one for one in self.within(reach.own) if self.fits(figure, one, content)])
        if own is not None:
            return own
        for time, value in self.within(reach.lead):
            if AT_HEAD.fullmatch(self.text[reach.lead.start : time.span.start]) and self.fits(
                figure, (time, value), content
            ):
                return value
        return None

    def choose(self, figure: Figure, dated: Sequence[tuple[TimeExpression, str]]) -> str | None:
        """For a forecast its deadline, or a time after it; else the nearest time that is no deadline to come."""
        deadlines = [one for one in dated if is_deadline(self.text, one[0])]
        if figure.forecast:
            chosen = deadlines or [one for one in dated if one[0].span.start > figure.span.end]
        else:
            chosen = [one for one in dated if one not in deadlines or self.is_past(*one)]
        nearest = min(chosen, key=lambda one: (distance(one[0].span, figure.span), one[0].span.start), default=None)
        return nearest[1] if nearest else None

    def is_past(self, time: TimeExpression, value: str) -> bool:
        """Whether "by Monday" lies no later than the report's day."""
        if not BY.search(self.text, max(0, time.span.start - 20), time.span.start):
            return False
        return self.published is not None and value[:10] <= self.published[: len(value[:10])]

    def fits(self, figure: Figure, one: tuple[TimeExpression, str], content: tuple[Attribution, Span] | None) -> bool:
        """Whether a time can be the figure's: no start or end of something, no date of a noun, none of the saying."""
        time = one[0].span
        if figure.span.overlaps(time) or POSSESSIVE.match(self.text, time.end) or EARLIER.match(self.text, time.end):
            return False
        if PART_OF_IT.search(self.text, max(0, time.start - 24), time.start):
            return False
        if NOT_AT.search(self.text, max(0, time.start - 16), time.start) and not is_deadline(self.text, one[0]):
            return False
        if content is not None and not any(piece.contains(time) for piece in content[0].content):
            return False
        if OF_A_NOUN.match(self.text, time.end) and one[1][:4].isdecimal() and len(one[1]) == len("2025"):
            return False  # "the 2019 floods"
        return not SAYING.search(self.text, max(0, time.start - SAYING_REACH), time.start)

    def within(self, span: Span) -> list[tuple[TimeExpression, str]]:
        """The dated times that lie in a stretch."""
        found = self.dated[bisect_left(self.starts, span.start) : bisect_right(self.starts, span.end)]
        return [one for one in found if one[0].span.end <= span.end]

    def said(self, figure: Figure, reach: Reach, attribution: Attribution, piece: Span) -> str | None:
        """When a content in the present tense was said."""
        stretch = Span(max(piece.start, reach.own.start), max(figure.span.end, min(piece.end, reach.own.end)))
        words = self.text[stretch.start : stretch.end]
        if not attribution.said_at or not PRESENT.search(words) or (PAST.search(words) and not TO_NOW.search(words)):
            return None
        return attribution.said_at[:10]

    def is_now(self, figure: Figure, reach: Reach) -> bool:
        """Whether the figure's clause says "now" or "so far" beside it."""
        at = bisect_left(self.now, reach.own.start, key=lambda span: span.start)
        near = any(distance(span, figure.span) < NEAR and span.end <= reach.own.end for span in self.now[at : at + 8])
        return near or bool(TO_NOW.search(self.text, reach.own.start, reach.own.end))


def as_of_value(time: TimeExpression) -> str | None:
    """The time as an ISO 8601 date, week or time of day, or for a quarter or half the interval of its months.

    >>> from onrecord.model import Span, TimeValue
    >>> as_of_value(TimeExpression(Span(0, 5), "third quarter", "", (), TimeValue("2024-Q3", "DATE")))
    '2024-07/2024-09'
    """
    if time.value is None or time.value.timex_type not in ("DATE", "TIME"):
        return None
    stretch = STRETCH.fullmatch(time.value.value)
    if stretch and stretch[2] in STRETCHES:
        first, last = STRETCHES[stretch[2]]
        return f"{stretch[1]}-{first}/{stretch[1]}-{last}"
    exact = TIME_OF_DAY.match(time.value.value) or WEEK.fullmatch(time.value.value)
    return exact[0] if exact else iso_date(time)


def is_deadline(text: str, time: TimeExpression) -> bool:
    """Whether "by", "before" or "until" stands before the time."""
    return bool(BY_THEN.search(text, max(0, time.span.start - 16), time.span.start))


def distance(one: Span, other: Span) -> int:
    """Code points between two spans."""
    return max(0, other.start - one.end, one.start - other.end)


class Contents:
    """Contents of attributions by position, innermost last."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self.attributions = sorted(
            (a for a in attributions if a.content), key=lambda a: (a.content[0].start, -a.content[-1].end)
        )
        self.starts = [a.content[0].start for a in self.attributions]

    def around(self, span: Span) -> tuple[Attribution, Span] | None:
        """The innermost attribution of the last few whose content holds the span, and the piece that does."""
        at = bisect_right(self.starts, span.start)
        for attribution in reversed(self.attributions[max(0, at - 8) : at]):
            for piece in attribution.content:
                if piece.contains(span):
                    return attribution, piece
        return None

    def said_before(self, text: str, figure: Figure) -> str | None:
        """The date of the statement just before in the same paragraph: what a "now" after it means."""
        at = bisect_left(self.starts, figure.span.start)
        last = next((a for a in reversed(self.attributions[max(0, at - 4) : at]) if a.said_at), None)
        if last is None:
            return None
        near = figure.span.start - last.content[-1].end < PARAGRAPH
        same_paragraph = "\n" not in text[last.content[-1].end : figure.span.start]
        return last.said_at[:10] if near and same_paragraph and last.said_at else None
