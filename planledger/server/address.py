"""Where the service listens, and which names it answers to."""

import ipaddress
import socket

GONE_SECONDS = 90
"""How long a client may take nothing of what is sent to it before its connection is dropped."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class NotLoopbackError(Exception):
    """The address may be reached from other machines, and nobody would have to sign in."""


def check_host(host: str) -> None:
    """Refuse any address but loopback, since no sign-in is configured. Raises NotLoopbackError."""
    try:
        safe = ipaddress.ip_address(host).is_loopback
    except ValueError:
        safe = host == "localhost"
    if not safe:
        raise NotLoopbackError(
            f"{host} can be reached from other machines, and without sign-in anybody there could "
            "read and change the plans. Serve on 127.0.0.1, behind a proxy that asks who it is."
        )


def listen(host: str, port: int) -> socket.socket:
    """Take a port (0: any that is free); whoever connects from now on waits to be answered.

    Raises OSError where the port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    # Every connection inherits it. asyncio sees to it only for sockets made by itself; without it
    # the second half of an answer waits 40 ms for the first half to be acknowledged.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; elsewhere they stay until their program ends
        milliseconds = 1_000 * GONE_SECONDS
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    return listening


def url_of(listening: socket.socket) -> str:
    """Give the address that a browser on this machine finds the service at."""
    host, port, *_ = listening.getsockname()
    return f"http://{_in_url(host)}:{port}"


def names(host: str) -> list[str]:
    """Give the names that a request may ask for where the service listens on `host`."""
    return [*LOOPBACK_NAMES, _in_url(host)]


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
