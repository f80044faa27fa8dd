"""Adapters that keep the record; they implement the protocols of onrecord.ledger.store."""
