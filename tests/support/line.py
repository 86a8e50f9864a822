"""A line to a PostgreSQL that is cut at a chosen message, or at which something is done.

Messages are told apart as in https://www.postgresql.org/docs/current/protocol-message-formats.html.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum
from threading import Lock, Thread
from types import TracebackType
from typing import NamedTuple, Self

PATIENCE = 60.0
"""Seconds within which what a server says is passed on, on the busiest machine."""
_NO_TYPE = b""
"""The first message of a client has a length and no type."""


class Then(Enum):
    """What becomes of a chosen statement."""

    GO_ON = "it goes on to the server"
    CUT = "the line is cut before it goes on"
    SWALLOW = "the line is cut when the server has answered, before the answer goes on"


class _Plan(NamedTuple):
    """What is to happen when a statement that begins with some words is sent."""

    words: bytes
    do: Callable[[], object]
    then: Then


class Line:
    """Passes connections on to a server that listens on the socket at `path`."""

    def __init__(self, path: str) -> None:
        """Begin to pass on."""
        self._path = path
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._plan: _Plan | None = None
        self._down = False
        self._lock = Lock()
        self._ends: set[socket.socket] = set()
        self._threads = [Thread(target=self._accept)]
        self._threads[0].start()

    def at(
        self, words: str, *, do: Callable[[], object] = lambda: None, then: Then = Then.GO_ON
    ) -> None:
        """At the next statement that begins with these words do something, and then with it."""
        self._plan = _Plan(words.encode(), do, then)

    def let_nobody_in(self, *, any_more: bool = True) -> None:
        """From now on cut every new connection at once, or not `any_more`."""
        self._down = any_more

    def wait_until_told(self) -> None:
        """Wait until every client knows that its connection was ended by the server."""
        with self._lock:
            passing_on = self._threads[1:]
        for thread in passing_on:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "A connection was not ended."

    def close(self) -> None:
        """Cut what there is, and listen no more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for end in self._ends:
                _shut(end)
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self._down:
                client.close()
                continue
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else it saves up
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self._path)
            except OSError:  # it is not up
                server.close()
                client.close()
                continue
            _Pair(self, client, server).begin()

    def begin(self, ends: tuple[socket.socket, socket.socket], threads: list[Thread]) -> None:
        """Take a pair of connections and the threads that pass on between them into care."""
        with self._lock:
            self._ends |= set(ends)
            self._threads += threads
        for thread in threads:
            thread.start()

    def due(self, statement: bytes) -> _Plan | None:
        """Give what is to happen at a statement, once; or at one of several in one message."""
        plan = self._plan
        if plan is None or not any(
            one.lstrip().startswith(plan.words) for one in statement.split(b";")
        ):
            return None
        self._plan = None
        return plan


class _Pair:
    """A client's connection and the one to the server."""

    def __init__(self, line: Line, client: socket.socket, server: socket.socket) -> None:
        self._line = line
        self._client = client
        self._server = server
        self._statements: dict[bytes, bytes] = {}
        """Prepared statements by name: they are sent once, and then called by their names."""
        self._swallow = False

    def begin(self) -> None:
        self._line.begin(
            (self._client, self._server),
            [Thread(target=self._to_server), Thread(target=self._to_client)],
        )

    def _to_server(self) -> None:
        with suppress(OSError):
            for kind, body in _messages(self._client, greeting=True):
                plan = self._line.due(self._statement(kind, body))
                if plan is not None:
                    plan.do()
                    self._swallow = plan.then is Then.SWALLOW
                    if plan.then is Then.CUT:
                        break
                self._server.sendall(_packed(kind, body))
        self._cut()

    def _to_client(self) -> None:
        with suppress(OSError):
            for kind, body in _messages(self._server):
                # "C": a command is complete; the one that was waited for is the COMMIT.
                if self._swallow and kind == b"C" and body == b"COMMIT\0":
                    break
                self._client.sendall(_packed(kind, body))
        self._cut()

    def _statement(self, kind: bytes, body: bytes) -> bytes:
        """Give the statement that a message has the server run, if it has it run one."""
        if kind == b"Q":
            return body
        if kind == b"P":
            name, statement, _ = body.split(b"\0", 2)
            self._statements[name] = statement
        if kind == b"B":
            _, name, _ = body.split(b"\0", 2)
            return self._statements[name]
        return b""

    def _cut(self) -> None:
        _shut(self._client)
        _shut(self._server)


def _messages(end: socket.socket, *, greeting: bool = False) -> Iterator[tuple[bytes, bytes]]:
    with end.makefile("rb") as stream:
        while True:
            kind = _NO_TYPE if greeting else stream.read(1)
            length = stream.read(4)
            if len(length) < 4:
                return
            yield kind, stream.read(int.from_bytes(length) - 4)
            greeting = False


def _packed(kind: bytes, body: bytes) -> bytes:
    return kind + (len(body) + 4).to_bytes(4) + body


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
