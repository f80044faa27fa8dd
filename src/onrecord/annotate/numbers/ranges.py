"""Two numbers that make one figure: "10 to 15", "between 3 and 4 million", "from $5 to $6"."""

from __future__ import annotations

import re
from decimal import Decimal

from onrecord.annotate.numbers.counted import noun_phrase
from onrecord.annotate.numbers.hedging import LEFT, direction_before
from onrecord.annotate.numbers.lookalikes import Taken
from onrecord.annotate.numbers.quantities import Quantity, cores, quantity_at

TO = re.compile(r"(?:\s?[-–—]\s?|\s(?:to|or)[\s-]|-to-|\sto-)")

RUN = re.compile(r"[-–](?=\d)")

FAR_TO = re.compile(r"(?:\s[^\s,;]{1,15}){1,6}?\sto\s")  # "from $20 in March to $30"

AND = re.compile(r"\sand\s")

FROM = re.compile(
    r"\b(?:from|between|range of|ranging)\s(?:about\s|around\s|just\s|roughly\s|some\s|nearly\s|up\sto\s)?$",
    re.IGNORECASE,
)

BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|roughly\s)?$", re.IGNORECASE)


def other_end(text: str, first: Quantity, taken: Taken) -> Quantity | None:
    """The upper end of a range that begins with `first`: "10 to 15", "between 3 and 4 million", "$5-$6"."""
    before = text[max(0, first.start - LEFT) : first.start]
    joint = TO.match(text, first.end)
    if joint is None and BETWEEN.search(before):
        joint = AND.match(text, first.end)
    if joint is None and first.per:
        joint = TO.match(text, first.far)
    is_from = bool(FROM.search(before))
    if joint is None and is_from:
        joint = FAR_TO.match(text, first.far)
    if joint is None:
        return None
    match = cores().match(text, joint.end())
    second = quantity_at(text, match) if match and taken.holds(match.start(), match.end()) != "date" else None
    if second is None or second.open or first.open:
        return None
    dashed = joint.group().strip() in "-–—"
    if not dashed and (run := RUN.match(text, second.end)):  # "from 24 to 33-35 billion"
        third = cores().match(text, run.end())
        second = (quantity_at(text, third) if third else None) or second
    same = rated(first) == rated(second) or first.unit == second.unit or first.unit is None or second.unit is None
    if not same or (first.unit and second.unit is None and not is_from):
        return None
    if first.unit and not is_from and not dashed and direction_before(text, first.start):
        return None  # "rose by $3 million to $12 million": a change and a level
    low, high = scaled_low(first, second), second.value
    if dashed and (low >= high or not (second.unit or noun_phrase(text, second.end))):
        return None
    if joint.group().strip() == "or" and not low < high <= low * 2 + 1:
        return None
    if joint.group().strip() == "to" and low >= high and not is_from:
        return None
    return second


def moved_from(text: str, at: int) -> bool:
    """Whether "from" or the like stands right before."""
    return bool(FROM.search(text[max(0, at - LEFT) : at]))


def rated(quantity: Quantity) -> str:
    """Unit and rate in one: "mile per gallon"."""
    return f"{quantity.unit} per {quantity.per}" if quantity.per else f"{quantity.unit}"


def scaled_low(first: Quantity, second: Quantity) -> Decimal:
    """The lower end, with the magnitude of the upper where it is printed once: "10 to 15 million"."""
    if first.scaled or not second.scaled or first.value > second.value:
        return first.value
    factor = Decimal(10) ** (3 * ((len(str(int(second.value))) - 1) // 3))
    return first.value * factor if 0 < first.value * factor <= second.value else first.value
