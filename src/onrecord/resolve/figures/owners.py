"""Whose number it is where the words beside it say so: "by the ministry's count", "the charity puts the toll at 40"."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.model import Attribution, Figure, Mention, Report
from onrecord.resolve.figures.reach import Reach

COUNT = (
    r"(?:own\s|latest\s|official\s|preliminary\s)*"
    r"(?:counts?|tall(?:y|ies)|estimates?|reckoning|figures?|numbers|account|calculations?|projections?|data|records)"
)
BY = re.compile(r"\b(?:by|according\sto|on|in|per)\s(?:the\s|a\s|an\s)?$", re.IGNORECASE)
ITS_COUNT = re.compile(rf"(?:['’]s?)?\s{COUNT}\b", re.IGNORECASE)
PRONOUN_COUNT = re.compile(rf"\s{COUNT}\b", re.IGNORECASE)
ACCORDING = re.compile(r"\baccording\sto\s(?:the\s|a\s|an\s)?$", re.IGNORECASE)
PUTS = re.compile(
    r"(?:(?:has|have|had)\s)?(?:now\s)?(?:puts?|estimates?|estimated|counts|counted|recorded|tallied|reckons?|reckoned|documented|verified|registered|confirmed|logged)\s"
    r"(?:[^.,;:!?\n]{0,60}\s)?(?:at\s|that\s|to\s)?(?:the\s)?$"
)
COUNT_OF = re.compile(
    rf"(?:['’]s?)?\s{COUNT}\s(?:show(?:s|ed)?|put(?:s)?|of|gives?|gave|has|have|at)\b[^.,;:!?\n]{{0,50}}$",
    re.IGNORECASE,
)
NEAR = 90  # code points between an owner and the figure


class Owners:
    """Who could own a figure: mentions of people, organizations and countries, by position."""

    def __init__(self, report: Report) -> None:
        self.text = report.text
        self.mentions = sorted(report.mentions, key=lambda m: (m.span.start, m.span.end))
        self.starts = [mention.span.start for mention in self.mentions]
        self.sources = sorted(
            ((a.source[0].start, a) for a in report.attributions if a.source), key=lambda pair: pair[0]
        )
        self.source_starts = [start for start, _ in self.sources]

    def of(self, figure: Figure, reach: Reach) -> Mention | None:
        """The mention of the owner; None where none is told, or where it is the source of the figure's statement."""
        found = {mention.span: mention for mention in self.near(figure, reach) if self.owns(mention, figure)}
        if not found:
            return None
        closest = min(found.values(), key=lambda m: (abs(m.span.start - figure.span.start), m.span.start))
        return None if self.is_source(closest, figure) else closest

    def near(self, figure: Figure, reach: Reach) -> list[Mention]:
        """The mentions in the figure's clause, or at the head of its sentence."""
        start = max(reach.sentence.start, figure.span.start - NEAR)
        at = bisect_left(self.starts, start)
        out = []
        for mention in self.mentions[at : at + 12]:
            if mention.span.start >= min(reach.sentence.end, figure.span.end + NEAR):
                break
            out.append(mention)
        return out

    def owns(self, mention: Mention, figure: Figure) -> bool:
        """Whether the words round a mention make it the owner of the figure."""
        span = mention.span
        if span.overlaps(figure.span):
            return False
        left = max(0, span.start - 24)
        if BY.search(self.text, left, span.start) and self.counted(mention):
            return True
        if ACCORDING.search(self.text, left, span.start):
            return True
        if span.end > figure.span.start:
            return False
        between = self.text[span.end : figure.span.start]
        return bool(PUTS.fullmatch(between.lstrip()) or COUNT_OF.fullmatch(between))

    def counted(self, mention: Mention) -> bool:
        """Whether a word for a count follows: "by the ministry's count", "by its own account"."""
        pattern = PRONOUN_COUNT if mention.form == "pronoun" else ITS_COUNT
        return bool(pattern.match(self.text, mention.span.end))

    def is_source(self, owner: Mention, figure: Figure) -> bool:
        """Whether the owner is the source of a statement that holds the figure: then the statement says so."""
        at = bisect_left(self.source_starts, owner.span.end)
        return any(
            _holds(attribution, figure) and any(piece.overlaps(owner.span) for piece in attribution.source)
            for _, attribution in self.sources[max(0, at - 4) : at]
        )


def _holds(attribution: Attribution, figure: Figure) -> bool:
    return any(piece.contains(figure.span) for piece in attribution.content)
