"""Words of time and their classes: how the text looks to the grammar of time expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.annotate.numbers.numerals import number_words
from onrecord.resources import lexicon

TOKEN = re.compile(
    r"(?P<iso>(?:\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d))"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d\d))?(?![\d/])|(?<![\d-])\d{1,2}-\d{1,2}-\d{4}(?![\d-]))"
    r"|(?P<dots>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?!\.?\d))"
    r"|(?P<clock>\d{1,2}(?::\s?|\.\s?)\d\d(?::\s?\d\d)?(?=\s?(?:[ap]\.?\s?m\b|(?:gmt|utc|bst|cet|cest|ist)\b))"
    r"|(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:]))"
    r"|(?P<decade>['’]?(?:[12]\d)?\d0['’]?s\b)"
    r"|(?P<dayth>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,30}(?:,\d{3}(?!\d))+(?:\.\d{1,30})?|\d+(?:\.\d+)?)"
    r"|(?P<ampm>[ap]\.\s?m\b\.?|[ap]m\b)"
    r"|(?P<oclock>o['’]clock\b)"
    r"|(?P<quarterno>[Qq][1-4]\b)|(?P<halfyear>H[12]\b)|(?P<fiscalyear>FY\s?['’]?(?:\d{4}|\d\d)\b)"
    r"|(?P<w>[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)",
    re.IGNORECASE,
)
MARKS = {
    "-": "hyphen",
    "–": "hyphen",
    "—": "dash",
    ",": "comma",
    ".": "dot",
    "'": "apostrophe",
    "’": "apostrophe",
    "|": "bar",
    "/": "stroke",
}
SHAPES = (
    *("iso", "slash", "dots", "clock", "decade", "dayth", "number", "ampm", "oclock", "quarterno", "halfyear"),
    *("fiscalyear", "small", "year4", "numword", "ordword", "holiday", *MARKS.values(), "rest", "stop"),
)
GROUP = re.compile(r",\d{1,3}(?!\d)")  # what a numeral may not go on with: "3,2012" is a day and a year
INSIDE = "~"  # a further token of a phrase
FIRST_CHARACTER = 0x4E00  # classes are written as characters far from every operator of regular expressions
PREPOSITIONS = frozenset(
    "in of by since until till from to on early late mid last next this through between and".split()
)


class Token(NamedTuple):
    """A word, numeral or mark with the class that the grammar sees."""

    start: int  # code points, included
    end: int  # code points, excluded
    word: str  # lower case
    kind: str
    value: str  # of the lexicon; empty for shapes


class Entry(NamedTuple):
    """A row of the lexicon: its tokens, class, value and condition."""

    words: tuple[str, ...]
    kind: str
    value: str
    only: str


@cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """First token -> the entries that begin with it, the longest first."""
    rows = [(row["word"], row["class"], row["value"], row["only"]) for row in lexicon("times.tsv")]
    rows += [(row["word"], "holiday", row["rule"], "capital") for row in lexicon("holidays.tsv")]
    rows += [(word, "numword", "", "") for word in number_words("digit", "ten", "scale", "dozen")]
    rows += [(word, "ordword", "", "") for word in number_words("ordinal") if word != "second"]
    by_first: dict[str, list[Entry]] = {}
    for word, kind, value, only in rows:
        words = tuple(match.group().lower() for match in TOKEN.finditer(word))
        by_first.setdefault(words[0], []).append(Entry(words, kind, value, only))
    return {first: tuple(sorted(of, key=lambda e: -len(e.words))) for first, of in sorted(by_first.items())}


@cache
def characters() -> Mapping[str, str]:
    """Class -> the character that stands for it."""
    kinds = sorted({entry.kind for of in entries().values() for entry in of} | set(SHAPES))
    return {kind: chr(FIRST_CHARACTER + number) for number, kind in enumerate(kinds)}


@cache
def long_kinds() -> frozenset[str]:
    """Classes with phrases of several tokens."""
    return frozenset(entry.kind for of in entries().values() for entry in of if len(entry.words) > 1)


def symbol_pattern(kind: str) -> str:
    """The regular expression of one class."""
    character = characters()[kind]
    return f"(?:{character}{INSIDE}*)" if kind in long_kinds() else character


def value_of(token: Token) -> str:
    """What a token stands for: its value in the lexicon, or a numeral as printed."""
    return token.value or (token.word if token.kind in SHAPES and token.kind not in MARKS.values() else "")


def classify(text: str, starts: Sequence[int] = ()) -> tuple[list[Token], str]:
    """The tokens of the text and their classes as a string, one character each.

    A blank line and every offset of `starts` (beginnings of sentences) end what can match: there
    the string holds a stop. Tokens and characters run in parallel.
    """
    matches = list(TOKEN.finditer(text))
    lower = [match.group().lower() for match in matches]
    tokens: list[Token] = []
    classes: list[str] = []
    table, lexemes = characters(), entries()
    rest = table["rest"]
    breaks = set(starts)
    at, last_end = 0, 0
    while at < len(matches):
        match = matches[at]
        start = match.start()
        if start in breaks or (start - last_end > 1 and "\n\n" in text[last_end:start]):
            tokens.append(Token(start, start, "", "stop", ""))
            classes.append(table["stop"])
        entry = fitting(text, matches, lower, at, lexemes.get(lower[at], ()))
        if entry is not None:
            for offset in range(len(entry.words)):
                piece = matches[at + offset]
                value = "" if offset else entry.value
                tokens.append(Token(piece.start(), piece.end(), lower[at + offset], entry.kind, value))
            classes.append(table[entry.kind] + INSIDE * (len(entry.words) - 1))
            at += len(entry.words)
        else:
            kind = "rest" if match.lastgroup == "number" and is_piece(text, match) else shape(match, lower[at])
            tokens.append(Token(start, match.end(), lower[at], kind, ""))
            classes.append(table.get(kind, rest))
            at += 1
        last_end = tokens[-1].end
    return tokens, "".join(classes)


def is_piece(text: str, match: re.Match[str]) -> bool:
    """Whether a numeral is a piece of one that is grouped like none: "00,000" in "1,00,000"."""
    start, end = match.span()
    if end - start != 4 and text[start - 1 : start] == "," and text[max(0, start - 2) : start - 1].isdecimal():
        return True
    return text[end : end + 1] == "," and GROUP.match(text, end) is not None


def shape(match: re.Match[str], word: str) -> str:
    """The class of a token that is in no lexicon."""
    kind = match.lastgroup or "rest"
    if kind == "w":
        return "rest"
    if kind == "mark":
        return MARKS.get(word, "rest")
    if kind == "number" and word.isdecimal():
        if len(word) <= 2 and 1 <= int(word) <= 31:
            return "small"
        if len(word) == 4 and 1000 <= int(word) < 2200:
            return "year4"
    return kind


def fitting(
    text: str, matches: list[re.Match[str]], lower: list[str], at: int, candidates: tuple[Entry, ...]
) -> Entry | None:
    """The longest entry that stands at this token and whose condition holds."""
    for entry in candidates:
        size = len(entry.words)
        if size > 1 and tuple(lower[at : at + size]) != entry.words:
            continue
        if not entry.only or is_allowed(entry, text, matches, lower, at):
            return entry
    return None


def is_allowed(entry: Entry, text: str, matches: list[re.Match[str]], lower: list[str], at: int) -> bool:
    """Whether an entry's condition (`only`) holds at this token."""
    first = text[matches[at].start()]
    if not (first.isupper() or first.isdecimal()):
        return False
    after = at + len(entry.words)
    following = lower[after] if after < len(lower) else ""
    beyond = lower[after + 1] if after + 1 < len(lower) else ""
    short = len(entry.words[0]) < 5 and entry.words[0] != "may"
    if entry.only == "capital":  # "60 Minutes" is a name, "60 minutes" is none
        last = text[matches[after - 1].start()]
        return first.isupper() or last.isupper() or not last.isalpha()
    if entry.only == "dotted":
        return following == "." or (following == "," and beyond[:1].isdigit()) or (at > 0 and lower[at - 1] == "on")
    if following == "." and short:
        return True
    before = lower[at - 1] if at else ""
    if following[:1].isdigit() or (following in ("of", "the", ",") and beyond[:1].isdigit()):
        return True
    named = following.isalpha() and text[matches[after].start()].isupper()  # "and Jan Kavan"
    plain = following.isalpha() and not named and following not in PREPOSITIONS and following not in ("for", "with")
    if not short and (
        (before in ("the", "a") and plain) or before.endswith("est")
    ):  # "the May hearing", not "the March on Linton"
        return True
    return (before in PREPOSITIONS and not (short and named)) or before[:1].isdigit() or before in ("-", "of")
