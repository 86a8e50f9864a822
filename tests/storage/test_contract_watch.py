"""Watching the head, over every store."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore, VersionConflictError, Watch
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add, read_all
from tests.support.postgres import OwnStore

LONG = 60.0
"""Seconds; no test waits this long unless it fails."""


@pytest.fixture
def watch(store: EntryStore) -> Iterator[Watch]:
    """Watch the store under test."""
    with closing(store.watch()) as watch:
        yield watch


@pytest.fixture
def elsewhere(store: EntryStore, path: Path, clock: HandClock) -> Iterator[EntryStore]:
    """Give the same ledger as another process has it open."""
    if isinstance(store, MemoryStore):
        yield store
        return
    opened = (
        store.again() if isinstance(store, OwnStore) else SqliteStore(path, clock, create=False)
    )
    with closing(opened) as elsewhere:
        yield elsewhere


def test_a_watch_says_where_the_head_is(store: EntryStore, watch: Watch) -> None:
    """A feed that starts behind the head must not wait for the next entry to begin."""
    assert watch.wait(0, 0) == 0
    add(store, "harbour", 0, "a", 3)
    assert watch.wait(0, LONG) == 3
    assert watch.wait(2, LONG) == 3


@pytest.mark.parametrize("timeout", [-1, 0, 0.01])
def test_a_watch_gives_up_in_time(store: EntryStore, watch: Watch, timeout: float) -> None:
    """A long poll has to answer in the end, and then with the head as it is."""
    add(store, "harbour", 0, "a", 2)
    assert watch.wait(2, timeout) == 2
    assert watch.wait(99, timeout) == 2


def test_an_append_wakes_whoever_waits(store: EntryStore, watch: Watch) -> None:
    """This is how a subscriber hears of it; what it hears of can be read at once."""
    with ThreadPoolExecutor(1) as pool:
        for number in range(20):
            waiting = pool.submit(watch.wait, number, LONG)
            add(store, "harbour", number, f"c{number}")
            head = waiting.result(LONG)
            assert head == number + 1
            assert [entry.position for entry in store.read(after=number, limit=9)] == [head]


def test_an_append_by_another_process_wakes_whoever_waits(
    elsewhere: EntryStore, watch: Watch
) -> None:
    """Workers of one server share the ledger; each follows what all of them record."""
    with ThreadPoolExecutor(1) as pool:
        for number in range(3):
            waiting = pool.submit(watch.wait, number, LONG)
            add(elsewhere, "harbour", number, f"c{number}")
            assert waiting.result(LONG) == number + 1


def test_an_adopted_ledger_wakes_whoever_waits(
    store: EntryStore, watch: Watch, clock: HandClock
) -> None:
    """A ledger that is filled while it is served has to show it."""
    other = MemoryStore(clock)
    add(other, "harbour", 0, "a", 4)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watch.wait, 0, LONG)
        store.adopt(read_all(other), other.receipts())
        assert waiting.result(LONG) == 4


def test_what_was_refused_moves_no_head(store: EntryStore, watch: Watch) -> None:
    """A position that is announced and never comes would be waited for."""
    add(store, "harbour", 0, "a")
    with pytest.raises(VersionConflictError):
        add(store, "harbour", 0, "b")
    assert watch.wait(1, 0.05) == 1


def test_several_watches_all_hear_of_it(store: EntryStore) -> None:
    """Each feed has its own; one must not take the news away from another."""
    watches = [store.watch() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        waiting: list[Future[int]] = [pool.submit(watch.wait, 0, LONG) for watch in watches]
        add(store, "harbour", 0, "a")
        assert [future.result(LONG) for future in waiting] == [1] * 4
    for watch in watches:
        watch.close()


def test_closing_wakes_the_thread_that_waits(store: EntryStore) -> None:
    """A server that is told to stop must not wait for the next entry to be recorded."""
    watch = store.watch()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watch.wait, 0, LONG)
        watch.close()
        assert waiting.result(LONG / 2) == 0
    watch.close()
    assert watch.wait(0, LONG) == 0
