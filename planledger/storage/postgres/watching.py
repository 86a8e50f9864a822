"""Waiting for the head to move, told by the database."""

import socket
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from threading import Lock
from time import monotonic

import psycopg
from psycopg.rows import tuple_row

from planledger.storage.postgres.errors import told_of
from planledger.storage.postgres.pool import LedgerConnection
from planledger.storage.postgres.schema import CHANNEL

POLL_SECONDS = 1.0
"""How often to look without being told: a notification may get lost, in a proxy for one."""

_LAST = "SELECT coalesce(max(position), 0) FROM planledger.entries"


class HeadListener:
    """A watch on a connection of its own, which is told of every append by any process."""

    def __init__(self, name: str, connection: LedgerConnection) -> None:
        """Listen on `connection`, and close it in the end; `name` is what messages call the ledger.

        Raises psycopg.Error.
        """
        self._name = name
        self._connection = connection
        self._head = 0
        self._closed = False
        self._using = Lock()
        """Held while a thread waits, so that the connection is not closed under it."""
        self._alarm, self._ring = socket.socketpair()
        try:
            # A standby takes no LISTEN, since it is told of nothing: looking has to do there.
            with suppress(psycopg.errors.ReadOnlySqlTransaction):
                connection.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            self.close()
            raise

    def wait(self, after: int, timeout: float) -> int:
        """Wait until the head lies beyond `after`; see the port."""
        deadline = monotonic() + timeout
        with self._using, told_of(self._name):
            while not self._closed:
                self._head = self._look()
                left = deadline - monotonic()
                if self._head > after or left <= 0:
                    break
                self._listen(min(left, POLL_SECONDS))
            return self._head

    def close(self) -> None:
        """Let go, and wake the thread that waits."""
        self._closed = True
        with suppress(OSError):  # closed before
            self._ring.send(b"!")
        with self._using:
            self._connection.close()
            self._alarm.close()
            self._ring.close()

    def _look(self) -> int:
        cursor = self._connection.cursor(binary=True, row_factory=tuple_row)
        ((head,),) = cursor.execute(_LAST, prepare=True).fetchall()
        return int(head)

    def _listen(self, seconds: float) -> None:
        """Wait for something to be said, by the database or by `close`; what it is does not matter.

        What arrived while a statement ran was taken off the socket with its answer, and may be
        about a commit that the statement did not see yet: that is a reason to look again.
        """
        if self._told():
            return
        with DefaultSelector() as selector:
            selector.register(self._connection.fileno(), EVENT_READ)
            selector.register(self._alarm, EVENT_READ)
            selector.select(seconds)
        self._told()

    def _told(self) -> bool:
        """Take what was said so far; tell whether anything was."""
        return bool(list(self._connection.notifies(timeout=0)))
