"""Opens the lexicons, rule files, texts and weights that ship in `onrecord/data`, by name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.errors import BadResource, Unavailable

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


@dataclass(frozen=True, slots=True)
class Weights:
    """A folder of model weights and what its about.json says of them: digests by file name, labels, settings."""

    folder: Path
    about: Mapping[str, Any]

    def file(self, name: str) -> Path:
        """A file of the folder; BadResource where it is missing or its SHA-256 is not the one in about.json."""
        path = self.folder / name
        try:
            digest = sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise BadResource(f"{path}: cannot be read ({error.strerror}); install onrecord again") from error
        if digest != self.about["sha256"].get(name):
            raise BadResource(f"{path}: its SHA-256 is not the one in about.json; install onrecord again")
        return path


@cache
def weights(name: str) -> Weights:
    """The weights of a name: those in this package, or those that a package offers under `onrecord.weights`.

    Unavailable, with the line that installs them, where there are none.
    """
    folder = Path(str(files("onrecord") / "data" / "weights" / name))
    if not folder.is_dir():
        points = [point for point in entry_points(group="onrecord.weights") if point.name == name]
        if not points:
            raise Unavailable(f"engine {name!r} needs its weights: pip install onrecord-{name}")
        folder = Path(points[0].load())
    return Weights(folder, MappingProxyType(json.loads((folder / "about.json").read_text("utf-8"))))
