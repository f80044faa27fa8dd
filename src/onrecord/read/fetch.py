"""The one door to the outside: files, folders and standard input -> (name, bytes), each refusal a Failure."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.model import Failure

_BATCH_NAMES = (".jsonl", ".ndjson")
_REMOTE = ("http://", "https://", "ftp://")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one input may hold, in bytes."""

    report: int = 10_000_000
    batch: int = 400_000_000  # of a JSON Lines file, whose lines are held to `report` one by one


def open_inputs(
    paths: Iterable[str], stdin: BinaryIO | None = None, limits: Limits | None = None
) -> Iterator[tuple[str, bytes] | Failure]:
    """(name, bytes) of every file, in the order of `paths` and by name within a folder; a Failure for what is none.

    Folders are walked to the bottom; names that start with a dot are skipped there. `-` is standard input. A file
    over the limit is refused by its size, before it is read.
    """
    limits = limits or Limits()
    for path in paths:
        if path == "-":
            yield _read_stream(stdin, limits)
        elif path.lower().startswith(_REMOTE):
            yield Failure(path, "no-network", "only files are read here; `read.net.remote` reads addresses")
        else:
            for found in _walk(Path(path)):
                yield found if isinstance(found, Failure) else _read_file(found, limits)


def _walk(path: Path) -> Iterator[Path | Failure]:
    """The files at and below `path`, sorted by name, folders in their place among them."""
    if not path.is_dir():
        yield path
        return
    pending = [path]
    while pending:
        current = pending.pop()
        if current != path and current.is_symlink() and current.is_dir():
            continue  # a link to a folder may lead back up
        if not current.is_dir():
            yield current
            continue
        try:
            inside = sorted(entry.name for entry in os.scandir(current) if not entry.name.startswith("."))
        except OSError as error:
            yield Failure(str(current), "unreadable", _words(error))
            continue
        pending.extend(current / name for name in reversed(inside))


def _read_file(path: Path, limits: Limits) -> tuple[str, bytes] | Failure:
    name = str(path)
    most = _most(name, limits)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            return Failure(name, "unreadable", "neither a file nor a folder")
        if facts.st_size > most:
            return _too_large(name, facts.st_size, most)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        broken = path.is_symlink()
        return Failure(name, "not-found", "a link to a file that is not there" if broken else "no such file or folder")
    except OSError as error:
        return Failure(name, "unreadable", _words(error))
    except ValueError as error:  # a zero byte in the name
        return Failure(name, "not-found", str(error))
    return _too_large(name, len(data), most) if len(data) > most else (name, data)


def within(name: str, data: bytes, limits: Limits | None = None) -> tuple[str, bytes] | Failure:
    """`data` that came under a name by another way than from a file, held to the limits of one."""
    most = _most(name, limits or Limits())
    return _too_large(name, len(data), most) if len(data) > most else (name, data)


def _most(name: str, limits: Limits) -> int:
    return limits.batch if name.lower().endswith(_BATCH_NAMES) else limits.report


def _read_stream(stdin: BinaryIO | None, limits: Limits) -> tuple[str, bytes] | Failure:
    if stdin is None:
        return Failure("-", "not-found", "no standard input here")
    try:
        data = stdin.read(limits.report + 1)
        most = limits.batch if data.lstrip()[:1] == b"{" else limits.report
        if len(data) > limits.report and most > limits.report:
            data += stdin.read(most + 1 - len(data))
    except OSError as error:
        return Failure("-", "unreadable", _words(error))
    return _too_large("-", len(data), most) if len(data) > most else ("-", data)


def _too_large(name: str, size: int, most: int) -> Failure:
    return Failure(name, "too-large", f"{size:,} bytes or more; at most {most:,} are read")


def _words(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
