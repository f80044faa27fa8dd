"""`brief`: the cited briefing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import command, database, filters, reading
from onrecord.cli.output import is_terminal, say
from onrecord.ledger.asking import make_query

if TYPE_CHECKING:
    from onrecord.export.clauses import Briefing
    from onrecord.ledger.store import Query, View

SHOWN_STOPPED = 5


@command(
    "brief",
    "onrecord brief",
    "onrecord brief --as-of 2025-03-06 > briefing.md",
    "onrecord brief --since 2025-03-06",
    "onrecord brief --story st-1a2b3c4d --format json",
    "onrecord brief --format html > briefing.html",
)
@filters("story", "since", "as_of")
@click.option(
    "--format",
    "form",
    type=click.Choice(("md", "text", "json", "html")),
    default="md",
    show_default=True,
    help="Markdown, plain text, JSON with what was left out and why, or one HTML file with charts.",
)
@database
def brief_command(db: str, form: str, **given: Any) -> None:
    """Print the cited briefing: what is said, by whom, who disagrees, which figures and how they moved, what is open.

    Every sentence ends in a citation; the note with its number gives the call that opens the words. On a terminal the
    Markdown is shown styled.
    """
    from onrecord.export.asof import as_known

    with reading(db) as store:
        view = as_known(store, given["as_of"])
        print_briefing(view, make_query(view, **given), form)


def print_briefing(view: View, query: Query, form: str) -> Briefing:
    """The briefing on standard output; what was stopped on standard error."""
    from onrecord.export.briefing import as_written, make_briefing

    briefing = make_briefing(view, query)
    if form == "md" and is_terminal():
        from onrecord.cli.briefing_view import show_briefing

        show_briefing(briefing)
    else:
        sys.stdout.write(as_written(briefing, form, view, query))
    sys.stdout.flush()
    _tell_stopped(briefing)
    stories = [story for story in view.stories() if len(story.reports) > 1]
    if len(stories) > 1 and not query.story:
        say(f"{len(stories)} stories in one briefing; `onrecord stories` lists them, --story ID tells one")
    return briefing


def _tell_stopped(briefing: Briefing) -> None:
    stopped = briefing.stopped
    for line in stopped[:SHOWN_STOPPED]:
        say(f"left out of the briefing, {line.statement[:10]}: {line.reason}")
    if len(stopped) > SHOWN_STOPPED:
        say(f"{len(stopped) - SHOWN_STOPPED} more lines left out; --format json lists them")
