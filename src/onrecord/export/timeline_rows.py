"""Timelines as rows: what is said and what is told to have happened, by the date it is about."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TypeGuard

from typing_extensions import TypedDict  # that of typing gives pydantic too little before 3.12

from onrecord.export.naming import Names
from onrecord.export.timelines import Timeline
from onrecord.ledger.store import Query, View
from onrecord.link.views.timelines import Entry, Telling
from onrecord.model import Event, Report, Span, Statement, TimeExpression

SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


class PlaceRow(TypedDict):
    """Where words stand, in code points of the text at the address."""

    uri: str | None
    start: int
    end: int


class TimelineRow(TypedDict):
    """Something that is said, or told to have happened."""

    date: str | None  # that it is about: ISO 8601 or TIMEX3, as coarse as known
    statement: str | None
    event: str | None
    spans: list[PlaceRow]
    published: str | None
    outlet: str | None
    uri: str | None
    report: str
    who: str
    stance: str | None
    content: str


def make_rows(view: View, query: Query) -> list[TimelineRow]:
    """One row a statement and one for each dated event that a report tells itself; those without any date last."""
    names = Names(view)
    if query.text is None:  # which for a report asks for its own words
        names.prime(view.reports(replace(query, limit=None, skip=0)), ())
    found = list(view.statements(query))
    times = lru_cache(maxsize=8)(view.times)
    events = lru_cache(maxsize=8)(view.events)
    rows = [_row(one, names, times(one.report_id), main_event(one, events(one.report_id))) for one in found]
    rows += _told_by_reports(view, query, names)
    return sorted(
        rows,
        key=lambda row: (row["date"] or "9999", row["published"] or "", row["uri"] or "", row["spans"][0]["start"]),
    )


def rows_of(found: Timeline, names: Names) -> list[TimelineRow]:
    """One row for each event in which somebody or something has a part, and for what it says."""
    return [_entry_row(entry, found.reports, names) for entry in found.entries]


def spoken_date(date: str | None) -> str | None:
    """A date for people: TIMEX3 has letters for the parts of a year that ISO 8601 has no name for.

    >>> spoken_date("2024-WI"), spoken_date("2025-Q1"), spoken_date("2025-03-04")
    ('winter 2024', '2025-Q1', '2025-03-04')
    """
    year, _, part = (date or "").partition("-")
    return f"{SEASONS[part]} {year}" if part in SEASONS else date


def _told_by_reports(view: View, query: Query, names: Names) -> list[TimelineRow]:
    """Rows of events with a time that no statement tells."""
    if query.who or query.about or query.stance or query.text:
        return []
    return [
        _event_row(event, names)
        for report in view.reports(replace(query, limit=None))
        for event in view.events(report.id)
        if event.statement is None and event.time
    ]


def _event_row(event: Event, names: Names) -> TimelineRow:
    report = names.report(event.report_id)
    words = sorted(span for span in (event.actor_span, event.span, event.target_span) if span)
    return {
        "date": event.time,
        "statement": None,
        "event": event.id,
        "spans": [_place(report, event.span)],
        "published": report.published,
        "outlet": report.outlet,
        "uri": report.uri,
        "report": report.id,
        "who": names.outlet(report),
        "stance": event.realis,
        "content": " … ".join(" ".join(span.of(report.text).split()) for span in words),
    }


def _entry_row(entry: Entry, reports: dict[str, Report], names: Names) -> TimelineRow:
    """A row of the first telling, with the words of all; its statement is the first that any of them has."""
    first = entry.tellings[0]
    report = reports[first.report]
    told = next((one for one in entry.tellings if one.statement), None)
    statement = names.statement(told.statement) if told and told.statement else None
    words = first.happening.clause or first.happening.span
    return {
        "date": entry.date,
        "statement": statement.id if statement else None,
        "event": next((one.event for one in entry.tellings if one.event), None),
        "spans": [_place(reports[one.report], one.happening.span) for one in entry.tellings],
        "published": report.published,
        "outlet": report.outlet,
        "uri": report.uri,
        "report": report.id,
        "who": names.speaker(statement) if statement else names.outlet(report),
        "stance": statement.commitment.stance if statement else first.happening.realis,
        "content": " ".join((statement.content.quote if _is_cue(statement, first) else words.of(report.text)).split()),
    }


def _is_cue(statement: Statement | None, telling: Telling) -> TypeGuard[Statement]:
    """Whether the word of an entry is how its statement is made, so that what is said tells more than the clause."""
    cue = statement.cue.spans if statement and statement.cue else ()
    word = telling.happening
    return statement is not None and (word.kind == "statement" or any(piece.overlaps(word.span) for piece in cue))


def main_event(statement: Statement, events: tuple[Event, ...]) -> Event | None:
    """The event that a statement is about: of those that it tells itself, one with a time, else the first."""
    told = [event for event in events if event.statement == statement.id]
    return next((event for event in told if event.time), told[0] if told else None)


def _row(
    statement: Statement, names: Names, times: tuple[TimeExpression, ...], event: Event | None = None
) -> TimelineRow:
    report = names.facts(statement.report_id)
    return {
        "date": (event and event.time)
        or _date(statement, times)
        or statement.said_at
        or (report.published or "")[:10]
        or None,
        "statement": statement.id,
        "event": event.id if event else None,
        "spans": [_place(report, span) for span in statement.content.spans],
        "published": report.published,
        "outlet": report.outlet,
        "uri": report.uri,
        "report": report.id,
        "who": names.speaker(statement),
        "stance": statement.commitment.stance,
        "content": " ".join(statement.content.quote.split()),
    }


def _date(statement: Statement, times: tuple[TimeExpression, ...]) -> str | None:
    """The date that the content names, where it names just one."""
    named = {
        time.value.value
        for time in times
        if time.value
        and time.value.timex_type == "DATE"
        and time.value.value[:4].isdigit()
        and any(piece.contains(time.span) for piece in statement.content.spans)
    }
    return named.pop() if len(named) == 1 else None


def _place(report: Report, span: Span) -> PlaceRow:
    return {"uri": report.uri, "start": span.start, "end": span.end}
