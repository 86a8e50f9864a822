"""Many subscribers of one service: each has everything once, and none waits for another."""

import asyncio
import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from planledger.server import make_app
from planledger.server.streams import Pace
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK
from tests.support.depth import rounds
from tests.support.ledgers import AUTHOR
from tests.support.serving import DRAFT, Caller
from tests.support.streams import GRAPHQL_WS
from tests.support.subscribers import KINDS, Reader, reading, running, until

SUBSCRIBERS = 100
ENTRIES = rounds(ci=200, deep=2_000)
ROOM = 4_096
WIDE = """subscription { planEvents { position a: commandId b: commandId c: commandId d: commandId
  e: commandId f: commandId g: commandId h: commandId i: commandId j: commandId } }"""


@pytest.fixture(name="url")
def _url(tmp_path: Path) -> Iterator[str]:
    """Serve, on connections that have room for little."""
    store = SqliteStore(tmp_path / "plans.db", CLOCK, create=True)
    app = make_app(store, CLOCK, AUTHOR, pace=Pace(slow=6.0, beat=2.0))
    with running(app, ROOM) as url:
        yield url


def _record(url: str) -> list[int]:
    with Caller(url) as caller:
        return [caller.recorded(DRAFT, plan=f"p-{n}", title="T") for n in range(ENTRIES)]


@contextmanager
def _one_that_stops(url: str) -> Iterator[ClientConnection]:
    """Connect, subscribe, and read nothing more."""
    parts = urlsplit(url)
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
    sock.connect((parts.hostname, parts.port))
    with connect(
        f"ws://{parts.netloc}/graphql",
        sock=sock,
        subprotocols=[GRAPHQL_WS],  # type: ignore[list-item] # it is a NewType of theirs
        max_queue=1,
    ) as connection:
        connection.send('{"type":"connection_init"}')
        subscribe = {"id": "1", "type": "subscribe", "payload": {"query": WIDE}}
        connection.send(json.dumps(subscribe))
        yield connection


def _what_it_finds(connection: ClientConnection) -> tuple[list[int], int, str]:
    """Read after all what was sent to one that had stopped; give the positions, and the close."""
    found: list[int] = []
    try:
        while True:
            message = json.loads(connection.recv(60))
            if message["type"] == "next":
                found.append(int(message["payload"]["data"]["planEvents"]["position"]))
    except ConnectionClosed as closed:
        end = closed.rcvd
        return found, end.code if end else 0, end.reason if end else ""


def test_each_of_many_has_every_entry_once_and_in_order(url: str) -> None:
    """Also while one of them has stopped reading, which is closed with its position."""
    readers: list[Reader] = [KINDS[number % 3](url) for number in range(SUBSCRIBERS)]

    async def follow() -> None:
        with _one_that_stops(url) as stopped:
            async with reading(*readers):
                positions = await asyncio.to_thread(_record, url)
                assert positions == list(range(1, ENTRIES + 1))
                await until(lambda: all(reader.last == ENTRIES for reader in readers))
                assert all(reader.positions == positions for reader in readers)
                # Nobody else is closed, while the one that has stopped is given up.
                await until(lambda: _streams(url) == len(readers))
                found, code, reason = await asyncio.to_thread(_what_it_finds, stopped)
                assert (code, reason) == (4413, f"position={found[-1]}")
                assert found == positions[: len(found)]
                assert len(found) < ENTRIES
                assert all(reader.ended is None for reader in readers)

    asyncio.run(follow())


def _streams(url: str) -> int:
    """Give how many streams are open."""
    with Caller(url) as caller:
        said = caller.get("/metrics").text
    return sum(int(float(number)) for number in re.findall(r"_streams_open{.*?} (.*)", said))
