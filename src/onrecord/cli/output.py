"""Prints rows as a table, JSON, JSON Lines or CSV, and keeps control characters away from the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.export.cells import Column, as_json, cell, csv_line, safe

SHORT = 10  # characters: an id, a day, a stance
NAME = 22  # characters of a line in a column that has less to say than another
LONG = 16  # characters: of a word that may be folded
FORMATS = ("table", "json", "jsonl", "csv")

Row = Mapping[str, Any]


def say(words: str) -> None:
    """One line for people, on standard error."""
    sys.stderr.write(f"onrecord: {safe(words)}\n")
    sys.stderr.flush()


def put(text: str) -> None:
    """Text for people on standard output, without raw control characters."""
    sys.stdout.write(safe(text))


def emit(rows: Iterable[Row], columns: tuple[Column, ...], form: str) -> int:
    """Prints the rows in one of FORMATS; how many there were. JSON and CSV hold every key, a table its columns."""
    if form == "json":
        return _emit_json(rows)
    if form == "jsonl":
        return _emit_lines(rows)
    if form == "csv":
        return _emit_csv(rows)
    return _emit_table(list(rows), columns)


def is_terminal() -> bool:
    """Whether standard output is looked at by a person."""
    return sys.stdout.isatty()


def console() -> Any:
    """A rich console on standard output; imported here, because only a terminal needs it."""
    from rich.console import Console

    return Console(
        file=sys.stdout, highlight=False, markup=False, emoji=False, no_color=bool(os.environ.get("NO_COLOR"))
    )


def _emit_json(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        sys.stdout.write(("[\n" if count == 0 else ",\n") + as_json(row))
        count += 1
    sys.stdout.write("\n]\n" if count else "[]\n")
    return count


def _emit_lines(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        sys.stdout.write(as_json(row) + "\n")
        count += 1
    return count


def _emit_csv(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        if count == 0:
            sys.stdout.write(csv_line(row.keys()))
        sys.stdout.write(csv_line(map(cell, row.values())))
        count += 1
    return count


def _emit_table(rows: list[Row], columns: tuple[Column, ...]) -> int:
    if not rows:
        return 0
    cells = [[_shown(row.get(column.key)) for column in columns] for row in rows]
    if is_terminal():
        _rich_table(cells, columns)
    else:
        for line in _plain_table(cells, columns):
            sys.stdout.write(line + "\n")
    return len(rows)


def _shown(value: Any) -> str:
    text = cell(value) if not isinstance(value, str) else safe(value)
    return " ".join(text.split())


def _plain_table(cells: list[list[str]], columns: tuple[Column, ...]) -> Iterator[str]:
    """Aligned columns for pipes; nothing is cut."""
    lines = [[column.heading for column in columns], *cells]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _rich_table(cells: list[list[str]], columns: tuple[Column, ...]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    held = [(column, texts) for column, texts in zip(columns, zip(*cells, strict=True), strict=True) if any(texts)]
    widest = max(sum(map(len, texts)) for _, texts in held)
    for column, texts in held:
        # Short cells stay in one line and words whole; the room that is left goes to the column with most to say.
        word = max(len(word) for text in texts for word in text.split() or ("",))
        longest = max(map(len, texts))
        table.add_column(column.heading, no_wrap=longest <= SHORT, min_width=min(word, LONG), overflow="fold")
        if sum(map(len, texts)) < widest:
            table.columns[-1].max_width = NAME
    for line in zip(*(texts for _, texts in held), strict=True):
        table.add_row(*(Text(cell) for cell in line))
    console().print(table)
