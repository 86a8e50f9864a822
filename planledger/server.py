"""The composition root of the service: ledger and schema become an app. Opens nothing at import."""

import ipaddress
import json
import socket

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from planledger.answers import to_json
from planledger.events.values import Author
from planledger.graphql.context import Context
from planledger.graphql.schema import make_schema
from planledger.ledger import Ledger

LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]

WELCOME = """planledger is serving this ledger.

Questions and commands go to /graphql, as POST with a JSON body {{"query": "…"}} or as GET with
?query=…. Try:

    curl {base}graphql -H 'content-type: application/json' \\
      -d '{{"query": "{{ ledger {{ plans(first: 10) {{ nodes {{ ref title }} }} }} }}"}}'

/healthz says whether the service is up.
"""


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
    return socket.create_server((host, port), family=family)


def url_of(listening: socket.socket) -> str:
    """Give the address that a browser on this machine finds the service at."""
    host, port, *_ = listening.getsockname()
    return f"http://{_in_url(host)}:{port}"


def make_app(ledger: Ledger, author: Author, host: str = "127.0.0.1") -> Starlette:
    """Make the service over a ledger; what it records is recorded as `author`.

    Only requests to a loopback name, or to the `host` it is served on, are answered: a page
    elsewhere that points its own name at this machine gets nothing.
    """
    hosts = [*LOOPBACK_NAMES, _in_url(host)]
    return Starlette(
        routes=[
            Route("/", _welcome),
            Route("/healthz", _healthz),
            Route("/graphql", _Face(ledger, author)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
    )


class _Face(GraphQL[Context, None]):
    """GraphQL over HTTP, in this process's ledger."""

    def __init__(self, ledger: Ledger, author: Author) -> None:
        super().__init__(make_schema(), graphql_ide=None, subscription_protocols=())
        self._context = Context(ledger=ledger, author=author)

    async def get_context(
        self,
        request: Request | WebSocket,  # noqa: ARG002 - nothing of a request matters yet
        response: Response | WebSocket,  # noqa: ARG002 - the same
    ) -> Context:
        return self._context

    def decode_json(self, data: str | bytes) -> object:
        # Of what the library takes for an object, or fails to read, it makes a 500.
        try:
            body = json.loads(data)
            json.dumps(body, ensure_ascii=False).encode()
        except (ValueError, RecursionError):  # not JSON, too deep, or with half a character in it
            body = None
        if not isinstance(body, dict):
            raise HTTPException(400, 'The body must be a JSON object such as {"query": "…"}.')
        return body

    def encode_json(self, data: object) -> str | bytes:
        return to_json(data)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


async def _welcome(request: Request) -> Response:
    return PlainTextResponse(WELCOME.format(base=request.base_url))


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "up"})
