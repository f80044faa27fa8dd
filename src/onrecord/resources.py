"""Opens the lexicons, rule files, texts and weights that ship in `onrecord/data`, by name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.errors import BadResource, Unavailable

Row = Mapping[str, str]
OWN_WEIGHTS = "accurate"  # those that ship in this package
AGAIN = "install the package that brings it again"


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
    """A folder of model weights, every file of which is as its about.json says."""

    folder: Path
    about: Mapping[str, Any]  # labels, settings, and `sha256`: digests by file name
    digest: str  # hexadecimal SHA-256 of about.json, which holds those of all files: it names these weights

    def file(self, name: str) -> Path:
        """A file of the folder; BadResource where about.json does not list it."""
        if name not in self.about["sha256"]:
            raise BadResource(f"{self.folder}: about.json lists no {name}")
        return self.folder / name


@cache
def weights(name: str) -> Weights:
    """The weights of a name: those in this package, or those that a package offers under `onrecord.weights`.

    Every file is read and held against its digest, once in a process. Unavailable, with the line that installs
    them, where there are no weights of that name; BadResource where a file is missing or is not the one it was.
    """
    return open_weights(find_weights(name))


def find_weights(name: str) -> Path:
    """The folder of the weights of a name; ours first: a plugin adds names, it never replaces one."""
    folder = Path(str(files("onrecord") / "data" / "weights" / name))
    if folder.is_dir():
        return folder
    points = [point for point in entry_points(group="onrecord.weights") if point.name == name]
    if not points:
        package = "--force-reinstall onrecord" if name == OWN_WEIGHTS else f"onrecord-{name}"
        raise Unavailable(f"the weights {name!r} are not installed: pip install {package} (--engine fast needs none)")
    try:
        return Path(points[0].load())
    except (ImportError, AttributeError, TypeError) as error:
        raise BadResource(
            f"entry point {points[0].value!r} of the weights {name!r} names no folder: {error}"
        ) from error


def open_weights(folder: Path) -> Weights:
    """The weights in a folder; BadResource where about.json or a file is missing or not as it should be."""
    path = folder / "about.json"
    try:
        data = path.read_bytes()
        about = json.loads(data)
        digests = dict(about["sha256"])
    except OSError as error:
        raise BadResource(f"{path}: cannot be read ({error.strerror}); {AGAIN}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadResource(f"{path}: is no description of weights ({error}); {AGAIN}") from error
    for name, digest in sorted(digests.items()):
        if _digest(folder / name) != digest:
            raise BadResource(f"{folder / name}: its SHA-256 is not the one in about.json; {AGAIN}")
    return Weights(folder, MappingProxyType(about), sha256(data).hexdigest())


def open_network(path: Path, *, threads: int = 1) -> Any:
    """The onnxruntime session of an exported network, on the CPU; onnxruntime is loaded here and not before."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadResource(f"{path}: cannot be read ({error.strerror}); {AGAIN}") from error
