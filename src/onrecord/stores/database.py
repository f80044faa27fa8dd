"""Opens a SQLite file as ours, or says why not, and turns what SQLite raises into StoreErrors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from onrecord.errors import StoreError, UsageError
from onrecord.ledger.dates import known_by
from onrecord.stores.spoken import count_all, note_all_wordings
from onrecord.stores.tables import APPLICATION, GUARDS, METADATA, SEARCH, VERSION

HEADER = b"SQLite format 3\x00"
WAIT_SECONDS = 30  # for another writer
OUTDATED = "filed under older keys"  # a row of meta: what was drawn is drawn anew by the next `add`
KEYED = 10  # the schema from which reports are filed under the keys of today
NARROW = 10  # the schema from which lists look reports and statements up in indexes without their lines
CACHE_KIB = 32 * 1024  # pages of the indexes on ids, which are hashes, come in no order


def open_database(path: Path, *, create: bool = True) -> Engine:
    """An engine on the database at `path`, made where there is none; StoreError where it is not ours to open.

    A file of another program, or of a newer onrecord, is looked at and not touched.
    """
    is_new = _look_at(path)
    if is_new and not create:
        raise StoreError(f"no database at {path}; `onrecord add` makes one")
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path.absolute())),
        poolclass=QueuePool,
        connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with told(path):
            _set_up(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the database or the disk raises into a StoreError that names the file."""
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        raise StoreError(f"{path}: {reason}; nothing was half-written") from error
    except UnicodeEncodeError as error:  # an id or a name that is no text
        raise UsageError(f"{error.object!r:.60} is no text that can be looked up") from error


def _look_at(path: Path) -> bool:
    """Whether there is no database yet; StoreError where the file is none of ours. Only reads."""
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; a database is a file, such as {path / 'onrecord.db'}")
        if not path.exists():
            if not path.absolute().parent.is_dir():
                raise StoreError(f"{path}: there is no folder {path.absolute().parent}; make it first")
            return True
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    if not header:
        return True
    if not header.startswith(HEADER) or len(header) < 100:
        raise StoreError(f"{path} is no SQLite database; it was not touched")
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise StoreError(f"{path} is a database of another program; it was not touched")
    _refuse_newer(path, int.from_bytes(header[60:64], "big"))
    return False


def _refuse_newer(path: Path, version: int) -> None:
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer onrecord (schema {version}, this one knows {VERSION}); it was not touched"
        )


def _set_up(engine: Engine, path: Path) -> None:
    """Makes the tables in one transaction, unless they are there; an older database gets those that it lacks."""
    with engine.connect() as connection:
        _refuse_newer(path, _version(connection))
        is_current = _is_made(connection) and _version(connection) == VERSION
    if not is_current:
        with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
            if not _is_made(connection):  # nobody was faster
                _create(connection)
            elif _version(connection) < VERSION:
                _extend(connection)
    with closing(engine.raw_connection()) as raw:
        # Only now: a switch before the tables are there would leave a half-made file behind a crash.
        raw.cursor().execute("PRAGMA journal_mode = WAL")


def _is_made(connection: Connection) -> bool:
    return bool(connection.execute(text("PRAGMA application_id")).scalar_one() == APPLICATION)


def _version(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def _extend(connection: Connection) -> None:
    """Brings a database of an older schema up to this one: tables were only ever added, what is kept stays as it is."""
    there = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    is_filed_otherwise = _version(connection) < KEYED
    METADATA.create_all(connection, checkfirst=True)
    if is_filed_otherwise:  # the keys are others now: until the next `add` draws anew, what was drawn stays to be read
        connection.execute(text(f"INSERT OR REPLACE INTO meta VALUES ('{OUTDATED}', '1')"))  # noqa: S608  # our own name
    _index_anew(connection)
    if is_filed_otherwise or "claims" not in there:
        connection.execute(text("INSERT OR IGNORE INTO unsettled SELECT n FROM reports"))
    if "spoken" not in there:
        count_all(connection)
    if "wordings" not in there:
        note_all_wordings(connection)
    for statement in GUARDS:
        if statement.split()[2] not in there:
            connection.execute(text(statement))
    connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    meta = METADATA.tables["meta"]
    connection.execute(meta.update().where(meta.c.key == "schema").values(value=str(VERSION)))


def _index_anew(connection: Connection) -> None:
    """Makes the indexes that tables of an older schema lack, and anew those that have other columns now."""
    if _version(connection) >= NARROW:
        return
    for table in ("reports", "statements", "figures"):
        for index in sorted(METADATA.tables[table].indexes, key=lambda index: str(index.name)):
            index.drop(connection, checkfirst=True)
            index.create(connection)


def forget_drawn(connection: Connection) -> bool:
    """Takes away what was drawn under the keys of an older schema; whether there was any."""
    meta = METADATA.tables["meta"]
    if not connection.execute(meta.delete().where(meta.c.key == OUTDATED)).rowcount:
        return False
    for table in ("blocks", "copies", "links", "ties", "gists", "cards", "nearness"):
        connection.execute(METADATA.tables[table].delete())
    return True


def _create(connection: Connection) -> None:
    connection.execute(text(f"PRAGMA application_id = {APPLICATION}"))
    connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    METADATA.create_all(connection, checkfirst=False)
    for statement in (*SEARCH, *GUARDS):
        connection.execute(text(statement))
    connection.execute(METADATA.tables["meta"].insert(), [{"key": "schema", "value": str(VERSION)}])


def _prepare(connection: Any, _record: object) -> None:
    """Every new connection: our own BEGIN, durable commits, references held, dates compared as in `ledger.dates`."""
    connection.isolation_level = None
    for pragma in ("synchronous = FULL", "foreign_keys = ON", f"cache_size = -{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("known_by", 3, known_by, deterministic=True)


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
