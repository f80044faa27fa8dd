"""Whether two statements are said for one person, government or body, also where reports only describe it."""

from __future__ import annotations

from onrecord.link.entry import Told
from onrecord.link.gates.matter import speak_of_one


def is_one_voice(one: Told, other: Told) -> bool:
    """Whether both speak for one side: a body that is only described within one matter, or of what both name."""
    if one.side & other.side:
        return True
    shared = one.voices & other.voices
    if any(key.startswith("name:") for key in shared):
        return True
    return bool(shared) and (bool(names_shared(one, other)) or speak_of_one(one, other))


def names_shared(one: Told, other: Told) -> frozenset[str]:
    """The words of names that both contents have."""
    return one.names & other.names
