"""What a parameter may hold: said in the description of the API, checked here, refused in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path
from fastapi import Query as Parameter
from starlette.datastructures import QueryParams

from onrecord.errors import UsageError
from onrecord.ledger.asking import is_date

LONGEST = 300  # characters of a value
MOST_PAGES = 100_000
_CONTROL = r"\x00-\x1f\x7f-\x9f"
_JOINERS = "\u200c\u200d"  # seen by what they do to the letters beside them
_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|"
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = f"T{_CLOCK}(?::[0-5][0-9])?(?:Z|[+-]{_CLOCK})?"
DATE = f"(?:{_YEAR}(?:-(?:0[1-9]|1[0-2]))?|(?:{_YEAR}-{_DAY}|{_LEAP}-02-29)(?:{_TIME})?)"
PAGE = re.compile(r"(|[1-9][0-9]{0,4}|100000)")  # MOST_PAGES at most

SEVERAL = frozenset({"statement"})  # parameters that are given once for each of several
ID_PATTERN = "^[^/]{3,}[^/…]…*$"

# An id or its start, of which a "…" may stand for the rest: at least four characters.
Identity = Annotated[
    str,
    Path(
        description="An id or the start of it, 4 characters at least.",
        json_schema_extra={"pattern": ID_PATTERN},
    ),
]


def words(description: str, longest: int = LONGEST) -> Any:
    """A parameter with words of people."""
    return Parameter(description=description, json_schema_extra={"maxLength": longest, "pattern": f"^[^{_CONTROL}]*$"})


def identity(description: str) -> Any:
    """A parameter with an id, the start of it, or an address; nothing for none."""
    pattern = rf"^([^\S{_CONTROL}]*|[^\s{_CONTROL}][^{_CONTROL}]{{2,}}[^\s…{_CONTROL}]…*)$"
    return Parameter(description=description, json_schema_extra={"maxLength": LONGEST, "pattern": pattern})


def one_of(description: str, choices: Sequence[str]) -> Any:
    """A parameter with one of these words; nothing for none."""
    return Parameter(description=description, json_schema_extra={"enum": ["", *choices]})


def date(description: str) -> Any:
    """A parameter with a date as coarse as one likes; nothing for none."""
    return Parameter(description=description, json_schema_extra={"pattern": f"^ *(?:{DATE})? *$"})


def matching(description: str, pattern: str) -> Any:
    """A parameter that a pattern describes."""
    return Parameter(description=description, json_schema_extra={"pattern": pattern})


def read_words(name: str, value: str, longest: int = LONGEST) -> str | None:
    """Words as they look: spaces are spaces, what cannot be seen is not there; None where nothing is left."""
    _check_length(name, value, longest)
    _check_seen(name, value)
    seen = "".join(_seen(letter) for letter in value)
    return " ".join(seen.split()) or None


def read_identity(name: str, value: str) -> str | None:
    """An id, the start of it, or an address."""
    _check_length(name, value, LONGEST)
    _check_seen(name, value)
    return value.strip() or None


def read_choice(name: str, value: str, choices: Sequence[str]) -> str | None:
    """One of some words."""
    if value and value not in choices:
        raise UsageError(f"{name} = {value[:40]!r} is none of {', '.join(choices)}")
    return value or None


def read_date(name: str, value: str) -> str | None:
    """A date as coarse as one likes."""
    found = value.strip(" ")
    if found and not is_date(found):
        raise UsageError(f"{name} = {value[:40]!r} is not a date like 2025, 2025-03 or 2025-03-04")
    return found or None


def read_page_number(value: str) -> int:
    """The page of a list, from 1."""
    if not PAGE.fullmatch(value):
        raise UsageError(f"page = {value[:40]!r} is no whole number from 1 to {MOST_PAGES:,}")
    return int(value or "1")


def check_once(given: QueryParams) -> None:
    """UsageError where a parameter is given twice that stands for one thing: nobody could tell which is meant."""
    names = [name for name, _ in given.multi_items() if name not in SEVERAL]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(names) <= LONGEST else ["something"]
    if twice:
        raise UsageError(f"{twice[0][:40]} is given more than once")


def _check_length(name: str, value: str, longest: int) -> None:
    if len(value) > longest:
        raise UsageError(f"{name} has {len(value):,} characters; {longest:,} is the most")


def _check_seen(name: str, value: str) -> None:
    if any(unicodedata.category(letter) == "Cc" for letter in value):
        raise UsageError(f"{name} holds a control character")


def _seen(letter: str) -> str:
    if letter.isprintable() or letter in _JOINERS:
        return letter
    kind = unicodedata.category(letter)
    return " " if kind.startswith("Z") else "" if kind == "Cf" else letter
