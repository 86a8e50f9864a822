"""The feed: every entry of the ledger in order, the past first, then whatever is recorded.

Readers go by position only. What wakes them says no more than that there is something new, so
nothing queues up for a reader that is slow: it falls behind, and reads on from the store. Whoever
comes back with the position of the last entry they had gets all that follows, none missed and none
twice.

One thread a process watches the head. In trouble it watches anew, first after a moment and then
less and less often, for as long as it takes; readers wait, and go on by themselves.
"""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from msgspec import Struct

from planledger.events.codec import UnreadableEntryError
from planledger.events.envelope import Entry, microseconds
from planledger.ledger.basis import QuestionError
from planledger.ledger.loading import PAGE, decode_entries
from planledger.storage.port import Clock, EntryStore, StoredRecord, StoreError, Watch

LOOK_SECONDS = 1.0
"""How often to look at the head in any case, should what tells of growth have failed unnoticed."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds between tries in trouble: doubled from the first to the longest, less up to half."""
TRIES = 8
"""How often one read may fail, within some 15 seconds, while the head itself can be watched."""
KEPT_ENTRIES = 4 * PAGE
KEPT_BYTES = 4 * 2**20
"""How many of the newest entries all readers share: at most so many, of so many stored bytes."""

_log = logging.getLogger(__name__)


class Outage(Struct, frozen=True):
    """Trouble that lasts."""

    message: str
    """What is wrong now, for people."""
    since: datetime


class _Newest(Struct, frozen=True):
    """The entries up to the head, as far back as they are kept, without a gap."""

    head: int
    entries: Sequence[Entry] = ()
    sizes: Sequence[int] = ()
    """Stored bytes of each entry."""
    size: int = 0
    """Stored bytes of all of them."""

    def grown(self, records: Sequence[StoredRecord], entries: Sequence[Entry]) -> "_Newest":
        """Give the newest with some more, and without the oldest that there is no room for."""
        before = self if records[0].position == self.head + 1 else _Newest(0)
        every = [*before.entries, *entries]
        sizes = [*before.sizes, *(len(record.data) for record in records)]
        size = before.size + sum(sizes[len(before.sizes) :])
        first = 0
        while len(sizes) - first > KEPT_ENTRIES or size > KEPT_BYTES:
            size -= sizes[first]
            first += 1
        return _Newest(records[-1].position, every[first:], sizes[first:], size)

    def after(self, position: int) -> Sequence[Entry] | None:
        """Give a page of the entries after a position; None where they are not kept."""
        start = len(self.entries) - (self.head - position)
        return self.entries[start : start + PAGE] if start >= 0 else None


