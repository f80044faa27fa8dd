"""Names that look like another: letters of two scripts, marks that nobody sees, one name drawn like a second one.

They are never merged; what their bearers say is flagged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution
from onrecord.resolve.names.cast import Named
from onrecord.resolve.names.folding import HIDDEN, fold, is_mixed
from onrecord.resources import settings_file

INVISIBLE, MIXED, ALIKE = "invisible-characters", "mixed-script", "look-alike-name"


@cache
def twins() -> dict[int, str]:
    """Letter of another script -> the Latin letter that it is drawn like."""
    table = settings_file("names.toml")["drawn_alike"]
    return {ord(other): latin for latin, others in table.items() for other in others}


def drawn(name: str) -> str:
    """What a reader sees of a name: folded, without hidden marks, look-alike letters as the Latin ones.

    >>> drawn("Aсme") == drawn("Acme")
    True
    """
    return fold(HIDDEN.sub("", name.lower().translate(twins())))


def doubtful_names(named: Mapping[str, Named]) -> dict[str, tuple[str, ...]]:
    """Entity -> flags of those whose name is written to look like another, or looks like one of the report."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for one in named.values():
        for name in one.aliases | {one.name}:
            if not name.isascii():
                spelled[drawn(name)].add(fold(name))
    if not spelled:
        return {}
    for one in named.values():
        for name in one.aliases | {one.name}:
            if name.isascii() and drawn(name) in spelled:
                spelled[drawn(name)].add(fold(name))
    found = {}
    for identity, one in named.items():
        names = sorted(one.aliases | {one.name})
        flags = [INVISIBLE] if any(HIDDEN.search(name) for name in names) else []
        flags += [MIXED] if any(is_mixed(HIDDEN.sub("", name)) for name in names) else []
        flags += [ALIKE] if any(len(spelled.get(drawn(name), ())) > 1 for name in names) else []
        if flags:
            found[identity] = tuple(flags)
    return found


def flag_lookalikes(attributions: Sequence[Attribution], named: Mapping[str, Named]) -> tuple[Attribution, ...]:
    """The attributions, those of doubtful names flagged."""
    doubtful = doubtful_names(named)
    if not doubtful:
        return tuple(attributions)
    found = []
    for one in attributions:
        speaker = one.speaker
        speakers = () if speaker is None else (speaker.entity or "", *speaker.also)
        flags = {flag for entity in speakers for flag in doubtful.get(entity, ())}
        found.append(replace(one, flags=tuple(sorted({*one.flags, *flags}))) if flags else one)
    return tuple(found)
