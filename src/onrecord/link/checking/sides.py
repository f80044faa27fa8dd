"""Which side of a claim a statement is on: says so, denies it, gives another figure, leaves it open, or beside it.

Gates in order: enough of the claim's words, near enough in meaning; then certainty, number, polarity and antonym.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from onrecord.link.checking.passages import CLAUSE, LONGEST, Asked, Words, number_of, read_words
from onrecord.link.words import content_words, stem, stop_words
from onrecord.model import Commitment
from onrecord.resources import lexicon, settings_file

SAYS, DENIES, OTHER, OPEN = SIDES = ("says so", "denies it", "gives another figure", "leaves it open")
OPEN_STANCES = frozenset("questions speculates requests proposes undisclosed".split())
AGAINST = frozenset({"refuted", "deny", "negation"})
SCORN = "false"  # kind of cues that tell of actors, rubbish and mistakes: of the claim, or of something else
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,15})?")
YEAR = re.compile(r"(?:19|20)\d\d")
BEFORE = 24  # code points before a number in which its hedge is looked for


def is_about(asked: Asked, words: Words, alike: float, weight: Mapping[str, float]) -> bool:
    """Whether words are about the claim; `weight` is of the claim's terms. Its numbers do not count."""
    settings = settings_file("check.toml")["record"]
    terms = frozenset(term for term in asked.words.terms if not term[:1].isdigit() and number_of(term) is None)
    terms = terms or asked.words.terms
    shared = terms & words.terms
    total = sum(weight.get(term, 0.0) for term in sorted(terms))
    share = sum(weight.get(term, 0.0) for term in sorted(shared)) / (total or 1.0)
    if len(shared) < min(settings["terms"], len(terms)) or share < settings["shared"]:
        return False
    least: float = settings["alike_least"] if share >= settings["alike_shared"] else settings["alike"]
    return alike >= least


def side_of(asked: Asked, text: str, words: Words, commitment: Commitment | None = None) -> str:
    """The side of what is about the claim; a sentence of a report's own has no commitment."""
    certainty = (commitment.certainty if commitment else None) or ""
    if commitment and commitment.stance in OPEN_STANCES:
        return OPEN
    opposed = _is_negative(asked, text, words, commitment) != is_against(asked.words)
    opposed ^= has_antonym(asked.words.terms - words.terms, words.terms - asked.words.terms)
    # A denial leaves nothing open: "denied that they may come".
    unsure = certainty[:2] in ("PR", "PS", "U") or (commitment is None and "hedge" in words.cues)
    if unsure and not (commitment and commitment.stance == "denies"):
        return OPEN
    if opposed:
        return DENIES
    if SCORN in words.cues and SCORN not in asked.words.cues:
        return OPEN
    return bears_numbers(asked.text, text)


def is_against(words: Words) -> bool:
    """Whether words put something as not so, by an odd number of negations and denials.

    >>> from onrecord.link.checking.passages import read_words
    >>> [is_against(read_words(t)) for t in ("The mayor denied it.", "He did not deny it.", "It rained.")]
    [True, False, False]
    """
    found = words.cues & AGAINST
    if not found:
        return False
    return not {"negation", "deny"} <= found


def _is_negative(asked: Asked, text: str, words: Words, commitment: Commitment | None) -> bool:
    """Whether the text puts the matter of the claim as not so: by its stance, else in the clause nearest the claim."""
    if commitment and commitment.stance == "denies":
        return True
    clauses = [found for part in CLAUSE.split(text[:LONGEST]) if (found := read_words(part)).terms]
    nearest = max(clauses, key=lambda clause: len(clause.terms & asked.words.terms), default=words)
    if is_against(nearest):
        return True
    # The certainty is of the main event, which another clause may tell.
    certainty = (commitment.certainty if commitment else None) or ""
    return len(clauses) < 2 and certainty.endswith("-")


def has_antonym(mine: Iterable[str], theirs: frozenset[str]) -> bool:
    """Whether a term of one is the opposite of a term of the other."""
    return any(_opposites().get(term, frozenset()) & theirs for term in mine)


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """Terms as `content_words` gives them, each with those of its opposites."""
    found: dict[str, frozenset[str]] = {}
    for row in lexicon("antonyms.tsv"):
        one, other = content_words(row["one"]), content_words(row["other"])
        for mine, theirs in ((one, other), (other, one)):
            for term in mine - theirs:
                found[term] = found.get(term, frozenset()) | (theirs - mine)
    return found


def bears_numbers(claim: str, text: str) -> str:
    """SAYS where the text has every number that the claim counts with, or one within its range; else OTHER.

    OPEN where it has no number.

    >>> bears_numbers("3,000 troops arrived", "Some 10,000 troops have arrived")
    'gives another figure'
    >>> bears_numbers("More than 2,000 troops arrived", "3,000 troops have arrived")
    'says so'
    >>> bears_numbers("Twelve troops arrived", "Troops have arrived")
    'leaves it open'
    """
    mine, theirs = _counts(claim), _counts(text)
    every = [bound for bounds in theirs.values() for bound in bounds]
    for noun in sorted(mine.keys() - {""}):
        near = theirs.get(noun, every)
        if not all(any(_bears(b, a) for b in near) for a in mine[noun]):
            return OTHER if near else OPEN
    return SAYS


Bound = tuple[float, float, float]  # as printed, least, most


def _bears(said: Bound, claimed: Bound) -> bool:
    """Whether a number said bears out a number claimed: the same as printed, or within its range."""
    return said[0] == claimed[0] or (claimed[1] <= said[1] and said[2] <= claimed[2])


def _counts(text: str) -> dict[str, list[Bound]]:
    """The range of each number by the first word behind it that says something, "" where there is none."""
    found: dict[str, list[Bound]] = {}
    tokens = list(TOKEN.finditer(text))
    for k, token in enumerate(tokens):
        value = _value(token.group())
        if value is None:
            continue
        behind = [t.group().lower() for t in tokens[k + 1 : k + 4]]
        nouns = [word for word in behind if word not in stop_words() and not word[0].isdigit()]
        before = text[max(0, token.start() - BEFORE) : token.start()]
        found.setdefault(stem(nouns[0]) if nouns else "", []).append(_bound(value, before))
    return found


def _value(word: str) -> float | None:
    digits = word.replace(",", "")
    if YEAR.fullmatch(digits):
        return None
    if digits[:1].isdigit():
        return float(digits) if PLAIN.fullmatch(digits) else None
    number = number_of(word)
    return None if number is None else float(number)


def _bound(value: float, before: str) -> Bound:
    words = before.lower().rstrip(" $€£")
    for form, sense in _hedges():
        if words.endswith(form) and not words[: -len(form)][-1:].isalpha():
            least, most = {"above": (value, float("inf")), "below": (float("-inf"), value)}.get(sense, (value, value))
            return value, least, most
    return value, value, value


@cache
def _hedges() -> tuple[tuple[str, str], ...]:
    """Hedges before a number, the longest first."""
    rows = [(row["words"], row["sense"]) for row in lexicon("hedges.tsv") if row["place"] == "before"]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))