class Feed:
    """What is recorded in a store, for any number of readers in any event loops.

    Start it once, and close it before the store; as a context manager it does both.
    """

    def __init__(self, store: EntryStore, clock: Clock) -> None:
        """Follow `store`; `clock` gives the present moment and should be the store's own."""
        self._store = store
        self._clock = clock
        self._lock = Lock()  # for these three; never held while anything is waited for
        self._waiting: dict[asyncio.AbstractEventLoop, asyncio.Event] = {}
        self._readers = 0
        self._watch: Watch | None = None
        # These are set by the one thread only.
        self._newest: _Newest | None = None
        self._outage: Outage | None = None
        self._lag: float | None = None
        self._closing = Event()
        self._thread = Thread(target=self._supervise, name="planledger-feed")

    def start(self) -> None:
        """Begin to watch the head. Does not wait until it is known, nor raise in trouble."""
        self._thread.start()

    def close(self) -> None:
        """End all readers, and the thread. Safe to repeat; waits for a look that is under way."""
        with self._lock:
            self._closing.set()
            watch = self._watch
        if watch is not None:
            watch.close()
        self._wake()
        if self._thread.is_alive():
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def head(self) -> int:
        """The position up to which readers are served; 0 before the first look.

        A moment behind the store's own head, and more than that in trouble.
        """
        return self._newest.head if self._newest else 0

    @property
    def trouble(self) -> str | None:
        """What keeps the feed from following, for people; None while nothing does."""
        return self._outage.message if self._outage else None

    @property
    def outage(self) -> Outage | None:
        """The trouble, and since when there is some; None while there is none."""
        return self._outage

    @property
    def lag(self) -> float | None:
        """Seconds from the recording of the newest entry to its being noticed here, never below 0.

        None until something is recorded after the start. By the clocks of two processes: it is
        wrong by as much as they differ, and too small where a clock was set back, since the
        ledger's own time then runs ahead of it.
        """
        return self._lag

    async def follow(
        self, after: int, *, plan: str | None = None
    ) -> AsyncGenerator[Sequence[Entry], None]:
        """Give the entries after a position (0: all) in pages of 1 to PAGE, and wait for more.

        With `plan`, only that plan's, which need not have begun. Ends when the feed is closed.
        While the feed is in trouble the reader waits, and is told nothing. Raises, when the first
        page is asked for, ValueError for a negative position, and QuestionError (POINT_IN_FUTURE)
        for one that the ledger has not reached: it nearly always comes from another ledger. Raises
        UnreadableEntryError, and StoreError where reading fails again and again although the head
        can be watched.
        """
        failed, pauses = 0, _pauses()
        with self._reading():
            while not self._closing.is_set():
                try:
                    await self._check(after)
                    entries, after = await self._page(after, plan)
                except StoreError:
                    failed += self._outage is None
                    if failed == TRIES:
                        raise
                    await self._woken(next(pauses))
                    continue
                failed, pauses = 0, _pauses()
                if entries:
                    yield entries

    async def wait(self, after: int, seconds: float) -> int:
        """Wait until the head lies beyond a position, at most so long; give the head as it is then.

        For long polls. Ends early when the feed is closed. Raises as `follow` does, and StoreError
        where the position lies beyond what is known here and the store cannot be asked.
        """
        await self._check(after)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._beyond(after)
        return self.head

    async def _check(self, after: int) -> None:
        if after < 0:
            raise ValueError(f"A feed is followed from a position of 0 or more, not from {after}.")
        if after <= self.head:
            return
        # It may have been recorded a moment ago, by another process.
        commit = await asyncio.to_thread(self._store.head)
        last = commit.last if commit else 0
        if after > last:
            raise QuestionError(
                "POINT_IN_FUTURE",
                f"The ledger has no position {after} yet; its last is {last}. Check that it is "
                "the same ledger, or follow it from 0.",
            )

    async def _page(self, after: int, plan: str | None) -> tuple[Sequence[Entry], int]:
        """Wait for a page after a position; give what is wanted of it, and where it ends."""
        newest = await self._beyond(after)
        if newest is None:
            return (), after
        page = newest.after(after)
        if page is None and plan is not None:
            page = await asyncio.to_thread(self._read_plan, plan, after, newest.head)
            return page, page[-1].position if len(page) == PAGE else newest.head
        if page is None:
            page = await asyncio.to_thread(self._read_all, after, newest.head)
        last = page[-1].position
        return page if plan is None else [entry for entry in page if entry.plan == plan], last

    async def _beyond(self, after: int) -> _Newest | None:
        """Wait until the head lies beyond a position; None where the feed is closed first."""
        while (woken := self._next_wake()) is not None:
            # Only now: what comes after this look wakes us.
            newest = self._newest
            if newest is not None and newest.head > after:
                return newest
            await woken.wait()
        return None

    async def _woken(self, seconds: float) -> None:
        """Wait for something to happen, at most so long."""
        woken = self._next_wake()
        if woken is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await woken.wait()

    def _next_wake(self) -> asyncio.Event | None:
        """Give what wakes everybody who waits in this event loop, once; None when closed."""
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._closing.is_set():  # and whoever waits has been woken, or is about to be
                return None
            return self._waiting.setdefault(loop, asyncio.Event())

    def _wake(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for loop, woken in waiting.items():
            with suppress(RuntimeError):  # the loop is closed, so nobody waits in it
                loop.call_soon_threadsafe(woken.set)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            self._readers += 1
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1

    def _read_plan(self, plan: str, after: int, until: int) -> Sequence[Entry]:
        return decode_entries(self._store.read(after=after, until=until, plan=plan, limit=PAGE))

    def _read_all(self, after: int, until: int) -> Sequence[Entry]:
        return decode_entries(self._records(after, until))

    def _records(self, after: int, until: int) -> Sequence[StoredRecord]:
        records = self._store.read(after=after, until=until, limit=PAGE)
        if len(records) < min(PAGE, until - after) or records[-1].position != after + len(records):
            raise StoreError(
                f"Entries after position {after} are missing from the ledger. Restore it from a "
                "backup."
            )
        return records

    def _supervise(self) -> None:
        pauses = _pauses()
        while not self._closing.is_set():
            try:
                with closing(self._store.watch()) as watch:
                    with self._lock:
                        self._watch = watch
                    patience = 0.0  # first a look, so that it is soon known whether all is well
                    while not self._closing.is_set():
                        self._tell(watch.wait(self.head, patience))
                        self._recovered()
                        patience, pauses = LOOK_SECONDS, _pauses()
            except Exception as error:  # noqa: BLE001 - if it ended, readers would wait for ever
                if not self._closing.is_set():
                    self._troubled(error)
                    self._closing.wait(next(pauses))

    def _tell(self, head: int) -> None:
        """Tell readers of the entries up to the head, page by page."""
        newest = self._newest
        if newest is None:
            self._newest = newest = _Newest(head)
            self._wake()
        if head < newest.head:
            raise StoreError(
                f"The ledger ends at position {head}, but has been seen to reach {newest.head}: "
                "another one, or an older copy, is in its place. Put it back, or start anew."
            )
        while newest.head < head and not self._closing.is_set():
            # Where nobody reads, only the last one matters: when it was recorded.
            records = self._records(newest.head if self._readers else head - 1, head)
            try:
                newest = newest.grown(records, decode_entries(records))
            except UnreadableEntryError:
                newest = _Newest(records[-1].position)  # it is raised to who reads that far
            late = microseconds(self._clock()) - records[-1].recorded_us
            self._lag = max(0, late) / 1_000_000
            self._newest = newest
            self._wake()

    def _troubled(self, error: Exception) -> None:
        known = isinstance(error, StoreError)
        message = str(error) if known else f"The feed failed: {error!r}."
        if self._outage is None:
            _log.warning(
                "Following the ledger is interrupted, and tried again until it works: %s",
                message,
                exc_info=None if known else error,
            )
        since = self._outage.since if self._outage else self._clock()
        self._outage = Outage(message, since)

    def _recovered(self) -> None:
        outage, self._outage = self._outage, None
        if outage is not None:
            _log.info("Following the ledger again, after trouble since %s.", outage.since)
            self._wake()


def _pauses() -> Iterator[float]:
    """Give how long to wait before each next try."""
    pause = FIRST_PAUSE
    while True:
        # Less some chance, so that all who lost one server do not come back to it at once.
        yield pause * random.uniform(0.5, 1)  # noqa: S311 - nothing secret
        pause = min(2 * pause, LONGEST_PAUSE)
