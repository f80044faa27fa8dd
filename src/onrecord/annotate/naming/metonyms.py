"""Whether a capital stands for its government ("Moscow denied") or for itself ("in Moscow")."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.naming.gazetteer import phrases
from onrecord.annotate.naming.names import Unit, word_list
from onrecord.annotate.naming.nametokens import Word
from onrecord.resources import settings_file

DASHES = frozenset("—–-")
WEAK = frozenset(
    (
        "could",
        "might",
        "may",
        "would",
        "will",
        "should",
        "must",
        "can",
        "cannot",
        "has",
        "had",
        "have",
        "is",
        "was",
        "did",
        "does",
    )
)


def stands_for_government(words: Sequence[Word], unit: Unit, first: int, end: int, is_about_country: bool) -> bool:
    """Whether the capital `unit` of the sentence `first` to `end` speaks or acts as a government there.

    `is_about_country` says that the report names the country or its people elsewhere; without that only words of
    speaking and acting right after the capital show it.
    """
    i, after = unit.start, unit.end
    before = words[i - 1].lower if i > first else ""
    following = words[after].lower if after < end else ""
    if is_dateline(words, unit, first, end) or is_part_of_address(words, unit, end):
        return False
    if before in word_list("locative"):
        sent = words[i - 2].lower if i - 1 > first else ""
        return before == "from" and sent in word_list("dispatches")
    if (
        before in ("a", "an")
        or is_before_part(words, after, end)
        or following in word_list("of_the_city")
        or (before and before not in ("and", "the") and words[i - 1].capital and words[i].joined)
    ):
        return False
    if following == "and" and names_country(words, after + 1, end):
        return True
    if following in word_list("acts"):
        return is_about_country or following not in WEAK
    return is_about_country


def is_before_part(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether something of the city follows: "Ottawa's Macdonald Airport", "the Moscow flights"."""
    part = settings_file("where.toml")["metonym"]["of_the_city"]
    k = i
    while k < min(end, i + 5) and words[k].joined and words[k].capital and words[k].lower not in part:
        k += 1
    return k < end and words[k].joined and words[k].lower in part


def names_country(words: Sequence[Word], i: int, end: int) -> bool:
    """Whether a country, its people or another capital is named from word `i` on: as in "and the Syrian ..."."""
    if i < end and words[i].lower == "the":
        i += 1
    found, _ = phrases().at(words, i, end) if i < end else (None, 0)
    return found is not None and found.kind in ("country", "demonym", "capital", "metonym")


def is_dateline(words: Sequence[Word], unit: Unit, first: int, end: int) -> bool:
    """WASHINGTON — ... or PARIS (AP) at the start of a sentence."""
    if unit.start - first > 3:
        return False
    following = words[unit.end] if unit.end < end else None
    return following is not None and (
        following.text in DASHES
        or (following.text == "(" and unit.start == first)
        or (following.text == "," and words[unit.start].text.isupper())
    )


def is_part_of_address(words: Sequence[Word], unit: Unit, end: int) -> bool:
    """Moscow, Idaho: a comma and another capitalised word that ends the phrase."""
    i = unit.end
    if i + 2 >= end or words[i].text != "," or not words[i + 1].capital or words[unit.end - 1].possessive:
        return False
    return i + 2 < end and words[i + 2].text in (",", ".", ";", ")")
