"""What the caller says of an input that the text itself does not say."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from onrecord.errors import Refused
from onrecord.read.dates import parse_date


@dataclass(frozen=True, slots=True)
class Given:
    """Facts of a report as given on the command line or in a batch line; they win over what a page says."""

    published: str | None = None  # ISO 8601, as coarse as known
    outlet: str | None = None
    uri: str | None = None  # kept as given, never rewritten
    title: str | None = None
    authors: tuple[str, ...] = ()
    retrieved: str | None = None  # ISO 8601
    flags: tuple[str, ...] = ()  # what was noticed while the facts were read
    file_name: str | None = None  # base name of a local file, for its uri where none is given

    def merged(self, over: Given) -> Given:
        """These facts, with those of `over` in place of them wherever it has one."""
        named = {field.name: getattr(over, field.name) for field in fields(over)}
        return replace(self, **{name: value for name, value in named.items() if value})


def checked(given: Given) -> Given:
    """`given` with its dates in canonical form; Refused with `bad-date` for one that is no ISO 8601 date."""
    return replace(
        given,
        published=_checked_date("published", given.published),
        retrieved=_checked_date("retrieved", given.retrieved),
    )


def _checked_date(name: str, value: str | None) -> str | None:
    if not value or not value.strip():
        return None
    found = parse_date(value)
    if found is None:
        raise Refused("bad-date", f"{name} {value[:40]!r} is no date; write it as 2024-10-23 or 2024-10-23T14:05:00Z")
    return found
