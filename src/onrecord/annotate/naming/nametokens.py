"""Words and marks of a text, in one linear pass, as naming needs them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.resources import lexicon, settings_file

# U.S., J.R.; words with inner apostrophes, hyphens and ampersands (Tae-yul, O'Brien, AT&T); any other mark by itself.
# What nobody sees stays inside: a name with a zero-width space in it is another name than the plain one.
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-‐‑'’&\u00ad\u200b-\u200f\u2060\ufeff][^\W_]+)*|[^\w\s]|_")
POSSESSIVE = ("'s", "’s", "'S", "’S")
LONGEST = 60  # letters: what is longer is no name


class Word(NamedTuple):
    """One word, its possessive ending cut off. `end` excludes that ending, `after` includes it."""

    start: int  # code points from 0, included
    end: int  # excluded
    after: int  # excluded, with the possessive ending
    text: str
    lower: str
    capital: bool  # begins like a name
    possessive: bool
    joined: bool  # nothing but one space (or nothing) stands between it and the word before


@cache
def abbreviations() -> frozenset[str]:
    """Words that end in a period within a name or a title: Sen., Gen., St., Inc."""
    found = {row["title"].rsplit(" ", 1)[-1] for row in lexicon("titles.tsv") if row["title"].endswith(".")}
    found |= {title[:-1] + "s." for title in found}
    found |= {row["word"] for row in lexicon("organization_heads.tsv") if row["word"].endswith(".")}
    found |= {short for short in state_abbreviations() if short.count(".") == 1}
    found |= {word for word in settings_file("names.toml")["calendar"] if word.endswith(".") and word.count(".") == 1}
    return frozenset(found | {"St.", "Mt.", "Ft.", "Jr.", "Sr.", "Lt.", "Maj.", "Brig.", "Vice.", "No.", "Ste."})


@cache
def state_abbreviations() -> frozenset[str]:
    """Abbreviations of states as they stand after a town: Va., N.C."""
    return frozenset(
        row[column] for row in lexicon("us_states.tsv") for column in ("short", "long_short") if "." in row[column]
    )


def is_capital(text: str) -> bool:
    """Whether a word is written like a part of a name: Austin, al-Assad, d’Estaing."""
    if text[0].isupper():
        return True
    return len(text) > 3 and text[:3].lower() in ("al-", "el-", "ul-", "d’a", "d'a") and text[3].isupper()


def split_words(text: str) -> list[Word]:
    """The words and marks of `text`, left to right."""
    words: list[Word] = []
    known = abbreviations()
    last = 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start < last:
            continue
        token = match.group()
        after, possessive = end, False
        if token[-2:] in POSSESSIVE and len(token) > 2:
            token, end, possessive = token[:-2], end - 2, True
        elif token[-1] in "sS" and text[end : end + 1] in ("'", "’") and text[end + 1 : end + 2].isspace():
            after, possessive = end + 1, True  # "the officials' account", or a quotation that ends here
        elif text[end : end + 1] == "." and (token + "." in known or (len(token) == 1 and token.isupper())):
            token, end, after = token + ".", end + 1, end + 1
        gap = text[last:start]
        first = token[0]
        words.append(
            Word(
                start,
                end,
                after,
                token,
                token.lower().replace("’", "'"),
                first.isalpha() and len(token) <= LONGEST and is_capital(token),
                possessive,
                gap in ("", " ", "\u00a0"),
            ),
        )
        last = after
    return words
