"""`open`: what is left open, when it is due, and what closed it."""

from __future__ import annotations

from itertools import islice
from typing import Any

import click

from onrecord.cli.options import IsoDate, command, database, filters, listing, reading
from onrecord.cli.output import emit, say
from onrecord.ledger.asking import OPENINGS, STATES, make_query


@command(
    "open",
    "onrecord open",
    "onrecord open --what promise --due 2025-12-31",
    "onrecord open --status open --as-of 2025-03-06 --format json",
)
@click.option("--what", type=click.Choice(OPENINGS), help="Only these.")
@click.option("--status", type=click.Choice(STATES), help="Only those that are open, overdue (and open), or closed.")
@click.option("--due", type=IsoDate(), metavar="DATE", help="Only what is due by this date.")
@filters("text", "who", "about", "report", "story", "since", "until", "as_of")
@listing
@database
def open_command(db: str, form: str, limit: int | None, as_of: str | None, **given: Any) -> None:
    """List accusations and questions without an answer, promises and forecasts with their dates, and what closed them.

    An evasion closes nothing. Overdue is counted from --as-of, else from the newest report.
    """
    from onrecord.export.asof import as_known
    from onrecord.export.change_rows import OPEN, open_cells
    from onrecord.export.opened import open_rows

    with reading(db) as store:
        view = as_known(store, as_of)
        found = open_rows(view, make_query(view, **given), as_of, given["due"])
        wanted = (
            row for row in found if given["what"] in (None, row["what"]) and given["status"] in (None, row["status"])
        )
        rows = list(islice(wanted, limit))
        if not emit(map(open_cells, rows) if form == "table" else rows, OPEN, form):
            say("nothing of the kind is open on the record")
