"""Which statements of a report have which terms, as bits: what shares enough with another is found without looking at
each pair. The k-th bit of a set stands for the k-th statement in order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Term = TypeVar("Term", str, int)


def bits_by_term(terms: Iterable[Iterable[Term]]) -> dict[Term, int]:
    """The statements that have each term, from the terms of each."""
    found: dict[Term, int] = {}
    for k, of_one in enumerate(terms):
        for term in of_one:
            found[term] = found.get(term, 0) | 1 << k
    return found


def bits_sharing(held: Mapping[Term, int], terms: Iterable[Term], least: int) -> int:
    """The statements that have at least so many of these terms.

    >>> held = bits_by_term([{"ferry", "strike"}, {"ferry", "fare"}, {"strike"}])
    >>> bin(bits_sharing(held, {"ferry", "fare", "strike"}, 2))
    '0b11'
    """
    more = [0] * least  # those that have more than k, in the k-th place
    for term in terms:
        if new := held.get(term, 0):
            for k in range(least - 1, 0, -1):
                more[k] |= more[k - 1] & new
            more[0] |= new
    return more[-1]


def picked(items: Sequence[Item], bits: int) -> tuple[Item, ...]:
    """The items whose bits are set, in order.

    >>> picked("abcd", 0b1010)
    ('b', 'd')
    """
    found: list[Item] = []
    while bits:
        lowest = bits & -bits
        found.append(items[lowest.bit_length() - 1])
        bits ^= lowest
    return tuple(found)
