"""The options that commands share, and the store and the query they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.output import FORMATS
from onrecord.errors import UnknownId, UsageError

if TYPE_CHECKING:
    from onrecord.ledger.store import Query, Store, View

Function = TypeVar("Function", bound=Callable[..., Any])

STANCES = (
    "asserts",
    "confirms",
    "denies",
    "estimates",
    "warns",
    "predicts",
    "speculates",
    "questions",
    "requests",
    "proposes",
    "promises",
    "undisclosed",
)
STATUSES = ("single-source", "corroborated", "disputed", "denied", "superseded")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?")


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


def command(name: str, *examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function the command `name`; its docstring and the examples are its --help."""
    return click.command(name, cls=Command, examples=examples)


class IsoDate(click.ParamType[str]):
    """An ISO 8601 date, as coarse as one likes: 2025, 2025-03, 2025-03-04, 2025-03-04T11:05:00Z."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as it was given; a usage error for anything else."""
        from datetime import datetime

        try:
            datetime.fromisoformat(value + "0001-01-01"[len(value) :])
        except ValueError:
            is_date = False
        else:
            is_date = _DATE.fullmatch(value) is not None
        if not is_date:
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


def make_query(view: View, **given: Any) -> Query:
    """A query from the options of a call; a report or story is looked up by the start of its id."""
    from onrecord.ledger.store import Query

    known = {field.name for field in fields(Query)}
    settings = {key: value for key, value in given.items() if value is not None and key in known}
    if "report" in settings:
        settings["report"] = find_report(view, settings["report"])
    if "story" in settings:
        settings["story"] = find_id(view, settings["story"], "story")
    if "series" in settings:
        settings["series"] = find_id(view, settings["series"], "series")
    return Query(**settings)


def find_id(view: View, start: str, kind: str | None = None) -> str:
    """The one id that starts with `start`; UnknownId where there is none, or more than one."""
    return find_thing(view, start, kind)[1]


def find_thing(view: View, start: str, kind: str | None = None) -> tuple[str, str]:
    """(type, id) of the one thing whose id starts with `start`."""
    wanted = start.rstrip("…")
    if len(wanted) < 4:
        raise UsageError(f"{start!r} is too short; give at least 4 characters of the id")
    found = [(of, identity) for of, identity in view.find(wanted) if kind in (None, of)]
    exact = [pair for pair in found if pair[1] == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise UnknownId(f"no {kind or 'thing'} on the record has an id that starts with {start!r}")
    raise UnknownId(f"{start!r} could be {', '.join(identity for _, identity in found)}; give more of it")


def find_report(view: View, start: str) -> str:
    """A report's id from its id, the start of it, or its URI (the newest version)."""
    from onrecord.ledger.store import Query

    if not re.fullmatch(r"r-[0-9a-f]*…?", start):
        versions = [report.id for report in view.reports(Query()) if report.uri == start]
        if versions:
            return versions[-1]
    return find_id(view, start, "report")


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


def _is_there(db: str) -> bool:
    path = db.removeprefix("sqlite:///")
    if db == "memory:" or ("://" in path):
        return True
    return Path(path).exists()
