"""Whether a content says that something is, is not, or is to come: by its certainty, and by its own words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.link.entry import Told
from onrecord.link.remembering import remembered
from onrecord.link.words import WORD, one_word, stem
from onrecord.resources import settings_file

AHEAD = frozenset("warns predicts speculates proposes promises".split())
CLAUSE = re.compile(
    r"[,;:—–]|\b(?:because|if|unless|until|who|which|when|while|whether|although|though)\b", re.IGNORECASE
)
NEGATION = re.compile(r"\b(?:(?<!with )no|not|cannot|never|nobody|none|neither|nothing)\b|n[’']t\b", re.IGNORECASE)
TO_COME = re.compile(
    r"\b(?:will|shall|won[’']t|going\s+to|(?:is|are|was|were)\s+(?:due\s+|expected\s+|likely\s+|set\s+)?to)\s|\bwould\s",
    re.IGNORECASE,
)

HAS = re.compile(r"\b(?:has|have|had)\s(?!to\b)", re.IGNORECASE)


@remembered
def polarity_of(one: Told) -> str:
    """What sign a content has: "+", or "-" where something is not so."""
    return (
        "-"
        if (one.statement.commitment.certainty or "")[-1:] == "-" or is_negated(one.statement.content.quote)
        else "+"
    )


@lru_cache(maxsize=10_000)
def is_negated(content: str) -> bool:
    """Whether the first clause of a content says no: "no guard struck him", not "no more than 40 came", "not 17".

    >>> is_negated("no guard struck him"), is_negated("no more than 40 came"), is_negated("he left, which was not wise")
    (True, False, False)
    >>> is_negated("this is not the first time that they have fired from there")
    False
    """
    clause = first_clause(content)
    for found in NEGATION.finditer(clause):
        after = clause[found.end() :].lower().split(maxsplit=2)
        bounds = {" ".join(after[:1]), " ".join(after[:2])} & _bounds()
        if not after or not (after[0][0].isdigit() or bounds):
            return True
    return False


def first_clause(content: str) -> str:
    """The words up to the first comma or joining word that does not open the content."""
    bare = content.strip(" \"“”'‘’")
    bare = re.sub(r"^that\s+", "", bare, flags=re.IGNORECASE)
    cut = next((m.start() for m in CLAUSE.finditer(bare) if m.start() > 0), len(bare))
    return bare[:cut]


@remembered
def leaves_matter_alone(one: Told) -> bool:
    """Whether what is denied is only that the speaker knows, recalls, says or discusses it."""
    words = {one_word(word) for word in WORD.findall(first_clause(one.statement.content.quote).lower())}
    return bool(words & _says_nothing())


@remembered
def tells_of_a_denial(one: Told) -> bool:
    """Whether a content passes on that somebody denies something: "that Korda denies having taken the money"."""
    return _denying().search(first_clause(one.statement.content.quote)) is not None


@remembered
def is_ahead(one: Told) -> bool:
    """Whether a statement says what will be: by its stance, or by the verb of its first clause."""
    commitment = one.statement.commitment
    if commitment.attitude != "speech" or one.statement.condition is not None:
        return False
    first = one.statement.content.spans[0].of(one.entry.report.text)  # not what is added: "in what would be a first"
    return commitment.stance in AHEAD or bool(TO_COME.search(first_clause(first or one.statement.content.quote)))


@remembered
def has_come(one: Told) -> bool:
    """Whether a statement says what has come about: "the gates have been opened"."""
    return not is_ahead(one) and bool(HAS.search(first_clause(one.statement.content.quote)))


@cache
def _denying() -> re.Pattern[str]:
    told = "|".join((*settings_file("relations.toml")["denials"]["told"], "denying"))
    return re.compile(rf"(?<!be )(?<!been )\b(?:{told})\b", re.IGNORECASE)


@cache
def _bounds() -> frozenset[str]:
    return frozenset(settings_file("relations.toml")["denials"]["bounds"])


@cache
def _says_nothing() -> frozenset[str]:
    words = settings_file("relations.toml")["denials"]["none"]
    return frozenset(one_word(word) for word in words) | {stem(word) for word in words}
