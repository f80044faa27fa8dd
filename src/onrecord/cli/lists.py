"""The lists: reports, statements, figures, speakers, claims, stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import chart, command, database, filters, listing, reading
from onrecord.cli.output import emit, say
from onrecord.export.cells import Column
from onrecord.ledger.asking import make_query

if TYPE_CHECKING:
    from onrecord.ledger.store import View

SHOWN_ALIKE = 3  # names that look like the one asked for
Rows = Callable[["View", Any], Iterable[Mapping[str, Any]]]


@command(
    "reports",
    "onrecord reports",
    'onrecord reports "ammonia leak" --since 2025-03-04',
    "onrecord reports --format csv > reports.csv",
)
@filters("text", "story", "since", "until", "as_of")
@listing
@database
def reports_command(db: str, form: str, limit: int | None, **given: Any) -> None:
    """List the reports, oldest first; QUERY looks for words in their text."""
    from onrecord.export.rows import REPORTS, report_row

    _print(db, form, limit, REPORTS, given, lambda view, query: map(report_row, view.reports(query)))


@command(
    "statements",
    'onrecord statements --who "Ingrid Solvang"',
    "onrecord statements --stance denies --since 2025-03-04",
    "onrecord statements valve --format jsonl",
)
@filters("text", "who", "about", "stance", "review", "report", "story", "since", "until", "as_of")
@click.option("--plain", is_flag=True, default=None, help="Only what may be told without a caveat.")
@click.option("--all", "every", is_flag=True, help="Beliefs, wishes, plans and acts too, not speech alone.")
@listing
@database
def statements_command(db: str, form: str, limit: int | None, every: bool, **given: Any) -> None:
    """List who said what, when and how sure; QUERY looks for words in what is said."""
    from onrecord.export.asof import as_known
    from onrecord.export.changed import Corrections
    from onrecord.export.naming import Names
    from onrecord.export.rows import STATEMENTS, statement_row
    from onrecord.export.shelf import Shelf

    def rows(view: View, query: Any) -> Iterator[Mapping[str, Any]]:
        names, corrections = Names(view), Corrections(Shelf(as_known(view, query.as_of)))
        return (statement_row(corrections.flagged(statement), names) for statement in view.statements(query))

    _print(db, form, limit, STATEMENTS, given, rows, every=every)


@command(
    "figures",
    "onrecord figures",
    'onrecord figures --who "Health Ministry" --format csv',
    "onrecord figures treated --as-of 2025-03-06",
    "onrecord figures --series q-1a2b3c4d",
    "onrecord figures --chart figures.svg",
)
@filters("text", "who", "about", "stance", "review", "series", "report", "story", "since", "until", "as_of")
@chart
@listing
@database
def figures_command(db: str, form: str, limit: int | None, chart: Path | None, **given: Any) -> None:
    """List the figures: whose they are, what they count, where and as of when; or draw them over time."""
    if chart:
        from onrecord.cli.charts import chart_figures

        chart_figures(db, chart, given)
        return
    from onrecord.export.naming import Names
    from onrecord.export.rows import FIGURES, figure_row

    def rows(view: View, query: Any) -> Iterator[Mapping[str, Any]]:
        names = Names(view)
        for figure in view.figures(query):
            holder = view.statement(figure.statement) if figure.statement else None
            yield figure_row(figure, names, holder)

    _print(db, form, limit, FIGURES, given, rows)


@command(
    "speakers",
    "onrecord speakers --limit 10",
    "onrecord speakers --stance denies",
)
@filters("who", "about", "stance", "report", "story", "since", "until", "as_of")
@listing
@database
def speakers_command(db: str, form: str, limit: int | None, **given: Any) -> None:
    """List the sources, those with most statements first."""
    from onrecord.export.rows import SPEAKERS, speaker_row

    _print(db, form, limit, SPEAKERS, given, lambda view, query: map(speaker_row, view.speakers(query)))


@command(
    "claims",
    "onrecord claims --status disputed",
    'onrecord claims --who "Health Ministry" --as-of 2025-03-05',
    "onrecord claims valve --format jsonl",
)
@filters("text", "who", "about", "status", "report", "story", "since", "until", "as_of")
@listing
@database
def claims_command(db: str, form: str, limit: int | None, **given: Any) -> None:
    """List what is claimed: who says so alike, how many independent origins are behind it, who is against it.

    A claim is listed where one of its statements fits; QUERY looks for words in what is said.
    """
    from onrecord.export.claims import claims_that_fit
    from onrecord.export.naming import Names
    from onrecord.export.rows import CLAIMS, claim_row

    def rows(view: View, query: Any) -> Iterator[Mapping[str, Any]]:
        names = Names(view)
        return (claim_row(claim, names, view.statements_of(claim.statements)) for claim in claims_that_fit(view, query))

    _print(db, form, limit, CLAIMS, given, rows)


@command(
    "stories",
    "onrecord stories",
    "onrecord stories --as-of 2025-03-06 --format jsonl",
    "onrecord stories --changes",
)
@filters("as_of")
@click.option("--changes", is_flag=True, help="What joined and parted stories when reports came in, newest first.")
@listing
@database
def stories_command(db: str, form: str, limit: int | None, changes: bool, **given: Any) -> None:
    """List the stories, those with most reports first; `brief --story ID` tells one."""
    from onrecord.export.asof import as_known
    from onrecord.export.rows import STORIES, STORY_CHANGES, story_row
    from onrecord.export.storylines import change_row

    def rows(view: View, query: Any) -> Iterable[Mapping[str, Any]]:
        known = as_known(view, query.as_of)
        if changes:
            return map(change_row, reversed(known.story_changes()))
        return map(story_row, known.largest_stories(limit))

    _print(db, form, limit, STORY_CHANGES if changes else STORIES, given, rows)


def _print(
    db: str,
    form: str,
    limit: int | None,
    columns: tuple[Column, ...],
    given: dict[str, Any],
    rows: Rows,
    *,
    every: bool = False,
) -> None:
    """Opens the store, asks it once, prints; says so on standard error where nothing fits."""
    from dataclasses import replace

    from onrecord.export.rows import shortened

    with reading(db, review=given.get("review")) as store:
        query = replace(make_query(store, **given), limit=limit)
        if every:
            query = replace(query, attitude=None)
        found = islice(rows(store, query), limit)
        shown = map(shortened, found) if form == "table" else found
        if not emit(shown, columns, form):
            say("nothing on the record fits" + ("; `onrecord speakers` lists who speaks" if given.get("who") else ""))
        others = _like(store, given["who"]) if form == "table" and given.get("who") else ()
        if others:
            say(f"--who takes whole names; there is also {', '.join(others)}")


def _like(view: View, name: str) -> tuple[str, ...]:
    """A few sources that have `name` as a part of theirs and are not called so."""
    wanted = f" {name.casefold()} "
    found = []
    for count in view.speakers():
        names = {count.name, *(count.entity.aliases if count.entity else ())}
        if wanted in f" {count.name.casefold()} " and name.casefold() not in {n.casefold() for n in names}:
            found.append(repr(count.name))
    return tuple(found[:SHOWN_ALIKE])
