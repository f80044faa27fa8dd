"""What a number counts: the noun phrase after it, without a parser."""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import Span
from onrecord.resources import lexicon

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-'’.&][^\W\d_]+)*|[^\w\s]|\d[\d.,]*")
LONGEST = 7  # words of a noun phrase
REACH = 90  # code points read after the number
IRREGULAR = frozenset(
    "people men women children police troops personnel staff feet teeth mice sheep fish aircraft spacecraft cattle "
    "media data criteria crew clergy offspring livestock poultry servicemen servicewomen firefighters policemen".split()
)
SINGULAR_S = re.compile(r"(?:ss|us|is|ous)$")
ADJECTIVE = re.compile(r"(?:ed|al|ous|ic|ive|ful|less|ary|able|ible|ish|an|ese|est)$")
VERBAL = re.compile(r"[a-z](?:ing|ed|ly)$")
JOINING = frozenset(("and", "or"))
PLAIN_ADJECTIVES = frozenset(
    "new big small large good bad major minor top best worst single different separate other main key young old "
    "former senior junior high low long short early late local foreign public private full more additional extra straight".split()
)


@cache
def stops() -> frozenset[str]:
    """Words that no noun phrase goes on across."""
    closed = {row["form"] for row in lexicon("function_words.tsv") if row["class"] != "adverb"}
    return frozenset(
        closed - {"other", "more", "most", "time", "times"}
        | {row["word"] for row in lexicon("count_stops.tsv") if row["kind"] == "verb"}
    )


@cache
def not_after_one() -> frozenset[str]:
    """Nouns with which "one" is no count: "one day", "one another"."""
    return frozenset(row["word"] for row in lexicon("count_stops.tsv") if row["kind"] == "pronoun_one")


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural noun."""
    lower = word.lower()
    return lower in IRREGULAR or (
        lower.endswith("s") and len(lower) > 3 and not SINGULAR_S.search(lower) and not lower.endswith("'s")
    )


def noun_phrase(text: str, at: int, *, single: bool, joined: bool = False) -> Span | None:
    """The noun phrase that begins at `at`, after a number; None where no noun follows.

    `single`: one thing is counted, so the head need not be a plural. `joined`: a hyphen stands between.
    """
    words: list[tuple[str, int, int]] = []
    position = at
    for match in TOKEN.finditer(text, at, at + REACH):
        if text[position : match.start()].strip() or "\n" in text[position : match.start()]:
            break
        word = match.group()
        if word.lower() in ("and", "or") and words and not any(is_plural(earlier) for earlier, _, _ in words):
            words.append((word, match.start(), match.end()))  # "physical and digital sales"
            position = match.end()
            continue
        inside = word[0].isdigit() and words  # "new 737 Max jets"
        if (
            not (word[0].isalpha() or inside)
            or word.lower() in stops()
            or (words and word.lower().endswith(("'s", "’s")))
        ):
            break
        words.append((word, match.start(), match.end()))
        position = match.end()
        if len(words) == LONGEST or match.end() >= at + REACH:
            break
    if not words:
        return None
    last = head_of([word for word, _, _ in words], single=single or joined)
    return None if last is None else Span(words[0][1], words[last][2])


def head_of(words: list[str], *, single: bool) -> int | None:
    """The index of the head: the first plural that no further noun follows, or for one thing the first noun."""
    plurals = [index for index, word in enumerate(words) if is_plural(word)]
    if single:
        for index, word in enumerate(words):
            if (
                not (ADJECTIVE.search(word) or word.lower() in PLAIN_ADJECTIVES or word[0].isupper())
                or index == len(words) - 1
            ):
                return index
        return None
    if not plurals:
        if JOINING & {word.lower() for word in words} or VERBAL.search(words[0]):
            return None
        if len(words) == 1 and words[0].isupper() and len(words[0]) < 6:
            return 0
        return min(len(words), 3) - 1 if len(words) <= 4 and words[0][0].islower() else None
    head = plurals[0]
    for index in plurals[1:]:  # "United States soldiers", "sales executives"
        if index == head + 1 and (words[head][0].isupper() and words[index][0].islower()):
            head = index
    if words[head][0].isupper() and head + 1 < len(words) and len(plurals) > 1 and plurals[1] <= head + 2:
        head = plurals[1]
    return head
