"""View -> files for people and programs; nothing here computes what the ledger does not hold."""
