"""One side that takes another stand on a matter later: from not knowing to expecting, from possible to certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, plain_terms
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.polarity import AHEAD, TO_COME, is_ahead
from onrecord.link.gates.scope import may_be_one
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import core_words, is_clause, shared_roots
from onrecord.link.kinds.quantities import gives_other_numbers
from onrecord.link.kinds.repeats import MOST
from onrecord.link.meaning import likeness
from onrecord.link.remembering import remembered
from onrecord.link.words import overlap
from onrecord.model import Link
from onrecord.resources import settings_file

SURER = ("U", "PS", "PR", "CT")  # FactBank's levels
SHARED = 2  # terms of a forecast and what came of it
HALF, TWO_THIRDS = 1 / 2, 2 / 3
LONG = 40  # words of a content that is a speech, and not sure or unsure as a whole
MOVES = frozenset("asserts confirms denies estimates predicts speculates warns".split())


def find_changes(a: Entry, b: Entry) -> Iterator[Link]:
    """`updates` from a later statement of a side to its earlier one about the same, where its certainty moved."""
    settings = settings_file("relations.toml")["bars"]
    taken: set[str] = set()
    for score, early, late in sorted(_pairs(a, b), key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        if score >= _bar(early, late, settings) and early.statement.id not in taken:
            taken.add(early.statement.id)  # one later statement may move several earlier ones
            before, after = (t.statement.commitment.certainty for t in (early, late))
            words = f"the same side on the same matter, a later day: {before} then {after}"
            yield make_link("updates", late, early, "same-side-later-stand", words, round(score, 4))


def find_outcomes(a: Entry, b: Entry) -> Iterator[Link]:
    """`updates` from what came of it, whoever tells it, to a forecast, a warning or a promise."""
    found: list[tuple[float, Told, Told]] = []
    for here, there in ((a, b), (b, a)):
        if here.report.id == there.report.id:
            return
        for ahead in filter(_is_foreseen, here.told):
            later = (t for t in there.sharing(ahead, SHARED) if ahead.order[0] < t.order[0] < "9999")
            found += [(score, ahead, after) for after in later if (score := _outcome(ahead, after))]
    taken: set[str] = set()
    for score, ahead, after in sorted(found, key=lambda x: (-round(x[0], 9), x[1].order, x[2].order)):
        if taken.isdisjoint((ahead.statement.id, after.statement.id)):
            taken |= {ahead.statement.id, after.statement.id}
            words = "a later forecast" if is_ahead(after) else "what came of it"
            yield make_link("updates", after, ahead, "forecast-later-told", words, round(min(0.9, score), 4))


@remembered
def _is_foreseen(one: Told) -> bool:
    """Whether somebody tells what is to come: who speculates may speak of what was."""
    is_past = one.statement.commitment.stance == "speculates" and not TO_COME.search(one.statement.content.quote)
    return is_ahead(one) and is_clause(one) and not is_past


def _outcome(ahead: Told, after: Told) -> float:
    """How sure it is, 0..1, that the later tells what came of what was to come."""
    settings = settings_file("relations.toml")["bars"]
    commitment = after.statement.commitment
    if commitment.attitude != "speech" or commitment.stance not in (MOVES | AHEAD) or not is_clause(after):
        return 0.0
    if after.statement.condition:
        return 0.0
    if not may_be_one(ahead, after, due=True) or (is_ahead(after) and not gives_other_numbers(ahead, after)):
        return 0.0
    shared = ahead.terms & after.terms
    is_told = bool(shared & plain_terms(ahead) - ahead.entry.names) and bool(shared & ahead.entry.names)
    may_be_told = overlap(ahead.terms, after.terms) >= TWO_THIRDS and is_one_voice(ahead, after)
    if not is_told and not may_be_told:
        return 0.0
    score = likeness(ahead.statement.content.quote, after.statement.content.quote)
    if is_told and score >= settings["came_sense"]:
        return score
    enough = may_be_told and score >= settings["told_sense"]
    return score if enough and is_one_matter(ahead.entry, after.entry) else 0.0


def _pairs(a: Entry, b: Entry) -> Iterator[tuple[float, Told, Told]]:
    """(likeness in meaning, earlier, later) of statements of one side about one thing, put with another certainty."""
    least = settings_file("relations.toml")["bars"]["moved_terms"]
    for one in (t for t in a.told if _takes_a_stand(t)):
        others = {o.statement.id: o for voice in one.voices for o in b.by_voice.get(voice, ())[:MOST]}
        for other in others.values():
            if not _takes_a_stand(other) or not is_one_voice(one, other) or len(_common(one, other)) < least:
                continue
            early, late = sorted((one, other), key=lambda t: t.order)
            if early.order[0] < late.order[0] < "9999" and _moved(early, late) and _is_comparable(early, late):
                yield likeness(early.statement.content.quote, late.statement.content.quote), early, late


def _common(one: Told, other: Told) -> frozenset[str]:
    """Terms that both have: no names, but the speaker where both speak of themselves."""
    speakers = {one.statement.speaker.entity, other.statement.speaker.entity}
    return (plain_terms(one) & plain_terms(other)) | (
        one.terms & other.terms & speakers if len(speakers) == 1 else frozenset()
    )


def _share_half(early: Told, late: Told) -> bool:
    """Whether each of two contents has half of the other's words: one side says many things of one matter."""
    mine, theirs = core_words(early), core_words(late)
    return 2 * min(len(shared_roots(mine, theirs)), len(shared_roots(theirs, mine))) >= max(len(mine), len(theirs)) > 0


@remembered
def _takes_a_stand(one: Told) -> bool:
    commitment = one.statement.commitment
    plain = commitment.attitude == "speech" and commitment.stance in MOVES and not one.statement.refers_to
    return plain and one.statement.condition is None and commitment.certainty is not None


def _is_comparable(early: Told, late: Told) -> bool:
    """Whether two contents are single claims with half of their words shared, or one leaves its matter open."""
    if early.statement.commitment.certainty == "U":
        return True
    if not _share_half(early, late):
        return False
    if late.statement.commitment.certainty == "U":
        return True
    are_claims = all(is_clause(t) and len(t.statement.content.quote.split()) <= LONG for t in (early, late))
    return are_claims and overlap(early.terms, late.terms) >= HALF


def _bar(early: Told, late: Told, settings: Any) -> float:
    """How alike the two must be: less where one of them leaves the matter open."""
    certainties = {early.statement.commitment.certainty, late.statement.commitment.certainty}
    is_open = "U" in certainties or certainties == {"CT+", "CT-"}
    return float(settings["moved" if is_open else "moved_sure"])


def _moved(early: Told, late: Told) -> bool:
    """Whether certainty rose from open or possible, or fell back to it, or one speaker turned to the opposite."""
    if {t.statement.commitment.certainty for t in (early, late)} == {"CT+", "CT-"}:
        return early.statement.speaker.entity == late.statement.speaker.entity  # "I will stay", then "I will not"
    before, after = ((t.statement.commitment.certainty or "U")[:2] for t in (early, late))
    levels = {SURER.index(before if before in SURER else "U"), SURER.index(after if after in SURER else "U")}
    return len(levels) == 2 and min(levels) <= 1
