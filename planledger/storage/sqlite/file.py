"""Connections to a ledger's SQLite file, over those of the eventsourcing library.

Where the library leaves something open we close it: `synchronous` is FULL, writers begin at once
as writers, nothing leaves a transaction behind, readers never queue behind writers, the log is
copied into the file only while nobody commits, and closing waits for whoever is still reading.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Literal, cast

from eventsourcing.persistence import (
    ConnectionPoolClosedError,
    ConnectionUnavailableError,
    IntegrityError,
)
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from planledger.storage.common import FORKED
from planledger.storage.port import StoreError
from planledger.storage.sqlite.connection import LedgerConnection
from planledger.storage.sqlite.errors import sqlite_kind
from planledger.storage.sqlite.files import Files, NotAsOpenedError
from planledger.storage.sqlite.schema import PAGE_SIZE

FULL = 2
"""`PRAGMA synchronous`: every commit is on the disk before it is acknowledged."""

IDLE_CONNECTIONS = 16
MOST_CONNECTIONS = 64
"""More than the worker threads of one server process, so that readers do not wait."""

CHECKPOINT_ROWS = 250
"""After how many rows the log is copied into the file: of small commits, some 900 pages of log."""

_RETRY_SECONDS = 0.01

Mode = Literal["ro", "rw", "rwc"]
"""How SQLite opens a file: for reading, for writing, or for writing and made if it is missing."""


def uri_of(path: Path, mode: Mode) -> str:
    """Give the URI under which SQLite opens the file at `path`, which is absolute."""
    return f"{path.as_uri()}?mode={mode}"


class LedgerPool(SQLiteConnectionPool):
    """Connections that keep the port's promises, or are refused."""

    def __init__(self, path: Path, mode: Mode, *, lock_timeout: int) -> None:
        """Pool connections to the file at `path`, waiting `lock_timeout` seconds for locks."""
        super().__init__(
            db_name=uri_of(path, mode),
            lock_timeout=lock_timeout,
            pool_size=IDLE_CONNECTIONS,
            max_overflow=MOST_CONNECTIONS - IDLE_CONNECTIONS,
            pool_timeout=lock_timeout,
        )
        self._path = path
        self._patience = lock_timeout
        self._read_only = mode == "ro"
        self._draining = False
        self._process = os.getpid()
        self.files = Files(path, read_only=self._read_only)

    def get_connection(
        self, timeout: float | None = None, *, is_writer: bool | None = None
    ) -> SQLiteConnection:
        """Hand out a connection, unless the pool is closing."""
        if self._draining:
            raise ConnectionPoolClosedError
        if os.getpid() != self._process:
            raise NotAsOpenedError(FORKED)
        return super().get_connection(timeout, is_writer=is_writer)

    def put_connection(self, conn: SQLiteConnection) -> None:
        """Take a connection back."""
        if not conn.closed and cast("LedgerConnection", conn).in_transaction:
            # A thread was interrupted at its commit, say. The next one would read, and commit,
            # what this one did not.
            cast("LedgerConnection", conn).abandon()
        try:
            with self._put_condition:
                super().put_connection(conn)
                # To the front: what it has read is still in its memory.
                self._pool.rotate(1)
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
            with ExitStack() as held:
                # Where the file itself is gone nothing can be held, and SQLite copies nothing.
                with suppress(sqlite3.Error, NotAsOpenedError):
                    if self.files.others_may_have_written():
                        held.enter_context(self._log_left_alone())
                super().close()

    @contextmanager
    def _log_left_alone(self) -> Iterator[None]:
        """Keep SQLite from copying the log into the file, and from deleting it, as it closes.

        It would do so by our index, in which what others recorded is not. Who may only read the
        file cannot do it, and while somebody reads nobody does.
        """
        uri = uri_of(self._path, "ro")
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
            yield

    def _create_connection(self) -> LedgerConnection:
        if self._draining:  # since this connection was asked for
            raise ConnectionPoolClosedError
        # SQLite makes a new log and index when nobody has the ledger open, and only then may it:
        # a new log opened beside the old index would be the end of both.
        first = all(connection.closed for connection in self._in_use.values())
        if first:
            self.files.check_ledger()
        else:
            self.files.check()
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
            if first:
                self.files.note()
        except BaseException:
            raw.close()
            raise
        raw.row_factory = sqlite3.Row  # as the library's own reading expects
        return LedgerConnection(raw, self.max_age, patience=self._patience)

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
                f"{self._path}, but a ledger needs wal and {FULL}. Keep it on a local disk."
            )
        # SQLite would copy the log into the file on its own while others commit; up to its
        # version 3.51.2 that may lose commits: https://sqlite.org/wal.html#walresetbug
        raw.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
        raw.execute("SELECT count(*) FROM sqlite_master").fetchall()  # opens the log

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

    pool: LedgerPool

    def __init__(self, path: Path, mode: Mode, *, lock_timeout: int) -> None:
        """Prepare for the file at `path`, which is absolute; nothing is opened yet."""
        super().__init__(uri_of(path, mode), originator_id_type="text")
        self.pool = LedgerPool(path, mode, lock_timeout=lock_timeout)
        self._patience = lock_timeout
        self._writing = Lock()
        self._rows_in_log = 0

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """Give a cursor within a transaction that has the write lock, and commit it.

        An error within rolls it back. Raises CommitFailedError.
        """
        if not self._writing.acquire(timeout=self._patience):
            raise ConnectionUnavailableError("Timed out waiting for other writers")
        try:
            connection = self._connection()
            try:
                self.pool.files.check(writing=True)
                before = connection.rows_written
                yield connection.begin_writing()
                self._rows_in_log += connection.rows_written - before
                connection.commit()
                if self._rows_in_log >= CHECKPOINT_ROWS:
                    self._rows_in_log = 0
                    self._checkpoint(connection)
            finally:
                self.pool.put_connection(connection)  # rolls back what is still open
        finally:
            self._writing.release()

    @contextmanager
    def reading(self) -> Iterator[LedgerConnection]:
        """Give a connection for single reading statements."""
        connection = self._connection()
        try:
            self.pool.files.glance()
            yield connection
        finally:
            self.pool.put_connection(connection)

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Give a cursor within a transaction, as the library's own methods ask for it."""
        if not commit:
            with self.reading() as connection, SQLiteTransaction(connection) as cursor, cursor:
                yield cursor
            return
        with self.writing() as written:
            try:
                yield SQLiteCursor(written)
            except sqlite3.IntegrityError as error:
                raise IntegrityError(error) from error  # the one that its users know

    def _connection(self) -> LedgerConnection:
        # The only kind that LedgerPool makes; who reads and who writes is not for it to settle.
        return cast("LedgerConnection", self.pool.get_connection())

    def _checkpoint(self, holding: LedgerConnection) -> None:
        """Copy the log into the file, so that it can begin anew.

        Where it fails, the log goes on growing: what was committed stands, and is acknowledged.
        """
        with suppress(Exception), self.reading() as copying:
            # Under the write lock no process can commit, which is when SQLite may go wrong.
            holding.begin_writing()
            try:
                copying.rows("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                holding.abandon()
