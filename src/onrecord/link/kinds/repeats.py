"""The same side saying alike again, in another report or further down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told, numbers_in, plain_terms
from onrecord.link.gates.bounds import TELLING
from onrecord.link.gates.matter import is_one_matter
from onrecord.link.gates.polarity import AHEAD, polarity_of
from onrecord.link.gates.scope import days_of
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.kinds.quantities import gives_other_numbers
from onrecord.link.meaning import likeness
from onrecord.link.origins import copied_share
from onrecord.link.remembering import remembered
from onrecord.link.words import LEAST, WORD, Banding, jaccard
from onrecord.model import Copy, Link
from onrecord.resources import settings_file

BANDING = Banding(bands=8, rows=2)  # asked of one side: alike in half of their words meet in 90 of 100 cases
ALIKE = Banding(bands=6, rows=3)  # asked of anybody: alike in two thirds of their words meet in 88 of 100 cases
FEW = 3  # shared terms, on one occasion, that are enough to go by words
NEAR = 3  # days within which one speaker speaks of one matter
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
    """Links between statements that stand in a passage which one report took from the other, whoever speaks.

    A number that an edited version of the article puts in the place of another is no repetition, and neither is what
    one of the two denies.
    """
    is_edited = a.report.uri is not None and a.report.uri == b.report.uri
    found: list[tuple[float, Told, Told]] = []
    for one, other in product(a.told, b.told):
        share = copied_share(one, other, copy)
        if share and polarity_of(one) == polarity_of(other) and not (is_edited and gives_other_numbers(one, other)):
            early, late = sorted((one, other), key=lambda t: t.order)
            found.append((share, early, late))
    taken: set[str] = set()
    for _, early, late in sorted(found, key=lambda pair: (-round(pair[0], 9), pair[1].order, pair[2].order)):
        if taken.isdisjoint((early.statement.id, late.statement.id)):
            taken |= {early.statement.id, late.statement.id}
            yield make_link("repeats", late, early, "copied-statement", "taken over with the words around it", 0.95)


def _pairs(a: Entry, b: Entry) -> Iterator[tuple[float, Told, Told]]:
    """(likeness, earlier, later) of statements of one side and one stance."""
    bar = float(settings_file("relations.toml")["bars"]["same_words"])
    for one in a.told:
        others = {o.statement.id: o for voice in one.voices for o in b.by_voice.get(voice, ())[:MOST]}
        for other in others.values():
            same = one.statement.id == other.statement.id
            if same or not _may_repeat(one, other) or not is_one_voice(one, other):
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
        if not _is_one_occasion(one, other):
            return 0.0
        few = len(one.terms & other.terms) < FEW
        return _sense(one, other) if few else max(jaccard(one.terms, other.terms), _sense(one, other))
    return max(jaccard(one.terms, other.terms), _sense(one, other))


def _is_one_occasion(one: Told, other: Told) -> bool:
    """Whether one speaker says both within three days, in two reports of one matter, and of one sign."""
    speaker = one.statement.speaker.entity
    same = speaker is not None and speaker == other.statement.speaker.entity and polarity_of(one) == polarity_of(other)
    return (
        same
        and _days_apart(one, other) <= NEAR
        and one.entry.report.id != other.entry.report.id
        and is_one_matter(one.entry, other.entry)
    )


def _days_apart(one: Told, other: Told) -> int:
    try:
        return abs(date.fromisoformat(one.order[0]) - date.fromisoformat(other.order[0])).days
    except ValueError:
        return NEAR + 1


@remembered
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
    near = _is_one_occasion(one, other)
    least = 1 if near else settings["sense_terms"]
    if len(one.terms & other.terms) < least:
        return 0.0
    if _is_conditional(one) != _is_conditional(other) and not _both_ahead(one, other):
        return 0.0  # what may come always hangs on something
    if numbers_in(one) != numbers_in(other):
        return 0.0  # the encoder hardly sees numbers
    found = likeness(one.statement.content.quote, other.statement.content.quote)
    is_numbered = near and any(max(filter(None, ends), default=0) >= TELLING for ends in numbers_in(one))
    bar = "sense" if not near else "number_sense" if is_numbered and len(one.terms & other.terms) > 1 else "voice_sense"
    return max(found, settings["same_words"]) if found >= settings[bar] else 0.0


def _both_ahead(one: Told, other: Told) -> bool:
    return {one.statement.commitment.stance, other.statement.commitment.stance} <= AHEAD


def _is_conditional(one: Told) -> bool:
    return one.statement.condition is not None


def repeat_keys(entry: Entry) -> frozenset[str]:
    """Block keys: whom a statement speaks for, with the min-hashes of what it is about."""
    return frozenset(f"{voice}:{key}" for one in entry.told for voice in one.voices for key in BANDING.keys(one.terms))


def wording_keys(entry: Entry) -> frozenset[str]:
    """Block keys for whoever says alike: the min-hashes of what a content is about apart from names and numbers.

    Nothing else brings two together that name nobody alike.
    """
    bare = (plain_terms(one) - one.names for one in entry.told if not one.statement.figures)
    return frozenset(f"w:{key}" for terms in bare for key in ALIKE.keys(terms))
