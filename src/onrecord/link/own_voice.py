"""Figures that a report gives in its own voice, with the sentence that gives them in the place of a statement.

Only where the sentence holds nothing that anybody else is said to say: there the number is the outlet's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.link.entry import Entry, Told
from onrecord.model import Commitment, Evidence, Figure, SectionKind, Span, Speaker, Statement, make_id

LONGEST = 500  # code points of a sentence at either side of its figure
STARTS = re.compile(r"\n|[.!?][\"”’)]*\s+(?=[\"“(]?[A-Z0-9])")
ENDS = re.compile(r"\n|[.!?](?=[\"”’)]*(?:\s|$))")
TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|[A-Z]|U\.S|U\.N|a\.m|p\.m)$")


def own_figures(entry: Entry) -> Iterator[tuple[Told, Figure]]:
    """(the sentence as a statement without a speaker, the figure), in order of the text."""
    found = entry.memory.get("own figures")
    if found is None:
        made = [(_as_statement(entry, span), figure) for figure, span in _sentences(entry)]
        own = Entry(entry.report, tuple({statement.id: statement for statement, _ in made}.values()))
        found = tuple((Told(own, statement), figure) for statement, figure in made)
        entry.memory["own figures"] = found
    yield from found  # type: ignore[misc]  # what lies under this key was put there above


def _sentences(entry: Entry) -> Iterator[tuple[Figure, Span]]:
    report = entry.report
    bodies = [section.span for section in report.sections if section.kind is SectionKind.BODY]
    said = [span for statement in entry.statements for span in statement.content.spans]
    for figure in report.figures:
        if figure.statement is None and figure.of and any(body.contains(figure.span) for body in bodies):
            span = sentence_around(report.text, figure.span)
            if not any(span.overlaps(other) for other in said):
                yield figure, span


def sentence_around(text: str, within: Span) -> Span:
    """The sentence that holds a span.

    >>> text = "It rained. The flood took 40 homes, 3 of them old. Trains ran."
    >>> sentence_around(text, Span(26, 28)).of(text)
    'The flood took 40 homes, 3 of them old.'
    """
    first = max(0, within.start - LONGEST)
    starts = (m.end() for m in STARTS.finditer(text, first, within.start) if not _is_title(text, m))
    start = max(starts, default=first)
    last = next((m for m in ENDS.finditer(text, within.end, within.end + LONGEST) if not _is_title(text, m)), None)
    return Span(start, last.end() if last else min(len(text), within.end + LONGEST)).strip(text)


def _is_title(text: str, end: re.Match[str]) -> bool:
    return end.group()[0] == "." and bool(TITLES.search(text, max(0, end.start() - 5), end.start()))


def _as_statement(entry: Entry, span: Span) -> Statement:
    report = entry.report
    return Statement(
        make_id("own", report.id, span.start, span.end),
        report.id,
        Evidence.of(report.id, report.text, (span,)),
        None,
        None,
        Speaker(None),
        "indirect",
        Commitment("asserts", "CT+"),
        figures=tuple(f.id for f in report.figures if f.statement is None and span.contains(f.span)),
    )
