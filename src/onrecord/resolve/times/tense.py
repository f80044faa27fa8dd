"""On which side of the report's day the verb beside a date puts it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.resources import lexicon

WINDOW = 160  # code points read on either side
WORD = re.compile(r"[^\W\d_]+|['’]ll\b")
ENDS = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?;](?=\s)|\n|[“”\"]"
)  # what a clause does not reach across
POSSESSIVE = re.compile(r"['’]s\b")
NEXT_TO_COME = re.compile(
    r"\b(?:until|till|as\s(?:soon|early|late)\sas|no\slater\sthan|(?:set|scheduled|slated|due)\s(?:for|on))\s(?:next\s)?$",
    re.IGNORECASE,
)
BEFORE_INFINITIVE = frozenset(
    "set planned agreed ready is are vowed pledged promised decided wants hopes hoping".split()
)
PRESENT = frozenset("is are am be".split())
POSSIBLE_THEN = frozenset("could".split())  # "could not be reached on Monday" tells what was
WAS_DUE = frozenset("had been".split())
SIDES = {"past": -1, "future": 1, "none": 0}


@cache
def tenses() -> Mapping[str, int]:
    """Word -> -1 past, 1 future, 0 for one that only looks like a past form."""
    return {row["word"]: SIDES[row["tense"]] for row in lexicon("tense.tsv")}


def tense_at(text: str, start: int, end: int) -> int:
    """-1 past, 1 future, 0 not told: by the nearest telling word of the sentence, before the date first."""
    if POSSESSIVE.match(text, end):  # "Friday's ruling" has been given
        return -1
    left = ENDS.split(text[max(0, start - WINDOW) : start])[-1]
    words = WORD.findall(left.lower())
    if NEXT_TO_COME.search(left):
        if len(words) > 1:
            return 1
        words = []  # "Until Thursday, nobody had spoken"
    for index in range(len(words) - 1, -1, -1):
        if words[index] == "to" and words[index - 1 if index else 0] in BEFORE_INFINITIVE:
            return 1
        side = tense_of(words[index])
        if side < 0 and is_present_passive(words, index):
            continue
        if side > 0 and is_what_was_to_be(words, index):
            return -1
        if side:
            return side
    right = ENDS.split(text[end : end + WINDOW])[0]
    for word in WORD.findall(right.lower()):
        if side := tense_of(word):
            return side
    return 0


def is_present_passive(words: Sequence[str], index: int) -> bool:
    """Whether a past form belongs to "are", "is" or "be": "if the boxes are not found by Friday"."""
    before = words[max(0, index - 2) : index]
    return bool(before) and (before[-1] in PRESENT or (before[-1] in ("not", "still", "only") and before[0] in PRESENT))


def is_what_was_to_be(words: Sequence[str], index: int) -> bool:
    """Whether a word of the future stands in the past: "could not be reached", "had been due to expire"."""
    before = words[max(0, index - 2) : index]
    if words[index] == "be":
        return any(word in POSSIBLE_THEN for word in before)
    return set(before) == WAS_DUE


def tense_of(word: str) -> int:
    """The tense that a single word shows."""
    told = tenses().get(word)
    if told is not None:
        return told
    return -1 if word.endswith("ed") and len(word) > 3 else 0
