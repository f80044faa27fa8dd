"""`certainty`: how far texts commit themselves to events, for measuring and for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.asked import read_questions
from onrecord.cli.options import command, database
from onrecord.cli.output import say
from onrecord.errors import BadSpan, NothingRead, Refused, StoreError
from onrecord.export.cells import as_json, safe
from onrecord.registry import ENGINES, RULES, engines

if TYPE_CHECKING:
    from onrecord.annotate.judging.asked import Asked

TOGETHER = 5000  # lines that are held at a time
LONGEST_LINE = 40_000_000  # bytes
PARTLY = 1  # exit code: some lines were refused, the others are answered
Line = tuple[dict[str, Any], "Asked"]


@command(
    "certainty",
    "onrecord certainty asked.jsonl answered.jsonl",
    """echo '{"id": 1, "text": "It may rain.", "span": [7, 11]}' | onrecord certainty - -""",
)
@click.argument("asked", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="IN.jsonl")
@click.argument("answered", metavar="OUT.jsonl")
@click.option(
    "--engine",
    type=click.Choice(engines()),
    default=ENGINES[0],
    show_default=True,
    envvar="ONRECORD_ENGINE",
    help="`fast` answers by rules, any other by the trained network that ships (also ONRECORD_ENGINE).",
)
@database
def certainty_command(asked: str, answered: str, engine: str, db: str) -> int:  # noqa: ARG001  # as every command
    """Tell how far texts commit themselves to events.

    A line of IN is {"id", "text", "span"}: span is [start, end) of the word for an event, in code points. OUT has the
    same lines in the same order, each with "certainty": CT+, CT-, PR+, PR-, PS+, PS- or U. A line that cannot be read
    is named on standard error and left out. - is standard input or output. No record is read.
    """
    refused: list[tuple[int, str]] = []
    with click.open_file(asked, "rb") as data:
        rows = answers(read_questions(data, read_question, refused, longest=LONGEST_LINE), trained=engine != RULES)
        if answered == "-":
            count = sum(1 for row in rows if sys.stdout.write(as_json(row) + "\n"))
        else:
            count = write_whole(Path(answered), rows)
    for number, words in refused:
        sys.stderr.write(f"refused {safe(asked)}:{number}: {safe(words)}\n")
    say(f"answered {count:,} line{'' if count == 1 else 's'}{f', {len(refused):,} refused' if refused else ''}")
    if not count:
        raise NothingRead("no line could be read" if refused else "there was nothing to read")
    return PARTLY if refused else 0


def answers(lines: Iterable[Line], *, trained: bool) -> Iterator[dict[str, Any]]:
    """The rows, each with its certainty, in order."""
    from onrecord.annotate.judging.asked import answer

    waiting = iter(lines)
    while some := list(islice(waiting, TOGETHER)):
        found = answer([asked for _, asked in some], trained=trained)
        for (row, _), certainty in zip(some, found, strict=True):
            yield {**row, "certainty": certainty}


def read_question(_: int, row: dict[str, Any]) -> Line:
    """One question, checked; Refused where it is none."""
    from onrecord.annotate.judging.asked import Asked
    from onrecord.model import Span

    text = row.get("text")
    if not isinstance(text, str):
        raise Refused("bad-line", 'no "text" that is a string')
    start, end = read_span(row.get("span"))
    if not 0 <= start < end <= len(text):
        raise Refused("bad-line", f"span [{start}, {end}] selects nothing of a text of {len(text):,} code points"[:120])
    if not text[start:end].strip():
        raise Refused("bad-line", f"span [{start}, {end}] selects blank space")
    try:
        text.encode("utf-8")
        return row, Asked(text, Span(start, end))
    except UnicodeEncodeError as error:
        raise Refused("bad-encoding", f"half a surrogate pair at character {error.start}") from error
    except BadSpan as error:
        raise Refused("bad-line", str(error)) from error


def read_span(value: object) -> tuple[int, int]:
    """Both ends of a span; Refused where a value is not a list of two whole numbers."""
    if not (isinstance(value, list) and len(value) == 2 and all(type(number) is int for number in value)):
        raise Refused("bad-line", '"span" is not a list of two whole numbers')
    return value[0], value[1]


def write_whole(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Writes beside `path` and moves it there when it is whole; how many rows there were. None: no file."""
    part, count = path.with_name(path.name + ".part"), 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            for row in rows:
                out.write(as_json(row) + "\n")
                count += 1
        if count:
            part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; nothing was half-written") from error
    finally:
        part.unlink(missing_ok=True)
    return count
