"""Opens the lexicons, rule files and texts that ship in `onrecord/data`, by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from onrecord.errors import BadResource

Row = Mapping[str, str]


def read_text(name: str) -> str:
    """The text of a data file; BadResource where there is none of that name."""
    try:
        return (files("onrecord") / "data" / name).read_text("utf-8")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise BadResource(f"no data file {name!r} in this installation") from error


@cache
def lexicon(name: str) -> tuple[Row, ...]:
    """The rows of a tab-separated lexicon, in file order, by column name.

    The first line that is no comment names the columns; `#` starts a comment line; missing cells
    at the end of a line are empty. A line with too many cells is a BadResource that names it.
    """
    columns: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(read_text(name).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise BadResource(f"{name} line {number}: {len(cells)} cells, the header has {len(columns)}")
        cells += [""] * (len(columns) - len(cells))
        rows.append(MappingProxyType(dict(zip(columns, cells, strict=True))))
    return tuple(rows)


@cache
def settings_file(name: str) -> Mapping[str, Any]:
    """A TOML file of rules or thresholds as a read-only mapping."""
    try:
        return MappingProxyType(tomllib.loads(read_text(name)))
    except tomllib.TOMLDecodeError as error:
        raise BadResource(f"{name}: {error}") from error
