"""`add` and `demo`: reports go in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import PORT, IsoDate, allow_address, command, database, engine_option, opened
from onrecord.cli.output import say
from onrecord.errors import NothingRead, UsageError
from onrecord.export.cells import safe
from onrecord.registry import ENGINES, load, steps

if TYPE_CHECKING:
    from onrecord.flow import Outcome, Progress
    from onrecord.ledger.store import Store
    from onrecord.model import Failure, Reading
    from onrecord.read.given import Given
    from onrecord.read.net.fetching import Fetcher

SAMPLE = "sample/reports.jsonl"
PARTLY = 1  # exit code: some inputs were refused, the rest is in


@command(
    "add",
    'onrecord add report.txt --outlet "City Herald" --published 2025-03-03',
    "onrecord add articles/ batch.jsonl page.html --jobs 2",
    "cat page.html | onrecord add - --uri https://news.example/page",
    "onrecord add https://news.example/page https://news.example/feed.xml",
)
@click.argument("paths", metavar="PATH|URL...", nargs=-1, required=True)
@click.option("--published", type=IsoDate(), metavar="DATE", help="When it was published, where the text does not say.")
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--uri", metavar="URI", help="Its address; kept as it is given.")
@click.option("--title", metavar="TEXT", help="Its headline.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read at once.")
@engine_option
@allow_address
@click.option("--allow-partial", is_flag=True, help="Exit 0 when some inputs are refused and the rest is in.")
@database
def add_command(
    paths: tuple[str, ...],
    db: str,
    jobs: int,
    engine: str,
    allowed: tuple[str, ...],
    allow_partial: bool,
    **given: str | None,
) -> int:
    """Read reports and put them on the record.

    PATH is a file (text, Markdown, HTML, JSON Lines), a folder, or - for standard input. URL is the address of a page
    or of a feed, whose pages are read; the network is touched for these alone. The same report a second time adds
    nothing; an interrupted call carries on where it stopped.
    """
    from onrecord.flow import make_steps
    from onrecord.read.given import Given
    from onrecord.read.net.addresses import parse_allowed

    if (given["uri"] or given["title"]) and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise UsageError("--uri and --title tell of one input; name one file, or use a batch for several")
    places = tuple(map(parse_allowed, allowed))
    make_steps(steps(engine))  # what is missing is told before a database is made
    facts = Given(published=given["published"], outlet=given["outlet"], uri=given["uri"], title=given["title"])
    with opened(db, create=True) as store:
        outcome = add_all(read_all(paths, facts, store, places), store, jobs, engine)
    code = tell(outcome)
    return 0 if allow_partial and code == PARTLY else code


@command("demo", "onrecord demo", "onrecord demo --db sample.db", "onrecord demo --serve")
@click.option("--db", metavar="DB", default="onrecord-demo.db", show_default=True, help="Where the sample record goes.")
@click.option("--serve", is_flag=True, help="Open the reading room on it instead of printing the briefing.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Of the reading room.")
def demo_command(db: str, serve: bool, port: int) -> int:
    """Put the sample story in a new database and print its briefing.

    Six short reports about one invented matter, written for this purpose.
    """
    from onrecord.cli.serve import serve_record
    from onrecord.flow import make_steps

    make_steps(steps())
    if serve:
        load("server", "web")  # what is missing is told before anything is read
    say(f"putting the sample story, six reports, on the record in {db}")
    with opened(db, create=True) as store:
        add_sample(store)
        if not serve:
            _tell_sample(store, db)
    if serve:
        serve_record(db, port=port)
    return 0


def _tell_sample(store: Store, db: str) -> None:
    """The briefing of the sample story, and where to look next."""
    from onrecord.cli.briefs import print_briefing
    from onrecord.ledger.store import Query

    briefing = print_briefing(store, Query(), "md")
    say("this story is invented. Where to look next:")
    first = [f"show {note.statement[:10]}" for note in briefing.notes[:1]]
    for call in (*first, "statements --who Solvang", "figures", "timeline --entity Brennvik", "serve"):
        sys.stderr.write(f"  onrecord {call} --db {safe(db)}\n")


def add_sample(store: Store) -> None:
    """The sample story goes in; UsageError where the database already holds something else."""
    from onrecord.ledger.store import Query
    from onrecord.model import Reading
    from onrecord.read.jsonl import read_jsonl
    from onrecord.resources import read_text

    readings = list(read_jsonl(read_text(SAMPLE).encode("utf-8")))
    ours = {reading.report.id for reading in readings if isinstance(reading, Reading)}
    if any(report.id not in ours for report in store.reports(Query())):
        raise UsageError("this database holds other reports; name a new one with --db")
    tell(add_all(readings, store))


def read_all(
    inputs: Iterable[str], given: Given, store: Store, allowed: Iterable[tuple[str, int]] = ()
) -> Iterator[Reading | Failure]:
    """Every reading of every path and address, each refusal in its place."""
    from onrecord.read.net.addresses import is_address

    with ExitStack() as stack:
        fetcher: Fetcher | None = None
        for one in inputs:
            if not is_address(one):
                yield from _read_path(one, given)
                continue
            if fetcher is None:
                fetcher = stack.enter_context(_fetcher(allowed))
            yield from _read_address(one, given, store, fetcher)


def _fetcher(allowed: Iterable[tuple[str, int]]) -> Fetcher:
    from onrecord.read.net.fetching import Fetcher

    return Fetcher(allowed)


def _read_path(path: str, given: Given) -> Iterator[Reading | Failure]:
    from onrecord.model import Failure
    from onrecord.read.choose import read_any
    from onrecord.read.fetch import open_inputs

    for found in open_inputs([path], sys.stdin.buffer):
        if isinstance(found, Failure):
            yield found
        else:
            yield from read_any(*found, given)


def _read_address(address: str, given: Given, store: Store, fetcher: Fetcher) -> Iterator[Reading | Failure]:
    from onrecord.flow.again import as_before
    from onrecord.read.net.remote import read_address

    return as_before(read_address(address, given, fetcher), store)


def add_all(readings: Iterable[Reading | Failure], store: Store, jobs: int = 1, engine: str = ENGINES[0]) -> Outcome:
    """The readings through the whole path, with a progress line on a terminal."""
    from onrecord.flow import add_readings

    runner = load("runner", "local")(jobs) if jobs > 1 else None
    with _progress() as progress:
        return add_readings(readings, store, engine=engine, runner=runner, progress=progress)


def tell(outcome: Outcome) -> int:
    """Names every refusal, sums up, and gives the exit code; NothingRead where all was refused."""
    for failure in outcome.failures:
        sys.stderr.write(f"refused {safe(failure.input)}: {safe(failure.reason)}: {safe(failure.detail)}\n")
    say(summary(outcome))
    if not outcome.failures and not (outcome.added or outcome.known):
        raise NothingRead("there was nothing to read")
    if outcome.failures and not (outcome.added or outcome.known):
        raise NothingRead("no input could be read")
    return PARTLY if outcome.failures else 0


def summary(outcome: Outcome) -> str:
    """What became of the inputs, in words: added 5 reports, 1 already known, 1 refused."""
    words = [f"added {outcome.added} report{'' if outcome.added == 1 else 's'}"]
    if outcome.known:
        words.append(f"{outcome.known} already known")
    if outcome.failures:
        words.append(f"{len(outcome.failures)} refused")
    return ", ".join(words)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Counts the inputs that are done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Shown
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} done"), TimeElapsedColumn())
    with Shown(*columns, console=Console(file=sys.stderr), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda _: shown.advance(task)
