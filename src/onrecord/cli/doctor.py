"""`doctor`: does this installation work, and this database?"""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from onrecord import __version__
from onrecord.cli.options import command, database, opened
from onrecord.cli.output import put
from onrecord.errors import OnRecordError, Unavailable
from onrecord.registry import ENGINES, engines, steps

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 200_000_000  # bytes
ILL = 1  # exit code where something is not well

LIBRARIES = (  # what pyproject.toml names
    "click",
    "feedparser",
    "httpcore2",
    "httpx2",
    "lxml",
    "lxml_html_clean",
    "numpy",
    "onnxruntime",
    "protego",
    "rich",
    "safetensors",
    "sqlalchemy",
    "tokenizers",
    "trafilatura",
    "typing_extensions",
)
SENTENCE = "The bridge is safe, Mayor Ida Falk said on Monday."  # what every engine is tried on


@command("doctor", "onrecord doctor", "onrecord doctor --db record.db")
@database
def doctor_command(db: str) -> int:
    """Check that this installation works: Python, libraries, data files, engines, search, disk, and the database.

    Exit code 0 if all is well. An engine that is not installed is not ill, as long as the default one is there.
    """
    checks: dict[str, Callable[[], str]] = {
        "onrecord": lambda: __version__,
        "python": _python,
        "libraries": _libraries,
        "data files": _data_files,
        "steps": _steps,
        **{f"engine {name}": partial(_engine, name) for name in engines()},
        "full-text search": _search,
        "disk": lambda: _disk(db),
        "database": lambda: _database(db),
    }
    ill = 0
    for name, check in checks.items():
        try:
            put(f"ok    {name}: {check()}\n")
        except (OnRecordError, OSError, ImportError, sqlite3.Error) as error:
            ill += 1
            put(f"ILL   {name}: {error}\n")
    return ILL if ill else 0


def _python() -> str:
    if sys.version_info < OLDEST_PYTHON:
        raise OnRecordError(f"{platform.python_version()} is too old; 3.11 or newer is needed")
    return f"{platform.python_version()} on {platform.system()}"


def _libraries() -> str:
    from importlib import import_module

    for name in LIBRARIES:
        import_module(name)
    return f"{len(LIBRARIES)} import"


def _data_files() -> str:
    from importlib.resources import files

    from onrecord.resources import lexicon, settings_file

    names = sorted(entry.name for entry in (files("onrecord") / "data").iterdir() if entry.is_file())
    for name in names:
        if name.endswith(".tsv"):
            lexicon(name)
        elif name.endswith(".toml"):
            settings_file(name)
    if not names:
        raise OnRecordError("there are none; install onrecord again")
    return f"{len(names)} can be read"


def _steps() -> str:
    from onrecord.flow import make_steps

    return f"{len(make_steps(steps('fast')))} in order"


def _engine(name: str) -> str:
    """Reads a sentence with an engine and tells which weights it has."""
    from onrecord.flow import make_steps, process
    from onrecord.model import Report
    from onrecord.resources import weights

    try:
        made = make_steps(steps(name))
    except Unavailable as error:
        if name == ENGINES[0]:
            raise
        return f"not here: {error}"
    try:
        found = process(Report(id="r-doctor", text=SENTENCE, sha256=""), steps(name)).attributions
    except Exception as error:  # whatever the library that runs a model raises
        raise OnRecordError(f"cannot read a sentence: {type(error).__name__}: {error}") from error
    said = f"reads a sentence, finds {len(found)} attribution{'' if len(found) == 1 else 's'}"
    needed = [weights(step.weights) for step in made if hasattr(step, "weights")]
    return f"{said}; " + (", ".join(f"weights {one.digest[:12]}" for one in needed) or "needs no weights")


def _search() -> str:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    finally:
        connection.close()
    return f"SQLite {sqlite3.sqlite_version} has FTS5"


def _disk(db: str) -> str:
    import shutil

    folder = Path(db.removeprefix("sqlite:///")).expanduser().absolute().parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise OnRecordError(f"{free / 1e6:,.0f} MB free where {db} is; {LEAST_FREE / 1e6:,.0f} MB should be")
    return f"{free / 1e9:,.1f} GB free where {db} is"


def _database(db: str) -> str:
    if (
        db != "memory:"
        and "://" not in db.removeprefix("sqlite:///")
        and not Path(db.removeprefix("sqlite:///")).exists()
    ):
        return f"{db} is not there yet; the first `onrecord add` makes it"
    with opened(db) as store:
        problems = store.check()
        if problems:
            raise OnRecordError("; ".join(problems[:3]))
        counts = store.counts()
    return f"{db} holds {counts.get('report', 0):,} reports, {counts.get('statement', 0):,} statements"
