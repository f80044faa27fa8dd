"""Whether two statements are said for one person, government or body, also where reports only describe it."""

from __future__ import annotations

from onrecord.link.entry import BESIDE_NAME, Entry, Told
from onrecord.link.gates.allegiance import allegiance, serving
from onrecord.link.gates.matter import speak_of_one
from onrecord.link.remembering import once, remembered
from onrecord.model import EntityKind
from onrecord.resources import settings_file


def is_one_voice(one: Told, other: Told) -> bool:
    """Whether both speak for one side: a body that is only described within one matter, or of what both name."""
    if one.side & other.side:
        return True
    shared = one.voices & other.voices
    if any(key.startswith("name:") for key in shared):
        return True
    if shared and (names_shared(one, other) or speak_of_one(one, other)):
        return True
    shared = _serving(one, other) & _serving(other, one)
    if shared or _surnames(one, other) or _short_for(one, other):
        return speak_of_one(one, other) or (_are_named(shared) and _share_names(one.entry, other.entry))
    return False


def _serving(one: Told, other: Told) -> frozenset[str]:
    """Whom one speaks for, as his own report tells, and of who is named there the other."""
    mine, known = allegiance(one), serving(other.entry)
    return mine.union(*(known.get(key, frozenset()) for key in mine))


def _are_named(keys: frozenset[str]) -> bool:
    return any(not key.startswith(("body:", "country:")) for key in keys)


def _share_names(a: Entry, b: Entry) -> bool:
    """Whether two reports further apart in time share so many names that one name is one body in both."""
    least = int(settings_file("relations.toml")["matter"]["entities"])
    return len(a.name_words.keys() & b.name_words.keys()) >= least


def names_shared(one: Told, other: Told) -> frozenset[str]:
    """The words of names that both contents have."""
    return one.names & other.names


def _surnames(one: Told, other: Told) -> bool:
    """Whether one report has a person by the last name alone where the other has the whole, or an initial more."""
    mine, theirs = _speaker_name(one), _speaker_name(other)
    if not mine or not theirs or (len(mine) > 1 < len(theirs) and mine[0] != theirs[0]):
        return False
    return mine[-1] == theirs[-1] and one.entry.report.id != other.entry.report.id


def _short_for(one: Told, other: Told) -> bool:
    """Whether one body is called by the last word of the other, the only one of its kind: "the utility"."""
    for short, whole in ((one, other), (other, one)):
        here, there = (t.entry.bodies.get(t.statement.id, "") for t in (short, whole))
        if here.startswith("body:") and " " not in here and there.startswith("body:") and " " in there:
            noun = here.removeprefix("body:")
            called = {label for t in (one, other) for label in _bodies(t.entry) if label.endswith(f" {noun}")}
            if called == {there}:
                return True
    return False


@once
def _bodies(entry: Entry) -> frozenset[str]:
    return frozenset(entry.bodies.values())


@remembered
def _speaker_name(one: Told) -> list[str]:
    """The words of the speaker's name, where it is a person's or of one word that nothing tells what it is of."""
    entity = one.entry.entities.get(one.statement.speaker.entity or "")
    if entity is None or one.statement.speaker.anonymous or not entity.name[:1].isupper():
        return []
    words = [word for word in entity.name.casefold().split() if not BESIDE_NAME.fullmatch(word)]
    return words if entity.kind is EntityKind.PERSON or len(words) == 1 else []
