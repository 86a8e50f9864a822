"""A server to measure, in a process of its own: ours, or strawberry's own view beside it.

    python -m benchmarks.served ours sqlite:///plans.db requests.log   # says its port

Both run by uvicorn with the same settings, and both can be asked from deep: with the header
`depth: 20` an app is called with so many more frames below it than it needs.
"""

import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.asgi import GraphQL

from benchmarks.stores import now, opened
from planledger.events.values import Author, Personal
from planledger.graphql.context import Context
from planledger.graphql.schema import make_schema
from planledger.server.address import listen
from planledger.server.app import make_app
from planledger.server.logs import set_up
from planledger.storage.open import open_store

AUTHOR = Author(id="programme-office", name=Personal(words="Programme office"))


class _View(GraphQL[Any, Any]):
    """Strawberry's view as it is, over our schema."""

    context: Context

    async def get_context(self, *_: object, **__: object) -> Context:
        return self.context


def app_of(kind: str, url: str) -> ASGIApp:
    """Make the app of a kind, "ours" or "strawberry", over a ledger."""
    if kind == "ours":
        return make_app(open_store(url, now, create=False), now, AUTHOR)
    view = _View(make_schema(), graphql_ide=None)
    view.context = Context(ledger=opened(url), author=AUTHOR)
    return view


class Deeper:
    """Calls an app with more frames below it, as middleware would, where it is asked to."""

    def __init__(self, app: ASGIApp) -> None:
        """Call `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call it."""
        depth = next((int(v) for name, v in scope.get("headers", ()) if name == b"depth"), 0)
        await self._below(depth, scope, receive, send)

    async def _below(self, depth: int, scope: Scope, receive: Receive, send: Send) -> None:
        if depth:
            await self._below(depth - 1, scope, receive, send)
        else:
            await self._app(scope, receive, send)


def main(kind: str, url: str, log: str) -> None:
    """Serve on a free port until killed, with the requests logged to a file."""
    with Path(log).open("w", encoding="utf-8") as file:
        set_up("info", "json", file)
        listening = listen("127.0.0.1", 0)
        print(listening.getsockname()[1], flush=True)
        app = Deeper(app_of(kind, url))
        config = uvicorn.Config(app, log_config=None, access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
