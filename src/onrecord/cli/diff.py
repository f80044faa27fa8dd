"""`diff`: two versions of an article, claim by claim. `drift`: what was lost along copies and retellings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import command, database, filters, listing, reading
from onrecord.cli.output import emit, say
from onrecord.ledger.asking import find_report, make_query

if TYPE_CHECKING:
    from onrecord.export.shelf import Shelf


@command(
    "diff",
    "onrecord diff r-1a2b3c4d r-5e6f7a8b",
    "onrecord diff r-1a2b3c4d https://herald.example/ferry --format json",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--all", "every", is_flag=True, help="What stayed the same, too.")
@filters("as_of")
@listing
@database
def diff_command(db: str, form: str, limit: int | None, old: str, new: str, every: bool, as_of: str | None) -> None:
    """Two versions of an article, claim by claim: removed, hedged, re-attributed, figure moved.

    OLD and NEW are ids, the beginnings of ids, or addresses (the newest version). A text and its copy can be compared
    as well. Also told: the note by which the newer one corrects itself, and reports that still carry what it took back.
    """
    from onrecord.export.asof import as_known
    from onrecord.export.change_rows import CHANGES, change_cells
    from onrecord.export.shelf import Shelf

    with reading(db) as store:
        view = as_known(store, as_of)
        found = _diff_rows(Shelf(view), find_report(view, old), find_report(view, new))
        rows = [row for row in found if every or row["what"] != ["unchanged"]][:limit]
        if not emit(map(change_cells, rows) if form == "table" else rows, CHANGES, form):
            say("nothing that somebody says has changed between the two")


def _diff_rows(shelf: Shelf, old: str, new: str) -> Iterator[dict[str, Any]]:
    from onrecord.export.change_rows import change_row, note_row, still_row
    from onrecord.export.changed import diff, notes_of, stale
    from onrecord.export.naming import Names, tidy

    names, changes, after = Names(shelf.view), diff(shelf, old, new), shelf.entry(new).report
    yield from (change_row(change, names) for change in changes)
    place = {"report": after.id, "uri": after.uri, "outlet": after.outlet, "published": after.published}
    for span in notes_of(shelf.entry(new)):
        yield note_row(place, span, tidy(span.of(after.text)))
    for change in changes:
        if change.before:
            for other, correction in stale(shelf, (change.before.statement,)):
                if correction.report == new:
                    yield still_row(change.before, other, names)


@command("drift", "onrecord drift", "onrecord drift --story st-1a2b3c4d --format jsonl")
@filters("story", "report", "since", "until", "as_of")
@click.option("--all", "every", is_flag=True, help="What was passed on unchanged, too.")
@listing
@database
def drift_command(db: str, form: str, limit: int | None, every: bool, as_of: str | None, **given: Any) -> None:
    """List what was lost along versions, copies and credited retellings: a hedge, an "up to", the speaker."""
    from onrecord.export.asof import as_known
    from onrecord.export.change_rows import DRIFT, change_cells, change_row
    from onrecord.export.changed import drift
    from onrecord.export.naming import Names
    from onrecord.export.shelf import Shelf

    with reading(db) as store:
        view = as_known(store, as_of)
        names = Names(view)
        found = (change_row(change, names) for change in drift(Shelf(view), make_query(view, **given)))
        rows = list(islice((row for row in found if every or row["what"] != ["unchanged"]), limit))
        if not emit(map(change_cells, rows) if form == "table" else rows, DRIFT, form):
            say("nothing was lost on the way, as far as the record tells")
