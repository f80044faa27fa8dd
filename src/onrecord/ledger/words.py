"""Words as search and look-up compare them: without case, accents and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import combining, normalize

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` without case and accents; other letters stay themselves.

    >>> fold("ŁÓDŹ Straße")
    'łodz strasse'
    """
    if text.isascii():
        return text.lower()
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter)).casefold()


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order.

    >>> words("Kyiv's 3,000")
    ('kyiv', 's', '3', '000')
    """
    return tuple(WORD.findall(fold(text)))


def name_key(name: str) -> str:
    """What two spellings of a name have in common: its folded words, a leading "the" apart.

    >>> name_key("The White  House")
    'white house'
    """
    found = words(name)
    return " ".join(found[1:] if found[:1] == ("the",) and len(found) > 1 else found)


def holds_name(key: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand side by side in `key`; both are name keys.

    >>> holds_name("lloyd j austin", "austin"), holds_name("austin", "aust")
    (True, False)
    """
    return bool(wanted) and f" {wanted} " in f" {key} "


def holds_words(text: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether every wanted word occurs; False where none is wanted."""
    needed = set(wanted)
    return bool(needed) and needed <= set(text)
