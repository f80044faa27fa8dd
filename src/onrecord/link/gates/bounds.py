"""What the bounds of two figures say of each other: the same, or no number that fits both."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from onrecord.model import Figure
from onrecord.resources import lexicon

MOVED_FROM = re.compile(r"\b([a-z]+)\s+from\s$")
TELLING = 10  # from this number on, the same number of the same thing is no accident


def is_telling(figure: Figure) -> bool:
    """Whether the same number again is no accident."""
    return (figure.amount.low or figure.amount.high or 0) >= TELLING


def same_value(f: Figure, g: Figure) -> bool:
    """Whether two figures have the same bounds."""
    return (f.amount.low, f.amount.high) == (g.amount.low, g.amount.high)


def exclude(f: Figure, g: Figure) -> bool:
    """Whether no number fits both; "about" and its like are taken to be a tenth wide."""
    (low, high), (least, most) = _range(f), _range(g)
    apart = (high is not None and least is not None and high < least) or (
        most is not None and low is not None and most < low
    )
    return apart and not f.forecast and not g.forecast


def _range(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    amount = figure.amount
    slack = Decimal("0.1") if amount.approximate else Decimal(0)
    return (
        None if amount.low is None else amount.low * (1 - slack),
        None if amount.high is None else amount.high * (1 + slack),
    )


def as_it_stands(text: str, figure: Figure) -> Figure:
    """A figure as it is in the end where it has moved: "rose from 12 to 40" is 40; any other is left alone."""
    amount = figure.amount
    verb = MOVED_FROM.search(text[max(0, figure.span.start - 24) : figure.span.start])
    if verb is None or figure.rule != "range" or verb[1] not in _moves():
        return figure
    end = amount.high if _moves()[verb[1]] == "up" else amount.low
    return replace(figure, amount=replace(amount, low=end, high=end))


@cache
def _moves() -> dict[str, str]:
    return {row["word"]: row["direction"] for row in lexicon("moves.tsv")}
