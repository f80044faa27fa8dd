"""`new`: what a report adds to what was on the record before it."""

from __future__ import annotations

import click

from onrecord.cli.options import command, database, filters, listing, reading
from onrecord.cli.output import emit, say
from onrecord.ledger.asking import find_report


@command("new", "onrecord new r-1a2b3c4d", "onrecord new https://herald.example/ferry --format json")
@click.argument("report", metavar="REPORT")
@filters("as_of")
@listing
@database
def new_command(db: str, form: str, limit: int | None, report: str, as_of: str | None) -> None:
    """What a report adds: claims, speakers and figures that no report before it has, and speakers who moved.

    REPORT is an id, the beginning of one, or the report's address. Reports of the same day count as there before where
    their dates do not tell which was first. A reprint adds nothing.
    """
    from onrecord.export.added import news_of
    from onrecord.export.asof import as_known
    from onrecord.export.change_rows import NEW, new_cells, new_rows
    from onrecord.export.naming import Names
    from onrecord.export.shelf import Shelf

    with reading(db) as store:
        view = as_known(store, as_of)
        rows = new_rows(news_of(Shelf(view), find_report(view, report)), Names(view))[:limit]
        if not emit(map(new_cells, rows) if form == "table" else rows, NEW, form):
            say("nothing: all that it tells was on the record before it")
