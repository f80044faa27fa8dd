"""The ledger: resolved reports become statements; protocols of the stores that keep them."""
