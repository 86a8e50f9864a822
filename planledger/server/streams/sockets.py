"""WebSockets are let in: from pages of this machine only, and with the protocol we speak."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from planledger.server.http import Refusal
from planledger.server.streams.streaming import Streaming
from planledger.server.streams.transport import Code, Connection

PROTOCOL = "graphql-transport-ws"
JSON = "application/json"


class Sockets:
    """The endpoint that takes WebSockets."""

    def __init__(self, streaming: Streaming, names: Sequence[str]) -> None:
        """Answer by `streaming`; pages of hosts of these `names` may connect."""
        self._streaming = streaming
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection to its end."""
        try:
            self._check(scope)
        except Refusal as refusal:
            await refusal.response(JSON)(scope, receive, send)
            return
        await receive()  # that it wants to connect
        if PROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.accept"})
            reason = f"This service speaks {PROTOCOL} only."
            await send({"type": "websocket.close", "code": Code.PROTOCOL_UNKNOWN, "reason": reason})
            return
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
        await Connection(self._streaming, scope, receive, send).serve()

    def _check(self, scope: Scope) -> None:
        origin = Headers(scope=scope).get("origin")
        # What is no browser has none. A browser names the page, whoever else may have made it.
        if origin is not None and _host(origin) not in self._names:
            raise Refusal(
                403,
                "ORIGIN_NOT_ALLOWED",
                "Pages of other hosts may not connect. Open one on the host of this service.",
            )
        if self._streaming.streams.ending:
            raise Refusal(503, "SERVICE_ENDING", "The service is ending. Connect again.")


def _host(origin: str) -> str | None:
    """Give the host that an Origin header names, as a URL has it; None where it names none."""
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        return None
    return f"[{host}]" if host and ":" in host else host
