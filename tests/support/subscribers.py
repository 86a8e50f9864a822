"""Subscribers on real connections, which come back when they are told to."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from planledger.server import listen, url_of
from planledger.server.workers import CONFIG
from tests.support.streams import FOLLOW, GRAPHQL_WS

PATIENCE = 60
"""Seconds that anything may take on a machine that is busy with other things."""


class Reader:
    """Reads entries until its stream ends."""

    def __init__(self, url: str, after: int = 0) -> None:
        """Follow the service at `url`."""
        self.url = url
        self.after = after
        self.positions: list[int] = []
        self.ended: tuple[int, str] | None = None
        """With which code and reason; (0, "") for a stream that has neither."""

    @property
    def last(self) -> int:
        """The position to go on from."""
        return self.positions[-1] if self.positions else self.after

    async def read(self) -> None:
        """Read until the stream ends."""
        raise NotImplementedError

    async def read_on(self, position: int) -> None:
        """Read until it has the entry at a position, and come back whenever the stream ends."""
        while self.last < position:
            with suppress(OSError, EOFError):
                await self.read()


class SocketReader(Reader):
    """Reads from a WebSocket."""

    async def read(self) -> None:
        """Read until the connection is closed."""
        url = f"ws://{urlsplit(self.url).netloc}/graphql"
        # Without a proxy, whatever the machine is set to.
        async with connect(url, subprotocols=[GRAPHQL_WS], proxy=None) as connection:  # type: ignore[list-item] # it is a NewType of theirs
            try:
                await self._greet(connection)
                async for text in connection:
                    await self._take(connection, json.loads(text))
            except ConnectionClosed:
                pass
        closed = connection.protocol.close_rcvd
        self.ended = (closed.code, closed.reason) if closed else None

    async def _greet(self, connection: ClientConnection) -> None:
        await connection.send('{"type":"connection_init"}')
        payload = {"query": FOLLOW, "variables": {"after": str(self.last)}}
        assert json.loads(await connection.recv())["type"] == "connection_ack"
        await connection.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))

    async def _take(self, connection: ClientConnection, message: dict[str, Any]) -> None:
        if message["type"] == "ping":
            await connection.send('{"type":"pong"}')
        else:
            assert message["type"] == "next", message
            self.positions.append(int(message["payload"]["data"]["planEvents"]["position"]))


class EventReader(Reader):
    """Reads text/event-stream, as a browser does: by its ids."""

    path = "/events"

    async def read(self) -> None:
        """Read until the answer ends."""
        parts = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            request = (
                f"GET {self.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                f"Accept: text/event-stream\r\nLast-Event-ID: {self.last}\r\n\r\n"
            )
            writer.write(request.encode())
            assert b"200" in await reader.readline()
            while (line := await reader.readline()) not in {b"", b"0\r\n"}:
                if line.startswith(b"id: "):
                    self.positions.append(int(line[4:]))
            self.ended = (0, "")
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


class DocumentReader(EventReader):
    """The same, of a document of GraphQL."""

    path = "/graphql?" + urlencode({"query": "subscription { planEvents { position } }"})


KINDS = (SocketReader, EventReader, DocumentReader)


@asynccontextmanager
async def reading(*readers: Reader) -> AsyncIterator[None]:
    """Have readers read during the block, which fails with the first of them that fails."""
    async with asyncio.timeout(2 * PATIENCE), asyncio.TaskGroup() as group:
        tasks = [group.create_task(reader.read()) for reader in readers]
        yield
        for task in tasks:
            task.cancel()


async def until(so: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not so():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.02)


@contextmanager
def running(app: Starlette, room: int | None = None) -> Iterator[str]:
    """Run an app as `planledger serve` does, in a thread; give its URL.

    With `room`, the system keeps no more than so many bytes for a client that takes nothing.
    """
    with listen("127.0.0.1", 0) as listening:
        if room is not None:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, room)
        server = uvicorn.Server(uvicorn.Config(app, **CONFIG))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield url_of(listening)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
    assert not thread.is_alive(), "It does not end."
