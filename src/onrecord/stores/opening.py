"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import Unavailable, UsageError
from onrecord.ledger.store import Store
from onrecord.registry import load

MEMORY = ("memory:", ":memory:")
SQLITE = "sqlite:///"
POSTGRES = ("postgresql://", "postgres://", "postgresql+")


def open_store(url: str | Path, *, create: bool = True) -> Store:
    """The store at a file path, `sqlite:///path` or `memory:`.

    Without `create`, a file that is not there is a StoreError instead of a new database.
    """
    address = str(url)
    store: Store
    if address.startswith(POSTGRES):
        raise Unavailable("PostgreSQL is not there yet: give a file path, sqlite:///PATH or memory:")
    if address in MEMORY:
        store = load("store", "memory")()
        return store
    path = address.removeprefix(SQLITE)
    if not path or "://" in path:
        raise UsageError(f"{address!r} is no store; give a file path, sqlite:///PATH or memory:")
    store = load("store", "sqlite")(Path(path).expanduser(), create=create)
    return store
