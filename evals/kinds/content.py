"""Misses whose cue or source was found, with other content."""

from __future__ import annotations

import re
from collections.abc import Callable

from evals.kinds.scene import Miss
from evals.spans import Words

STOP = re.compile(r"[.!?…][\"”’')\]]*\s|\n")
MARK = re.compile(r"[,;:()\[\]\"“”„«»]|--|[–—]|''|``")


def content_elsewhere(miss: Miss) -> bool:
    return miss.near is not None and not miss.gold.content & miss.near.content


def both_wrong(miss: Miss) -> bool:
    return miss.near is not None and not miss.source_found


def piece_given_away(miss: Miss) -> bool:
    others = (view.content for view in miss.scene.found if view is not miss.near)
    return shorter(miss) and any(2 * len(miss.lost & words) >= len(miss.lost) for words in others)


def quotation_half(miss: Miss) -> bool:
    region = miss.scene.region
    kept = any(k in region for k in miss.gold.content - miss.lost)
    return shorter(miss) and kept and any(k in region for run in lost_runs(miss) for k in run)


def piece_missing(miss: Miss) -> bool:
    return shorter(miss) and bool(lost_runs(miss))


def stops_at_sentence(miss: Miss) -> bool:
    return bool(STOP.search(edge(miss)))


def stops_at_mark(miss: Miss) -> bool:
    return bool(MARK.search(edge(miss)))


def stops_early(miss: Miss) -> bool:
    return bool(edge(miss))


def begins_late(miss: Miss) -> bool:
    return shorter(miss)


def quotation_swallowed(miss: Miss) -> bool:
    region = miss.scene.region
    mine = {region.get(k) for k in miss.gold.content}
    return longer(miss) and any(region.get(k) is not None and region[k] not in mine for k in miss.extra)


def between_taken_in(miss: Miss) -> bool:
    inside = [k for k in miss.extra if min(miss.gold.content) < k < max(miss.gold.content)]
    return longer(miss) and 2 * len(inside) >= len(miss.extra)


def runs_past_sentence(miss: Miss) -> bool:
    return bool(STOP.search(surplus(miss)))


def runs_past_clause(miss: Miss) -> bool:
    return bool(surplus(miss))


def begins_early(miss: Miss) -> bool:
    return longer(miss)


def shorter(miss: Miss) -> bool:
    return miss.near is not None and len(miss.lost) >= len(miss.extra)


def longer(miss: Miss) -> bool:
    return miss.near is not None and not shorter(miss)


def runs(words: Words) -> list[list[int]]:
    """Words in a row, as lists."""
    out: list[list[int]] = []
    for k in sorted(words):
        if out and out[-1][-1] == k - 1:
            out[-1].append(k)
        else:
            out.append([k])
    return out


def lost_runs(miss: Miss) -> list[list[int]]:
    """Pieces of the content of which nothing was found."""
    return [run for run in runs(miss.gold.content) if miss.lost.issuperset(run)]


def edge(miss: Miss) -> str:
    """Where more is lost after the find than before it: the text from its last word to the first one lost."""
    kept = miss.gold.content - miss.lost
    later = [k for k in miss.lost if kept and k > max(kept)]
    if not shorter(miss) or 2 * len(later) < len(miss.lost):
        return ""
    return miss.scene.between(max(kept), min(later))


def surplus(miss: Miss) -> str:
    """Where more is taken after the content than before it: the text from its last word to the last one taken."""
    later = [k for k in miss.extra if k > max(miss.gold.content)]
    if not longer(miss) or 2 * len(later) < len(miss.extra):
        return ""
    return miss.scene.between(max(miss.gold.content), max(later))


KINDS: tuple[tuple[str, Callable[[Miss], bool]], ...] = (
    ("content looked for in the wrong place", content_elsewhere),
    ("source and content both wrong", both_wrong),
    ("piece of the content given to a neighbour's cue", piece_given_away),
    ("half of a split quotation missing", quotation_half),
    ("piece of discontinuous content missing", piece_missing),
    ("content stops at the end of a sentence", stops_at_sentence),
    ("content stops at an inner comma or quotation mark", stops_at_mark),
    ("content stops before its end", stops_early),
    ("content begins too late", begins_late),
    ("another quotation swallowed", quotation_swallowed),
    ("what stands between the pieces taken in", between_taken_in),
    ("content runs past its sentence", runs_past_sentence),
    ("content runs past its clause", runs_past_clause),
    ("content begins too early", begins_early),
)
