"""What a content says came first: "on fire before it touched the line", "touched it and only then caught fire"."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.link.words import content_words

BEFORE = re.compile(
    r"\bbefore\b|\bfirst\s*,?\s+and\s+(?:only\s+)?then\b|,?\s*\band\s+only\s+then\b|\bonly\s+then\b", re.IGNORECASE
)
AFTER = re.compile(r"\b(?:only\s+)?after\b|\bonly\s+(?:when|once)\b", re.IGNORECASE)
ALREADY = re.compile(r"\balready\b.*?(\bwhen\b)", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=4096)
def order_in(content: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words of what came first and of what came after it; None where the content does not tell.

    >>> order_in("the barn burned only after the storm") == (frozenset({"storm"}), frozenset({"burn", "barn"}))
    True
    """
    short = content[:400]
    if found := BEFORE.search(short):
        first, then = short[: found.start()], short[found.end() :]
    elif found := AFTER.search(short):
        then, first = short[: found.start()], short[found.end() :]
    elif found := ALREADY.search(short):
        first, then = short[: found.start(1)], short[found.end(1) :]
    else:
        return None
    parts = content_words(first) - {"first"}, content_words(then)
    return parts if all(parts) else None


def tell_the_reverse(one: str, other: str) -> bool:
    """Whether what came first in one content came second in the other."""
    mine, theirs = order_in(one), order_in(other)
    if mine is None or theirs is None:
        return False
    crossed = [mine[0] & theirs[1], mine[1] & theirs[0]]
    straight = [mine[0] & theirs[0] - mine[1], mine[1] & theirs[1] - mine[0]]
    sizes = [(len(mine[0]), len(theirs[1])), (len(mine[1]), len(theirs[0]))]
    enough = all(2 * len(x) >= min(two) and 3 * len(x) >= max(two) for x, two in zip(crossed, sizes, strict=True))
    return all(crossed) and enough and not all(straight) and sum(map(len, crossed)) > sum(map(len, straight))
