"""`show` and `source`: one thing by its id, and the text it rests on."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import command, database, filters, opened, reading
from onrecord.cli.output import is_terminal, put, say
from onrecord.ledger.asking import find_report, find_thing

if TYPE_CHECKING:
    from onrecord.export.sheet import Sheet
    from onrecord.ledger.store import View


@command(
    "show",
    "onrecord show s-1a2b3c4d",
    "onrecord show r-0f --format json",
    "onrecord show s-1a2b3c4d --as-of 2025-03-06",
)
@click.argument("identity", metavar="ID")
@filters("as_of")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@database
def show_command(identity: str, db: str, form: str, as_of: str | None) -> None:
    """Show anything by its id, with its evidence in context.

    ID may be the beginning of an id, as long as it is the only one that begins so.
    """
    from onrecord.cli.sheets import print_sheet
    from onrecord.export.asof import as_known
    from onrecord.export.cells import as_json
    from onrecord.export.changed import Corrections
    from onrecord.export.sheets import load, make_sheet
    from onrecord.export.shelf import Shelf
    from onrecord.export.storylines import as_published, change_row
    from onrecord.ledger.lines import line_of
    from onrecord.ledger.regrouping import stories_after
    from onrecord.model import Statement, Story

    with reading(db) as store:
        view = as_known(store, as_of)
        kind, full = find_thing(view, identity)
        if kind == "story" and not full.startswith(identity.rstrip("…")):
            there = (full,) if as_of else stories_after(view, identity.rstrip("…"))
            say(f"{identity} is no story {'then' if as_of else 'any more'}: its reports are in {', '.join(there)}")
        if kind == "series":
            _show_series(view, full, form)
            return
        thing = load(view, kind, full)
        if isinstance(thing, Statement):
            thing = Corrections(Shelf(view)).flagged(thing)
        if form == "json":
            line = line_of(thing)
            if kind == "statement":
                line["links"] = [line_of(link) for link in view.links(full)]
            line |= _judged_lines(store, kind, full)
            if isinstance(thing, Story):
                changes = (*as_published(view, thing), *view.story_changes(full))
                line["changes"] = [change_row(change) for change in changes]
            sys.stdout.write(as_json(line, indent=2) + "\n")
        else:
            print_sheet(_judged(make_sheet(view, thing), store, kind, full))


def _judged(sheet: Sheet, view: View, kind: str, identity: str) -> Sheet:
    """The sheet with what people said of a statement or link, and how it was found."""
    from onrecord.review.reading import Reviewed
    from onrecord.review.telling import as_found, history

    if not isinstance(view, Reviewed) or kind not in ("statement", "link"):
        return sheet
    said = history(view, identity)
    was = as_found(view, view.statement(identity)) if kind == "statement" and said else ()
    found = tuple(f"{name}: {value}" for name, value in was)
    held = {link.id for link in view.links(identity)} if kind == "statement" else set[str]()
    lost = [link for link in (view.links_found(identity) if kind == "statement" else ()) if link.id not in held]
    gone = tuple(f"{link.id}: {link.kind}, {link.review}" for link in lost)
    blocks = (("what people say of it", said), ("as it was found", found), ("links that do not hold", gone))
    return replace(sheet, blocks=(*sheet.blocks, *(block for block in blocks if block[1])))


def _judged_lines(view: View, kind: str, identity: str) -> dict[str, Any]:
    """Likewise for JSON: the judgements, and the statement as it was found where it reads otherwise now."""
    from onrecord.ledger.lines import line_of
    from onrecord.review.reading import Reviewed

    if not isinstance(view, Reviewed) or kind not in ("statement", "link"):
        return {}
    found: dict[str, Any] = {"judgements": [line_of(one) for one in view.judged(identity)]}
    if kind == "statement":
        found["found"] = line_of(view.found.statement(identity))
        found["links_lost"] = [line_of(link) for link in view.links_found(identity) if link not in view.links(identity)]
    return found


def _show_series(view: View, identity: str, form: str) -> None:
    """A quantity over time; it has no line of its own."""
    from onrecord.cli.sheets import print_sheet
    from onrecord.export.cells import as_json
    from onrecord.export.claim_sheets import series_row, series_sheet

    if form == "json":
        sys.stdout.write(as_json(series_row(view, identity), indent=2) + "\n")
    else:
        print_sheet(series_sheet(view, identity))


@command("source", "onrecord source r-1a2b3c4d > report.txt", "onrecord source r-1a2b3c4d --original > page.html")
@click.argument("report", metavar="REPORT")
@click.option("--original", is_flag=True, help="The bytes as they were read (the HTML page, the JSON line).")
@database
def source_command(report: str, db: str, original: bool) -> None:
    """Print the stored text of a report, to the byte.

    REPORT is an id, the beginning of one, or the report's URI. Offsets everywhere count code points of this text.
    """
    with opened(db) as store:
        identity = find_report(store, report)
        data = store.source(identity).data if original else store.report(identity).text.encode("utf-8")
    if is_terminal():
        put(data.decode("utf-8", "replace"))
        say("control characters are written out on a terminal; a file or a pipe gets every byte")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
