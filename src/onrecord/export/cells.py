"""Values as cells of a table, of CSV and of JSON: nothing invisible gets through, and no spreadsheet runs a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

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


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in UTF-8 with the invisible characters escaped; exact numbers stay exact."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str).translate(_IN_JSON)


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV; a cell that holds a comma, a quotation mark or a line break is quoted."""
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def cell(value: Any) -> str:
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
