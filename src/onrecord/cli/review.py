"""`review`: people judge what was found; every verdict has an author and is a line of a log that only grows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.options import CommandGroup, command, database, opened
from onrecord.cli.output import put
from onrecord.cli.review_lists import log_command, next_command, orphans_command, precision_command
from onrecord.errors import UnknownId, UsageError
from onrecord.ledger.asking import STANCES, find_id, find_report, find_thing

if TYPE_CHECKING:
    from onrecord.model import Judgement
    from onrecord.review.verdicts import Reviewer

Function = TypeVar("Function", bound=Callable[..., Any])
SHOWN = 5  # entities of one name


@click.group(
    "review",
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=(
        "onrecord review next --db story.db",
        "onrecord review confirm s-1a2b3c4d",
        'onrecord review correct s-1a2b3c4d --speaker "Ada Byron"',
        "onrecord review undo",
    ),
)
def review_command() -> None:
    """Judge what was found: confirm, correct, reject; merge or split who is who; take it back.

    Nothing is edited. Each verdict is a line of a log and is applied on reading; `verify` checks the chain of the log.
    """


def judging(function: Function) -> Function:
    """--author, --note and --format of a verdict, and --db."""
    function = database(function)
    function = click.option(
        "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="What is told."
    )(function)
    function = click.option("--note", metavar="WORDS", help="Why, in words; kept with the verdict.")(function)
    return click.option(
        "--author", metavar="NAME", help="Whose verdict it is (also ONRECORD_AUTHOR; else who is logged in)."
    )(function)


@command(
    "confirm", "onrecord review confirm s-1a2b3c4d", 'onrecord review confirm s-1a2b3c4d --note "checked the tape"'
)
@click.argument("identity", metavar="ID")
@judging
def confirm_command(identity: str, db: str, author: str | None, note: str | None, form: str) -> None:
    """Say that a statement or a link is right as it reads now."""
    with reviewer(db, author) as one:
        tell(one.confirm(_judged(one, identity), note), form)


@command("reject", "onrecord review reject s-1a2b3c4d --note 'a headline, nobody says so'")
@click.argument("identity", metavar="ID")
@judging
def reject_command(identity: str, db: str, author: str | None, note: str | None, form: str) -> None:
    """Say that a statement or a link is none; it is in no list any more, and `show` still opens it."""
    with reviewer(db, author) as one:
        tell(one.reject(_judged(one, identity), note), form)


@command(
    "correct",
    'onrecord review correct s-1a2b3c4d --speaker "Health Ministry"',
    'onrecord review correct s-1a2b3c4d --content "at least 40 people were treated" --stance confirms',
    "onrecord review correct s-1a2b3c4d --source @120:134 --figure f-0f1e2d3c=40..50",
    "onrecord review correct s-1a2b3c4d --no-source --nobody",
)
@click.argument("identity", metavar="STATEMENT")
@click.option("--source", metavar="WORDS", help="The words for who says so: to the letter, or @START:END[,START:END].")
@click.option("--no-source", is_flag=True, help="The text names nobody.")
@click.option("--cue", metavar="WORDS", help="The words for saying so, likewise.")
@click.option("--no-cue", is_flag=True, help="There are none.")
@click.option("--content", metavar="WORDS", help="The words for what is said, likewise.")
@click.option("--speaker", metavar="NAME", help="Who it is: a name on the record, or an id.")
@click.option("--new-speaker", metavar="NAME", help="Who it is, where the record knows nobody of that name.")
@click.option("--nobody", is_flag=True, help="It cannot be told who it is.")
@click.option("--stance", type=click.Choice(STANCES), metavar="STANCE", help=f"One of {', '.join(STANCES)}.")
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar="[FIGURE=]RANGE",
    help="What a figure says: 40, 40..50, 40.. or ..50; its id where the statement has several.",
)
@judging
def correct_command(identity: str, db: str, author: str | None, note: str | None, form: str, **given: Any) -> None:
    """Put a statement right: source, cue and content by their words, speaker, stance, figures.

    Words must stand in the report to the letter; those nearest to the statement count. @120:134 gives places instead,
    in code points of the text that `onrecord source` prints.
    """
    from onrecord.cli.review_given import put_right

    with reviewer(db, author) as one:
        statement = find_id(one.view, identity, "statement")
        tell(one.correct(statement, put_right(one.view, statement, given), note), form)


@command("merge", "onrecord review merge e-1a2b3c4d e-5e6f7a8b", 'onrecord review merge "Ida Falk" "Mayor Falk"')
@click.argument("kept", metavar="ENTITY")
@click.argument("others", nargs=-1, required=True, metavar="ENTITY...")
@judging
def merge_command(kept: str, others: tuple[str, ...], db: str, author: str | None, note: str | None, form: str) -> None:
    """Say that entities are one: the first one stands for the others. Each by its id or its name."""
    from onrecord.cli.review_given import find_entity

    with reviewer(db, author) as one:
        tell(one.merge(*(find_entity(one.view, name) for name in (kept, *others)), note=note), form)


@command(
    "split",
    'onrecord review split e-1a2b3c4d --statement s-1a2b3c4d --name "Ida Falk (the painter)"',
    'onrecord review split "Ida Falk" --report r-0f1e2d3c',
)
@click.argument("entity", metavar="ENTITY")
@click.option("--statement", "statements", multiple=True, metavar="ID", help="This statement is by somebody else.")
@click.option("--report", "reports", multiple=True, metavar="ID", help="All that it says in this report is.")
@click.option("--name", metavar="NAME", help="What the other one is called, if otherwise.")
@judging
def split_command(
    entity: str,
    statements: tuple[str, ...],
    reports: tuple[str, ...],
    name: str | None,
    db: str,
    author: str | None,
    note: str | None,
    form: str,
) -> None:
    """Say that two of one name are two: some statements are by somebody else."""
    from onrecord.cli.review_given import find_entity

    with reviewer(db, author) as one:
        judgement = one.split(
            find_entity(one.view, entity),
            [find_id(one.view, start, "statement") for start in statements],
            [find_report(one.view, start) for start in reports],
            name=name,
            note=note,
        )
        tell(judgement, form)


@command("undo", "onrecord review undo", "onrecord review undo j-1a2b3c4d")
@click.argument("identity", metavar="[JUDGEMENT]", required=False)
@judging
def undo_command(identity: str | None, db: str, author: str | None, note: str | None, form: str) -> None:
    """Take back your newest verdict, or the one that is named; the log keeps both."""
    with reviewer(db, author) as one:
        tell(one.undo(find_id(one.view, identity, "judgement") if identity else None, note), form)


@contextmanager
def reviewer(db: str, author: str | None) -> Iterator[Reviewer]:
    """Whoever judges, on the store that `db` names."""
    from onrecord.review.verdicts import Reviewer

    name = author_of(author)
    with opened(db) as store:
        yield Reviewer(store, name)


def author_of(given: str | None) -> str:
    """Who judges: as given, else ONRECORD_AUTHOR, else who is logged in; UsageError for an empty name."""
    if given is None:
        given = os.environ.get("ONRECORD_AUTHOR")
    if given is None:
        import getpass

        try:
            given = getpass.getuser()
        except (KeyError, OSError, ImportError):  # no such user, or none at all
            given = ""
    if not given.strip():
        raise UsageError("who judges? give --author NAME, or set ONRECORD_AUTHOR")
    return given


def tell(one: Judgement, form: str) -> None:
    """What was put in the log."""
    from onrecord.export.cells import as_json
    from onrecord.ledger.lines import line_of
    from onrecord.review.telling import PAST

    if form == "json":
        sys.stdout.write(as_json(line_of(one), indent=2) + "\n")
        return
    what = ", ".join(one.about[:SHOWN]) + (" …" if len(one.about) > SHOWN else "")
    put(f"{one.id}  {one.author} {PAST[one.verdict]} {what}\n")


def _judged(one: Reviewer, start: str) -> str:
    """A statement or link by the beginning of its id."""
    kind, identity = find_thing(one.view, start)
    if kind not in ("statement", "link"):
        raise UnknownId(f"{identity} is of type {kind}; a verdict is on a statement or a link")
    return identity


for _each in (
    next_command,
    confirm_command,
    correct_command,
    reject_command,
    merge_command,
    split_command,
    undo_command,
    log_command,
    precision_command,
    orphans_command,
):
    review_command.add_command(_each)
