"""Connections to a ledger's database, under the eventsourcing library's recorders.

In place of psycopg's own pool: that one connects in the background, so that whoever waits for a
connection is told neither why there is none nor, while its delays grow, that the server is back.
"""

import os
import selectors
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock
from typing import Any, cast

import psycopg
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.pq import PipelineStatus, TransactionStatus
from psycopg.rows import DictRow, dict_row

from planledger.storage.postgres.errors import BusyError, ClosedError, ForkedError
from planledger.storage.postgres.schema import SCHEMA

MOST_CONNECTIONS = 10
"""Of one process, besides one for each watch. A server accepts 100 in all, if not told more."""

_IDLE = TransactionStatus.IDLE, PipelineStatus.OFF

_SELECTOR = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""The default one is made for many sockets: for one it takes eight times as long, at every use."""

LedgerConnection = Connection[DictRow]
"""Rows as the library expects them; we read them as plain tuples, by cursors of our own."""


def connect(conninfo: str) -> LedgerConnection:
    """Open a connection on which each statement is a transaction, unless it begins a longer one.

    Raises psycopg.Error.
    """
    return Connection[DictRow].connect(conninfo, autocommit=True, row_factory=dict_row)


class LedgerPool:
    """Idle connections, the one used last first, and as many more as are wanted up to a limit."""

    def __init__(self, conninfo: str, *, patience: float) -> None:
        """Prepare to connect; nothing is opened yet. Wait `patience` seconds for a connection."""
        self._conninfo = conninfo
        self._patience = patience
        self._idle = deque[LedgerConnection]()
        self._free = BoundedSemaphore(MOST_CONNECTIONS)
        self._closed = False
        self._process = os.getpid()

    def open(self, _wait: bool, _timeout: float) -> None:  # noqa: FBT001 - the library's call
        """Do nothing: connections are opened when they are wanted."""

    @contextmanager
    def connection(self) -> Iterator[LedgerConnection]:
        """Give a connection; what its user leaves open on it is rolled back."""
        if self._closed:
            raise ClosedError
        if os.getpid() != self._process:
            raise ForkedError
        if not self._free.acquire(timeout=self._patience):
            raise BusyError
        try:
            connection = self._take()
            try:
                yield connection
            except Exception:
                raise
            except BaseException:
                # A thread that was interrupted has not read all that the server has said, and the
                # next one would take it for an answer to its own question.
                connection.close()
                raise
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    def close(self) -> None:
        """Close each connection, at once or when its user is done with it. Safe to repeat."""
        self._closed = True
        if os.getpid() == self._process:  # else they are still another process's
            self.let_go()

    def let_go(self) -> None:
        """Close the connections that lie idle."""
        while True:
            try:
                self._idle.pop().close()
            except IndexError:
                return

    def _take(self) -> LedgerConnection:
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return connect(self._conninfo)
            if _is_quiet(connection):
                return connection
            connection.close()

    def _give_back(self, connection: LedgerConnection) -> None:
        with suppress(psycopg.Error):
            if connection.pgconn.transaction_status != TransactionStatus.IDLE:
                connection.rollback()
        pgconn = connection.pgconn
        if (pgconn.transaction_status, pgconn.pipeline_status) == _IDLE:
            self._idle.append(connection)
        else:
            connection.close()
        if self._closed:  # since this connection was taken
            self.close()


class LedgerDatastore(PostgresDatastore):
    """The pool, and one writer of this process at a time.

    Writers of this process wait for each other here, and not each on a connection of its own for
    the lock in the database: there they would leave none for readers.
    """

    def __init__(self, conninfo: str, *, lock_timeout: int) -> None:
        """Prepare to connect as `conninfo` says; nothing is opened yet."""
        super().__init__(
            *("", "", "", "", ""),  # where it is: our pool knows
            schema=SCHEMA,
            lock_timeout=lock_timeout,
            originator_id_type="text",
        )
        self.connections = LedgerPool(conninfo, patience=lock_timeout)
        self.pool = cast("Any", self.connections)
        self._conninfo = conninfo
        self._writing = Lock()
        self._read_only = False
        """Whether the last one who was to write was not let."""

    def register_type_adapters(self) -> None:
        """Do nothing: our statements need no types of their own in the database."""

    def connect(self) -> LedgerConnection:
        """Open a connection that is not of the pool; whoever asked closes it."""
        return connect(self._conninfo)

    @contextmanager
    def writing(self) -> Iterator[LedgerConnection]:
        """Give a connection for a transaction that adds entries."""
        if not self._writing.acquire(timeout=self.lock_timeout):
            raise BusyError
        try:
            if self._read_only:
                # A session keeps to what the database was set to when it began: a new one may
                # write again.
                self.connections.let_go()
                self._read_only = False
            with self.connections.connection() as connection:
                yield connection
        except psycopg.errors.ReadOnlySqlTransaction:
            self._read_only = True
            raise
        finally:
            self._writing.release()


def _is_quiet(connection: LedgerConnection) -> bool:
    """Tell whether a connection that lay idle is still good, without asking the server.

    A server says nothing unasked but its farewell, when it is stopped or ends the connection.
    """
    with _SELECTOR() as selector:
        selector.register(connection.fileno(), selectors.EVENT_READ)
        return not selector.select(timeout=0)
