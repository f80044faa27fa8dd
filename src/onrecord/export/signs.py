"""Characters that nobody sees, or that turn the order of the others, as signs that a reader can see."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

NAMES = {  # how they are mostly called
    0x200B: "zero-width space",
    0x200C: "zero-width non-joiner",
    0x200D: "zero-width joiner",
    0x200E: "left-to-right mark",
    0x200F: "right-to-left mark",
    0x202A: "left-to-right embedding",
    0x202B: "right-to-left embedding",
    0x202C: "end of an embedding",
    0x202D: "left-to-right override",
    0x202E: "right-to-left override",
    0x2066: "left-to-right isolate",
    0x2067: "right-to-left isolate",
    0x2068: "isolate of its own direction",
    0x2069: "end of an isolate",
    0xFEFF: "zero-width no-break space",
}
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that have no ink
AT_HOME = frozenset("\t\n\u00ad")  # white space, and the hyphen that only shows at the end of a line
JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: either all of it can be seen, or it is one invisible character, once or several times."""

    text: str
    code: str = ""  # "U+202E"; empty: ordinary text
    name: str = ""  # "right-to-left override"


def split_signs(text: str) -> Iterator[Run]:
    r"""The runs of a text; joined, they are the text.

    >>> [(run.text, run.code) for run in split_signs("a\u202eb")]
    [('a', ''), ('\u202e', 'U+202E'), ('b', '')]
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        yield Run(text)
        return
    start = at = 0
    while at < len(text):
        if not _is_unseen(text, at):
            at += 1
            continue
        if at > start:
            yield Run(text[start:at])
        start, character = at, text[at]
        while at < len(text) and text[at] == character:
            at += 1
        yield Run(text[start:at], f"U+{ord(character):04X}", _name(character))
        start = at
    if at > start:
        yield Run(text[start:])


def _is_unseen(text: str, at: int) -> bool:
    character = text[at]
    if (character.isprintable() and character not in BLANK) or character in AT_HOME:
        return False
    if character == JOINER:  # between two emoji it is at home
        return text[at - 1 : at].isalnum() or text[at + 1 : at + 2].isalnum()
    return character in BLANK or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


def _name(character: str) -> str:
    return NAMES.get(ord(character)) or unicodedata.name(character, "control character").lower()
