"""Stores to test: each test of the contract runs over every kind."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from planledger.storage.memory import MemoryStore
from planledger.storage.port import Clock, EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock
from tests.support.postgres import OwnStore, writer

KINDS: dict[str, Callable[[Path, Clock], EntryStore]] = {
    "memory": lambda _folder, clock: MemoryStore(clock),
    "sqlite": lambda folder, clock: SqliteStore(folder / "plans.db", clock, create=True),
    # With the rights of an ordinary writer, so that nothing here needs more than those.
    "postgres": lambda _folder, clock: OwnStore(clock, user=writer()),
}


@pytest.fixture
def clock() -> HandClock:
    """Give the clock of the store under test."""
    return HandClock()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[EntryStore]:
    """Give an empty store, of each kind in turn."""
    with ExitStack() as closing:
        store = KINDS[request.param](tmp_path, clock)
        closing.callback(store.close)
        yield store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Say where the SQLite ledger of a test lies."""
    return tmp_path / "plans.db"


@pytest.fixture
def ledger(path: Path, clock: HandClock) -> Iterator[SqliteStore]:
    """Give an empty SQLite ledger at `path`."""
    store = SqliteStore(path, clock, create=True, lock_timeout=1)
    yield store
    store.close()
