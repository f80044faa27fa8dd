"""Statements of different sides about one thing: a second origin says the same, or the two cannot both be so.

Gates in order: both put it forward as so; the reports are of one matter; enough words are shared; days and places
do not differ; then number, polarity or antonym; last of all, whether the two go back to one origin. Where a gate
cannot tell, nothing is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from onrecord.link.credits import credits_of, outlet_credited, outlet_of
from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, numbers_in, plain_terms, worded_terms
from onrecord.link.gates.matter import is_one_matter, speak_of_one
from onrecord.link.gates.ordering import order_in, tell_the_reverse
from onrecord.link.gates.polarity import has_come, is_ahead, leaves_matter_alone, polarity_of, tells_of_a_denial
from onrecord.link.gates.scope import may_be_one
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import alike, core_words, is_clause, may_meet, shared_roots
from onrecord.link.kinds.answers import kind_of_answer
from onrecord.link.kinds.quantities import counts_some, gives_other_numbers, heads_of, numbers_meet
from onrecord.link.meaning import likeness
from onrecord.link.origins import INDEPENDENT, SAME, compare_origins
from onrecord.link.remembering import remembered
from onrecord.link.words import jaccard, one_word, overlap
from onrecord.model import Copy, Link
from onrecord.resources import lexicon, settings_file

PUT_FORWARD = frozenset("asserts confirms estimates".split())
FEWEST = 2  # terms that two statements share
TWO_THIRDS = 2 / 3
LONG, BURIED = 30, 2.0  # words of a content that says much, and how many times those of the shorter


def find_agreement(a: Entry, b: Entry, copy: Copy | None = None) -> Iterator[Link]:
    """`corroborates`, `contradicts`, `denies` and `repeats` between two reports, or within one, of two sides."""
    backing: list[tuple[float, Told, Told]] = []
    denying: list[tuple[float, Told, Told]] = []
    for one, other in _pairs(a, b):
        early, late = sorted((one, other), key=lambda t: t.order)
        if not may_be_one(early, late) or not speak_of_one(early, late):
            continue
        if (score := _excludes(early, late)) and _are_two(early, late, copy):
            words = "both cannot be so of the same time and place"
            yield make_link("contradicts", late, early, "opposite-words", words, score)
        elif (score := _denying(early, late)) and _are_two(early, late, copy):
            denying.append((score, early, late))
        elif (score := _backing(early, late)) > 0:
            backing.append((score, early, late))
    for early, late in _granted(a, b):
        if _are_two(early, late, copy):
            yield make_link(
                "contradicts", late, early, "affirms-what-was-denied", "says that what was denied is so", 0.6
            )
    for score, early, late in _one_each(denying):
        yield make_link("denies", late, early, "denies-in-own-words", "says that it is not so", min(0.9, score))
    for _, early, late in _one_each(backing):
        yield from _back(early, late, copy)


def _granted(a: Entry, b: Entry) -> Iterator[tuple[Told, Told]]:
    """(earlier, later) where the later affirms what another speaker before it denied, or said is not so."""
    settings = settings_file("relations.toml")["bars"]
    for here, there in ((a, b), (b, a)) if a.report.id != b.report.id else ((a, a),):
        for early in filter(_is_denial, here.told):
            for late in there.sharing(early, FEWEST):
                if not early.order < late.order or not _affirms(late) or early.overlaps(late):
                    continue
                if early.statement.speaker.entity == late.statement.speaker.entity:
                    continue
                share = overlap(early.terms, late.terms)
                if share < TWO_THIRDS or jaccard(early.terms, late.terms) < settings["negated_words"]:
                    continue
                enough = may_be_one(early, late) and speak_of_one(early, late)
                bar = settings["granted_sense" if share == 1 else "denies_sense"]
                if enough and _sense(early, late) >= bar:
                    yield early, late


@remembered
def _is_denial(one: Told) -> bool:
    commitment = one.statement.commitment
    return commitment.stance == "denies" and commitment.certainty == "CT-" and not one.statement.refers_to


@remembered
def _affirms(one: Told) -> bool:
    commitment = one.statement.commitment
    plain = _is_put_forward(one) and commitment.certainty == "CT+" and polarity_of(one) == "+"
    return plain and not tells_of_a_denial(one)


def _are_two(early: Told, late: Told, copy: Copy | None) -> bool:
    """Whether the two do not go back to one utterance: nobody denies what he says, in whatever paper."""
    return compare_origins(early, late, copy).independence != SAME


def find_credited(a: Entry, b: Entry) -> Iterator[Link]:
    """`repeats` from a statement whose report credits the outlet of the other to what that outlet reported."""
    if not (_may_credit(a, b) or _may_credit(b, a)):
        return
    found: list[tuple[float, Told, Told]] = []
    for one in a.told:
        for other in b.sharing(one, FEWEST):
            for taking, taken in ((one, other), (other, one)):
                if taking.order[0] >= taken.order[0] and (score := _taking(taking, taken)):
                    found.append((score, taken, taking))
    for score, taken, taking in _one_each(found):
        words = f"it credits {outlet_credited(taking, taken)} and says what was reported there"
        yield make_link("repeats", taking, taken, "credited-statement", words, min(0.9, score))


def _may_credit(entry: Entry, other: Entry) -> bool:
    """Whether a report names the outlet of the other anywhere: only then can a statement in it credit that outlet."""
    if not other.told or not (outlet := outlet_of(other.told[0])):
        return False
    key = ("names", outlet)
    if key not in entry.memory:
        bare = re.sub(r"^the\s", "", outlet, flags=re.IGNORECASE).casefold()
        entry.memory[key] = bare in entry.report.text.casefold() or any(outlet in credits_of(t) for t in entry.told)
    return bool(entry.memory[key])


def _taking(taking: Told, taken: Told) -> float:
    """How sure it is, 0..1, that one passes on what the outlet that it credits reported."""
    settings = settings_file("relations.toml")["bars"]
    if not outlet_credited(taking, taken) or polarity_of(taking) != polarity_of(taken):
        return 0.0
    ends = _ends(taking), _ends(taken)
    if all(ends) and not ends[0] & ends[1]:
        return 0.0  # "up to 900" may become 900 on the way, not 600
    if overlap(worded_terms(taking), worded_terms(taken)) < settings["backs"]:
        return 0.0
    score = likeness(taking.statement.content.quote, taken.statement.content.quote)
    return score if score >= settings["credited_sense"] else 0.0


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
    """Pairs of statements put forward as so by different sides that share a few terms: more of two matters."""
    least = FEWEST if is_one_matter(a, b) else int(settings_file("relations.toml")["bars"]["alike_terms"])
    for one in (t for t in a.told if _is_put_forward(t)):
        for other in filter(_is_put_forward, b.sharing(one, least)):
            if (a.report.id == b.report.id and not one.order < other.order) or not _may_agree(one, other):
                continue
            if not is_one_voice(one, other) and not one.overlaps(other):
                yield one, other


def _may_agree(one: Told, other: Told) -> bool:
    """Whether words, numbers or order are near enough for any of the rules: asked before what costs more."""
    settings = settings_file("relations.toml")["bars"]
    share = overlap(one.terms, other.terms)
    if share >= min(settings["backs"], settings["opposes"], TWO_THIRDS):
        return True
    if numbers_in(one) and numbers_in(other) and (share >= settings["backs_number"] or heads_of(one) & heads_of(other)):
        return True
    return bool(order_in(one.statement.content.quote) and order_in(other.statement.content.quote))


@remembered
def _is_put_forward(one: Told) -> bool:
    commitment = one.statement.commitment
    certain = (commitment.certainty or "U")[:2] in ("CT", "PR")
    plain = commitment.stance in PUT_FORWARD and commitment.attitude == "speech" and not one.statement.refers_to
    return is_clause(one) and plain and certain and not one.statement.condition


def _backing(one: Told, other: Told) -> float:
    """How much of one the other says, 0..1: 0 where words, sense, polarity or numbers differ."""
    settings = settings_file("relations.toml")["bars"]
    mine, theirs = numbers_in(one), numbers_in(other)
    if polarity_of(one) != polarity_of(other) or _numbers_apart(one, other) or bool(mine) != bool(theirs):
        return 0.0
    if counts_some(one) != counts_some(other):
        return 0.0
    if (has_come(one) and is_ahead(other)) or (has_come(other) and is_ahead(one)):
        return 0.0  # what is to come is not backed by what has come about
    share = overlap(one.terms, other.terms)
    if numbers_meet(one, other) or (mine & theirs and share >= settings["backs_number"]):
        return max(share, settings["backs"]) if _sense(one, other) >= settings["backs_sense"] else 0.0
    enough = share >= settings["backs"] and len(one.terms & other.terms) >= settings["backs_terms"]
    if not enough or len(plain_terms(one) & plain_terms(other)) < FEWEST:
        return 0.0
    if _is_buried(one, other):
        return share if _sense(one, other) >= settings["backs_buried"] else 0.0
    if _sense(one, other) >= settings["backs_words"]:
        return share
    words = shared_roots(core_words(one), core_words(other))
    near = len(words) >= FEWEST and one.names & other.names and may_meet(one, other)
    return share if near and share >= settings["backs_share"] and alike(one, other) >= settings["backs_named"] else 0.0


def _is_buried(one: Told, other: Told) -> bool:
    """Whether one content says so much more that a shorter one may share words with it and not what it says."""
    short, long = sorted(len(t.statement.content.quote.split()) for t in (one, other))
    return long > LONG and long > BURIED * short


def _sense(one: Told, other: Told) -> float:
    return likeness(one.statement.content.quote, other.statement.content.quote)


def _numbers_apart(one: Told, other: Told) -> bool:
    """Whether the two give other numbers, none of which meet."""
    if numbers_meet(one, other):
        return False
    mine, theirs = _ends(one), _ends(other)
    return gives_other_numbers(one, other) or bool(mine and theirs and not mine & theirs)


@remembered
def _ends(one: Told) -> frozenset[Decimal]:
    """The ends of the ranges of a content's figures."""
    return frozenset(end for pair in numbers_in(one) for end in pair if end is not None)


