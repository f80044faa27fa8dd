"""Amounts on an axis: round numbers, from zero where that shows something, in powers of ten where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from onrecord.resources import settings_file

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class AmountScale:
    """Amounts to positions: `low` stands at `bottom`, `high` at `top`."""

    low: float
    high: float
    bottom: float
    top: float
    ticks: tuple[Decimal, ...]
    is_log: bool = False
    note: str = ""  # what a reader must know, in words

    def at(self, value: float) -> float:
        """The position of an amount; one below a logarithmic axis stands at its bottom."""
        low, high = self.low, self.high
        if self.is_log:
            value, low, high = log10(max(value, self.low)), log10(low), log10(high)
        return self.bottom + (value - low) / (high - low) * (self.top - self.bottom)


def make_scale(values: Sequence[float], bottom: float, top: float, *, most: int = 5) -> AmountScale:
    """A scale that holds all values, with about `most` round ticks."""
    limits = settings_file("charts/charts.toml")["figures"]
    low, high = min(values, default=0.0), max(values, default=1.0)
    above = [value for value in values if value > 0]
    if low >= 0 and above and max(above) / min(above) > 10 ** limits["orders"]:
        return _log_scale(min(above), high, bottom, top, has_zero=low == 0)
    note = ""
    if low > 0 and low > limits["from_zero"] * high and low != high:
        room = (high - low) * 0.3
        low, high = low - room, high + room
        note = "the axis does not start at zero"
    else:
        low, high = min(0.0, low), max(0.0, high)
        if low == high:
            high = 1.0
        high += (high - low) * 0.08 if high > 0 else 0
        low -= (high - low) * 0.08 if low < 0 else 0
    step = _step((high - low) / most)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    exact = Decimal(repr(step))
    ticks = tuple(exact * at for at in range(first, last + 1))
    return AmountScale(float(ticks[0]), float(ticks[-1]), bottom, top, ticks, note=note)


def _step(least: float) -> float:
    power = 10.0 ** floor(log10(least))
    return next(float(f"{step * power:.3g}") for step in STEPS if step * power >= least * (1 - 1e-9))


def _log_scale(low: float, high: float, bottom: float, top: float, *, has_zero: bool) -> AmountScale:
    first, last = floor(log10(low)), ceil(log10(high * 1.2))
    by = max(1, ceil((last - first) / 9))
    ticks = tuple(Decimal(10) ** at for at in range(first, last + 1, by))
    note = "the axis is logarithmic: each line is " + ("ten" if by == 1 else f"{10**by:,}") + " times the one below"
    if has_zero:
        note += "; zero stands at its foot"
    return AmountScale(10.0**first, 10.0**last, bottom, top, ticks, is_log=True, note=note)
