"""A ledger in a PostgreSQL database. For many machines: as many processes at once as wanted."""

from planledger.storage.postgres.migrating import Migrated, migrate, statements
from planledger.storage.postgres.store import PostgresStore

__all__ = ["Migrated", "PostgresStore", "migrate", "statements"]
