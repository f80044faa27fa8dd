"""`timeline`: what is said and what is told to have happened, by the date it is about."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeGuard

import click

from onrecord.cli.options import command, database, filters, listing, opened
from onrecord.cli.output import emit, say
from onrecord.export.cells import Column
from onrecord.ledger.asking import make_query

if TYPE_CHECKING:
    from onrecord.export.naming import Names
    from onrecord.ledger.store import Query, View
    from onrecord.link.views.timelines import Entry, Telling
    from onrecord.model import Event, Report, Statement, TimeExpression

COLUMNS = (
    Column("date", "about"),
    Column("published", "published"),
    Column("who", "who"),
    Column("stance", "does"),
    Column("content", "what, in the words of the report"),
    Column("id", "id"),
)
SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
KEYS = ("date", "statement", "event", "spans")  # of a JSON row


@command(
    "timeline",
    "onrecord timeline",
    'onrecord timeline --entity "Brennvik Terminals" --format json',
)
@click.option("--entity", metavar="NAME", help="Only what this person, body or place says, or what is said about it.")
@filters("story", "since", "until", "as_of")
@listing
@database
def timeline_command(db: str, form: str, limit: int | None, entity: str | None, **given: Any) -> None:
    """Order what is said by the date it is about: a date it names, else when it was said, else when it was printed.

    What a report tells in its own voice comes by the date that its sentence gives it.
    """
    with opened(db) as store:
        query = make_query(store, **given)
        rows = make_rows(store, query) if entity is None else rows_of(store, query, entity)
        rows = rows[:limit]
        if form == "table":
            shown = [_for_people(row) for row in rows]
        else:
            shown = [{key: row[key] for key in KEYS} for row in rows] if form != "csv" else rows
        if not emit(shown, COLUMNS, form):
            say("nothing on the record fits" + ("; `onrecord speakers` lists who speaks" if entity else ""))
        elif entity and form == "table" and not any(row["date"] for row in rows):
            say("no date is known for any of these")


def make_rows(view: View, query: Query) -> list[dict[str, Any]]:
    """One row a statement and one for each dated event that a report tells itself; those without any date last."""
    from onrecord.export.naming import Names

    names = Names(view)
    found = list(view.statements(query))
    times = lru_cache(maxsize=8)(view.times)
    events = lru_cache(maxsize=8)(view.events)
    rows = [_row(one, names, times(one.report_id), main_event(one, events(one.report_id))) for one in found]
    rows += _told_by_reports(view, query, names)
    return sorted(
        rows,
        key=lambda row: (row["date"] or "9999", row["published"] or "", row["uri"] or "", row["spans"][0]["start"]),
    )


def rows_of(view: View, query: Query, entity: str) -> list[dict[str, Any]]:
    """One row for each event in which the entity has a part, and for what it says."""
    from onrecord.export.naming import Names
    from onrecord.export.timelines import timeline_of

    names = Names(view)
    found = timeline_of(view, entity, query)
    if found.called.note:
        say(found.called.note)
    return [_entry_row(entry, found.reports, names) for entry in found.entries]


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    published = (row["published"] or "")[:10]
    return row | {
        "date": _spoken(row["date"]),
        "published": published,
        "id": (row["statement"] or row["event"] or row["report"])[:10],
    }


def _spoken(date: str | None) -> str | None:
    """A date for people: TIMEX3 has letters for the parts of a year that ISO 8601 has no name for.

    >>> _spoken("2024-WI"), _spoken("2025-Q1"), _spoken("2025-03-04")
    ('winter 2024', '2025-Q1', '2025-03-04')
    """
    year, _, part = (date or "").partition("-")
    return f"{SEASONS[part]} {year}" if part in SEASONS else date


def _told_by_reports(view: View, query: Query, names: Names) -> list[dict[str, Any]]:
    """Rows of events with a time that no statement tells."""
    from dataclasses import replace

    if query.who or query.about or query.stance or query.text:
        return []
    return [
        _event_row(event, names)
        for report in view.reports(replace(query, limit=None))
        for event in view.events(report.id)
        if event.statement is None and event.time
    ]


def _event_row(event: Event, names: Names) -> dict[str, Any]:
    report = names.report(event.report_id)
    words = sorted(span for span in (event.actor_span, event.span, event.target_span) if span)
    return {
        "date": event.time,
        "statement": None,
        "event": event.id,
        "spans": [{"uri": report.uri, "start": event.span.start, "end": event.span.end}],
        "published": report.published,
        "outlet": report.outlet,
        "uri": report.uri,
        "who": names.outlet(report),
        "stance": event.realis,
        "content": " … ".join(" ".join(span.of(report.text).split()) for span in words),
    }


def _entry_row(entry: Entry, reports: dict[str, Report], names: Names) -> dict[str, Any]:
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
        "spans": [
            {"uri": reports[one.report].uri, "start": one.happening.span.start, "end": one.happening.span.end}
            for one in entry.tellings
        ],
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
) -> dict[str, Any]:
    report = names.report(statement.report_id)
    return {
        "date": (event and event.time)
        or _date(statement, times)
        or statement.said_at
        or (report.published or "")[:10]
        or None,
        "statement": statement.id,
        "event": event.id if event else None,
        "spans": [{"uri": report.uri, "start": s.start, "end": s.end} for s in statement.content.spans],
        "published": report.published,
        "outlet": report.outlet,
        "uri": report.uri,
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
