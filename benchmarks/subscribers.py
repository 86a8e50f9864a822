"""How soon hundreds of subscribers of one service have an entry, each on a connection of its own.

The service is one process, its clients another, and who writes a third. A client is as little as
can be, since it has no processor of its own either. Times of processes are compared by the system's
monotonic clock, which is one for all of them (on Linux and macOS).
"""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from benchmarks import made_up
from benchmarks.measuring import Row, ms
from benchmarks.stores import sqlite_ledger

MANY = 500
"""Subscribers at once."""
WRITES, PAUSE = 1_000, 0.02
"""How many entries are recorded, and seconds between two of them, on average."""
ENTRIES = 1_000
BAR = 250
"""Milliseconds within which all but one in a hundred have an entry."""
PATIENCE = 60

_FOLLOW = "subscription { planEvents(after: %s) { p: position __typename plan recordedAt } }"
_REWORD = """mutation($input: ItemRewordInput!) { itemReword(input: $input) {
  ... on Recorded { position } } }"""
_SEEN = re.compile(rb'"p":"(\d+)"')
_LONGEST = 40
"""More bytes than what is looked for."""
_SHORT = 125
"""The most bytes of a frame whose length is written in one."""

Times = dict[int, float]
"""When the entry at a position was acknowledged, or seen."""


def subscribers(folder: Path) -> Iterator[Row]:
    """Measure WebSockets and event streams, one after the other."""
    url = sqlite_ledger(folder, ENTRIES)
    for kind, protocol in (("WebSockets", _Socket), ("event streams", _EventStream)):
        with _service(url) as address:
            waits = sorted(asyncio.run(_follow(address, protocol)))
        said = f"median {ms(_part(waits, 0.5))}, most {ms(waits[-1])}; bar {BAR} ms"
        p99 = f"p99 {ms(_part(waits, 0.99))}"
        yield (f"Write over HTTP seen by {MANY} {kind}", f"{WRITES:,}", p99, said)


def _part(seconds: Sequence[float], part: float) -> float:
    return seconds[int(len(seconds) * part)]


@contextmanager
def _service(url: str) -> Iterator[str]:
    """Serve a ledger by one process; give its host and port."""
    program = Path(sys.executable).with_name("planledger")
    command = [str(program), "serve", "--port", "0", "--ledger", url]
    settings = {**os.environ, "PLANLEDGER_LOG": "warning"}
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        try:
            said = process.stdout.readline() if process.stdout else ""
            yield urlsplit(said.split()[2]).netloc
        finally:
            process.terminate()


async def _follow(address: str, protocol: "type[_Client]") -> list[float]:
    """Give the seconds that each of many clients waited for each entry."""
    host, _, port = address.rpartition(":")
    with closing(HTTPConnection(address)) as asker:
        after = int(_ask(asker, "{ ledger { basis { position } } }")["ledger"]["basis"]["position"])
    loop = asyncio.get_running_loop()
    clients: list[_Client] = []
    for _ in range(MANY):
        connection = await loop.create_connection(lambda: protocol(address, after), host, int(port))
        clients.append(connection[1])
    with get_context("spawn").Pool(1) as writer:
        acknowledged: Times = await asyncio.to_thread(writer.apply, _write, (address,))
        async with asyncio.timeout(PATIENCE):
            while any(len(client.seen) < WRITES for client in clients):  # noqa: ASYNC110 - see below
                # They note times and do nothing else.
                await asyncio.sleep(0.05)
    for client in clients:
        client.transport.close()
    return [
        max(0, client.seen[position] - moment)
        for client in clients
        for position, moment in acknowledged.items()
    ]


def _write(address: str) -> Times:
    """Record now and then; tell when each entry was acknowledged."""
    chance = random.Random(WRITES)  # noqa: S311 - so that no rhythm meets another one
    times: Times = {}
    due = perf_counter() + 1
    with closing(HTTPConnection(address)) as connection:
        for number in range(WRITES):
            due += chance.uniform(0, 2 * PAUSE)
            time.sleep(max(0, due - perf_counter()))
            text = f"Arrangements {number} in place"
            given = {"plan": made_up.PLAN, "item": "1.1/1", "to": text, "material": False}
            answer = _ask(connection, _REWORD, given)
            times[int(answer["itemReword"]["position"])] = perf_counter()
    return times


def _ask(connection: HTTPConnection, document: str, given: Any = None) -> Any:  # noqa: ANN401
    body = json.dumps({"query": document, "variables": {"input": given} if given else {}})
    connection.request("POST", "/graphql", body, {"content-type": "application/json"})
    return json.load(connection.getresponse())["data"]


class _Client(asyncio.Protocol):
    """Notes when it has which entry."""

    transport: asyncio.Transport

    def __init__(self, address: str, after: int) -> None:
        self._address = address
        self._document = _FOLLOW % json.dumps(str(after))
        self._rest = b""
        self.seen: Times = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._greeting())

    def _greeting(self) -> bytes:
        raise NotImplementedError

    def data_received(self, data: bytes) -> None:
        moment, end = perf_counter(), 0
        data = self._rest + data
        for found in _SEEN.finditer(data):
            position, end = int(found[1]), found.end()
            assert position not in self.seen, "An entry was given twice."
            self.seen[position] = moment
        self._rest = data[max(end, len(data) - _LONGEST) :]


class _EventStream(_Client):
    def _greeting(self) -> bytes:
        query = urlencode({"query": self._document})
        return (
            f"GET /graphql?{query} HTTP/1.1\r\nHost: {self._address}\r\n"
            "Accept: text/event-stream\r\n\r\n"
        ).encode()


class _Socket(_Client):
    def _greeting(self) -> bytes:
        return (
            f"GET /graphql HTTP/1.1\r\nHost: {self._address}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        ).encode()

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"HTTP/1.1 101 "):
            subscribe = {"id": "1", "type": "subscribe", "payload": {"query": self._document}}
            self.transport.write(_frame({"type": "connection_init"}) + _frame(subscribe))
        if b'"type": "ping"' in data:
            self.transport.write(_frame({"type": "pong"}))
        super().data_received(data)


def _frame(message: object) -> bytes:
    """Give a text frame as a client sends it, masked by zeros."""
    text = json.dumps(message).encode()
    head = b"\x81\xfe" + len(text).to_bytes(2, "big") if len(text) > _SHORT else b""
    return (head or bytes((0x81, 0x80 | len(text)))) + bytes(4) + text
