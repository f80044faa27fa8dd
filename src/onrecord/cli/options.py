"""The options that commands share, and the store and the query they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.output import FORMATS
from onrecord.errors import UsageError
from onrecord.ledger.asking import REVIEWS, STANCES, STATUSES, is_date
from onrecord.registry import ENGINES, engines

if TYPE_CHECKING:
    from onrecord.ledger.store import Store, View

PORT = 8400  # of the reading room
Function = TypeVar("Function", bound=Callable[..., Any])


class Command(click.Command):
    """A command whose --help ends in examples."""

    def __init__(self, *arguments: Any, examples: tuple[str, ...] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, one a line, never wrapped."""
        super().format_epilog(ctx, formatter)
        formatter.write_paragraph()
        formatter.write("Examples:\n" + "".join(f"  {example}\n" for example in self.examples))


class CommandGroup(Command, click.Group):
    """Commands of one name, with examples of their own."""


def command(name: str, *examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function the command `name`; its docstring and the examples are its --help."""
    return click.command(name, cls=Command, examples=examples)


class IsoDate(click.ParamType[str]):
    """An ISO 8601 date, as coarse as one likes: 2025, 2025-03, 2025-03-04, 2025-03-04T11:05:00Z."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as it was given; a usage error for anything else."""
        if not is_date(value):
            self.fail(f"{value!r} is not a date like 2025, 2025-03 or 2025-03-04", param, ctx)
        return value


def database(function: Function) -> Function:
    """--db: the record that a command works on."""
    return click.option(
        "--db",
        metavar="DB",
        default="onrecord.db",
        envvar="ONRECORD_DB",
        show_default=True,
        help="The record: a file, sqlite:///FILE or memory: (also ONRECORD_DB).",
    )(function)


def allow_address(function: Function) -> Function:
    """--allow-address: what may be fetched from although it is not public."""
    return click.option(
        "--allow-address",
        "allowed",
        multiple=True,
        metavar="HOST:PORT",
        help="One address that may be fetched from although it is not public, or not at port 80 or 443.",
    )(function)


def engine_option(function: Function) -> Function:
    """--engine: what finds attributions in reports that are added."""
    return click.option(
        "--engine",
        type=click.Choice(engines()),
        default=ENGINES[0],
        show_default=True,
        envvar="ONRECORD_ENGINE",
        help="What finds who said what: a trained tagger, a larger one (pip install onrecord-best), or rules alone"
        " (also ONRECORD_ENGINE).",
    )(function)


def chart(function: Function) -> Function:
    """--chart: a drawing in a file in place of the list."""
    return click.option(
        "--chart",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Draw it into FILE (.svg or .png) in place of listing it.",
    )(function)


def listing(function: Function) -> Function:
    """--format and --limit: how much of a list is printed, and how."""
    function = click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N rows.")(function)
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How rows are printed."
    )(function)


_FILTERS = {
    "who": click.option("--who", metavar="NAME", help="Only this source, by any of its names or its id."),
    "about": click.option("--about", metavar="NAME", help="Only what is said about this person, body or place."),
    "stance": click.option(
        "--stance", type=click.Choice(STANCES), metavar="STANCE", help=f"One of {', '.join(STANCES)}."
    ),
    "status": click.option(
        "--status", type=click.Choice(STATUSES), metavar="STATUS", help=f"One of {', '.join(STATUSES)}."
    ),
    "review": click.option(
        "--review",
        type=click.Choice(REVIEWS),
        metavar="REVIEW",
        help=f"One of {', '.join(REVIEWS)}; else all but rejected.",
    ),
    "series": click.option("--series", metavar="SERIES", help="Only this quantity over time: its id or its start."),
    "report": click.option("--report", metavar="REPORT", help="Only this report: its id, the start of it, or its URI."),
    "story": click.option("--story", metavar="STORY", help="Only this story: its id or the start of it."),
    "since": click.option("--since", type=IsoDate(), metavar="DATE", help="Published on this date or later."),
    "until": click.option("--until", type=IsoDate(), metavar="DATE", help="Published on this date or earlier."),
    "as_of": click.option("--as-of", type=IsoDate(), metavar="DATE", help="The record as it could be known then."),
    "text": click.argument("text", metavar="[QUERY]", required=False),
}


def filters(*names: str) -> Callable[[Function], Function]:
    """The filters of these names, shown by --help in this order."""

    def decorate(function: Function) -> Function:
        for name in reversed(names):
            function = _FILTERS[name](function)
        return function

    return decorate


@contextmanager
def opened(db: str, *, create: bool = False) -> Iterator[Store]:
    """The store that `db` names, closed at the end; a command that only reads makes no file."""
    from onrecord.stores import open_store

    if not create and not _is_there(db):
        raise UsageError(
            f"there is no database {db}; `onrecord add --db {db} FILE` makes it, or name another with --db"
        )
    store: Store = open_store(db)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def reading(db: str, *, review: str | None = None) -> Iterator[View]:
    """The record that `db` names as it reads with the judgements about it; `review` is what is asked of these."""
    with opened(db) as store:
        if store.last_judgement() is None and review is None:
            yield store
        else:
            from onrecord.review.reading import Reviewed

            yield Reviewed(store)


def _is_there(db: str) -> bool:
    path = db.removeprefix("sqlite:///")
    if db == "memory:" or ("://" in path):
        return True
    return Path(path).exists()
