"""The lists of `review`: what waits, what was said, how often the machine was right, what has lost its words."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import command, database, filters, listing, opened
from onrecord.cli.output import emit, say
from onrecord.export.cells import Column
from onrecord.ledger.asking import make_query

if TYPE_CHECKING:
    from onrecord.review.queue import Asked

NEXT = (
    Column("id", "id"),
    Column("score", "score"),
    Column("published", "published"),
    Column("who", "who"),
    Column("stance", "stance"),
    Column("content", "what, in the words of the report"),
)
LOG = (
    Column("number", "line"),
    Column("id", "id"),
    Column("when", "when"),
    Column("author", "author"),
    Column("verdict", "verdict"),
    Column("about", "about"),
    Column("holds", "holds"),
    Column("note", "note"),
)
PRECISION = (
    Column("group", "of"),
    Column("kind", "kind"),
    Column("judged", "judged"),
    Column("right", "right"),
    Column("corrected", "corrected"),
    Column("rejected", "rejected"),
    Column("precision", "precision"),
    Column("low", "at least"),
    Column("high", "at most"),
)
ORPHANS = (
    Column("judgement", "id"),
    Column("verdict", "verdict"),
    Column("author", "author"),
    Column("about", "about"),
    Column("why", "why"),
    Column("words", "the words it was given on"),
)
WAITING = 10  # rows of `next` without a limit
SHORT = 10  # characters of an id in a table


@command(
    "next",
    "onrecord review next",
    "onrecord review next --story st-1a2b3c4d --kind denies --limit 20",
    "onrecord review next --sample --limit 100 --format jsonl",
)
@click.option("--kind", metavar="KIND", help="A form, stance, certainty or flag; or figure, unnamed, linked.")
@click.option("--sample", is_flag=True, help="A sample by chance instead, for telling precision from.")
@filters("text", "who", "about", "stance", "report", "story", "since", "until")
@listing
@database
def next_command(db: str, form: str, limit: int | None, kind: str | None, sample: bool, **given: Any) -> None:
    """List what waits for a verdict, least certain and most linked first; what was judged does not wait.

    QUERY looks for words in what is said.
    """
    from onrecord.export.naming import Names
    from onrecord.export.rows import shortened, statement_row
    from onrecord.review.queue import queue
    from onrecord.review.reading import Reviewed

    def row(asked: Asked) -> dict[str, Any]:
        told = {"score": asked.score, "links": asked.links, "alike": asked.alike}
        return {**statement_row(asked.statement, names), **told}

    with opened(db) as store:
        view = Reviewed(store)
        names = Names(view)
        query = replace(make_query(view, **given), limit=WAITING if limit is None else limit)
        rows = map(row, queue(view, query, kind=kind, sample=sample))
        if not emit(map(shortened, rows) if form == "table" else rows, NEXT, form):
            say("nothing that fits waits for a verdict")


@command("log", "onrecord review log", "onrecord review log --format jsonl > judgements.jsonl")
@click.option("--by", metavar="NAME", help="Only this author's.")
@listing
@database
def log_command(db: str, form: str, limit: int | None, by: str | None) -> None:
    """List the log, oldest first; with a limit the newest ones.

    As JSON Lines it is what `export` writes and `import` reads into another database: each judgement finds its
    statement there by its words.
    """
    from onrecord.ledger.lines import line_of
    from onrecord.review.reading import Reviewed
    from onrecord.review.telling import judgement_rows

    with opened(db) as store:
        view = Reviewed(store)
        if form in ("json", "jsonl"):
            rows = [line_of(one) for one in view.judgements() if by in (None, one.author)]
        else:
            rows = [dict(row) for row in judgement_rows(view) if by in (None, row["author"])]
        if form == "table":
            rows = [row | {"id": row["id"][:SHORT], "about": [i[:SHORT] for i in row["about"][:3]]} for row in rows]
        last = view.last_judgement()
        if not emit(rows[-limit:] if limit else rows if limit is None else [], LOG, form) and last is None:
            say("nothing has been judged")
        elif form == "table" and last is not None:
            say(f"the last of {last.number} has the hash {last.hash}; noted elsewhere, it shows what is cut off")


@command("precision", "onrecord review precision", "onrecord review precision --by 'Ida Berg' --format csv")
@click.option("--by", metavar="NAME", help="By this author's verdicts alone.")
@listing
@database
def precision_command(db: str, form: str, limit: int | None, by: str | None) -> None:
    """Tell how often the machine was right, by kind: the share confirmed as found, with its 95% Wilson interval.

    It holds for what was judged. The queue asks for the doubtful first, so judge a sample (`review next --sample`)
    where the share is to stand for the whole record.
    """
    from onrecord.review.precision import precision
    from onrecord.review.reading import Reviewed

    with opened(db) as store:
        found = islice(precision(Reviewed(store), by), limit)
        if not emit([asdict(one) | {"parts": dict(one.parts)} for one in found], PRECISION, form):
            say("nothing has been judged")


@command("orphans", "onrecord review orphans", "onrecord review orphans --format json")
@listing
@database
def orphans_command(db: str, form: str, limit: int | None) -> None:
    """List judgements that are about nothing on the record now; they stay in the log and may find their words again."""
    from onrecord.review.reading import Reviewed
    from onrecord.review.telling import orphan_row

    with opened(db) as store:
        rows = [dict(orphan_row(one)) for one in islice(Reviewed(store).orphans, limit)]
        if not emit(rows, ORPHANS, form):
            say("every judgement that holds is about something on the record")
