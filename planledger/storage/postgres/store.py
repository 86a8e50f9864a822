"""The store: the port over a PostgreSQL database."""

import os
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import Any

from psycopg.rows import TupleRow, tuple_row
from psycopg.types.numeric import Int8

from planledger.storage.cache import Cache
from planledger.storage.common import (
    LARGEST,
    UNSURE_OF_COPY,
    check_append,
    check_bounds,
    check_one_of,
    storable,
    unsure_of,
)
from planledger.storage.keeping import Flaw
from planledger.storage.port import (
    Clock,
    Commit,
    NewRecord,
    Receipt,
    ReplayRow,
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
from planledger.storage.postgres.recorder import (
    SELECT_RECEIPT,
    SELECT_RECEIPTS,
    LedgerRecorder,
    receipt_from,
)
from planledger.storage.postgres.watching import HeadListener

LOCK_TIMEOUT = 5
"""Seconds to wait for other writers, and for a free connection."""

_READ = """
SELECT position, recorded_at, stream, version, name, data FROM planledger.entries
WHERE position > %s AND position <= %s ORDER BY position LIMIT %s"""
_OF_PLAN = """
FROM planledger.entries
WHERE stream = %s AND position > %s AND position <= %s ORDER BY position LIMIT %s"""
_READ_PLAN = f"SELECT position, recorded_at, stream, version, name, data {_OF_PLAN}"
_REPLAY = f"SELECT position, recorded_at, version, data {_OF_PLAN}"
_COMMIT = """
SELECT (SELECT position FROM planledger.entries
        WHERE recorded_at = at ORDER BY position LIMIT 1),
       (SELECT position FROM planledger.entries
        WHERE recorded_at = at ORDER BY position DESC LIMIT 1),
       at
FROM ({}) AS found (at)"""
_ENTRIES_AT = "SELECT recorded_at FROM planledger.entries"
_HEAD = _COMMIT.format(f"{_ENTRIES_AT} ORDER BY position DESC LIMIT 1")
_COMMIT_HOLDING = _COMMIT.format(f"{_ENTRIES_AT} WHERE position = %s")
_COMMIT_BY = _COMMIT.format(
    f"{_ENTRIES_AT} WHERE recorded_at <= %s ORDER BY recorded_at DESC LIMIT 1"
)
_PLANS = "SELECT stream, position FROM planledger.entries WHERE version = 1 ORDER BY position"

_UNSAFE = "POSTGRES_ENABLE_DB_FUNCTIONS"
_NO = {"", "n", "no", "f", "false", "off", "0"}


class PostgresStore:
    """Entries in a PostgreSQL database. Keeps every promise of the port.

    Makes no tables: that is for `migrate`, so that any number of processes can start at once.
    """

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

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Give entries in order; see the port."""
        check_bounds(after, limit)
        bounds = _within(after, LARGEST if until is None else until, limit)
        if plan is None:
            rows = self._rows(_READ, *bounds)
        elif storable((plan,)):
            rows = self._rows(_READ_PLAN, plan, *bounds)
        else:
            return []
        return list(starmap(StoredRecord, rows))

    def replay(self, plan: str, *, after: int = 0, limit: int) -> Sequence[ReplayRow]:
        """Give what folds need of a plan's entries; see the port."""
        check_bounds(after, limit)
        if not storable((plan,)):
            return []
        return self._rows(_REPLAY, plan, *_within(after, LARGEST, limit))

    def head(self) -> Commit | None:
        """Give the last commit, or None for an empty ledger."""
        return _commit(self._rows(_HEAD))

    def commit_at(
        self, *, position: int | None = None, recorded_us: int | None = None
    ) -> Commit | None:
        """Give the commit at a point; see the port."""
        check_one_of(position, recorded_us)
        if position is not None:
            return _commit(self._rows(_COMMIT_HOLDING, *_within(position)))
        return _commit(self._rows(_COMMIT_BY, *_within(recorded_us or 0)))

    def receipt(self, command_id: str) -> Receipt | None:
        """Give the receipt of a command, or None if it was never recorded."""
        if not storable((command_id,)):
            return None
        rows = self._rows(SELECT_RECEIPT, command_id)
        return receipt_from(command_id, rows[0]) if rows else None

    def plans(self) -> Sequence[tuple[str, int]]:
        """Give every plan with the position of its first entry, in that order."""
        return self._rows(_PLANS)

    def receipts(self) -> Sequence[Receipt]:
        """Give every receipt, in order of position."""
        return [receipt_from(command_id, row) for command_id, *row in self._rows(SELECT_RECEIPTS)]

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

    def _rows(self, statement: str, *parameters: object) -> list[Any]:
        """Run one reading statement; its rows are one moment's."""
        with told_of(self._name), self._datastore.connections.connection() as connection:
            cursor = connection.cursor(binary=True, row_factory=tuple_row)
            return cursor.execute(statement, parameters, prepare=True).fetchall()


def _within(*bounds: int) -> tuple[Int8, ...]:
    return tuple(Int8(max(-LARGEST, min(bound, LARGEST))) for bound in bounds)


def _commit(rows: list[TupleRow]) -> Commit | None:
    return Commit(first=rows[0][0], last=rows[0][1], recorded_us=rows[0][2]) if rows else None
