"""The one filter bar: query parameters as a Query, spelled out in words, with a link that drops each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query as Parameter

from onrecord.errors import UsageError
from onrecord.export.cells import safe
from onrecord.export.naming import Names, day
from onrecord.ledger.asking import STANCES, STATUSES, find_report, find_story, is_date
from onrecord.ledger.store import Query, View

LONGEST = 300  # characters of a parameter
MOST_PAGES = 100_000
DATES = ("since", "until", "as_of")
CHOICES = {"stance": STANCES, "status": STATUSES}


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter that is set, for people."""

    name: str
    value: str
    words: str  # "said by Austin"
    without: str  # the query string of the same list without it


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to, as it was asked for; checked, not looked up yet."""

    q: str | None = None
    who: str | None = None
    about: str | None = None
    stance: str | None = None
    status: str | None = None
    story: str | None = None
    report: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def given(self) -> Iterator[tuple[str, str]]:
        """(name, value) of those that are set, in the order in which they are told."""
        for field in fields(self):
            if value := getattr(self, field.name):
                yield field.name, value

    def search(self, **changed: str | None) -> str:
        """The query string with some filters set anew or dropped, "?who=Austin"; empty for none."""
        pairs = list(replace(self, **changed).given())
        return "?" + urlencode(pairs) if pairs else ""

    def query(self, view: View) -> Query:
        """What a view is asked; UnknownId for a story or a report that is not there."""
        return Query(
            text=self.q,
            who=self.who,
            about=self.about,
            stance=self.stance,
            status=self.status,
            story=find_story(view, self.story) if self.story else None,
            report=find_report(view, self.report) if self.report else None,
            since=self.since,
            until=self.until,
            as_of=self.as_of,
        )

    def facets(self, names: Names, view: View) -> tuple[Facet, ...]:
        """The filters in words; ids by their names."""
        return tuple(
            Facet(name, value, WORDS[name].format(safe(_told(name, value, names, view))), self.search(**{name: None}))
            for name, value in self.given()
        )


WORDS = {
    "q": "with the words “{}”",
    "who": "said by {}",
    "about": "about {}",
    "stance": "that {}",
    "status": "{}",
    "story": "in the story “{}”",
    "report": "in {}",
    "since": "since {}",
    "until": "until {}",
    "as_of": "as of {}",
}
STANCE_WORDS = {
    "asserts": "assert",
    "confirms": "confirm",
    "denies": "deny",
    "estimates": "estimate",
    "warns": "warn",
    "predicts": "predict",
    "speculates": "speculate",
    "questions": "ask",
    "requests": "request",
    "proposes": "propose",
    "promises": "promise",
    "undisclosed": "keep something back",
}


def make_filters(
    q: Annotated[str | None, Parameter(description="Words that all occur; case and accents do not matter.")] = None,
    who: Annotated[str | None, Parameter(description="A source, by any of its names or its id.")] = None,
    about: Annotated[str | None, Parameter(description="Who or what a statement is about, likewise.")] = None,
    stance: Annotated[str | None, Parameter(description=f"One of {', '.join(STANCES)}.")] = None,
    status: Annotated[str | None, Parameter(description=f"Of claims: one of {', '.join(STATUSES)}.")] = None,
    story: Annotated[str | None, Parameter(description="A story: its id or the start of it.")] = None,
    report: Annotated[str | None, Parameter(description="A report: its id, the start of it, or its address.")] = None,
    since: Annotated[str | None, Parameter(description="Published on this date or later: 2025, 2025-03, ...")] = None,
    until: Annotated[str | None, Parameter(description="Published on this date or earlier.")] = None,
    as_of: Annotated[str | None, Parameter(description="The record as it could be known then.")] = None,
) -> Filters:
    """The filters of a request; an empty one is none. UsageError says in words what is off."""
    given = {
        "q": q, "who": who, "about": about, "stance": stance, "status": status,
        "story": story, "report": report, "since": since, "until": until, "as_of": as_of,
    }  # fmt: skip
    return Filters(**{name: _checked(name, value.strip()) for name, value in given.items() if value and value.strip()})


def _checked(name: str, value: str) -> str:
    if len(value) > LONGEST:
        raise UsageError(f"{name} has {len(value):,} characters; {LONGEST} is the most")
    if name in DATES and not is_date(value):
        raise UsageError(f"{name} = {value!r} is not a date like 2025, 2025-03 or 2025-03-04")
    if value not in CHOICES.get(name, (value,)):
        raise UsageError(f"{name} = {value!r} is none of {', '.join(CHOICES[name])}")
    return value


def make_page_number(
    page: Annotated[str | None, Parameter(description="The page of a list, from 1.")] = None,
) -> int:
    """The page that is asked for, from 1."""
    if not page:
        return 1
    if not (page.isascii() and page.isdecimal() and len(page) <= len(str(MOST_PAGES)) and 1 <= int(page) <= MOST_PAGES):
        raise UsageError(f"page = {page[:40]!r} is no whole number from 1 to {MOST_PAGES:,}")
    return int(page)


def _told(name: str, value: str, names: Names, view: View) -> str:
    if name in DATES:
        return day(value)
    if name == "stance":
        return STANCE_WORDS.get(value, value)
    if name in ("who", "about"):
        return names.entity_name(value) or value
    if name == "story":
        return next((story.title for story in view.stories() if story.id.startswith(value)), value)
    if name == "report":
        report = names.facts(find_report(view, value))
        return f"{names.outlet(report)}, {day(report.published)}"
    return value
