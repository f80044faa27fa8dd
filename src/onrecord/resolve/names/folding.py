"""Names as keys: what two spellings of one name have in common, and what tells two names apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from onrecord.resources import lexicon, settings_file

JUNIOR = {"jr.": "jr", "jr": "jr", "sr.": "sr", "sr": "sr", "junior": "jr"}
INITIAL = re.compile(r"(?:[a-z]\.){1,3}|[a-z]")
SPACES = re.compile(r"[\s\-‐‑]+")
LATIN = "LATIN"
HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # zero-width marks, turns of direction


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Lower case without accents, hyphens as spaces, curly apostrophes straight; other scripts stay as they are.

    >>> fold("Cho  Tae-yul")
    'cho tae yul'
    """
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", name.lower().replace("’", "'").replace("‘", "'").replace("\u00ad", ""))
        if not unicodedata.combining(c)
    )
    return SPACES.sub(" ", plain.replace("ł", "l").replace("ø", "o").replace("đ", "d")).strip(" .,'")


def is_mixed(name: str) -> bool:
    """Whether letters of several scripts, or marks that nobody sees, stand in one name: a look-alike.

    It is never the same as the plain one.
    """
    if HIDDEN.search(name):
        return True
    scripts = {unicodedata.name(c, "?").split(" ", 1)[0] for c in name if c.isalpha() and not c.isascii()}
    scripts -= {LATIN, "MODIFIER", "FEMININE", "MASCULINE"}
    return bool(scripts) and any(c.isascii() and c.isalpha() for c in name)


@cache
def words_of(name: str) -> frozenset[str]:
    """A word list of names.toml in lower case."""
    return frozenset(word.lower() for word in settings_file("names.toml")[name])


def initials(name: str) -> str:
    """The middle initials of a name: what tells George W. Bush from George H. W. Bush."""
    inner = [word.lower().strip(",") for word in name.split()][1:-1]
    return "".join(word.replace(".", "") for word in inner if INITIAL.fullmatch(word))


@cache
def honorifics() -> frozenset[str]:
    """Lower-case titles that are no part of a name and no role: Mr., Dr."""
    return frozenset(row["title"].lower() for row in lexicon("titles.tsv") if row["class"] == "honorific")


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name that make it: folded, without honorifics, middle initials and numerals.

    Jr. and Sr. stay: father and son are in the news together.

    >>> parts("Lloyd J. Austin III")
    ('lloyd', 'austin')
    """
    words = [word.lower().strip(",") for word in name.split()]
    kept = [JUNIOR.get(word, word) for word in words if word not in honorifics()]
    kept = [word for word in kept if word not in words_of("generations") or word in JUNIOR.values()]
    if len(kept) > 1:
        kept = [word for k, word in enumerate(kept) if not INITIAL.fullmatch(word) or (k == 0 and len(kept) == 2)]
    folded = [fold(word) for word in kept]
    return tuple(word for word in folded if word)


def key(name: str) -> str:
    """What all spellings of one person's name share."""
    return " ".join(parts(name))


def surnames(name: str) -> tuple[str, ...]:
    """What the person may be called by alone: the endings of the name, and the family name that stands first.

    >>> surnames("Kim Jong Un")
    ('un', 'jong un', 'kim')
    >>> surnames("Ursula von der Leyen")
    ('leyen', 'der leyen', 'von der leyen')
    """
    own = parts(name)
    found = [" ".join(own[k:]) for k in range(len(own) - 1, 0, -1) if own[k] not in JUNIOR.values()]
    if own and own[-1] in JUNIOR.values() and len(own) > 2:
        found += [" ".join(own[k:-1]) for k in range(len(own) - 2, 0, -1)]
    last = own[-1] if own else ""
    if last.startswith(("al ", "el ")):
        found.append(last[3:])
    if stands_first(name):
        found.append(own[0])
    return tuple(found)


def stands_first(name: str) -> bool:
    """Whether the family name may be the first: Kim Jong Un, Xi Jinping; Lee Smith too, but not Duyeon Kim."""
    written = [
        word
        for word in name.split()
        if word.lower() not in words_of("generations") and word.lower() not in honorifics()
    ]
    if len(written) not in (2, 3) or written[0].lower() not in words_of("family_first"):
        return False
    return not any("." in word for word in written)


def longest(names: Iterable[str]) -> str:
    """The fullest of several spellings; ties go to the first in order."""
    return max(sorted(names), key=lambda name: (len(name.split()), len(name)), default="")
