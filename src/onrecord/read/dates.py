"""Publication dates as pages and people write them, into ISO 8601 as coarse as they are, zone kept."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

DAY = re.compile(r"(?<!\d)(\d{4})[-:/.](\d{1,2})[-:/.](\d{1,2})(?!\d)", re.ASCII)
LONGEST = 64  # characters; what is longer is no date
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = "january february march april may june july august september october november december".split()
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_date(value: str) -> str | None:
    """ISO 8601 of a date as machines or people write it in full; None where it is none.

    A zone is kept as the publisher wrote it, since "Wednesday" in the text is Wednesday there.

    >>> parse_date("2024-10-23 21:00:00-04:00"), parse_date("Wed, 23 Oct 2024 14:05:00 GMT"), parse_date("October 2")
    ('2024-10-23T21:00:00-04:00', '2024-10-23T14:05:00Z', None)
    """
    value = value.strip()
    if not 4 <= len(value) <= LONGEST:
        return None
    return _coarse(value) or _iso(value) or _mail(value) or _written(value)


def find_day(value: str) -> str | None:
    """The first day written as numbers in `value`, as ISO 8601; None where there is none.

    >>> find_day("2013-09-15T3:25Z"), find_day("2009:02:03T17:59:13Z"), find_day("soon")
    ('2013-09-15', '2009-02-03', None)
    """
    match = DAY.search(value[:LONGEST])
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def same_day(one: str, other: str) -> bool:
    """Whether two dates agree as far as both go: 2024-10 agrees with 2024-10-23."""
    length = min(len(one), len(other), 10)
    return one[:length] == other[:length]


def days_between(one: str, other: str) -> int | None:
    """The days from one date to another; None where either is coarser than a day.

    >>> days_between("2024-10-23", "2024-10-25T09:00:00Z"), days_between("2024", "2024-10-25")
    (2, None)
    """
    try:
        return (date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days
    except ValueError:
        return None


def _coarse(value: str) -> str | None:
    """2024, 2024-10."""
    if value.isascii() and value.isdigit() and len(value) == 4:
        return value if value != "0000" else None
    if len(value) == 7 and value[4] == "-" and (value[:4] + value[5:]).isdigit() and 1 <= int(value[5:]) <= 12:
        return value
    return None


def _iso(value: str) -> str | None:
    """2024-10-23, 20241023, 2024-10-23T14:05:00Z, 2024-10-23 14:05:00 +0000."""
    if not (value[:4].isascii() and value[:4].isdigit()):
        return None
    head, _, tail = value.partition(" ")
    compact = head + "T" + tail.replace(" ", "").replace("UTC", "Z") if tail else head
    try:
        if len(compact) <= 10:
            return date.fromisoformat(compact).isoformat()
        return _moment(datetime.fromisoformat(compact))
    except ValueError:
        return None


def _moment(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _mail(value: str) -> str | None:
    """Wed, 23 Oct 2024 14:05:00 GMT."""
    if ":" not in value:
        return None
    try:
        return _moment(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(value: str) -> str | None:
    """October 23, 2024 · Oct. 23, 2024 · 23 October 2024 · Wednesday, October 23, 2024."""
    words = value.replace(",", " ").split()
    if words and words[0].lower().rstrip(".")[:3] in _DAYS and words[0].lower().rstrip(".")[3:] in (
        "", "day", "sday", "s", "nesday", "rsday", "rs", "r", "urday", "nday",
    ):  # fmt: skip
        words = words[1:]
    if len(words) != 3:
        return None
    month, day = (words[0], words[1]) if words[0][:1].isalpha() else (words[1], words[0])
    number = _month(month)
    day = day.rstrip("stndrh") if day[:1].isdigit() else ""
    if not number or not (day.isdigit() and words[2].isdigit() and day.isascii() and len(words[2]) == 4):
        return None
    try:
        return date(int(words[2]), number, int(day)).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int | None:
    plain = word.lower().rstrip(".")
    if plain in _FULL:
        return _FULL.index(plain) + 1
    plain = "sep" if plain == "sept" else plain
    return _MONTHS.index(plain) + 1 if plain in _MONTHS else None
