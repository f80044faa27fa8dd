"""Answers that only point back: "those assertions", "the claims “pure fiction”"; the reader found what at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.link.drawing import make_link
from onrecord.link.entry import Told
from onrecord.link.gates.polarity import polarity_of
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import alike
from onrecord.link.kinds.answers import ANSWERING, is_answerable, say_alike
from onrecord.model import Link
from onrecord.resources import settings_file

LONGEST = 80  # code points of a content that only calls untrue what was said
MOST_BEFORE = 60  # statements of a report that are looked at for what says alike


def find_references(statements: Iterable[Told]) -> Iterator[Link]:
    """Links for contents that only point back ("those assertions"), where the reader of the text found what at."""
    by_id = {t.statement.id: t for t in statements}
    for one in by_id.values():
        kind = ANSWERING.get(one.statement.commitment.stance) or _calls_untrue(one)
        target = _sayable(one, by_id.get(one.statement.refers_to or ""))
        if kind and target:
            words = f"{one.statement.content.quote!r} points back to it"
            yield make_link(kind, one, target, "points-back", words, 0.9)
            for other in _said_alike(one, target) if _points_at_several(one) else ():
                yield make_link(kind, one, other, "points-back", f"{words[:-2]}what says the same", 0.7)
        elif meant := _called_untrue(one):
            words = f"{one.statement.content.quote!r} points back to what was said right before"
            yield make_link("denies", one, meant, "points-back", words, 0.75)


def _called_untrue(one: Told) -> Told | None:
    """What was said right before somebody says but that it is untrue: "said that the report was false"."""
    is_bare = not one.statement.refers_to and _is_untrue().fullmatch(one.statement.content.quote[:LONGEST])
    return _right_before(one) if is_bare else None


def _sayable(one: Told, target: Told | None) -> Told | None:
    """What is pointed at: where a denial points at what leaves its matter open, what a third said before it."""
    is_denied = one.statement.commitment.stance == "denies" or _calls_untrue(one) == "denies"
    if target is None or not is_denied or target.statement.commitment.certainty != "U":
        return target
    return _right_before(one) or target


def _right_before(one: Told) -> Told | None:
    """The last statement of another side before one, not too far back."""
    start, reach = one.statement.content.spans[0].start, int(settings_file("references.toml")["reach"])
    for other in reversed(one.entry.told):
        at = other.statement.content.spans[0].start
        if start - reach <= at < start and not other.statement.nested_in and is_answerable(one, other):
            return other
    return None


def _points_at_several(one: Told) -> bool:
    """Whether a content points back with a plural: "those claims", "the reports as invented"."""
    noun = _pointing_noun().search(one.statement.content.quote)
    return noun is not None and noun[0].lower().endswith("s")


def _said_alike(one: Told, target: Told) -> Iterator[Told]:
    """What others said before that is alike with what an answer points at."""
    settings = settings_file("relations.toml")["bars"]
    for other in target.entry.told[:MOST_BEFORE]:
        if other.statement.id in (target.statement.id, one.statement.id) or not other.terms & target.terms:
            continue
        if not other.order < one.order or is_one_voice(other, target) or not is_answerable(one, other):
            continue
        is_denied = one.statement.commitment.stance != "confirms"  # who seconds some reports seconds no others
        plural = is_denied and polarity_of(target) == polarity_of(other)
        plural = plural and alike(target, other) >= float(settings["agreeing"])
        if say_alike(target, other, settings) or plural:
            yield other


def _calls_untrue(one: Told) -> str | None:
    """`denies` where a content that points back calls what was said untrue: "the claims “groundless rumours”"."""
    is_pointing = one.statement.refers_to and one.statement.rule.startswith("object:")
    if not is_pointing or polarity_of(one) == "-":
        return None
    return "denies" if _untrue().search(one.statement.content.quote) else None


@cache
def _pointing_noun() -> re.Pattern[str]:
    nouns = "|".join(settings_file("references.toml")["nouns"])
    return re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE)


@cache
def _is_untrue() -> re.Pattern[str]:
    """A content that is but that: "the report was untrue"."""
    nouns = "|".join(settings_file("references.toml")["nouns"])
    called = "|".join(settings_file("references.toml")["untrue"])
    which = r"(?:the|this|that|these|those|such|all)"
    is_so = rf"(?:is|are|was|were)\s(?:[a-z]+\s)?(?:{called})"
    return re.compile(rf"\W*(?:that\s)?{which}\s(?:{nouns})\s{is_so}\W*", re.IGNORECASE)


@cache
def _untrue() -> re.Pattern[str]:
    """The end of a content that calls a claim untrue."""
    called = "|".join(settings_file("references.toml")["untrue"])
    return re.compile(rf"\b(?:{called})\b(?:\s+[a-z]+)?\W*$", re.IGNORECASE)
