"""Whom a quoted speaker quotes: '"My mother told me that the roof leaked," she said.'; the plainest form alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from onrecord.annotate.rules.candidates import Candidate
from onrecord.annotate.rules.clauses import find_candidates
from onrecord.annotate.rules.selection import settle
from onrecord.annotate.rules.turns import Stretch
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.tokens import inflect, read_tokens, verb_forms
from onrecord.model import Quotation
from onrecord.resources import settings_file

WITHIN = "within"  # the trait of one that stands in another's quotation
HEARERS = ("me", "us")
LONGEST = 2000  # code points of a quotation that is looked into


def with_told(text: str, stretches: Sequence[Stretch], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each quoted one followed by what it says that somebody else, named or described, told or said."""
    quotations = {quotation.span: quotation for one in stretches for quotation in one.words.quotes.values()}
    found: list[Candidate] = []
    for candidate in candidates:
        found.append(candidate)
        for span in candidate.content if candidate.direct else ():
            quotation = quotations.get(span)
            if quotation is not None and len(span) <= LONGEST and _passing().search(quotation.inner.of(text)):
                found += _told(text, quotation, candidate.stretch)
    return found


def _told(text: str, quotation: Quotation, stretch: int) -> list[Candidate]:
    found = []
    for span in split_sentences(text, quotation.inner):
        words = read_tokens(text, span, ())
        for one in settle(find_candidates(words)):
            opens = bool(one.source) and one.source[0].start == words.starts[0] and words.tags[0] in "DPAN"
            plain = one.frame == "that" and one.cue.lemma in passing() and not one.features & {"modal", "negated"}
            plain = plain and words.lower[bisect_left(words.starts, one.cue_span.end)] in HEARERS
            if opens and plain:
                one.features.add(WITHIN)
                one.stretch = stretch
                found.append(one)
    return found


@cache
def passing() -> frozenset[str]:
    """Verbs with which a speaker passes on what somebody told."""
    return frozenset(settings_file("attribution.toml")["passing"])


@cache
def _passing() -> re.Pattern[str]:
    forms = sorted({form for verb in passing() for form in verb_forms().get(verb) or inflect(verb)})
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")
