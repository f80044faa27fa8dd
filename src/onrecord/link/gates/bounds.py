"""What the bounds of two figures say of each other: the same, or no number that fits both."""

from __future__ import annotations

from decimal import Decimal

from onrecord.model import Figure

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
