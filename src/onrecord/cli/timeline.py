"""`timeline`: what is said and what is told to have happened, by the date it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.cli.options import chart, command, database, filters, listing, reading
from onrecord.cli.output import emit, say
from onrecord.export.cells import Column
from onrecord.ledger.asking import make_query

COLUMNS = (
    Column("date", "about"),
    Column("published", "published"),
    Column("who", "who"),
    Column("stance", "does"),
    Column("content", "what, in the words of the report"),
    Column("id", "id"),
)
KEYS = ("date", "statement", "event", "spans")  # of a JSON row


@command(
    "timeline",
    "onrecord timeline",
    'onrecord timeline --entity "Brennvik Terminals" --format json',
    "onrecord timeline --chart timeline.svg",
)
@click.option("--entity", metavar="NAME", help="Only what this person, body or place says, or what is said about it.")
@filters("story", "since", "until", "as_of")
@chart
@listing
@database
def timeline_command(
    db: str, form: str, limit: int | None, entity: str | None, chart: Path | None, **given: Any
) -> None:
    """Order what is said by the date it is about: a date it names, else when it was said, else when it was printed.

    What a report tells in its own voice comes by the date that its sentence gives it.
    """
    from onrecord.export.naming import Names
    from onrecord.export.timeline_rows import make_rows, rows_of
    from onrecord.export.timelines import timeline_of

    with reading(db) as store:
        query = make_query(store, **given)
        rows: list[dict[str, Any]]
        if entity is None:
            rows = [dict(row) for row in make_rows(store, query)[:limit]]
        else:
            found = timeline_of(store, entity, query)
            rows = [dict(row) for row in rows_of(found, Names(store))[:limit]]
            if found.called.note:
                say(found.called.note)
        if chart:
            from onrecord.cli.charts import chart_timeline

            chart_timeline(rows, chart, entity)
            return
        if form == "table":
            shown = [_for_people(row) for row in rows]
        else:
            shown = [{key: row[key] for key in KEYS} for row in rows] if form != "csv" else rows
        if not emit(shown, COLUMNS, form):
            say("nothing on the record fits" + ("; `onrecord speakers` lists who speaks" if entity else ""))
        elif entity and form == "table" and not any(row["date"] for row in rows):
            say("no date is known for any of these")


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    from onrecord.export.timeline_rows import spoken_date

    published = (row["published"] or "")[:10]
    return row | {
        "date": spoken_date(row["date"]),
        "published": published,
        "id": (row["statement"] or row["event"] or row["report"])[:10],
    }
