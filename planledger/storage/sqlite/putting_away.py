"""Making a copy of a ledger that is put away: one file, only read from then on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from planledger.storage.port import Clock
from planledger.storage.sqlite.errors import told_of
from planledger.storage.sqlite.store import SqliteStore


@contextmanager
def put_away(path: Path, clock: Clock) -> Iterator[SqliteStore]:
    """Make a ledger at `path` that is only written in the block, and only read ever after.

    It is then one file, read-only and for its owner alone, that can be read from a folder or disk
    that cannot be written. Raises StoreError.
    """
    with closing(SqliteStore(path, clock, create=True)) as store:
        yield store
    with told_of(path):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # A file in WAL mode is read through two more, beside it.
            connection.execute("PRAGMA journal_mode = DELETE")
        path.chmod(0o400)
