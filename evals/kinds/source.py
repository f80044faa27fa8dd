"""Misses whose content was found, with another source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evals.kinds.scene import Miss, same_cue
from evals.slices import PRONOUNS
from evals.spans import Words

COMMA = re.compile(r"[,;:()\[\]]|--|[–—]")
RELATIVE = frozenset("who whom whose which that".split())


def shared(miss: Miss) -> bool:
    return miss.near is not None and not miss.free


def source_lost(miss: Miss) -> bool:
    return wrong_source(miss) and not source_of(miss)


def source_invented(miss: Miss) -> bool:
    return wrong_source(miss) and not miss.gold.source


def other_pronoun(miss: Miss) -> bool:
    one, two = ([miss.scene.words[k] for k in words] for words in (miss.gold.source, source_of(miss)))
    return apart(miss) and is_pronoun(one) != is_pronoun(two)


def given_to_other_cue(miss: Miss) -> bool:
    return apart(miss) and miss.near is not None and bool(miss.gold.cue) and not same_cue(miss.gold, miss.near)


def source_for_cue(miss: Miss) -> bool:
    return apart(miss) and miss.near is not None and bool(miss.gold.source & miss.near.cue)


def source_of_neighbour(miss: Miss) -> bool:
    others = (view.source for view in miss.scene.gold if view is not miss.gold)
    return apart(miss) and any(source_of(miss) & words for words in others)


def other_source(miss: Miss) -> bool:
    return apart(miss)


def source_cut_at_clause(miss: Miss) -> bool:
    if not source_cut(miss):
        return False
    kept, whole = source_of(miss), miss.gold.source
    after = [k for k in whole - kept if k > max(kept)]
    if not after:
        return False
    return bool(COMMA.search(miss.scene.between(max(kept), min(after)))) or miss.scene.words[min(after)] in RELATIVE


def source_cut(miss: Miss) -> bool:
    return wrong_source(miss) and len(miss.gold.source - source_of(miss)) >= len(source_of(miss) - miss.gold.source)


def source_too_long(miss: Miss) -> bool:
    return wrong_source(miss)


def wrong_source(miss: Miss) -> bool:
    return miss.content_found and not miss.source_found


def source_of(miss: Miss) -> Words:
    return miss.near.source if miss.near else frozenset()


def apart(miss: Miss) -> bool:
    return wrong_source(miss) and not miss.gold.source & source_of(miss)


def is_pronoun(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0] in PRONOUNS


KINDS: tuple[tuple[str, Callable[[Miss], bool]], ...] = (
    ("two read as one", shared),
    ("source left out", source_lost),
    ("source named though the text has none", source_invented),
    ("pronoun for a name, or the reverse", other_pronoun),
    ("source and cue exchanged", source_for_cue),
    ("content given to another cue", given_to_other_cue),
    ("source of a neighbour's cue", source_of_neighbour),
    ("other words taken for the source", other_source),
    ("source cut at a relative clause or apposition", source_cut_at_clause),
    ("source cut elsewhere", source_cut),
    ("source too long", source_too_long),
)
