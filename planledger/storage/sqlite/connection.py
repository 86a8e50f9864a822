"""One connection to a ledger's SQLite file, over that of the eventsourcing library."""

import sqlite3
from time import monotonic, sleep

from eventsourcing.sqlite import SQLiteConnection

from planledger.storage.sqlite.errors import CommitFailedError, sqlite_kind

_LOOK_SECONDS = 0.001
"""How often to look whether another program's lock is gone: about as often as one can commit."""


class LedgerConnection(SQLiteConnection):
    """A connection that can also read rows as plain tuples, and waits for other programs."""

    def __init__(self, raw: sqlite3.Connection, max_age: float | None, *, patience: float) -> None:
        """Wrap a connection, to wait `patience` seconds for other programs' locks."""
        super().__init__(raw, max_age)
        self._patience = patience
        raw.execute("PRAGMA busy_timeout = 0")

    def begin_writing(self) -> sqlite3.Cursor:
        """Begin a transaction with the write lock, as soon as no other process has it.

        A deferred one takes it at its first write, and then fails at once where somebody else has
        written since its first read, however long it was ready to wait.
        """
        return self._run("BEGIN IMMEDIATE", ())

    def commit(self) -> None:
        """Commit what was written. Raises CommitFailedError, and then nothing is left open."""
        try:
            self._sqlite_conn.commit()
        except sqlite3.Error as error:
            # The connection goes back to the pool: with a transaction left open on it, the next
            # reader would be shown what was never committed.
            self.abandon()
            raise CommitFailedError(error) from error

    def rows(self, statement: str, parameters: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run one reading statement; its rows are one moment's, with no transaction around it.

        Fetch all of them: a statement left half read keeps showing its own moment's ledger to
        whoever is given the connection next.
        """
        return self._run(statement, parameters)

    def _run(self, statement: str, parameters: tuple[object, ...]) -> sqlite3.Cursor:
        """Run a statement as soon as no lock of another program is in its way.

        SQLite itself would look the less often the longer it has waited, down to ten times a
        second: where others write without a pause, whoever has waited long would hardly ever be
        the next.
        """
        cursor = self._sqlite_conn.cursor()
        cursor.row_factory = None
        deadline = None
        while True:
            try:
                return cursor.execute(statement, parameters)
            except sqlite3.OperationalError as error:
                deadline = deadline or monotonic() + self._patience
                if sqlite_kind(error) != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
            sleep(_LOOK_SECONDS)

    @property
    def rows_written(self) -> int:
        """How many rows were written through it so far."""
        return self._sqlite_conn.total_changes

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._sqlite_conn.in_transaction

    def abandon(self) -> None:
        """Drop an open transaction; close the connection where even that fails."""
        try:
            self.rollback()
        except sqlite3.Error:
            self.close()
