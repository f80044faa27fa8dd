"""What a reader has seen of a story: a cookie, read by nobody else, that says how far the story had come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

COOKIE = "onrecord-seen"
STORIES = 12  # that are remembered, the last ones visited
SAME_VISIT = timedelta(hours=6)  # until then a page that is opened again tells what it told before
_STAMP = "%Y%m%d%H%M"


@dataclass(frozen=True, slots=True)
class Visit:
    """How far a story had come when it was looked at, and when it was before that."""

    story: str
    now: str  # ISO 8601: its last report
    before: str  # likewise at the visit before; "" for none
    at: str  # when, to the minute, UTC


def read_visits(cookie: str) -> tuple[Visit, ...]:
    """The visits of a cookie, the newest first; what cannot be read is left out."""
    found = []
    for entry in cookie.split("|")[:STORIES]:
        parts = [unquote(part) for part in entry.split("~")]
        if len(parts) == 4 and all(len(part) <= 40 and part.isascii() for part in parts):
            found.append(Visit(*parts))
    return tuple(found)


def write_visits(visits: tuple[Visit, ...]) -> str:
    """The cookie."""
    return "|".join("~".join(quote(p, safe="") for p in (v.story, v.now, v.before, v.at)) for v in visits[:STORIES])


def visit(visits: tuple[Visit, ...], story: str, last: str, clock: datetime) -> tuple[Visit, tuple[Visit, ...]]:
    """This visit to a story whose last report is of `last`, and all that is remembered with it."""
    others = tuple(one for one in visits if one.story != story)
    earlier = next((one for one in visits if one.story == story), None)
    stamp = clock.astimezone(UTC).strftime(_STAMP)
    if earlier is None:
        mine = Visit(story, last, "", stamp)
    elif _is_same_visit(earlier.at, clock):
        mine = Visit(story, last, earlier.before, earlier.at)
    else:
        mine = Visit(story, last, earlier.now, stamp)
    return mine, (mine, *others)


def _is_same_visit(at: str, clock: datetime) -> bool:
    try:
        then = datetime.strptime(at, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return False
    return timedelta() <= clock - then < SAME_VISIT
