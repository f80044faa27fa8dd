"""`open`: what is left open, when it is due, and what closed it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import IsoDate, command, database, filters, listing, make_query, opened
from onrecord.cli.output import emit, say

if TYPE_CHECKING:
    from onrecord.ledger.store import Query, View

KINDS = ("accusation", "question", "promise", "forecast")
STATES = ("open", "overdue", "closed")


@command(
    "open",
    "onrecord open",
    "onrecord open --what promise --due 2025-12-31",
    "onrecord open --status open --as-of 2025-03-06 --format json",
)
@click.option("--what", type=click.Choice(KINDS), help="Only these.")
@click.option("--status", type=click.Choice(STATES), help="Only those that are open, overdue (and open), or closed.")
@click.option("--due", type=IsoDate(), metavar="DATE", help="Only what is due by this date.")
@filters("text", "who", "about", "report", "story", "since", "until", "as_of")
@listing
@database
def open_command(db: str, form: str, limit: int | None, as_of: str | None, **given: Any) -> None:
    """List accusations and questions without an answer, promises and forecasts with their dates, and what closed them.

    An evasion closes nothing. Overdue is counted from --as-of, else from the newest report.
    """
    from onrecord.cli.change_rows import OPEN, open_cells
    from onrecord.ledger.asof import as_known

    with opened(db) as store:
        view = as_known(store, as_of)
        found = _rows(view, make_query(view, **given), as_of, given["due"])
        wanted = (
            row for row in found if given["what"] in (None, row["what"]) and given["status"] in (None, row["status"])
        )
        rows = list(islice(wanted, limit))
        if not emit(map(open_cells, rows) if form == "table" else rows, OPEN, form):
            say("nothing of the kind is open on the record")


def _rows(view: View, query: Query, as_of: str | None, due: str | None) -> Iterator[dict[str, Any]]:
    from onrecord.cli.change_rows import is_in_time, open_row
    from onrecord.export.naming import Names
    from onrecord.export.opened import find_openings, merge_retold
    from onrecord.export.shelf import Shelf

    names, shelf = Names(view), Shelf(view)
    today = as_of or max((report.published for report in view.reports() if report.published), default=None)
    for opening, again in merge_retold(shelf, find_openings(shelf, query)):
        row = open_row(opening, again, names, today)
        if is_in_time(row, due):
            yield row
