"""Readers of a feed to test, and entries for them to read."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from planledger.events.envelope import Entry
from planledger.ledger import feed as feed_module
from planledger.ledger.feed import Feed
from planledger.ledger.loading import decode_entries
from planledger.storage.port import EntryStore
from tests.storage.ledger_check import add, read_all

PATIENCE = 60
"""Seconds that anything may take on a machine that is busy with other things."""


def record(store: EntryStore, *plans: str, size: int = 1) -> None:
    """Record a commit of `size` entries to each of these plans in turn."""
    for plan in plans:
        version = len(store.replay(plan, limit=1_000_000))
        add(store, plan, version, f"{plan}-{version}", size)


def everything(store: EntryStore) -> list[Entry]:
    """Give the whole ledger."""
    return decode_entries(read_all(store))


class Reader:
    """A reader that keeps all it is given, in a task of its own."""

    def __init__(self, feed: Feed, after: int = 0, plan: str | None = None) -> None:
        """Follow the feed from here on."""
        self.pages: list[Sequence[Entry]] = []
        self.task = asyncio.ensure_future(self._read(feed, after, plan))

    async def _read(self, feed: Feed, after: int, plan: str | None) -> None:
        async for page in feed.follow(after, plan=plan):
            self.pages.append(page)

    @property
    def entries(self) -> list[Entry]:
        """All entries so far."""
        return [entry for page in self.pages for entry in page]

    @property
    def position(self) -> int:
        """Position of the last entry; 0 before the first."""
        return self.pages[-1][-1].position if self.pages else 0

    async def reach(self, position: int) -> None:
        """Wait until it was given the entry at a position, or ended."""
        await until(lambda: self.position >= position or self.task.done())


async def until(so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not so():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.002)


def run(test: Coroutine[Any, Any, None]) -> None:
    """Run a test in an event loop of its own, which must be left without another task."""

    async def alone() -> None:
        async with asyncio.timeout(2 * PATIENCE):
            await test
        assert asyncio.all_tasks() == {asyncio.current_task()}, "Something is left behind."

    asyncio.run(alone())


@contextmanager
def short_pages(page: int = 3, kept: int = 5) -> Iterator[None]:
    """Make pages and what readers share short, so that few entries cross their bounds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_module, "PAGE", page)
        patch.setattr(feed_module, "KEPT_ENTRIES", kept)
        yield


@contextmanager
def short_pauses() -> Iterator[None]:
    """Try again soon, so that a test of trouble does not wait for it to be over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_module, "FIRST_PAUSE", 0.002)
        patch.setattr(feed_module, "LONGEST_PAUSE", 0.01)
        yield
