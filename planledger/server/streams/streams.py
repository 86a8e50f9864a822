"""What all streams of a process share: the feed they follow, their pace, and their end."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from anyio import to_thread
from msgspec import Struct

from planledger.ledger.feed import Feed
from planledger.server.metrics import Metrics, StreamKind

LAST_SECONDS = 2.0
"""How long a stream may take to end with the service, apart from questions under way in it."""
END_SECONDS = 25.0
"""How long the service waits for all of them, questions under way and all."""


class Pace(Struct, frozen=True):
    """How long things may take, in seconds."""

    slow: float = 30.0
    """For how long a subscriber may take nothing before its stream is ended."""
    beat: float = 15.0
    """How often one is told that the stream still lives, and where the head is."""

    @property
    def look(self) -> float:
        """How often to see how a subscriber does."""
        return min(self.beat, self.slow / 4)


class Stream:
    """One that is open, for the metrics and the log."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent = 0
        """How many entries were sent."""
        self.counted = 0
        """How many of them the metrics know of."""


class Streams:
    """Those open in this process. For one event loop."""

    def __init__(self, feed: Feed, metrics: Metrics, pace: Pace) -> None:
        """Follow `feed`, which is closed first when they are to end."""
        self.feed = feed
        self.pace = pace
        self._metrics = metrics
        self._ending = asyncio.Event()
        self._none_open = asyncio.Event()
        self._open: set[Stream] = set()
        self._closing: asyncio.Task[None] | None = None

    @property
    def ending(self) -> bool:
        """Tell whether all of them are ending."""
        return self._ending.is_set()

    @contextmanager
    def open(self, kind: StreamKind) -> Iterator[Stream]:
        """Count a stream of a kind as open; the service waits for its end."""
        stream = Stream()
        self._open.add(stream)
        self._none_open.clear()
        self._metrics.stream_opened(kind)
        try:
            yield stream
        finally:
            self.count(stream)
            self._metrics.stream_ended(kind)
            self._open.remove(stream)
            if not self._open:
                self._none_open.set()

    def count(self, stream: Stream) -> None:
        """Tell the metrics what was sent since they were told last."""
        self._metrics.sent(stream.sent - stream.counted)
        stream.counted = stream.sent

    async def until_ending(self, seconds: float) -> bool:
        """Wait until they are to end, at most so long; tell whether they are."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ending.wait()
        return self.ending

    async def end(self) -> None:
        """End all of them, each told its position; wait for it a while, and no longer."""
        self._ending.set()
        # It wakes all who wait for entries at once, and then may itself wait for the store.
        self._closing = asyncio.create_task(to_thread.run_sync(self.feed.close))
        if self._open:
            with suppress(TimeoutError):
                async with asyncio.timeout(END_SECONDS):
                    await self._none_open.wait()
