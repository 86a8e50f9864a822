"""text/event-stream: an answer that goes on (https://html.spec.whatwg.org, server-sent events).

Each entry has its position as `id`, which browsers send as Last-Event-ID when they connect again.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from time import monotonic
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from planledger.server.http import Refusal
from planledger.server.requests import asked_of
from planledger.server.streams.streams import LAST_SECONDS, Stream, Streams
from planledger.server.streams.subscriber import GoneError, Subscriber

MEDIA_TYPE: Final = "text/event-stream"

_LONGEST_POSITION = 15
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
"""Nothing on the way keeps it, nor holds it back until it is long (nginx, and others after it)."""

_log = logging.getLogger(__name__)


class Part(Struct, frozen=True):
    """What is written at once."""

    text: str
    position: int | None = None
    """Of the entry that it tells of."""


class EventStream(StreamingResponse):
    """Writes parts as they come, and where the head is while none do."""

    def __init__(self, streams: Streams, parts: AsyncGenerator[Part, None]) -> None:
        """Write `parts`, which end when the feed is closed."""
        super().__init__((), headers=_HEADERS, media_type=MEDIA_TYPE)
        self._streams = streams
        self._parts = parts
        self._position: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write until all is written, the client has gone, or it takes nothing any more."""
        asked_of(Request(scope)).streamed = True
        began, subscriber = monotonic(), Subscriber(send)
        with self._streams.open("event-stream") as stream:
            slow = await self._written(subscriber, receive, stream)
            _log.log(
                logging.WARNING if slow else logging.INFO,
                "stream",
                extra={
                    "kind": "event-stream",
                    "slow": slow,
                    "position": self._position,
                    "sent": stream.sent,
                    "seconds": round(monotonic() - began, 1),
                },
            )

    async def _written(self, subscriber: Subscriber, receive: Receive, stream: Stream) -> bool:
        """Write, and tell whether it was given up since the client took nothing."""
        slow = False
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_until_gone(receive))
                tasks.create_task(self._watch(subscriber, stream, tasks))
                await self._write(subscriber, stream)
                raise _WrittenError  # noqa: TRY301 - it ends whatever goes on beside this
        except* TimeoutError:
            slow = True
        except* GoneError:
            pass
        except* _WrittenError:
            with suppress(TimeoutError, GoneError):
                async with asyncio.timeout(LAST_SECONDS):
                    await subscriber.send({"type": "http.response.body", "body": b""})
        return slow

    async def _write(self, subscriber: Subscriber, stream: Stream) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await subscriber.send(start)
        await _send(subscriber, self._beat())
        async with aclosing(self._parts) as parts:
            async for part in parts:
                await _send(subscriber, part.text)
                if part.position is not None:
                    stream.sent += 1
                    self._position = part.position
                    if self._streams.ending:
                        return

    async def _watch(
        self, subscriber: Subscriber, stream: Stream, tasks: asyncio.TaskGroup
    ) -> None:
        pace, beaten = self._streams.pace, monotonic()
        while not await self._streams.until_ending(pace.look):
            self._streams.count(stream)
            if subscriber.waited > pace.slow:
                raise TimeoutError
            if monotonic() - beaten >= pace.beat and not subscriber.waited:
                beaten = monotonic()
                tasks.create_task(_send(subscriber, self._beat()))
        # What is written ends now, since the feed is closed, unless it is not taken.
        await asyncio.sleep(LAST_SECONDS)
        raise TimeoutError

    def _beat(self) -> str:
        return f": position {self._streams.feed.head}\n\n"


class _WrittenError(Exception):
    """All is written; whatever goes on beside it ends."""


async def _send(subscriber: Subscriber, text: str) -> None:
    message = {"type": "http.response.body", "body": text.encode(), "more_body": True}
    await subscriber.send(message)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    raise GoneError


def resumed_after(request: Request) -> int | None:
    """Give the position that a client had when its stream broke off. Raises Refusal."""
    stated = request.headers.get("last-event-id")
    if not stated:
        return None
    if stated.isascii() and stated.isdecimal() and len(stated) <= _LONGEST_POSITION:
        return int(stated)
    raise Refusal(
        400, "BAD_REQUEST", "Last-Event-ID must be the id of an event of this stream: a position."
    )
