"""Connections to a ledger's SQLite file, over those of the eventsourcing library.

Where the library leaves something open we close it: `synchronous` is FULL, writers begin at once
as writers, a commit that fails leaves no transaction behind, readers never queue behind writers,
and closing waits for whoever is still reading.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic, sleep
from types import TracebackType
from typing import cast

from eventsourcing.persistence import ConnectionPoolClosedError, ConnectionUnavailableError
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from planledger.storage.port import StoreError
from planledger.storage.sqlite.errors import CommitFailedError, sqlite_kind
from planledger.storage.sqlite.schema import PAGE_SIZE

FULL = 2
"""`PRAGMA synchronous`: every commit is on the disk before it is acknowledged."""

IDLE_CONNECTIONS = 16
MOST_CONNECTIONS = 64
"""More than the worker threads of one server process, so that readers do not wait."""

_RETRY_SECONDS = 0.01


class LedgerTransaction(SQLiteTransaction):
    """A transaction that takes the write lock at its start, where it is going to write.

    A deferred one takes it at its first write, and then fails at once where somebody else has
    written since its first read, however long it was ready to wait.
    """

    connection: "LedgerConnection"

    def __enter__(self) -> SQLiteCursor:
        """Begin."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Commit or roll back, and leave nothing open either way."""
        if exc_val is not None or not self.commit:
            super().__exit__(exc_type, exc_val, exc_tb)
            return
        try:
            self.connection.commit()
        except sqlite3.Error as error:
            # The connection goes back to the pool: with a transaction left open on it, the next
            # reader would be shown what was never committed.
            self.connection.abandon()
            raise CommitFailedError(error) from error


class LedgerConnection(SQLiteConnection):
    """A connection that can also read rows as plain tuples."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Give a cursor within a transaction."""
        with LedgerTransaction(self, commit=commit) as cursor, cursor:
            yield cursor

    def rows(self, statement: str, parameters: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run one reading statement; its rows are one moment's, with no transaction around it.

        Fetch all of them: a statement left half read keeps showing its own moment's ledger to
        whoever is given the connection next.
        """
        cursor = self._sqlite_conn.cursor()
        cursor.row_factory = None
        return cursor.execute(statement, parameters)

    def abandon(self) -> None:
        """Drop an open transaction; close the connection where even that fails."""
        try:
            self.rollback()
        except sqlite3.Error:
            self.close()


class LedgerPool(SQLiteConnectionPool):
    """Connections that keep the port's promises, or are refused."""

    def __init__(self, db_name: str, *, lock_timeout: int, read_only: bool) -> None:
        """Pool connections to the URI `db_name`, waiting `lock_timeout` seconds for locks."""
        super().__init__(
            db_name=db_name,
            lock_timeout=lock_timeout,
            pool_size=IDLE_CONNECTIONS,
            max_overflow=MOST_CONNECTIONS - IDLE_CONNECTIONS,
            pool_timeout=lock_timeout,
        )
        self._patience = lock_timeout
        self._read_only = read_only
        self._draining = False

    def get_connection(
        self, timeout: float | None = None, *, is_writer: bool | None = None
    ) -> SQLiteConnection:
        """Hand out a connection, unless the pool is closing."""
        if self._draining:
            raise ConnectionPoolClosedError
        return super().get_connection(timeout, is_writer=is_writer)

    def put_connection(self, conn: SQLiteConnection) -> None:
        """Take a connection back."""
        try:
            super().put_connection(conn)
        except ConnectionPoolClosedError:
            # Closing gave up waiting for this one. What was done with it stands, so its user
            # must not be told that it failed.
            conn.close()

    def close(self) -> None:
        """Wait for connections in use, then close all. Safe to repeat.

        A connection closed under a thread that reads from it can take the process down.
        """
        self._draining = True
        deadline = monotonic() + self._patience
        with self._put_condition:
            while self._in_use and monotonic() < deadline:
                self._put_condition.wait(_RETRY_SECONDS)
            super().close()

    def _create_connection(self) -> LedgerConnection:
        if self._draining:  # since this connection was asked for
            raise ConnectionPoolClosedError
        # Not the library's: it keeps only one prepared statement, and leaks the connection where
        # switching to WAL fails.
        raw = sqlite3.connect(
            self.db_name,
            uri=True,
            timeout=self._patience,
            check_same_thread=False,
            isolation_level=None,
        )
        try:
            self._prepare(raw)
        except BaseException:
            raw.close()
            raise
        raw.row_factory = sqlite3.Row  # as the library's own reading expects
        return LedgerConnection(raw, self.max_age)

    def _prepare(self, raw: sqlite3.Connection) -> None:
        raw.execute("PRAGMA synchronous = FULL")
        if self._read_only:
            return
        # Has an effect only while the file is still empty.
        raw.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        self._switch_to_wal(raw)
        (journal,) = raw.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = raw.execute("PRAGMA synchronous").fetchone()
        if synchronous != FULL or journal != "wal":
            raise StoreError(
                f"SQLite gives journal_mode {journal} and synchronous {synchronous} for "
                f"{self.db_name}, but a ledger needs wal and {FULL}. Keep it on a local disk."
            )

    def _switch_to_wal(self, raw: sqlite3.Connection) -> None:
        # SQLite does not wait for locks here when several processes make the same file at once.
        deadline = monotonic() + self._patience
        while True:
            try:
                raw.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if sqlite_kind(error) != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
                sleep(_RETRY_SECONDS)
            else:
                return


class LedgerDatastore(SQLiteDatastore):
    """The pool, and one writer at a time.

    Writers of this process wait for each other here, and not in the library's pool: there a
    waiting writer holds up every reader behind it, and a connection that cannot be opened leaves
    the pool's write lock taken for good.
    """

    def __init__(self, db_name: str, *, lock_timeout: int, read_only: bool = False) -> None:
        """Prepare for the file at the URI `db_name`; nothing is opened yet."""
        super().__init__(db_name, originator_id_type="text")
        self.pool = LedgerPool(db_name, lock_timeout=lock_timeout, read_only=read_only)
        self._patience = lock_timeout
        self._writing = Lock()

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Give a cursor within a transaction."""
        if commit and not self._writing.acquire(timeout=self._patience):
            raise ConnectionUnavailableError("Timed out waiting for other writers")
        try:
            with self.reading() as connection, connection.transaction(commit=commit) as cursor:
                yield cursor
        finally:
            if commit:
                self._writing.release()

    @contextmanager
    def reading(self) -> Iterator[LedgerConnection]:
        """Give a connection for single reading statements."""
        with self.get_connection(commit=False) as connection:
            yield cast("LedgerConnection", connection)  # the only kind that LedgerPool makes
