"""What a number counts where the noun stands before it: "the number of arrests rose to 150", "the toll stood at 31"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.numbers.counted import is_plural, noun_phrase, of_kind
from onrecord.model import Span
from onrecord.resources import lexicon

REACH = 110  # code points read before the number
TALLY = re.compile(
    r"\b(?:(?:number|tally|count|total)\s+of\s+(?:the\s|those\s|all\s)?(?=[a-z])"
    r"|(?P<whole>(?:(?:death|casualty|injury|fatality)\s)?toll|turnout|crowd|attendance|audience)(?=\s))",
    re.IGNORECASE,
)
MOVE = (
    r"rose|risen|rises?|climb(?:s|ed)?|jump(?:s|ed)?|gr[eo]wn?|fell|fallen|falls?|drop(?:s|ped)?|stood|stands?|was|is|were|are|be"
    r"|been|reach(?:es|ed)?|pass(?:es|ed)?|exceed(?:s|ed)?|top(?:s|ped)?|hit|surpass(?:es|ed)?|revised|raised|lowered|put|doubled|now"
)
VERB = re.compile(r"\b([A-Za-z]+)\s$")
LONGEST_VERB = 20
DRAWN = re.compile(
    r"(?:^|[.!?\n“\"]\s?|,\s)[Oo]f\s(?:(?:the|its|their|all|those|these)\s)?(?:[\w’'-]{1,24}['’]s?\s)?(?=[a-z])",
    re.MULTILINE,
)
UPTO = re.compile(r"[^.;:!?\d\n]{3,90},\s")
STANDING = re.compile(r"(?:[a-z]{1,20}(?:ed|ing)|dead)(?=\s)")  # "the injured", "the dead"
STANDING_FOR = re.compile(r"(?P<who>[a-z]{3,14})(?=\s(?!people|men|women|children)[a-z]|[,.;:!?”\"]|$)")
LED = re.compile(rf"[^.;:!?\d\n]{{0,70}}?(?:\s(?:{MOVE})(?:\sup|\sdown)?(?:\s(?:to|at))?|\s(?:to|at))\s", re.IGNORECASE)


def tallied_before(text: str, at: int) -> Span | None:
    """The noun whose number is given from `at` on; None where the words before do not lead up to one.

    >>> tallied_before("The number of arrests rose to 150.", 30).of("The number of arrests rose to 150.")
    'arrests'
    """
    begin = max(0, at - REACH)
    found = None
    for match in TALLY.finditer(text, begin, at):
        found = match
    if found is None:
        return None
    noun = Span(*found.span("whole")) if found["whole"] else _noun(text, found.end())
    if noun is None or noun.end >= at:
        return None
    direct = found["whole"] and text[noun.end : at] == " of "  # "a crowd of 31,000"
    return noun if direct or LED.fullmatch(text, noun.end, at) else None


def drawn_before(text: str, at: int) -> Span | None:
    """The noun of which a bare number from `at` on tells some: "Of the town's boats, 312 sank"; None where none is.

    >>> drawn_before("Of the town's boats, 312 sank.", 21).of("Of the town's boats, 312 sank.")
    'boats'
    """
    opening = next(reversed(list(DRAWN.finditer(text, max(0, at - REACH), at))), None)
    if opening is None or not UPTO.fullmatch(text, opening.end(), at):
        return None
    noun = noun_phrase(text, opening.end())
    return noun if noun is not None and is_plural(noun.of(text).rsplit(" ", 1)[-1]) else None


def stricken_after(text: str, at: int) -> Span | None:
    """The participle or adjective that stands for people, after "the": "twelve of the dead", "nine of those killed"."""
    word = STANDING_FOR.match(text, at)
    if word is None or not (word["who"] in states() or word["who"] in of_kind("state")):
        return None
    noun = noun_phrase(text, word.end())  # "two of the injured passengers"
    named = noun is not None and is_plural(noun.of(text).rsplit(" ", 1)[-1])
    return Span(word.start("who"), noun.end if noun is not None and named else word.end("who"))


def undergone_before(text: str, at: int) -> Span | None:
    """The verb right before a bare number that tells what was done to so many: "killing 12"."""
    word = VERB.search(text, max(0, at - LONGEST_VERB), at)
    return Span(*word.span(1)) if word and word[1].lower() in states() else None


@cache
def states() -> dict[str, str]:
    """Forms of verbs -> the state that stands for people to whom it was done."""
    return {form: row["state"] for row in lexicon("undergone.tsv") for form in row["forms"].split()}


def _noun(text: str, at: int) -> Span | None:
    """What is counted from `at` on: a noun phrase, or a participle that stands for people ("the injured")."""
    word = STANDING.match(text, at)
    if word is None:
        return noun_phrase(text, at)
    noun = noun_phrase(text, word.end())  # "the number of displaced people"
    return Span(word.start(), noun.end) if noun else Span(*word.span())
