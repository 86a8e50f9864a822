"""Printing entries as they are recorded, until somebody has seen enough."""

import asyncio
import errno
import logging
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import typer

from planledger.answers import plain_entry, to_json
from planledger.cli.common import now
from planledger.events.envelope import Entry
from planledger.ledger.feed import Feed
from planledger.storage.port import EntryStore
from planledger.terminal import entry_line


def print_feed(store: EntryStore, after: int, plan: str | None, *, as_json: bool) -> None:
    """Print the entries after a position, and then each as it is recorded, a line each.

    Raises KeyboardInterrupt, BrokenPipeError as soon as nobody reads the output any more, and what
    `Feed.follow` raises.
    """
    with _telling_of_trouble(), Feed(store, now) as feed:
        asyncio.run(_print(feed, after, plan, as_json=as_json))


async def _print(feed: Feed, after: int, plan: str | None, *, as_json: bool) -> None:
    unread = asyncio.Event()
    _notice_when_unread(unread, asyncio.current_task())
    try:
        async for entries in feed.follow(after, plan=plan):
            typer.echo(_lines(entries, as_json=as_json))
    except asyncio.CancelledError:
        if unread.is_set():
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from None
        raise


def _lines(entries: Sequence[Entry], *, as_json: bool) -> str | bytes:
    if as_json:
        return b"\n".join(to_json(plain_entry(entry)) for entry in entries)
    return "\n".join(map(entry_line, entries))


def _notice_when_unread(unread: asyncio.Event, task: asyncio.Task[None] | None) -> None:
    """Cancel a task when the reader of our output goes, which else is noticed at the next entry."""
    loop = asyncio.get_running_loop()

    def leave() -> None:
        loop.remove_reader(output)
        unread.set()
        if task is not None:
            task.cancel()

    # Not every output is a file to the system, and not every system can tell.
    with suppress(OSError, NotImplementedError):
        output = sys.stdout.fileno()
        if stat.S_ISFIFO(os.fstat(output).st_mode):
            loop.add_reader(output, leave)


@contextmanager
def _telling_of_trouble() -> Iterator[None]:
    """Print on the error stream what the feed says of trouble, and of its end."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("planledger: %(message)s"))
    logger = logging.getLogger("planledger")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)
