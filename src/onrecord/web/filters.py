"""The one filter bar: query parameters as a Query, spelled out in words, with a link that drops each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Annotated
from urllib.parse import urlencode

from onrecord.export.cells import safe
from onrecord.export.naming import Names, day
from onrecord.ledger.asking import STANCES, STATUSES, find_report, find_story
from onrecord.ledger.store import Query, View
from onrecord.web.parameters import (
    PAGE,
    date,
    identity,
    matching,
    one_of,
    read_choice,
    read_date,
    read_identity,
    read_page_number,
    read_words,
    words,
)

DATES = ("since", "until", "as_of")


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
    q: Annotated[str, words("Words that all occur; case and accents do not matter.")] = "",
    who: Annotated[str, words("A source, by any of its names or its id.")] = "",
    about: Annotated[str, words("Who or what a statement is about, likewise.")] = "",
    stance: Annotated[str, one_of("How a statement is made.", STANCES)] = "",
    status: Annotated[str, one_of("Of claims: where they stand.", STATUSES)] = "",
    story: Annotated[str, identity("A story: its id or the start of it.")] = "",
    report: Annotated[str, identity("A report: its id, the start of it, or its address.")] = "",
    since: Annotated[str, date("Published on this date or later: 2025, 2025-03, ...")] = "",
    until: Annotated[str, date("Published on this date or earlier.")] = "",
    as_of: Annotated[str, date("The record as it could be known then.")] = "",
) -> Filters:
    """The filters of a request; an empty one is none. UsageError says in words what is off."""
    return Filters(
        q=read_words("q", q),
        who=read_words("who", who),
        about=read_words("about", about),
        stance=read_choice("stance", stance, STANCES),
        status=read_choice("status", status, STATUSES),
        story=read_identity("story", story),
        report=read_identity("report", report),
        since=read_date("since", since),
        until=read_date("until", until),
        as_of=read_date("as_of", as_of),
    )


def make_page_number(page: Annotated[str, matching("The page of a list, from 1.", f"^{PAGE.pattern}$")] = "") -> int:
    """The page that is asked for, from 1."""
    return read_page_number(page)


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
