"""Who speaks in a report, with a letter for each, so that nobody is told apart by colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.export.naming import Names, described
from onrecord.ledger.words import name_key
from onrecord.model import Statement

UNRESOLVED = "?"  # its letter
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks, or several who speak as one."""

    key: str  # entity ids joined with "+", or the words that describe; "?" where nobody could be named
    letter: str  # "A" has most statements; "?" where nobody could be named
    name: str
    entities: tuple[str, ...]
    statements: int

    def is_asked(self, who: str) -> bool:
        """Whether a filter means this voice: by its key, one of its ids, its letter, its name or words of it."""
        if who in (self.key, *self.entities, self.letter):
            return True
        wanted = name_key(who)
        return bool(wanted) and f" {wanted} " in f" {name_key(self.name)} "


def is_unresolved(statement: Statement) -> bool:
    """Whether it stays open who speaks: nobody is named, and no words describe him."""
    speaker = statement.speaker
    return speaker.entity is None and not (speaker.anonymous and statement.source)


def voice_key(statement: Statement) -> str:
    """What is alike for all statements of one voice."""
    speaker = statement.speaker
    if is_unresolved(statement):
        return UNRESOLVED
    if speaker.anonymous and statement.source:
        return name_key(described(statement.source)) or UNRESOLVED
    return "+".join(dict.fromkeys(i for i in (speaker.entity, *speaker.also) if i))


def find_voices(statements: Iterable[Statement], names: Names) -> dict[str, Voice]:
    """The voices of a report by key: who says most first, then who speaks first; the unresolved last."""
    counts: Counter[str] = Counter()
    first: dict[str, Statement] = {}
    for statement in statements:
        key = voice_key(statement)
        counts[key] += 1
        first.setdefault(key, statement)
    order = {key: at for at, key in enumerate(first)}
    found: dict[str, Voice] = {}
    for key in sorted(first, key=lambda k: (k == UNRESOLVED, -counts[k], order[k])):
        one = first[key]
        is_open = key == UNRESOLVED
        entities = () if is_open or one.speaker.anonymous else tuple(key.split("+"))
        name = "speaker not resolved" if is_open else names.speaker(one)
        found[key] = Voice(key, UNRESOLVED if is_open else letter_of(len(found)), name, entities, counts[key])
    return found


def letter_of(number: int) -> str:
    """A, B, …, Z, AA, AB, … for 0, 1, …

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, len(ALPHABET))
        letters = ALPHABET[digit] + letters
    return letters
