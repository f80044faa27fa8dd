"""A part points at its whole: "40 people, 12 of them children", "of whom 9 died", "300 of the 900 boats"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from onrecord.model import Figure, Report, Span, make_id

OF_THEM = re.compile(r"\s(?:[a-z]{2,12}\s)?of\s(?:them|those|whom|which)\b", re.IGNORECASE)
OF_WHOM = re.compile(
    r"\b(?:of\s(?:them|whom|which)|among\s(?:them|whom)|including)\s(?:(?:the|some|about|at\sleast|around|nearly|more\sthan|up\sto|only|just|all)\s){0,2}$",
    re.IGNORECASE,
)
OF_THE = re.compile(r"\s(?:out\s)?of\s(?:(?:the|its|their|all|his|her)\s(?:[\w’']{2,16}\s){0,2}|[\w’']{2,16}['’]s\s)?$")
OF_WHOLE = re.compile(
    r"(?:^|[.!?\n“\"]\s?|,\s)[Oo]f\s(?:the|its|their|all|those)\s(?:[a-z]{2,12}\s)?$"
)  # "Of the 900 boats, 300 sank"
OF_A = re.compile(r"\s(?:out\s)?of\s(?:a\stotal\sof|a\spossible|an\sestimated)\s$")
REACH = 240  # code points between a whole and its part


def whole_of(report: Report, figures: Sequence[Figure], index: int) -> Figure | None:
    """The figure that this one is a part of; None where none is told, or it could be two."""
    figure, text = figures[index], report.text
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is not None and following.span.start - figure.span.end < REACH // 4:
        gap = text[figure.span.end : following.span.start]
        if (OF_THE.fullmatch(gap) or OF_A.fullmatch(gap)) and is_less(figure, following):
            return following
    anaphor = OF_THEM.match(text, figure.span.end)
    led = OF_WHOM.search(text, max(0, figure.span.start - 40), figure.span.start)
    if not anaphor and not led and not opens_as_whole(text, figures, index):
        return None
    return antecedent(report, figures, index)


def opens_as_whole(text: str, figures: Sequence[Figure], index: int) -> bool:
    """Whether the figure before stands in an opening "Of the 900 boats," and only that."""
    if not index:
        return False
    whole = figures[index - 1].span
    gap = text[whole.end : figures[index].span.start]
    opening = OF_WHOLE.search(text, max(0, whole.start - 32), whole.start)
    return bool(opening) and gap.count(",") == 1 and not re.search(r"[.;\n]", gap)


def antecedent(report: Report, figures: Sequence[Figure], index: int) -> Figure | None:
    """The nearest count before a part that is no part itself and no less: a list of parts has one whole."""
    figure = figures[index]
    for earlier in reversed(figures[max(0, index - 4) : index]):
        gap = report.text[earlier.span.end : figure.span.start]
        if len(gap) > REACH or "\n" in gap:
            return None
        if earlier.part_of is not None:
            continue
        return earlier if counts(earlier) and is_less(figure, earlier) else None
    return None


def counts(figure: Figure) -> bool:
    """Whether a figure counts things and measures nothing."""
    return figure.amount.unit is None and bool(figure.of)


def is_less(part: Figure, whole: Figure) -> bool:
    """Whether a part can lie in a whole, as far as their ends are known."""
    if part.amount.unit not in (whole.amount.unit, "%", None):
        return False
    if part.amount.unit == "%" or (part.amount.high is not None and part.amount.high < 1):
        return True
    small, large = top(part), top(whole)
    return small is not None and large is not None and (small <= large or whole.amount.high is None)


def top(figure: Figure) -> Decimal | None:
    """The higher end that is known."""
    return figure.amount.high if figure.amount.high is not None else figure.amount.low


def figure_id(report: Report, span: Span) -> str:
    """The id that the ledger gives to the figure at `span`."""
    return make_id("f", report.id, span.start, span.end)
