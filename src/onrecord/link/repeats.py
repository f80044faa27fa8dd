"""The same side saying alike again, in another report or further down."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, numbers_in
from onrecord.link.matter import is_one_matter
from onrecord.link.meaning import likeness
from onrecord.link.origins import is_copied
from onrecord.link.quantities import gives_other_numbers
from onrecord.link.scope import days_of
from onrecord.link.words import LEAST, WORD, Banding, jaccard
from onrecord.model import Copy, Link
from onrecord.resources import settings_file

BANDING = Banding(bands=8, rows=2)  # asked of one side: alike in half of their words meet in 90 of 100 cases
AHEAD = frozenset("warns predicts speculates proposes promises".split())
MOST = 300  # statements of one side in one report that are looked at: speeches and court records have thousands


def find_repeats(a: Entry, b: Entry) -> Iterator[Link]:
    """Links between statements of one side that say alike, from the later to the earlier.

    Each statement is matched with one of the other report at most, the most alike first: a text printed
    twice gives as many links as it has statements, not their square.
    """
    taken: set[str] = set()
    for score, early, late in sorted(_pairs(a, b), key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        if taken.isdisjoint((early.statement.id, late.statement.id)):
            taken |= {early.statement.id, late.statement.id}
            words = f"the same side says alike, {score:.0%} of the words shared"
            yield make_link("repeats", late, early, "same-side-same-words", words, min(0.95, 0.4 + score / 2))


def find_copied(a: Entry, b: Entry, copy: Copy) -> Iterator[Link]:
    """Links between statements that stand in a passage which one report took from the other, whoever speaks."""
    for one in a.told:
        for other in b.told:
            if is_copied(one, other, copy):
                early, late = sorted((one, other), key=lambda t: t.order)
                yield make_link("repeats", late, early, "copied-statement", "taken over with the words around it", 0.95)


def _pairs(a: Entry, b: Entry) -> Iterator[tuple[float, Told, Told]]:
    """(likeness, earlier, later) of statements of one side and one stance."""
    bar = float(settings_file("relations.toml")["bars"]["same_words"])
    for one in a.told:
        others = {o.statement.id: o for side in one.side for o in b.by_side.get(side, ())[:MOST]}
        for other in others.values():
            same = one.statement.id == other.statement.id
            if same or not _may_repeat(one, other):
                continue
            score = _likeness(one, other)
            if score >= bar and not gives_other_numbers(one, other):
                early, late = sorted((one, other), key=lambda t: t.order)
                yield score, early, late


def _likeness(one: Told, other: Told) -> float:
    """1 for the same words; else the terms they share, or how alike they are in meaning. 0 for too few terms."""
    if one.entry.report.id != other.entry.report.id and _words(one) == _words(other):
        return 1.0 if len(_words(one)) >= LEAST else 0.0
    if _days_moved(one, other):
        return 0.0
    if min(len(one.terms), len(other.terms)) < LEAST:
        return _sense(one, other) if _is_one_occasion(one, other) else 0.0
    return max(jaccard(one.terms, other.terms), _sense(one, other))


def _is_one_occasion(one: Told, other: Told) -> bool:
    """Whether one speaker says both on one day, in two reports of one matter."""
    speaker = one.statement.speaker.entity
    same = speaker is not None and speaker == other.statement.speaker.entity and one.order[0] == other.order[0] < "9999"
    return same and one.entry.report.id != other.entry.report.id and is_one_matter(one.entry, other.entry)


def _words(one: Told) -> list[str]:
    return WORD.findall(one.statement.content.quote.lower())


def _days_moved(one: Told, other: Told) -> bool:
    """Whether each speaks of days that the other does not: this year's budget and the next."""
    mine, theirs = days_of(one), days_of(other)
    return bool(mine and theirs) and not mine & theirs


def _may_repeat(one: Told, other: Told) -> bool:
    """Whether the stances are one, or both look ahead: a warning said again may be put as a possibility."""
    stances = {one.statement.commitment.stance, other.statement.commitment.stance}
    return len(stances) == 1 or stances <= AHEAD


def _sense(one: Told, other: Told) -> float:
    """Likeness in meaning where enough words are shared and both or neither are conditional, else 0."""
    settings = settings_file("relations.toml")["bars"]
    least = 1 if _is_one_occasion(one, other) else settings["sense_terms"]
    if len(one.terms & other.terms) < least or _is_conditional(one) != _is_conditional(other):
        return 0.0
    if numbers_in(one) != numbers_in(other):
        return 0.0  # the encoder hardly sees numbers
    found = likeness(one.statement.content.quote, other.statement.content.quote)
    return found if found >= settings["sense"] else 0.0


def _is_conditional(one: Told) -> bool:
    return one.statement.condition is not None


def repeat_keys(entry: Entry) -> frozenset[str]:
    """Block keys: whom a statement speaks for, with the min-hashes of what it is about."""
    return frozenset(f"{side}:{key}" for one in entry.told for side in one.side for key in BANDING.keys(one.terms))
