"""Whether a figure is still to come, and whether it is only meant: "will reach 9%", "ordered 20 jets"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Figure
from onrecord.resolve.figures.reach import Reach
from onrecord.resolve.times.tense import WORD, tense_of
from onrecord.resources import lexicon

BEFORE = 90  # code points before a figure that are read
AFTER = 48  # and after it
DUE_TO = re.compile(r"\bdue\sto\s(?!(?:be|arrive|open|close|start|begin|reach|join|receive|take|come|leave|go|get)\b)")
BREAK = re.compile(r"[;:(—–]")
DEFINITE = re.compile(r"\b(?:the|its|their|his|her|our|all|these|those|of)\s$", re.IGNORECASE)
BY_DEADLINE = re.compile(
    r"^[^.;]{0,40}?\bby\s(?:the\s(?:end|middle|start|summer|autumn|fall|winter|spring)\b)", re.IGNORECASE
)
NEW_CLAUSE = re.compile(r"[,;:(—–]|\b(?:who|which|that|after|as|when|but|and|because|since)\b")


@cache
def cues(kind: str) -> re.Pattern[str]:
    """The words of one kind; only lower case, for May is no modal."""
    words = sorted(
        (row["words"] for row in lexicon("figure_scope.tsv") if row["kind"] == kind), key=lambda w: (-len(w), w)
    )
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)
    return re.compile(rf"(?<![\w’'])(?:{inner})(?![\w’'])" if kind != "coming" else rf"(?<!\w)(?:{inner})(?!\w)")


def status(text: str, figure: Figure, reach: Reach) -> tuple[bool, bool]:
    """Whether the figure is a forecast, and whether it is planned and not actual."""
    start, end = reach.clause.start, reach.clause.end
    before = text[max(start, figure.span.start - BEFORE) : figure.span.start]
    tail = max(figure.span.end, figure.of_span.end if figure.of_span else 0)
    after = text[tail : max(tail, min(reach.own.end, end, tail + AFTER))]
    meant = governs(cues("plan_to"), before)
    object_of = of_object(before)
    planned = meant or object_of or follows(cues("plan_after"), after)
    is_known = bool(DEFINITE.search(before)) or text[figure.span.end : figure.span.end + 1] == "-"  # "the 12 will sign"
    coming_after = not is_known and not DUE_TO.search(after) and follows(cues("coming_after"), after)
    coming = meant or governs(cues("coming"), before) or coming_after
    return coming or (planned and bool(BY_DEADLINE.match(after)) and not is_past(before)), planned


def governs(cue: re.Pattern[str], before: str) -> bool:
    """Whether the last such word before the figure reaches it: no finite past verb between them."""
    last = None
    for match in cue.finditer(before):
        last = match
    if last is None or DUE_TO.search(before, last.start()):
        return False
    return not is_past(before[last.end() :]) and not BREAK.search(before, last.end())


def is_past(words: str) -> bool:
    """Whether a verb among the words tells of what has been."""
    return any(tense_of(word) < 0 for word in WORD.findall(words.lower()))


def of_object(before: str) -> bool:
    """Whether the figure is the object of ordering, pledging and the like: hardly a word between them."""
    last = None
    for match in cues("plan_of").finditer(before):
        last = match
    if last is None:
        return False
    between = before[last.end() :]
    return (
        len(between) <= len(" a further and about ")
        and not NEW_CLAUSE.search(between)
        and not re.search(r"\bto\b", between)
    )


def follows(cue: re.Pattern[str], after: str) -> bool:
    """Whether such a word comes soon after the figure, before a new clause and a past verb."""
    match = cue.search(after)
    if match is None:
        return False
    between = after[: match.start()]
    return not is_past(between) and not NEW_CLAUSE.search(between)
