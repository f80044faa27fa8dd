"""Bytes -> text to the letter, or a refusal that says why; and flags for characters that hide or reorder words."""

from __future__ import annotations

import codecs

from onrecord.errors import Refused

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What a file starts with that is no text, so that the refusal can name it.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)

_WHITE = "\t\n\v\f\r"
_CONTROLS = frozenset(chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in _WHITE + "\x85")
_ZERO_WIDTH = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2060\u2061\u2062")
_TAGS = frozenset(chr(c) for c in range(0xE0000, 0xE0080))  # they spell words that no screen shows
INVISIBLE = _CONTROLS | _ZERO_WIDTH | _TAGS | frozenset("\u2063\u2064\u3164\ufeff\uffa0")
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MOST_CONTROLS = 0.01  # of all characters; above it the input is a binary that happens to decode


def signature(data: bytes) -> str | None:
    """What kind of binary the first bytes announce, in words; None where they announce none."""
    return next((words for start, words in _SIGNATURES if data.startswith(start)), None)


def decode(data: bytes) -> str:
    """The text of UTF-8 (or UTF-16 with a byte order mark), the mark itself apart, line ends as they are.

    No other encoding is guessed: a wrong letter in a quotation is worse than a refusal.
    Refused with `empty`, `not-text` or `bad-encoding`.
    """
    kind = signature(data)
    if kind:
        raise Refused("not-text", f"this is {kind}; save the article as text or HTML")
    encoding, body = "utf-8", data
    for mark, name in _BOMS:
        if data.startswith(mark):
            encoding, body = name, data[len(mark) :]
            break
    if encoding == "utf-8" and b"\x00" in body:
        raise Refused("not-text", f"a zero byte at {body.index(0)}: this is a binary file")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("bad-encoding", f"not {encoding.upper()} at byte {error.start}; convert it to UTF-8") from error
    return checked_text(text)


def checked_text(text: str) -> str:
    """`text` as it is; Refused where it has nothing to read, or is no text."""
    if not text or text.isspace():
        raise Refused("empty", "nothing but white space")
    if "\x00" in text or sum(map(text.count, _CONTROLS)) > _MOST_CONTROLS * len(text):
        raise Refused("not-text", "control characters where words should be: this is a binary file")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("bad-encoding", f"half a surrogate pair at character {error.start}") from error
    if not any(map(str.isalnum, text)):
        raise Refused("no-words", "not one letter or digit")
    return text


def character_flags(text: str) -> tuple[str, ...]:
    """`bidi-override` and `invisible-characters`, where the text has what they name."""
    if text.isascii() and text.isprintable():
        return ()
    seen = set(text)
    flags = []
    if seen & BIDI:
        flags.append("bidi-override")
    if seen & INVISIBLE or ("\u200d" in seen and _joins_letters(text)):
        flags.append("invisible-characters")
    return tuple(flags)


def _joins_letters(text: str) -> bool:
    """Whether a zero-width joiner stands beside a letter; between two emoji it is at home."""
    at = text.find("\u200d")
    while at >= 0:
        if text[at - 1 : at].isalpha() or text[at + 1 : at + 2].isalpha():
            return True
        at = text.find("\u200d", at + 1)
    return False
