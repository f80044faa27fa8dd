"""The default store: the contract, and what is SQLite's own."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from onrecord.stores.sqlite import SqliteStore
from tests.contracts.store import StoreContract


class TestSqliteStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.numbers = count()

    def open(self) -> SqliteStore:
        return SqliteStore(self.folder / f"{next(self.numbers)}.db")
