"""Statements of different sides about one thing: a second origin says the same, or the two cannot both be so.

Gates in order: both put it forward as so; the reports are of one matter; enough words are shared; days and places
do not differ; then number, polarity or antonym; last of all, whether the two go back to one origin. Where a gate
cannot tell, nothing is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, numbers_in, plain_terms
from onrecord.link.matter import is_one_matter
from onrecord.link.meaning import likeness
from onrecord.link.origins import INDEPENDENT, SAME, compare_origins
from onrecord.link.quantities import gives_other_numbers
from onrecord.link.scope import may_be_one
from onrecord.link.words import jaccard, overlap, stem
from onrecord.model import Copy, Link
from onrecord.resources import lexicon, settings_file

PUT_FORWARD = frozenset("asserts confirms estimates".split())


def find_agreement(a: Entry, b: Entry, copy: Copy | None = None) -> Iterator[Link]:
    """`corroborates`, `contradicts` and `repeats` between two reports, or within one, of what two sides say."""
    if a.report.id != b.report.id and not is_one_matter(a, b):
        return
    settings = settings_file("thresholds.toml")["relations"]
    least = int(min(settings["backs_terms"], settings["opposes_terms"]))
    backing: list[tuple[float, Told, Told]] = []
    for one, other in _pairs(a, b, least):
        early, late = sorted((one, other), key=lambda t: t.order)
        if not may_be_one(early, late):
            continue
        if _excludes(early, late):
            words = "both cannot be so of the same time and place"
            yield make_link("contradicts", late, early, "opposite-words", words, 0.6)
        elif (score := _backing(early, late)) > 0:
            backing.append((score, early, late))
    taken: set[str] = set()
    for _, early, late in sorted(backing, key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        if taken.isdisjoint((early.statement.id, late.statement.id)):
            taken |= {early.statement.id, late.statement.id}
            yield from _back(early, late, copy)


def _back(early: Told, late: Told, copy: Copy | None) -> Iterator[Link]:
    verdict = compare_origins(early, late, copy)
    share = overlap(early.terms, late.terms)
    if verdict.independence == INDEPENDENT:
        words = f"{share:.0%} of the words shared; {verdict.reason.words}"
        yield make_link("corroborates", late, early, "other-side-same-claim", words, min(0.9, 0.3 + share / 2))
    elif verdict.independence == SAME and early.entry.report.id != late.entry.report.id:
        words = f"{share:.0%} of the words shared; {verdict.reason.words}"
        yield make_link("repeats", late, early, "same-origin-same-claim", words, min(0.9, 0.3 + share / 2))


def _pairs(a: Entry, b: Entry, least: int) -> Iterator[tuple[Told, Told]]:
    """Pairs of statements put forward as so by different sides that share enough terms."""
    for one in a.told:
        if not _is_put_forward(one):
            continue
        counts = Counter(t.statement.id for term in one.terms for t in b.by_term.get(term, ()))
        for other in b.told:
            if counts[other.statement.id] < least or not _is_put_forward(other) or one.side & other.side:
                continue
            if a.report.id != b.report.id or one.order < other.order:
                yield one, other


def _is_put_forward(one: Told) -> bool:
    commitment = one.statement.commitment
    certain = (commitment.certainty or "U")[:2] in ("CT", "PR")
    plain = commitment.stance in PUT_FORWARD and commitment.attitude == "speech" and not one.statement.refers_to
    return plain and certain and not one.statement.condition


def _polarity(one: Told) -> str:
    return (one.statement.commitment.certainty or "CT+")[-1]


def _backing(one: Told, other: Told) -> float:
    """How much of one the other says, 0..1: 0 where words, sense, polarity or numbers differ."""
    settings = settings_file("thresholds.toml")["relations"]
    share = overlap(one.terms, other.terms)
    if _polarity(one) != _polarity(other) or share < settings["backs"] or gives_other_numbers(one, other):
        return 0.0
    if len(one.terms & other.terms) < settings["backs_terms"] or len(plain_terms(one) & plain_terms(other)) < 2:
        return 0.0
    if numbers_in(one) and numbers_in(other) and not numbers_in(one) & numbers_in(other):
        return 0.0
    sense = likeness(one.statement.content.quote, other.statement.content.quote)
    return share if sense >= settings["backs_sense"] else 0.0


def _excludes(one: Told, other: Told) -> bool:
    """Whether the two are alike but for their polarity, or for one antonym."""
    settings = settings_file("thresholds.toml")["relations"]
    shared = len(one.terms & other.terms)
    if shared < settings["opposes_terms"] or jaccard(one.terms, other.terms) < settings["opposes"]:
        return False
    opposite = _polarity(one) != _polarity(other)
    return opposite != _has_antonym(one.terms - other.terms, other.terms - one.terms)


def _has_antonym(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(antonyms().get(term, frozenset()) & theirs for term in mine)


@cache
def antonyms() -> dict[str, frozenset[str]]:
    """Stems -> the stems of their opposites."""
    found: dict[str, set[str]] = {}
    for row in lexicon("antonyms.tsv"):
        one, other = stem(row["one"]), stem(row["other"])
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
