"""Statements of different sides about one thing: a second origin says the same, or the two cannot both be so.

Gates in order: both put it forward as so; the reports are of one matter; enough words are shared; days and places
do not differ; then number, polarity or antonym; last of all, whether the two go back to one origin. Where a gate
cannot tell, nothing is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
FEWEST = 2  # terms that two statements share


def find_agreement(a: Entry, b: Entry, copy: Copy | None = None) -> Iterator[Link]:
    """`corroborates`, `contradicts` and `repeats` between two reports, or within one, of what two sides say."""
    if a.report.id != b.report.id and not is_one_matter(a, b):
        return
    backing: list[tuple[float, Told, Told]] = []
    denying: list[tuple[float, Told, Told]] = []
    for one, other in _pairs(a, b):
        early, late = sorted((one, other), key=lambda t: t.order)
        if not may_be_one(early, late):
            continue
        if _excludes(early, late):
            words = "both cannot be so of the same time and place"
            yield make_link("contradicts", late, early, "opposite-words", words, 0.6)
        elif (score := _denying(early, late)) > 0:
            denying.append((score, early, late))
        elif (score := _backing(early, late)) > 0:
            backing.append((score, early, late))
    for score, early, late in _one_each(denying):
        yield make_link("denies", late, early, "denies-in-own-words", "says that it is not so", min(0.9, score))
    for _, early, late in _one_each(backing):
        yield from _back(early, late, copy)


def _one_each(found: Iterable[tuple[float, Told, Told]]) -> Iterator[tuple[float, Told, Told]]:
    """The best pairs, each statement in one."""
    taken: set[str] = set()
    for score, early, late in sorted(found, key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        if taken.isdisjoint((early.statement.id, late.statement.id)):
            taken |= {early.statement.id, late.statement.id}
            yield score, early, late


def _back(early: Told, late: Told, copy: Copy | None) -> Iterator[Link]:
    verdict = compare_origins(early, late, copy)
    share = overlap(early.terms, late.terms)
    if verdict.independence == INDEPENDENT:
        words = f"{share:.0%} of the words shared; {verdict.reason.words}"
        yield make_link("corroborates", late, early, "other-side-same-claim", words, min(0.9, 0.3 + share / 2))
    elif verdict.independence == SAME and early.entry.report.id != late.entry.report.id:
        words = f"{share:.0%} of the words shared; {verdict.reason.words}"
        yield make_link("repeats", late, early, "same-origin-same-claim", words, min(0.9, 0.3 + share / 2))


def _pairs(a: Entry, b: Entry) -> Iterator[tuple[Told, Told]]:
    """Pairs of statements put forward as so by different sides that share a few terms."""
    for one in (t for t in a.told if _is_put_forward(t)):
        counts = Counter(t.statement.id for term in one.terms for t in b.by_term.get(term, ()))
        for other in (t for t in b.told if counts[t.statement.id] >= FEWEST and _is_put_forward(t)):
            if not one.side & other.side and (a.report.id != b.report.id or one.order < other.order):
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
    settings = settings_file("relations.toml")["bars"]
    mine, theirs = numbers_in(one), numbers_in(other)
    if _polarity(one) != _polarity(other) or gives_other_numbers(one, other) or (mine and theirs and not mine & theirs):
        return 0.0
    share = overlap(one.terms, other.terms)
    enough = share >= settings["backs"] and len(one.terms & other.terms) >= settings["backs_terms"]
    if not (enough and len(plain_terms(one) & plain_terms(other)) >= FEWEST) and not mine & theirs:
        return 0.0
    sense = likeness(one.statement.content.quote, other.statement.content.quote)
    return share if sense >= settings["backs_sense"] else 0.0


def _denying(early: Told, late: Told) -> float:
    """How sure it is, 0..1, that the later says in words of its own that the earlier is not so."""
    settings = settings_file("relations.toml")["bars"]
    if (_polarity(early), _polarity(late)) != ("+", "-") or late.statement.commitment.stance == "denies":
        return 0.0
    if not plain_terms(early) & plain_terms(late) or numbers_in(late) - numbers_in(early):
        return 0.0
    sense = likeness(early.statement.content.quote, late.statement.content.quote)
    return sense if sense >= settings["denies_sense"] else 0.0


def _excludes(one: Told, other: Told) -> bool:
    """Whether the later affirms what the earlier said is not so, or the two are alike but for one antonym."""
    settings = settings_file("relations.toml")["bars"]
    shared = len(one.terms & other.terms)
    if shared < settings["opposes_terms"] or jaccard(one.terms, other.terms) < settings["opposes"]:
        return False
    opposite = (_polarity(one), _polarity(other)) == ("-", "+")
    return opposite or _has_antonym(one.terms - other.terms, other.terms - one.terms)


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
