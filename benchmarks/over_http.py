"""Asking a service over HTTP, as plainly as can be: one connection, one request after the other."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

DEPTHS = range(0, 44, 4)
"""From how deep in the stack a service is asked: a frame more or less below may cost much."""

Call = Callable[[int], int]
"""Asks once from a depth of the stack, and gives the length of the answer."""


@contextmanager
def connected(kind: str, url: str) -> Iterator[socket.socket]:
    """Run a server in a process of its own, and give a connection to it."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks.served", kind, url, "/dev/null"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as connection:
            yield connection
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def asking(
    connection: socket.socket, path: str, body: Mapping[str, Any], *, get: bool = False
) -> Call:
    """Give how to ask a document at a path again and again."""

    def request(depth: int) -> bytes:
        lines = ["Host: 127.0.0.1", "Accept: application/json", f"depth: {depth}"]
        if get:
            query = urlencode({name: _text(value) for name, value in body.items()})
            return request_of(f"GET {path}?{query} HTTP/1.1", lines)
        content = json.dumps(body).encode()
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return request_of(f"POST {path} HTTP/1.1", lines, content)

    requests = {depth: request(depth) for depth in DEPTHS}

    def ask(depth: int) -> int:
        connection.sendall(requests[depth])
        return length_of_answer(connection)

    return ask


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def request_of(first: str, headers: Sequence[str], content: bytes = b"") -> bytes:
    """Give a request as it is sent."""
    return "\r\n".join([first, *headers, "", ""]).encode() + content


def length_of_answer(connection: socket.socket) -> int:
    """Read one answer, and give how long its body is."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(1 << 16)
    head, _, body = read.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), read[:2_000]
    (length,) = (
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    had = len(body)
    while had < length:
        had += len(connection.recv(1 << 16))
    return length
