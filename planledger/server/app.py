"""The composition root of the service: a store becomes an app. Opens nothing at import."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from pathlib import Path

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from planledger.events.values import Author
from planledger.graphql.execution import Execution
from planledger.graphql.execution.following import Following
from planledger.graphql.schema import make_schema
from planledger.graphql.trusted import registered
from planledger.ledger import Ledger
from planledger.ledger.feed import Feed
from planledger.ledger.observing import Observers
from planledger.reports.desk import Desk
from planledger.reports.pages.rendering import Rendering
from planledger.server.address import names
from planledger.server.ending import Ending
from planledger.server.health import PATIENCE_SECONDS, UNANSWERED, Readiness
from planledger.server.http import SAFE, Answering, Endpoint, KeptAnswers, Reader
from planledger.server.ide import Ide
from planledger.server.metrics import Metrics
from planledger.server.requests import Requests
from planledger.server.room import Recording, Room
from planledger.server.streams import Events, Pace, Sockets, Streaming, Streams, as_event_stream
from planledger.storage.cache import cache_of
from planledger.storage.port import Clock, EntryStore

LOOK_SECONDS = 1.0
"""How often the metrics of the feed are brought up to date."""


def make_app(  # noqa: PLR0913 - all that a service is put together from
    store: EntryStore,
    clock: Clock,
    author: Author,
    host: str = "127.0.0.1",
    *,
    commands: bool = True,
    documents: Path | None = None,
    trusted_only: bool = False,
    name: str = "ledger",
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
    ending: Ending = Ending(),  # noqa: B008 - it has no state
) -> Starlette:
    """Make the service over a store, which is the app's from now on: it is closed with it.

    `clock` is the store's own. What is recorded is recorded as `author`; without `commands` only
    questions are answered. `documents` is a folder of trusted documents beside our own; with
    `trusted_only`, no others are carried out. Only requests to a loopback name, or to the `host` it
    is served on, are answered: a page elsewhere that points its own name at this machine gets
    nothing.

    Raises UntrustworthyError for documents that cannot be registered.
    """
    metrics = Metrics()
    feed = Feed(store, clock)
    readiness = Readiness(store, feed, ending, writes=commands)
    ledger = Ledger(store, clock, Observers(metrics, readiness), cache_of(store))
    execution = _execution(commands=commands)
    reader = Reader(registered(execution, documents), trusted_only=trusted_only)
    answering = Answering(execution, ledger, author, metrics, KeptAnswers())
    streams = Streams(feed, metrics, pace)
    ending.streams_end_by(streams.end)
    streaming = Streaming(streams, Following(execution), reader, ledger, author)
    ide = Ide(Endpoint(answering, reader, alternatives=[as_event_stream(streaming)]))
    return Starlette(
        routes=[
            *_for_operators(readiness, metrics, feed),
            Route("/graphql", ide),
            WebSocketRoute("/graphql", Sockets(streaming, names(host))),
            Route("/events", Events(streaming, name), methods=["GET"]),
            Route("/graphql/d/{document}", Endpoint(answering, reader, SAFE)),
            ide.assets(),
            *_for_readers(answering, commands=commands),
        ],
        middleware=[
            Middleware(Requests, metrics=metrics, feed=feed, ending=ending),
            Middleware(TrustedHostMiddleware, allowed_hosts=names(host)),
        ],
        lifespan=partial(_life, store, feed, metrics, ending),
    )


@cache
def _execution(*, commands: bool) -> Execution:
    """Make what carries documents out; once in a process, for it knows the schema and no ledger."""
    return Execution(make_schema(commands=commands))


def _for_readers(answering: Answering, *, commands: bool) -> list[Route]:
    """Give the reading room, with its forms where people may record."""
    desk = Desk(answering.execution, registered(answering.execution))
    rendering = Rendering(records=commands)
    room = Room(answering, desk, rendering)
    recording = Recording(room, answering, desk, rendering).routes() if commands else ()
    return [*recording, *room.routes(), *room.otherwise()]


def _for_operators(readiness: Readiness, metrics: Metrics, feed: Feed) -> list[Route]:
    return [
        Route("/healthz", _healthz),
        Route("/readyz", partial(_readyz, readiness, CapacityLimiter(1))),
        Route("/metrics", partial(_metrics, metrics, feed, CapacityLimiter(1))),
    ]


@asynccontextmanager
async def _life(
    store: EntryStore, feed: Feed, metrics: Metrics, ending: Ending, _: Starlette
) -> AsyncIterator[None]:
    """Follow the ledger from the first request to after the last; then let go of it."""
    try:
        with feed:
            looking = asyncio.create_task(_look_on(metrics, feed))
            try:
                yield
            finally:
                ending.let_go()
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking
    finally:
        store.close()


async def _look_on(metrics: Metrics, feed: Feed) -> None:
    """Keep the feed's metrics up to date: another worker may be the one that is asked for them."""
    while True:
        metrics.look(feed)
        await asyncio.sleep(LOOK_SECONDS)


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "up"})


# Each in a thread that is kept for it: all others may be waiting for the store.


async def _readyz(readiness: Readiness, thread: CapacityLimiter, _: Request) -> Response:
    problem: str | None = UNANSWERED
    with move_on_after(PATIENCE_SECONDS):
        problem = await to_thread.run_sync(
            readiness.problem, limiter=thread, abandon_on_cancel=True
        )
    if problem is None:
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "not ready", "reason": problem}, status_code=503)


async def _metrics(
    metrics: Metrics, feed: Feed, thread: CapacityLimiter, request: Request
) -> Response:
    metrics.look(feed)
    accept = request.headers.get("accept", "")
    body, media_type = await to_thread.run_sync(metrics.shown, accept, limiter=thread)
    return Response(body, media_type=media_type)
