"""Prints rows as a table, JSON, JSON Lines or CSV, and keeps control characters away from the terminal."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

SHORT = 10  # characters: an id, a day, a stance
NAME = 22  # characters of a line in a column that has less to say than another
LONG = 16  # characters: of a word that may be folded
FORMATS = ("table", "json", "jsonl", "csv")

Row = Mapping[str, Any]

# What a terminal or a reader's eye could be fooled with: C0 and C1 controls, bidirectional controls, line separators.
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _CONTROLS if code not in (9, 10)}
_IN_JSON = {code: f"\\u{code:04x}" for code in _CONTROLS if code >= 0x7F}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: the key of the row, and its heading."""

    key: str
    heading: str


def safe(text: str) -> str:
    """`text` with every control character but tab and newline written out, as in a Python string."""
    return text.translate(_VISIBLE)


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


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in UTF-8 with the invisible characters escaped; exact numbers stay exact."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str).translate(_IN_JSON)


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
            sys.stdout.write(_csv_line(row.keys()))
        sys.stdout.write(_csv_line(_cell(value) for value in row.values()))
        count += 1
    return count


def _csv_line(cells: Iterable[str]) -> str:
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula; lists are joined, nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    text = safe("; ".join(map(str, value)) if _is_flat(value) else value if isinstance(value, str) else as_json(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _is_flat(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


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
    text = _cell(value) if not isinstance(value, str) else safe(value)
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
    held = [(column, cell) for column, cell in zip(columns, zip(*cells, strict=True), strict=True) if any(cell)]
    widest = max(sum(map(len, cell)) for _, cell in held)
    for column, cell in held:
        # Short cells stay in one line and words whole; the room that is left goes to the column with most to say.
        word = max(len(word) for text in cell for word in text.split() or ("",))
        longest = max(map(len, cell))
        table.add_column(column.heading, no_wrap=longest <= SHORT, min_width=min(word, LONG), overflow="fold")
        if sum(map(len, cell)) < widest:
            table.columns[-1].max_width = NAME
    for line in zip(*(cell for _, cell in held), strict=True):
        table.add_row(*(Text(cell) for cell in line))
    console().print(table)
