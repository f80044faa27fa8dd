"""`timeline`: what is said and what is told to have happened, by the date it is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import command, database, filters, listing, make_query, opened
from onrecord.cli.output import Column, emit, say

if TYPE_CHECKING:
    from onrecord.export.naming import Names
    from onrecord.ledger.store import Query, View
    from onrecord.model import Event, Statement, TimeExpression

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
        rows = make_rows(store, make_query(store, **given), entity)[:limit]
        if form == "table":
            shown = [_for_people(row) for row in rows]
        else:
            shown = [{key: row[key] for key in KEYS} for row in rows] if form != "csv" else rows
        if not emit(shown, COLUMNS, form):
            say("nothing on the record fits" + ("; `onrecord speakers` lists who speaks" if entity else ""))


def make_rows(view: View, query: Query, entity: str | None) -> list[dict[str, Any]]:
    """One row a statement and one for each dated event that a report tells itself; those without any date last."""
    from onrecord.export.naming import Names

    names = Names(view)
    found = list(_wanted(view, query, entity))
    times = lru_cache(maxsize=8)(view.times)
    events = lru_cache(maxsize=8)(view.events)
    rows = [_row(one, names, times(one.report_id), main_event(one, events(one.report_id))) for one in found]
    rows += _told_by_reports(view, query, entity, names)
    return sorted(
        rows,
        key=lambda row: (row["date"] or "9999", row["published"] or "", row["uri"] or "", row["spans"][0]["start"]),
    )


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    published = (row["published"] or "")[:10]
    return row | {"date": _spoken(row["date"]), "published": published, "id": (row["statement"] or row["event"])[:10]}


def _spoken(date: str | None) -> str | None:
    """A date for people: TIMEX3 has letters for the parts of a year that ISO 8601 has no name for.

    >>> _spoken("2024-WI"), _spoken("2025-Q1"), _spoken("2025-03-04")
    ('winter 2024', '2025-Q1', '2025-03-04')
    """
    year, _, part = (date or "").partition("-")
    return f"{SEASONS[part]} {year}" if part in SEASONS else date


def _wanted(view: View, query: Query, entity: str | None) -> Iterator[Statement]:
    from dataclasses import replace

    if entity is None:
        yield from view.statements(query)
        return
    seen: set[str] = set()
    for side in (replace(query, who=entity), replace(query, about=entity)):
        for statement in view.statements(side):
            if statement.id not in seen:
                seen.add(statement.id)
                yield statement


def _told_by_reports(view: View, query: Query, entity: str | None, names: Names) -> list[dict[str, Any]]:
    """Rows of events with a time that no statement tells; of an entity, those that it has a part in."""
    from dataclasses import replace

    ids = None if entity is None else _called(view, entity)
    if query.who or query.about or query.stance or query.text:
        return []
    return [
        _event_row(event, names)
        for report in view.reports(replace(query, limit=None))
        for event in view.events(report.id)
        if event.statement is None and event.time and (ids is None or ids & {event.actor, event.target, event.place})
    ]


def _called(view: View, name: str) -> set[str | None]:
    """Ids of the entities of that name; where nobody has it, of those whose names hold its words."""
    from onrecord.ledger.words import holds_name, name_key

    wanted = name_key(name)
    keys = [(name_key(one), entity.id) for entity in view.entities() for one in (entity.name, *entity.aliases)]
    exact: set[str | None] = {identity for key, identity in keys if key == wanted or identity == name}
    return exact or {identity for key, identity in keys if wanted and holds_name(key, wanted)}


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
