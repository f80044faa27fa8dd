"""Words beside a number that loosen it or make a change of it: "at least", "or so", "rose by"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.resources import lexicon

LEFT = 48  # code points read before a number

WORDS_BEFORE = re.compile(r"[^\s\"“”'‘’(\[]+")

BEFORE_CHANGE = frozenset(
    "by a an as much sharply slightly steeply only just the about another further nearly almost roughly around "
    "record whopping mere full massive staggering".split()
)

GIVING = frozenset("gave give given giving gives made make makes making set sets setting took take".split())


@dataclass(frozen=True, slots=True)
class Hedge:
    """How the number is loosened, and where the words for it begin and end."""

    sense: str  # above, below, about, exact, more; empty for none
    start: int
    end: int
    more: bool = False


@cache
def hedges(place: str) -> Mapping[tuple[str, ...], str]:
    """Words -> sense of the hedges before or after a number."""
    return {tuple(row["words"].lower().split()): row["sense"] for row in lexicon("hedges.tsv") if row["place"] == place}


@cache
def moves() -> Mapping[str, str]:
    """Verb or adverb -> "up" or "down"."""
    return {row["word"]: row["direction"] for row in lexicon("moves.tsv")}


def words_before(text: str, at: int, floor: int) -> list[tuple[str, int]]:
    """The last words before `at` with their starts, in order; a clause's end cuts them off."""
    left = max(floor, at - LEFT)
    piece = text[left:at]
    return [(match.group().lower(), left + match.start()) for match in WORDS_BEFORE.finditer(piece)]


def hedge_before(text: str, at: int, floor: int) -> Hedge:
    """The hedge right before a number, with the additions in front of it: "up to another"."""
    words = words_before(text, at, floor)
    sense, start, more = "", at, False
    for _ in range(2):
        found = longest_hedge(words)
        if found is None or text[words[-1][1] + len(words[-1][0]) : start].strip():  # a quotation mark between
            break
        size, told = found
        start = words[-size][1]
        words = words[:-size]
        more = more or told == "more"
        if told != "more" and (sense in ("", "exact") or told in ("above", "below")):
            sense = told
    return Hedge(sense, start, at, more)


def longest_hedge(words: list[tuple[str, int]]) -> tuple[int, str] | None:
    """How many of the last words make a hedge, and its sense."""
    for size in range(min(4, len(words)), 0, -1):
        told = hedges("before").get(tuple(word for word, _ in words[-size:]))
        if told:
            return size, told
    return None


def hedge_after(text: str, at: int) -> Hedge:
    """The hedge right after a number: "or more", "more troops", "+"."""
    if text[at : at + 1] == "+" or text[at : at + 5].lower() == "-plus":
        return Hedge("above", at, at + (1 if text[at] == "+" else 5))
    words = [(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"[^\s.,;:!?)]+", text[at : at + 30])][:2]
    for size in (2, 1):
        key = tuple(word for word, _, _ in words[:size])
        if len(key) == size and text[at : at + 1] == " " and key in hedges("after"):
            sense = hedges("after")[key]
            return Hedge(sense, at, at + words[size - 1][2], sense == "more")
    return Hedge("", at, at)


def direction_before(text: str, at: int, *, is_measure: bool = False) -> str | None:
    """The way, up or down, where a verb of change stands right before, or before "by": "rose by 5 percent".

    A measure of a noun that is the object itself changes nothing by so much: "added a 30-degree ramp".
    """
    if text[at - 1 : at] == "+" and text[max(0, at - 2) : at - 1] in (" ", "", "("):
        return "up"
    words = [word.strip(",") for word, _ in words_before(text, at, 0)]
    by = False
    if words and (words[-1] == "the" or (is_measure and words[-1] in ("a", "an"))):  # "reducing the 36 holes to 18"
        return None
    while words and words[-1] in BEFORE_CHANGE:
        by = by or words[-1] == "by"
        words.pop()
    for index in range(len(words) - 1, max(-1, len(words) - (6 if by else 2)), -1):
        told = moves().get(words[index]) or moves().get(" ".join(words[index - 1 : index + 1]))
        if told is not None and not (index and words[index] in ("up", "down") and words[index - 1] in GIVING):
            return told
    return None
