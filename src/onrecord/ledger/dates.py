"""ISO 8601 dates as coarse as they come: how they are put in order and set against a bound."""

from __future__ import annotations

from datetime import UTC, datetime

UNDATED = "~"  # sorts behind every year


def order_key(date: str | None) -> str:
    """What dates sort by: as text, times with a zone in UTC; the undated come last.

    >>> sorted(["2024-10-23T01:00:00+03:00", "2024-10-22T23:00:00Z"], key=order_key)[0]
    '2024-10-23T01:00:00+03:00'
    """
    return UNDATED if date is None else _in_utc(date)


def is_since(date: str | None, bound: str) -> bool:
    """Whether `date` may lie on or after `bound`; both are compared as far as the coarser one goes.

    >>> is_since("2024-10", "2024-10-15"), is_since("2024-09", "2024-10-15"), is_since(None, "2024")
    (True, False, False)
    """
    return date is not None and _compared(date, bound) >= 0


def is_until(date: str | None, bound: str) -> bool:
    """Whether `date` may lie on or before `bound`, included: "2024-10" takes in all of that October."""
    return date is not None and _compared(date, bound) <= 0


def known_by(published: str | None, retrieved: str | None, bound: str) -> bool:
    """Whether a reader could have had a report by `bound`: by its publication, else by its retrieval.

    A report with neither cannot be shown to have been there.
    """
    return is_until(published if published is not None else retrieved, bound)


def _compared(date: str, bound: str) -> int:
    if "T" in bound:  # a moment is set against moments in UTC, a day against the day as printed
        date, bound = _in_utc(date), _in_utc(bound)
    length = min(len(date), len(bound))
    left, right = date[:length], bound[:length]
    return (left > right) - (left < right)


def _in_utc(date: str) -> str:
    if "T" not in date:
        return date
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date
    if moment.tzinfo is None:
        return date
    try:
        return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    except OverflowError:  # the year 1 or 9999
        return date
