"""What the signs of a chart mean, in rows below it that never run out of their width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.export.charts.metrics import shortened, width
from onrecord.export.charts.svg import element, text

ROW = 17.0
SIGN = 20.0  # room of a sign


@dataclass(frozen=True, slots=True)
class Key:
    """A sign around (0, 0) and the words for it."""

    sign: str
    words: str
    class_: str = "axis"


def legend(keys: Iterable[Key], left: float, top: float, room: float) -> tuple[str, float]:
    """The rows, and how high they are together."""
    drawn, x, y = [], left, top + ROW / 2
    for key in keys:
        words = shortened(key.words, room - SIGN)
        wide = SIGN + width(words) + 12
        if x > left and x + wide - 12 > left + room:
            x, y = left, y + ROW
        sign = element("g", key.sign, transform=f"translate({x + 7:.1f} {y:.1f})", class_=key.class_)
        drawn += [sign, text(words, x + SIGN, y + 4)]
        x += wide
    return "".join(drawn), (y + ROW / 2 - top if drawn else 0.0)
