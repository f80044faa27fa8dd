"""What a number counts: the noun phrase after it, without a parser."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.model import Span
from onrecord.resources import lexicon

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+-(?=\s(?:and|or)\s)|[^\W\d_]+(?:[-'’.&][^\W\d_]+)*|[^\w\s]|\d[\d.,]*")
LONGEST = 7  # words of a noun phrase
REACH = 90  # code points read after the number
IRREGULAR = frozenset(
    "people men women children police troops personnel staff feet teeth mice sheep fish aircraft spacecraft cattle "
    "media data criteria crew clergy offspring livestock poultry servicemen servicewomen firefighters policemen".split()
)
SINGULAR_S = re.compile(r"(?:ss|us|is|ous)$")
ADJECTIVE = re.compile(r"(?:ed|al|ous|ic|ive|ful|less|ary|able|ible|ish|an|ese|est)$")
VERBAL = re.compile(r"[a-z](?:ing|ed|ly)$")
ADVERB = re.compile(r"[a-z]ly$|^(?:supposed|said|annually|apiece|each)$")
LISTED = re.compile(
    r"\s?\b(?P<first>[a-z]{3,}(?:al|ous|ic|ive|ful|less|ary|able|ible|ish|ese|ed|ing|y|small|large|new|old)|small|large|big|new|old|young),"
    r"(?=\s[a-z]{3,}\s[a-z]{2,}s\b)"
)
STATE = re.compile(r"\s(?P<word>[a-z]{4,12})(?![\w-])")
JOINING = frozenset(("and", "or"))
PLAIN_ADJECTIVES = frozenset(
    "new big small large good bad major minor top best worst single different separate other main key young old "
    "former senior junior high low long short early late local foreign public private full more "
    "additional extra straight recent current particular certain whole final".split()
)


class Word(NamedTuple):
    """A word and where it stands."""

    word: str
    start: int
    end: int


@cache
def stops() -> frozenset[str]:
    """Words that no noun phrase goes on across."""
    closed = {row["form"] for row in lexicon("function_words.tsv") if row["class"] != "adverb"}
    return frozenset(closed - {"other", "more", "most", "time", "times"} | of_kind("verb"))


@cache
def of_kind(kind: str) -> frozenset[str]:
    """The words of one kind of count_stops.tsv."""
    return frozenset(row["word"] for row in lexicon("count_stops.tsv") if row["kind"] == kind)


def state_at(text: str, at: int) -> Span | None:
    """The state that stands for people where it follows their number: "12 dead", "30 injured"."""
    match = STATE.match(text, at)
    if match is None or match["word"].lower() not in of_kind("state"):
        return None
    noun = noun_phrase(text, match.end())  # "30 injured passengers"
    named = noun is not None and is_plural(noun.of(text).rsplit(" ", 1)[-1])
    return Span(match.start("word"), noun.end if noun is not None and named else match.end("word"))


def is_period(words: str) -> bool:
    """Whether a noun phrase is a time and nothing counted: "the third quarter", "early trading", "March"."""
    return words.rsplit(maxsplit=1)[-1].lower() in of_kind("period")


def not_joined() -> frozenset[str]:
    """Nouns that a hyphen makes an adjective of a number word with, no amount: "two-way", "one-time"."""
    return of_kind("joined")


def collectives() -> frozenset[str]:
    """Nouns whose share is told in the singular, and after which a verb may look like a plural: "population"."""
    return of_kind("collective")


def not_after_one() -> frozenset[str]:
    """Nouns with which "one" is no count: "one day", "one another"."""
    return of_kind("pronoun_one")


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural noun."""
    lower = word.lower()
    return lower in IRREGULAR or (
        lower.endswith("s") and len(lower) > 3 and not SINGULAR_S.search(lower) and not lower.endswith(("'s", "’s"))
    )


def noun_phrase(text: str, at: int, mode: str = "many") -> Span | None:
    """The noun phrase that begins at `at`, after a number; None where no noun follows.

    `mode` says what its head may be: "many" things want a plural, "one" thing a noun, a "mass" ("40 percent of ...")
    either, and what is "joined" to the number by a hyphen ("11-member panel") a noun right there.
    """
    words = words_at(text, at)
    while words and words[-1].word.lower() in JOINING:
        words.pop()
    if not words:
        return None
    last = HEADS[mode]([word.word for word in words])
    return None if last is None else Span(words[0].start, words[last].end)


def words_at(text: str, at: int) -> list[Word]:
    """The words of one noun phrase at most: what stands before the next function word, mark or line end."""
    words: list[Word] = []
    position = at
    if (listed := LISTED.match(text, at)) and not is_plural(listed["first"]):  # "small, friendly deals"
        words.append(Word(listed["first"], listed.start("first"), listed.end("first")))
        position = at = listed.end()
    for match in TOKEN.finditer(text, at, at + REACH):
        gap = text[position : match.start()]
        word, lower = match.group(), match.group().lower()
        if gap.strip() or "\n" in gap or match.end() >= at + REACH or len(words) == LONGEST:
            break
        joins = lower in JOINING and words and not any(is_plural(earlier.word) for earlier in words)
        inside = word[0].isdigit() and words and words[-1].word.lower() not in JOINING  # "new 737 Max jets"
        ends = lower in stops() or (words and lower.endswith(("'s", "’s"))) or not (word[0].isalpha() or inside)
        if ends and not joins:  # "physical and digital sales" goes on
            break
        words.append(Word(word, match.start(), match.end()))
        position = match.end()
    return words


def head_of_many(words: list[str]) -> int | None:
    """The first plural, unless it is a name before another: "United States soldiers"."""
    plurals = [index for index, word in enumerate(words) if is_plural(word)]
    if plurals:
        head = plurals[0]
        while head + 1 in plurals and words[head].lower() != "times":  # "measles cases", "arms dealers"
            head += 1
        later = next((index for index in plurals if index > head), None)
        named = words[head][0].isupper() and later is not None
        return later if named and later is not None and later <= head + 2 else head
    if JOINING & {word.lower() for word in words} or VERBAL.search(words[0]):
        return None
    if len(words) == 1 and words[0].isupper() and len(words[0]) < 6:
        return 0
    return min(len(words), 3) - 1 if len(words) <= 4 and words[0][0].islower() else None


def head_of_one(words: list[str]) -> int | None:
    """The first word that looks like no adjective; a plural only where nothing else comes ("one of the ships")."""
    if VERBAL.search(words[0]) and len(words) == 1:
        return None
    for index, word in enumerate(words):
        adjective = ADJECTIVE.search(word) or word.lower() in PLAIN_ADJECTIVES or word[0].isupper()
        if not adjective or index == len(words) - 1:
            return index
    return None


def head_of_mass(words: list[str]) -> int | None:
    """The first collective noun or plural, else the last of up to three words before a verb form."""
    collective = next((index for index, word in enumerate(words[:4]) if word.lower() in collectives()), None)
    if collective is not None:
        return collective
    plural = next((index for index, word in enumerate(words) if is_plural(word)), None)
    if plural is not None:
        return plural
    if ADVERB.search(words[0]):
        return None
    end = next((index for index, word in enumerate(words) if index and VERBAL.search(word)), len(words))
    return min(end, 3) - 1


HEADS = {"many": head_of_many, "one": head_of_one, "mass": head_of_mass, "joined": head_of_one}
