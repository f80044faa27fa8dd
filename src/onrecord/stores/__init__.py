"""Adapters that keep the record; they implement the protocols of onrecord.ledger.store."""

from onrecord.stores.opening import open_store

__all__ = ["open_store"]
