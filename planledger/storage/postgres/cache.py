"""The cache of a ledger in PostgreSQL: one table, the only one whose rows may change."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.rows import TupleRow, tuple_row

from planledger.storage.cache import CacheError
from planledger.storage.common import storable
from planledger.storage.port import StoreError
from planledger.storage.postgres.errors import told_of
from planledger.storage.postgres.pool import LedgerDatastore

_PATIENCE = "SET LOCAL lock_timeout = '1s'"
"""For other programs' locks: whoever waits for a cache had better read the entries."""
_LOAD = "SELECT data FROM planledger.snapshots WHERE stream = %s"
_SAVE = """
INSERT INTO planledger.snapshots (stream, data) VALUES (%s, %s)
ON CONFLICT (stream) DO UPDATE SET data = excluded.data, made_at = excluded.made_at"""
_FORGET = "DELETE FROM planledger.snapshots"


class SnapshotTable:
    """The table of snapshots, over the connections of a store."""

    def __init__(self, name: str, datastore: LedgerDatastore) -> None:
        """Use the connections of `datastore`; `name` is what messages call the ledger."""
        self._name = name
        self._datastore = datastore

    def load(self, plan: str) -> bytes | None:
        """Give what was saved last for a plan; see the port."""
        rows = self._run(_LOAD, plan) if storable((plan,)) else []
        return rows[0][0] if rows else None

    def save(self, plan: str, data: bytes) -> None:
        """Keep something for a plan; see the port."""
        self._run(_SAVE, plan, data)

    def forget(self) -> None:
        """Delete what is kept for every plan."""
        self._run(_FORGET)

    def _run(self, statement: str, *parameters: object) -> list[TupleRow]:
        with (
            self._telling(),
            self._datastore.connections.connection() as connection,
            connection.transaction(),
            # Binary, or a snapshot would travel as twice as many hexadecimal digits.
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            cursor.execute(_PATIENCE)
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            with told_of(self._name):
                yield
        except StoreError as error:
            raise CacheError(f"The cache cannot be used. {error}") from error
