"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import StoreError, Unavailable, UsageError
from onrecord.stores import open_store
from onrecord.stores.memory import MemoryStore
from onrecord.stores.sqlite import SqliteStore


@pytest.mark.parametrize("address", ["{}/a.db", "sqlite:///{}/a.db"])
def test_a_path_is_a_sqlite_file(tmp_path: Path, address: str) -> None:
    store = open_store(address.format(tmp_path))
    store.close()
    assert isinstance(store, SqliteStore)
    assert (tmp_path / "a.db").is_file()


@pytest.mark.parametrize("address", ["memory:", ":memory:"])
def test_memory_is_kept_nowhere(address: str) -> None:
    assert isinstance(open_store(address), MemoryStore)


@pytest.mark.parametrize("address", ["postgresql://host/db", "postgres://host/db", "postgresql+psycopg://host/db"])
def test_postgres_is_not_there_yet(address: str) -> None:
    with pytest.raises(Unavailable, match="not there yet"):
        open_store(address)


@pytest.mark.parametrize("address", ["", "sqlite:///", "mysql://host/db", "https://example.org/a.db"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no store"):
        open_store(address)


def test_a_file_is_made_only_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database at"):
        open_store(tmp_path / "a.db", create=False)
    assert not (tmp_path / "a.db").exists()
