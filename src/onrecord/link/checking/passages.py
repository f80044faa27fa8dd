"""A claim in words, and the sentences of a report as what it is held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.link.words import content_words
from onrecord.model import Span
from onrecord.resources import lexicon

KINDS = (
    "refuted",
    "false",
    "deny",
    "doubt",
    "hedge",
    "source",
    "confirm",
    "negation",
    "passed",
    "turn",
)  # of cues
LONGEST = 800  # code points of a passage that are read; what is longer is a table or a list
CLAUSE = re.compile(
    r"[,;:–—]\s+(?:(?:and|but)\s+)?|\s(?:and|but|who|which|while|where|when|after|before|with|in which)\s"
)
CLAUSE_WORDS = 3  # content words of a part of a claim that can be looked for on its own
MOST_PARTS = 6
LONGEST_STEM = 20  # letters of the longest form of a cue
WORD = re.compile(r"\w+(?:['’-]\w+)*")
NAME = re.compile(r"\b[A-Z][\w’'-]*\w")
NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")
QUOTED = re.compile(r"[\"“”]|(?<!\w)['‘]\w")
APOSTROPHE = str.maketrans("’", "'")


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked at in a stretch of text."""

    terms: frozenset[str]  # stems of content words
    names: frozenset[str]  # words with a capital that do not open the sentence, in lower case
    numbers: frozenset[str]  # in digits, without commas
    cues: frozenset[str]  # of KINDS
    quoted: bool  # whether a quotation mark opens or closes in it


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report."""

    span: Span
    text: str  # its words, at most LONGEST code points
    words: Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim in words, with the parts of it that can be borne out one without the other."""

    text: str
    words: Words
    parts: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it is written as a sentence, with its stop, and not as a headline."""
        return self.text.rstrip("\"”'’) ").endswith(".") and len(self.words.terms) >= CLAUSE_WORDS


def read_claim(text: str) -> Asked:
    """What is looked at in a claim.

    >>> read_claim("The bridge was closed in May, and twelve cars were towed away.").parts
    ('The bridge was closed in May', 'twelve cars were towed away.')
    """
    tidy = " ".join(text.split())
    return Asked(tidy, read_words(tidy), tuple(clauses_of(tidy)))


def read_passages(text: str, sentences: Iterable[Span]) -> tuple[Passage, ...]:
    """The sentences of a report, in order, those without a letter or digit left out."""
    found = []
    for span in sentences:
        words = text[span.start : min(span.end, span.start + LONGEST)]
        if any(letter.isalnum() for letter in words):
            found.append(Passage(span, words, read_words(words)))
    return tuple(found)


def read_words(text: str) -> Words:
    """The words of a stretch of text, linear in its length."""
    opening = WORD.search(text)
    after = opening.end() if opening else 0
    return Words(
        content_words(text),
        frozenset(match.group().lower().removesuffix("'s").removesuffix("’s") for match in NAME.finditer(text, after)),
        frozenset(match.group().replace(",", "") for match in NUMBER.finditer(text)) | _spelt(text),
        find_cues(text),
        bool(QUOTED.search(text)),
    )


def number_of(word: str) -> int | None:
    """The number that a word is, 2 to 99; "one" is no number here.

    >>> number_of("Twelve"), number_of("forty-two"), number_of("one"), number_of("forty-first")
    (12, 42, None, None)
    """
    known = _numbers()
    ten, _, rest = word.lower().partition("-")
    if not rest:
        return known.get(ten)
    return known[ten] + (known.get(rest) or 1) if known.get(ten, 0) >= 20 and (rest in known or rest == "one") else None


def _spelt(text: str) -> frozenset[str]:
    return frozenset(str(value) for word in WORD.findall(text) if (value := number_of(word)) is not None)


@cache
def _numbers() -> dict[str, int]:
    rows = [row for row in lexicon("numbers.tsv") if row["kind"] in ("digit", "ten")]
    return {row["word"]: int(row["value"]) for row in rows if int(row["value"]) > 1}


def find_cues(text: str) -> frozenset[str]:
    """The kinds of cues in a stretch of text.

    >>> sorted(find_cues("The photograph isn't real, police said."))
    ['false', 'negation', 'source']
    """
    words = WORD.findall(text.lower().translate(APOSTROPHE))
    found: set[str] = set()
    exact, endings, starts = _cues()
    for k, word in enumerate(words):
        for length, rows in exact.get(word, {}).items():
            found |= rows.get(" ".join(words[k : k + length]), frozenset())
        for other in word.split("-")[:1]:
            for size in range(2, min(len(other), LONGEST_STEM) + 1):
                for prefix, kind in starts.get(other[:size], ()):
                    if _follows(words, k, prefix):
                        found.add(kind)
        found |= {kind for ending, kind in endings if word.endswith(ending)}
    return frozenset(found)


def _follows(words: Sequence[str], at: int, form: tuple[str, ...]) -> bool:
    """Whether a form whose last word may have any ending stands at a word."""
    here = words[at : at + len(form)]
    return len(here) == len(form) and here[:-1] == list(form[:-1]) and here[-1].startswith(form[-1])


Exact = dict[str, dict[int, dict[str, frozenset[str]]]]
Starts = dict[str, list[tuple[tuple[str, ...], str]]]


@cache
def _cues() -> tuple[Exact, tuple[tuple[str, str], ...], Starts]:
    """Forms to the letter by first word and length; endings; forms that any ending may follow, by their start."""
    exact: Exact = {}
    endings: list[tuple[str, str]] = []
    starts: Starts = {}
    for row in lexicon("check_cues.tsv"):
        form, kind = row["form"], row["kind"]
        if form.startswith("*"):
            endings.append((form[1:], kind))
        elif form.endswith("*"):
            words = tuple(form[:-1].split())
            starts.setdefault(words[0], []).append((words, kind))
        else:
            words = tuple(form.split())
            rows = exact.setdefault(words[0], {}).setdefault(len(words), {})
            rows[form] = rows.get(form, frozenset()) | {kind}
    return exact, tuple(endings), starts


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence, at most MOST_PARTS; a short one is joined with what is beside it."""
    found: list[str] = []
    text, start = text[: 2 * LONGEST], 0
    for match in CLAUSE.finditer(text):
        if len(content_words(text[start : match.start()])) >= CLAUSE_WORDS:
            found.append(text[start : match.start()].strip())
            start = match.end()
    rest = text[start:].strip()
    if len(content_words(rest)) >= CLAUSE_WORDS or not found:
        found.append(rest)
    else:
        found[-1] = text[text.rindex(found[-1]) :]
    return found[:MOST_PARTS]
