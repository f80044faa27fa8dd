"""The reference store."""

from onrecord.stores.memory import MemoryStore
from tests.contracts.store import StoreContract


class TestMemoryStore(StoreContract):
    def open(self) -> MemoryStore:
        return MemoryStore()
