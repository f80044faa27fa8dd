"""What may be asked for, and how a word of a person becomes a Query: dates, stances, the beginnings of ids."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime
from typing import Any

from onrecord.errors import UnknownId, UsageError
from onrecord.ledger.regrouping import STORY, stories_after
from onrecord.ledger.store import Query, View

STANCES = (
    "asserts",
    "confirms",
    "denies",
    "estimates",
    "warns",
    "predicts",
    "speculates",
    "questions",
    "requests",
    "proposes",
    "promises",
    "undisclosed",
)
STATUSES = ("single-source", "corroborated", "disputed", "denied", "superseded")
REVIEWS = ("none", "confirmed", "corrected", "rejected", "all")
OPENINGS = ("accusation", "question", "promise", "forecast")
STATES = ("open", "overdue", "closed")  # of these
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?")


def is_date(words: str) -> bool:
    """Whether words are an ISO 8601 date, as coarse as one likes.

    >>> is_date("2025-03"), is_date("2025-03-04T11:05:00Z"), is_date("2025-13")
    (True, True, False)
    """
    if _DATE.fullmatch(words) is None:
        return False
    try:
        datetime.fromisoformat(words + "0001-01-01"[len(words) :])
    except ValueError:
        return False
    return True


def make_query(view: View, **given: Any) -> Query:
    """A query from the options of a call; a report or story is looked up by the start of its id."""
    known = {field.name for field in fields(Query)}
    settings = {key: value for key, value in given.items() if value is not None and key in known}
    if "report" in settings:
        settings["report"] = find_report(view, settings["report"])
    if "story" in settings:
        settings["story"] = find_story(view, settings["story"])
    if "series" in settings:
        settings["series"] = find_id(view, settings["series"], "series")
    return Query(**settings)


def find_id(view: View, start: str, kind: str | None = None) -> str:
    """The one id that starts with `start`; UnknownId where there is none, or more than one."""
    return find_thing(view, start, kind)[1]


def find_thing(view: View, start: str, kind: str | None = None) -> tuple[str, str]:
    """(type, id) of the one thing whose id starts with `start`; of a story that was, the one that it went into."""
    wanted = start.rstrip("…")
    if len(wanted) < 4:
        raise UsageError(f"{start!r} is too short; give at least 4 characters of the id")
    found = [(of, identity) for of, identity in view.find(wanted) if kind in (None, of)]
    exact = [pair for pair in found if pair[1] == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found and kind in (None, "story") and wanted.startswith(STORY):
        return "story", _story_after(view, wanted, one=kind is not None)
    if not found:
        raise UnknownId(f"no {kind or 'thing'} on the record has an id that starts with {start!r}")
    raise UnknownId(f"{start!r} could be {', '.join(identity for _, identity in found)}; give more of it")


def _story_after(view: View, story_id: str, *, one: bool) -> str:
    """The story that one which is no more went into; of several the first, or UnknownId where it is to be `one`."""
    there = stories_after(view, story_id)
    if not there:
        raise UnknownId(f"no story on the record has, or had, an id that starts with {story_id!r}")
    if len(there) > 1 and one:
        raise UnknownId(f"{story_id} is no story any more, its reports are in {', '.join(there)}: give one of them")
    return there[0]


def find_report(view: View, start: str) -> str:
    """A report's id from its id, the start of it, or its URI (the newest version)."""
    if not re.fullmatch(r"r-[0-9a-f]*…?", start):
        versions = [report.id for report in view.reports(Query()) if report.uri == start]
        if versions:
            return versions[-1]
    return find_id(view, start, "report")


def find_story(view: View, start: str) -> str:
    """A story's id from its id or the start of it."""
    return find_id(view, start, "story")
