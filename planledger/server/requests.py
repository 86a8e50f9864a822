"""Every request has an id, a line in the log and a place in the metrics.

What people wrote is in none of them: no address as it was asked for, no document, no variables.
"""

import logging
import re
from time import perf_counter
from typing import Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from planledger.ledger.feed import Feed
from planledger.server.ending import Ending
from planledger.server.metrics import Kept, Metrics

HEADER = "X-Request-ID"

_SANE_ID = re.compile(r"[A-Za-z0-9._:/=+-]{1,100}")
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,99}")
"""A name in GraphQL, of a length to read."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LOOKED_AT = frozenset({"/healthz", "/readyz", "/metrics"})
"""Routes that machines ask every few seconds; as long as all is well, that is no news."""

_log = logging.getLogger(__name__)


class Asked:
    """A request, as far as log, metrics and answers say which one it was."""

    def __init__(self, stated: str | None) -> None:
        """Take the id that the caller stated, if it is one to keep; else make one."""
        sane = stated is not None and _SANE_ID.fullmatch(stated)
        self.stated: Final = stated if sane else None
        """The caller's own id, if it sent one: what it calls this piece of work."""
        self.id: Final = self.stated or uuid4().hex
        self.operation: str | None = None
        self.streamed = False
        """Whether it is answered for as long as somebody reads, so that it is not timed."""
        self.document: str | None = None
        """The id of the trusted document that was asked for by it."""
        self.kept: Kept | None = None
        """Whether a document's answer was found or made; see the metrics."""

    def names(self, operation: object) -> None:
        """Note the name of the GraphQL operation, where it is one."""
        if isinstance(operation, str) and _NAME.fullmatch(operation):
            self.operation = operation


def asked_of(connection: HTTPConnection) -> Asked:
    """Give what `Requests` noted of a request."""
    asked: Asked = connection.scope["state"]["asked"]
    return asked


class Requests:
    """Middleware around everything else."""

    def __init__(self, app: ASGIApp, metrics: Metrics, feed: Feed, ending: Ending) -> None:
        """Tell of the requests to `app`."""
        self._app = app
        self._metrics = metrics
        self._feed = feed
        self._ending = ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and tell of it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked = Asked(Headers(scope=scope).get(HEADER))
        scope.setdefault("state", {})["asked"] = asked
        with bound_contextvars(request_id=asked.id):
            if scope["type"] == "http":
                await self._answer(scope, asked, receive, send)
            else:
                await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, asked: Asked, receive: Receive, send: Send) -> None:
        began = perf_counter()
        status: int | None = None

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[HEADER] = asked.id
                if self._ending.closing():
                    # uvicorn itself forgets those that connected as it began to close: they would
                    # go on asking until its patience is over, and then be cut off.
                    headers["Connection"] = "close"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            pass  # amid its request: there is nobody to be answered
        except Exception:
            _log.exception("unexpected error")
            if status is not None:
                raise  # the answer has begun; all that is left is to break it off
            await _unexpected(asked)(scope, receive, noted)
        finally:
            self._tell(scope, asked, status, perf_counter() - began)

    def _tell(self, scope: Scope, asked: Asked, status: int | None, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        if not asked.streamed:
            self._metrics.answered(route, method, str(status or "none"), seconds)
        quiet = route in _LOOKED_AT and status == 200  # noqa: PLR2004 - OK
        _log.log(
            logging.DEBUG if quiet else logging.INFO,
            "request",
            extra={
                "method": method,
                "route": route,
                "status": status,
                "milliseconds": round(seconds * 1000, 1),
                "operation": asked.operation,
                "document": asked.document,
                "kept": asked.kept,
                "position": self._feed.head,
            },
        )


def _unexpected(asked: Asked) -> JSONResponse:
    error = {
        "message": "Unexpected error.",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "reference": asked.id},
    }
    return JSONResponse({"errors": [error]}, status_code=500)
