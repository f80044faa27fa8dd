"""How far the words around a figure speak of it: its sentence, its clause, and its own stretch of the clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Figure, Report, Span

REACH = 240  # code points of a sentence read on either side of a figure
BREAK = re.compile(r";|\n|,\s(?:with|while|but|whereas|although|and\s(?:another|some|about|more|at))\b")
PART = re.compile(
    r"[,;:()—–]|\s-\s|\b(?:compared|versus|against|including|among|than|while|whereas|and\s(?:another|a\sfurther)|up\sfrom|down\sfrom|(?<=\sof\s)(?:them|whom|which|those))\b"
)
COMMA_IN_NUMBER = re.compile(r"\d,(?=\d)")


@dataclass(frozen=True, slots=True)
class Reach:
    """Stretches of the text around one figure, each inside the next."""

    own: Span  # what is said of this figure alone
    clause: Span  # what is said of it and its neighbours
    sentence: Span  # cut to what is near
    lead: Span  # what the sentence says before its first figure: "In March, ..."


def reaches(report: Report) -> list[Reach]:
    """For each figure of the report, in order, how far the words around it speak of it."""
    starts = [sentence.span.start for sentence in report.sentences]
    out: list[Reach] = []
    lead: Span | None = None
    for index, figure in enumerate(report.figures):
        sentence = sentence_of(report, starts, figure)
        if lead is None or lead.start != sentence.start:
            lead = Span(sentence.start, max(sentence.start, min(figure.span.start, sentence.start + REACH)))
        near = cut(sentence, figure)
        clause = clause_of(report.text, near, figure)
        out.append(Reach(own_of(report.text, report.figures, index, clause), clause, near, lead))
    return out


def sentence_of(report: Report, starts: Sequence[int], figure: Figure) -> Span:
    """The sentence that holds the figure; where sentences are not known, its line."""
    at = bisect_right(starts, figure.span.start) - 1
    if at >= 0 and report.sentences[at].span.end >= figure.span.end:
        return report.sentences[at].span
    start = report.text.rfind("\n", max(0, figure.span.start - REACH), figure.span.start) + 1
    end = report.text.find("\n", figure.span.end, figure.span.end + REACH)
    left = start or max(0, figure.span.start - REACH)
    return Span(left, end if end >= 0 else min(len(report.text), figure.span.end + REACH))


def cut(sentence: Span, figure: Figure) -> Span:
    """The sentence, cut to what is near the figure."""
    start = max(sentence.start, figure.span.start - REACH)
    return Span(start, max(figure.span.end, min(sentence.end, figure.span.end + REACH)))


def clause_of(text: str, sentence: Span, figure: Figure) -> Span:
    """The clause that the figure stands in, cut at the conjunctions that begin another figure."""
    start = sentence.start
    for match in BREAK.finditer(text, sentence.start, figure.span.start):
        start = match.start() + 1
    end = BREAK.search(text, figure.span.end, sentence.end)
    return Span(start, end.start() if end else sentence.end)


def own_of(text: str, figures: Sequence[Figure], index: int, clause: Span) -> Span:
    """The part of the clause that is the figure's own: up to a comma or the like before the next figure."""
    figure, start, end = figures[index], clause.start, clause.end
    previous = figures[index - 1] if index else None
    if previous is not None and previous.span.end > start:
        start = previous.span.end
        for match in PART.finditer(text, previous.span.end, figure.span.start):
            start = match.start()
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is not None and following.span.start < end:
        match_after = PART.search(text, figure.span.end, following.span.start)
        end = match_after.start() if match_after else end
    return Span(start, max(end, figure.span.end))
