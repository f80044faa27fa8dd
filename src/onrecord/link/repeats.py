"""The same side saying alike again, in another report or further down."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import product

from onrecord.link.answers import make_link
from onrecord.link.entry import Entry, told
from onrecord.link.words import jaccard
from onrecord.model import Link
from onrecord.resources import settings_file

HASHES = 6  # min-hashes a statement: two with half of their words in common meet with probability 0.98
LEAST = 4  # terms: shorter contents say too little to be recognised


def find_repeats(a: Entry, b: Entry) -> Iterator[Link]:
    """Links between statements of one side that say alike, from the later to the earlier."""
    bar = float(settings_file("thresholds.toml")["relations"]["same_words"])
    for one, other in product(told(a), told(b)):
        if a.report.id == b.report.id and one.order >= other.order:
            continue
        if min(len(one.terms), len(other.terms)) < LEAST or not one.side & other.side:
            continue
        score = jaccard(one.terms, other.terms)
        if score >= bar and one.statement.commitment.stance == other.statement.commitment.stance:
            early, late = sorted((one, other), key=lambda t: t.order)
            words = f"the same side says alike, {score:.0%} of the words shared"
            yield make_link("repeats", late, early, "same-side-same-words", words, min(0.95, 0.4 + score / 2))


def repeat_keys(entry: Entry) -> frozenset[str]:
    """Block keys: min-hashes of what each statement is about (Broder 1997)."""
    return frozenset(
        f"m{k}:{value:08x}"
        for terms in entry.terms.values()
        if len(terms) >= LEAST
        for k, value in enumerate(_min_hashes(terms))
    )


def _min_hashes(terms: frozenset[str]) -> Iterator[int]:
    encoded = [term.encode() for term in terms]
    for k in range(HASHES):
        yield min(zlib.crc32(term, k * 0x9E3779B1 & 0xFFFFFFFF) for term in encoded)
