"""How much room words take, near enough: a table of widths, no font is opened."""

from __future__ import annotations

import unicodedata
from functools import cache

from onrecord.resources import lexicon

SIZE = 11.0  # of the type in a chart, in its units
BOLD = 1.1  # times as wide
OTHER, WIDE = 720, 1020  # thousandths of the size: characters that the table lacks, East Asian ones
MARKS = frozenset({"Mn", "Me", "Cf"})  # stand above others


@cache
def _widths() -> dict[str, int]:
    return {char: int(row["width"]) for row in lexicon("charts/widths.tsv") for char in row["characters"].split(" ")}


def width(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """An upper bound of how wide `words` are set in common sans-serif type of `size`."""
    known = _widths()
    units = sum(known.get(char) or _other(char) for char in words)
    return units * size / 1000 * (BOLD if bold else 1)


@cache
def _other(char: str) -> int:
    if char == " ":
        return 360
    if unicodedata.category(char) in MARKS:
        return 0
    return WIDE if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF else OTHER


def shortened(words: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """`words`, or as many of its letters as fit with an ellipsis; nothing where not even one does.

    >>> shortened("Skarhavn", 200), shortened("Skarhavn General Hospital", 80)
    ('Skarhavn', 'Skarhavn Gen…')
    """
    if len(words) * size * 0.2 <= room and width(words, size, bold=bold) <= room:
        return words
    left = room - width("…", size, bold=bold)
    kept = 0
    for char in words:
        left -= width(char, size, bold=bold)
        if left < 0:
            break
        kept += 1
    return words[:kept].rstrip(" ,;:–-") + "…" if kept else ""


def wrapped(words: str, room: float, lines: int, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """At most `lines` lines no wider than `room`; the last is shortened where words are left."""
    rest, found = words.split(), list[str]()
    while rest and len(found) < lines - 1:
        taken = [rest.pop(0)]
        while rest and width(" ".join([*taken, rest[0]]), size, bold=bold) <= room:
            taken.append(rest.pop(0))
        found.append(shortened(" ".join(taken), room, size, bold=bold))
    if rest:
        found.append(shortened(" ".join(rest), room, size, bold=bold))
    return found
