"""How sources stand to what they say, as charts draw it: each way has a sign, a stroke and a colour of its own."""

from __future__ import annotations

from onrecord.export.charts import marks
from onrecord.export.charts.svg import element, number

SAYS, CONFIRMS, DENIES, HEDGES, ASKS, TELLS = "says", "confirms", "denies", "hedges", "asks", "tells"
WAYS = (SAYS, CONFIRMS, DENIES, HEDGES, ASKS, TELLS)
WORDS = {
    SAYS: "says",
    CONFIRMS: "confirms",
    DENIES: "denies",
    HEDGES: "estimates, warns, predicts",
    ASKS: "asks, proposes, promises, does not say",
    TELLS: "told by the report",
}
_OF_STANCE = {
    "asserts": SAYS,
    "confirms": CONFIRMS,
    "denies": DENIES,
    "estimates": HEDGES,
    "warns": HEDGES,
    "predicts": HEDGES,
    "speculates": HEDGES,
    "questions": ASKS,
    "requests": ASKS,
    "proposes": ASKS,
    "promises": ASKS,
    "undisclosed": ASKS,
}
DASHES: dict[str, str | None] = {CONFIRMS: "9 3", HEDGES: "5 3", ASKS: "1.5 3", "corroborates": "9 3 2 3"}  # else none


def way_of(stance: str) -> str:
    """The way of a stance; what a report tells itself has none.

    >>> way_of("warns"), way_of("actual")
    ('hedges', 'tells')
    """
    return _OF_STANCE.get(stance, TELLS)


def sign(way: str, x: float, y: float, r: float) -> str:
    """The mark of a way: dot, tick, cross, ring, question, square."""
    if way == SAYS:
        return marks.shape(0, x, y, r)
    if way == TELLS:
        return marks.shape(1, x, y, r * 0.9)
    if way == HEDGES:
        return marks.shape(0, x, y, r, hollow=True, dashed=True)
    if way == ASKS:
        return marks.shape(2, x, y, r, hollow=True)
    if way == CONFIRMS:
        path = (
            f"M{number(x - r)} {number(y)}L{number(x - r * 0.2)} {number(y + r * 0.8)}L{number(x + r)} {number(y - r)}"
        )
    else:
        path = f"M{number(x - r)} {number(y - r)}L{number(x + r)} {number(y + r)}"
        path += f"M{number(x + r)} {number(y - r)}L{number(x - r)} {number(y + r)}"
    return element("path", d=path, fill="none", stroke="currentColor", stroke_width=2.2)