def _denying(early: Told, late: Told) -> float:
    """How sure it is, 0..1, that the later says in words of its own that the earlier is not so."""
    settings = settings_file("relations.toml")["bars"]
    if (polarity_of(early), polarity_of(late)) != ("+", "-") or late.statement.commitment.stance == "denies":
        return 0.0
    if not plain_terms(early) & plain_terms(late) or numbers_in(late) - numbers_in(early):
        return 0.0
    if (
        leaves_matter_alone(late)
        or tells_of_a_denial(early)
        or not may_meet(early, late)
        or kind_of_answer(late) == "confirms"
    ):
        return 0.0
    share = overlap(early.terms, late.terms)
    if share < TWO_THIRDS or jaccard(early.terms, late.terms) < settings["negated_words"]:
        return 0.0
    sense = _sense(early, late)
    if sense >= settings["denies_sense"] or share >= settings["negated"]:
        return max(sense, float(settings["denies_sense"]))
    return sense if sense >= settings["negated_sense"] else 0.0


def _excludes(one: Told, other: Told) -> float:
    """How sure it is that the later affirms what the earlier said is not so, or that only one of the two can be.

    Alike but for one antonym, or two accounts of what came first.
    """
    settings = settings_file("relations.toml")["bars"]
    quotes = one.statement.content.quote, other.statement.content.quote
    if tell_the_reverse(*quotes) and likeness(*quotes) >= settings["order_sense"]:
        return 0.6
    shared = len(one.terms & other.terms)
    if shared < settings["opposes_terms"] or jaccard(one.terms, other.terms) < settings["opposes"]:
        return 0.0
    opposite = (polarity_of(one), polarity_of(other)) == ("-", "+") and not leaves_matter_alone(one)
    return 0.6 if opposite or _has_antonym(one.terms - other.terms, other.terms - one.terms) else 0.0


def _has_antonym(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(antonyms().get(term, frozenset()) & theirs for term in mine)


@cache
def antonyms() -> dict[str, frozenset[str]]:
    """Stems -> the stems of their opposites."""
    found: dict[str, set[str]] = {}
    for row in lexicon("antonyms.tsv"):
        one, other = _forms(row["one"]), _forms(row["other"])
        for word in one:
            found.setdefault(word, set()).update(other)
        for word in other:
            found.setdefault(word, set()).update(one)
    return {word: frozenset(others) for word, others in found.items()}


def _forms(word: str) -> frozenset[str]:
    """The stems of a word and of what it may be in the past."""
    return frozenset(one_word(form) for form in (word, f"{word}ed", f"{word}d", f"{word}{word[-1]}ed", f"{word}ing"))
