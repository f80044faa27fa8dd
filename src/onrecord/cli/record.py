"""`export`, `import`, `verify`, `backup`: the record as a whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click

from onrecord.cli.options import command, database, opened
from onrecord.cli.output import put, say
from onrecord.errors import RecordError, StoreError, UsageError

WRONG = 1  # exit code of verify where something does not hold


@command("export", "onrecord export -o record.jsonl", "onrecord export | gzip > record.jsonl.gz")
@click.option("--format", "form", default="record", show_default=True, metavar="FORMAT", help="record.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where it goes; - is standard output.")
@database
def export_command(db: str, form: str, output: str) -> None:
    """Write the record as JSON Lines.

    The same record gives the same bytes, on any machine and in whatever order it was added.
    """
    from onrecord.registry import load
    from onrecord.review.reading import Marked

    if form != "record":
        raise UsageError(f"no record is written as {form!r}; one of: record")
    exporter = load("exporter", form)
    with opened(db) as store:
        view = Marked(store)
        if output == "-":
            exporter(view, sys.stdout.write)
            return
        lines = _write_whole(Path(output), lambda write: exporter(view, write))
    say(f"wrote {lines:,} lines to {output}")


@command("import", "onrecord import record.jsonl --db copy.db", "zcat record.jsonl.gz | onrecord import -")
@click.argument("file", type=click.File("rb"), metavar="FILE")
@database
def import_command(file: IO[bytes], db: str) -> None:
    """Read a record that was exported; everything is checked before anything is added."""
    from onrecord.export.record import import_record
    from onrecord.link.blocking import block_keys
    from onrecord.link.entry import Entry

    with opened(db, create=True) as store:
        try:
            brought = import_record(file, store, lambda page: block_keys(Entry(page.report, page.statements)))
        except RecordError as error:
            hint = (
                "; `import` reads what `export` wrote, `add` reads reports" if str(error).startswith("line 1:") else ""
            )
            raise RecordError(f"{error}{hint}") from error
    judged = f", {brought.judgements} judgements" if brought.judgements else ""
    say(f"imported {brought.reports} reports, {brought.known} already known, {brought.links} links{judged}")


@command(
    "verify", "onrecord verify", "onrecord verify --db record.db && echo all holds", "onrecord verify --head 3f2a…"
)
@click.option("--head", metavar="HASH", help="A hash of the log of judgements that was noted down: it must be there.")
@database
def verify_command(db: str, head: str | None) -> int:
    """Check every span, hash and reference of the record again.

    Exit code 0 only if all of them hold; what does not is printed, one a line.
    """
    from onrecord.export.verify import verify

    wrong = 0
    with opened(db) as store:
        for words in verify(store):
            put(words + "\n")
            wrong += 1
        if head is not None and head not in {one.hash for one in store.judgements()}:
            put(f"the log of judgements has no line of hash {head}: it was cut off, or is another\n")
            wrong += 1
        counts = store.counts()
    checked = ", ".join(f"{number:,} {_plural(kind, number)}" for kind, number in counts.items() if number)
    if wrong:
        say(f"checked {checked}: {wrong:,} do not hold")
    else:
        put(f"all holds: {checked or 'an empty record'}\n")
    return WRONG if wrong else 0


@command("backup", "onrecord backup copy.db", "onrecord backup /mnt/backup/onrecord-$(date +%F).db --db onrecord.db")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@database
def backup_command(file: Path, db: str) -> None:
    """Copy the database to FILE, also while others use it; a file that is there is not replaced."""
    if file.exists():
        raise UsageError(f"{file} is there already; name a new file")
    with opened(db) as store:
        store.backup(file)
    say(f"wrote {file}")


def _plural(kind: str, number: int) -> str:
    if number == 1:
        return kind
    return {"entity": "entities", "story": "stories", "copy": "copies"}.get(kind, kind + "s")


def _write_whole(path: Path, produce: Callable[[Callable[[str], object]], int]) -> int:
    """Writes beside `path` and moves it there when it is whole: a full disk leaves what was there before."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            lines = produce(out.write)
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; nothing was half-written") from error
    finally:
        part.unlink(missing_ok=True)
    return lines
