"""`timeline`: what is said, by the date it is about."""

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
    """Order what is said by the date it is about: a date it names, else when it was said, else when it was printed."""
    with opened(db) as store:
        rows = make_rows(store, make_query(store, **given), entity)[:limit]
        if form == "table":
            shown = [_for_people(row) for row in rows]
        else:
            shown = [{key: row[key] for key in KEYS} for row in rows] if form != "csv" else rows
        if not emit(shown, COLUMNS, form):
            say("nothing on the record fits" + ("; `onrecord speakers` lists who speaks" if entity else ""))


def make_rows(view: View, query: Query, entity: str | None) -> list[dict[str, Any]]:
    """One row a statement, by date; those without any date last."""
    from onrecord.export.naming import Names

    names = Names(view)
    found = list(_wanted(view, query, entity))
    times = lru_cache(maxsize=8)(view.times)
    events = lru_cache(maxsize=8)(view.events)
    rows = [_row(one, names, times(one.report_id), main_event(one, events(one.report_id))) for one in found]
    return sorted(
        rows,
        key=lambda row: (row["date"] or "9999", row["published"] or "", row["uri"] or "", row["spans"][0]["start"]),
    )


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    published = (row["published"] or "")[:10]
    return row | {"date": _spoken(row["date"]), "published": published, "id": row["statement"][:10]}


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


def main_event(statement: Statement, events: tuple[Event, ...]) -> Event | None:
    """The event that a statement is about: of those that it tells itself, one with a time, else the first."""
    told = [event for event in events if event.statement == statement.id]
    return next((event for event in told if event.time), told[0] if told else None)


def _row(
    statement: Statement, names: Names, times: tuple[TimeExpression, ...], event: Event | None = None
) -> dict[str, Any]:
    report = names.report(statement.report_id)
    return {
        "date": _date(statement, times) or statement.said_at or (report.published or "")[:10] or None,
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
