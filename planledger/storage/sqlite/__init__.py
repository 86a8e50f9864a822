"""A ledger in one SQLite file. For one machine: many threads and processes at once."""

from planledger.storage.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
