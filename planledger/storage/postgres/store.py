"""The store: the port over a PostgreSQL database."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg.rows import tuple_row

from planledger.storage.cache import Cache
from planledger.storage.common import UNSURE_OF_COPY, check_append, unsure_of
from planledger.storage.keeping import Flaw
from planledger.storage.port import (
    Clock,
    Commit,
    NewRecord,
    Receipt,
    StoredRecord,
    StoreError,
    Watch,
)
from planledger.storage.postgres.address import read_url
from planledger.storage.postgres.cache import SnapshotTable
from planledger.storage.postgres.errors import told_of
from planledger.storage.postgres.flaws import flaws_of
from planledger.storage.postgres.migrating import check_format
from planledger.storage.postgres.pool import LedgerDatastore
from planledger.storage.postgres.recorder import SELECT_RECEIPT, LedgerRecorder, wide
from planledger.storage.postgres.watching import HeadListener
from planledger.storage.rows import Statements, TableReader

LOCK_TIMEOUT = 5
"""Seconds to wait for other writers, and for a free connection."""

_OF_PLAN = """
FROM planledger.entries
WHERE stream = %s AND position > %s AND position <= %s ORDER BY position LIMIT %s"""
_COMMIT = """
SELECT (SELECT position FROM planledger.entries
        WHERE recorded_at = at ORDER BY position LIMIT 1),
       (SELECT position FROM planledger.entries
        WHERE recorded_at = at ORDER BY position DESC LIMIT 1),
       at
FROM ({}) AS found (at)"""
_TIME = "SELECT recorded_at FROM planledger.entries"
_STATEMENTS = Statements(
    read="""
SELECT position, recorded_at, stream, version, name, data FROM planledger.entries
WHERE position > %s AND position <= %s ORDER BY position LIMIT %s""",
    read_plan=f"SELECT position, recorded_at, stream, version, name, data {_OF_PLAN}",
    replay=f"SELECT position, recorded_at, version, data {_OF_PLAN}",
    head=_COMMIT.format(f"{_TIME} ORDER BY position DESC LIMIT 1"),
    commit_holding=_COMMIT.format(f"{_TIME} WHERE position = %s"),
    commit_by=_COMMIT.format(f"{_TIME} WHERE recorded_at <= %s ORDER BY recorded_at DESC LIMIT 1"),
    receipt=SELECT_RECEIPT,
    receipts="""
SELECT command_id, digest, stream, first, last, recorded_at
FROM planledger.receipts ORDER BY first""",
    plans="SELECT stream, position FROM planledger.entries WHERE version = 1 ORDER BY position",
)

_UNSAFE = "POSTGRES_ENABLE_DB_FUNCTIONS"
_NO = {"", "n", "no", "f", "false", "off", "0"}


class PostgresStore(TableReader):
    """Entries in a PostgreSQL database. Keeps every promise of the port.

    Makes no tables: that is for `migrate`, so that any number of processes can start at once.
    """

    _statements = _STATEMENTS

    def __init__(
        self, url: str, clock: Clock, *, lock_timeout: int = LOCK_TIMEOUT, name: str | None = None
    ) -> None:
        """Open the ledger in the database that `url` names.

        `lock_timeout` is how many seconds to wait for other writers; `name` is what messages call
        the ledger, where the URL says nothing to people. Raises ValueError for a URL that is
        none, and StoreError where there is no ledger, or none that this program can use.
        """
        called, conninfo = read_url(url)
        self._name = name or called
        self._conninfo = conninfo
        if os.environ.get(_UNSAFE, "").strip().lower() not in _NO:
            raise StoreError(
                f"The ledger {self._name} is not opened while {_UNSAFE} is set: with it the "
                "eventsourcing library records without a lock, and readers miss entries. Unset it."
            )
        self._datastore = LedgerDatastore(conninfo, lock_timeout=lock_timeout)
        self._recorder = LedgerRecorder(self._datastore, clock)
        try:
            with told_of(self._name), self._datastore.connections.connection() as connection:
                check_format(self._name, connection)
        except BaseException:
            self._datastore.close()
            raise

    @property
    def database(self) -> tuple[str, str]:
        """What messages call the database, and how psycopg connects to it."""
        return self._name, self._conninfo

    def append(
        self,
        plan: str,
        expected_version: int,
        records: Sequence[NewRecord],
        *,
        command_id: str,
        digest: bytes,
    ) -> Commit:
        """Record one commit; see the port. On the server's disk when this returns."""
        check_append(plan, command_id, records)
        with told_of(self._name, unsure=unsure_of(command_id)):
            return self._recorder.record(
                plan, expected_version, records, command_id=command_id, digest=digest
            )

    def adopt(self, entries: Iterable[StoredRecord], receipts: Iterable[Receipt]) -> int:
        """Fill the empty ledger with another one's; see the port. On the disk when this returns."""
        with told_of(self._name, unsure=UNSURE_OF_COPY):
            return self._recorder.adopt(entries, receipts)

    def watch(self) -> Watch:
        """Begin to watch the head, on a connection of its own."""
        with told_of(self._name):
            return HeadListener(self._name, self._datastore.connect())

    def cache(self) -> Cache:
        """Give the cache in the same database."""
        return SnapshotTable(self._name, self._datastore)

    def flaws(self) -> Sequence[Flaw]:
        """Look at the database itself: its triggers, and what this user may do."""
        with told_of(self._name), self._datastore.connections.connection() as connection:
            return list(flaws_of(connection))

    def close(self) -> None:
        """Let go of every connection. Safe to repeat."""
        self._datastore.close()

    def _rows(self, statement: str, *parameters: str | int) -> list[Any]:
        with told_of(self._name), self._datastore.connections.connection() as connection:
            cursor = connection.cursor(binary=True, row_factory=tuple_row)
            return cursor.execute(statement, wide(parameters), prepare=True).fetchall()
