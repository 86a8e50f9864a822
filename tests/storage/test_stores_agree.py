"""Whatever is done to them, every store answers as the reference store does."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from planledger.storage.memory import MemoryStore
from planledger.storage.port import Commit, EntryStore, StoreError
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add, check_ledger
from tests.support.depth import rounds
from tests.support.postgres import new_database

START = datetime(2026, 10, 25, 0, 59, 59, 999_990, tzinfo=UTC)


class Append(msgspec.Struct, frozen=True):
    """One attempt to append, well or badly aimed."""

    plan: str
    off_by: int
    """How far the expected version lies from the real one."""
    command_id: str
    count: int
    clock_moves_us: int


appends = st.builds(
    Append,
    plan=st.sampled_from(["harbour", "school", "", "größe"]),
    off_by=st.sampled_from([0, 0, 0, 0, -1, 1]),
    command_id=st.sampled_from([f"c{number}" for number in range(12)]) | st.text(max_size=3),
    count=st.integers(0, 4),
    clock_moves_us=st.sampled_from([0, 0, 1, 2, -1, -5, 1_000_000, -3_600_000_000]),
)


def outcome(store: EntryStore, version: int, attempt: Append) -> Commit | type[Exception]:
    """Try it, and give what came of it."""
    try:
        return add(store, attempt.plan, version, attempt.command_id, attempt.count)
    except (StoreError, ValueError) as error:
        return type(error)


def answers(store: EntryStore, commands: set[str]) -> list[object]:
    """Ask everything that can be asked, at and around every bound."""
    entries = check_ledger(store)
    around = {entry.recorded_us + step for entry in entries for step in (-1, 0, 1)}
    return [
        entries,
        store.head(),
        list(store.plans()),
        [store.receipt(command) for command in sorted(commands)],
        list(store.receipts()),
        [store.commit_at(position=position) for position in range(-1, len(entries) + 2)],
        [store.commit_at(recorded_us=moment) for moment in sorted(around)],
        [
            list(store.read(after=after, until=after + 3, plan=plan, limit=2))
            for after in range(len(entries) + 1)
            for plan in (None, "harbour", "größe")
        ],
    ]


class Openers(msgspec.Struct, frozen=True):
    """How a store of a kind is opened, the first time and again."""

    first: Callable[[], EntryStore]
    again: Callable[[], EntryStore]


@contextmanager
def sqlite(clock: HandClock) -> Iterator[Openers]:
    """Give a place for a new SQLite file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plans.db"
        yield Openers(
            lambda: SqliteStore(path, clock, create=True),
            lambda: SqliteStore(path, clock, create=False),
        )


@contextmanager
def postgres(clock: HandClock) -> Iterator[Openers]:
    """Give a new database."""
    with new_database() as url:
        yield Openers(lambda: PostgresStore(url, clock), lambda: PostgresStore(url, clock))


@given(attempts=st.lists(appends, max_size=15))
def test_memory_and_sqlite_give_the_same_answers(attempts: list[Append]) -> None:
    """What simulations show on memory must hold for the real ledger, also when reopened."""
    hold(sqlite, attempts)


@settings(max_examples=rounds(25, 2_000))  # each makes a database
@given(attempts=st.lists(appends, max_size=15))
def test_memory_and_postgres_give_the_same_answers(attempts: list[Append]) -> None:
    """The same over a network: whoever moves a ledger there must not see anything change."""
    hold(postgres, attempts)


def hold(
    kind: Callable[[HandClock], AbstractContextManager[Openers]], attempts: list[Append]
) -> None:
    """Do the same to a store of a kind and to the one in memory, and compare all they say."""
    clock = HandClock(START)
    with kind(clock) as opened, ExitStack() as exits:
        reference = MemoryStore(clock)
        store = exits.enter_context(closing(opened.first()))
        for attempt in attempts:
            clock.now += timedelta(microseconds=attempt.clock_moves_us)
            version = len(reference.read(plan=attempt.plan, limit=99)) + attempt.off_by
            assert outcome(store, version, attempt) == outcome(reference, version, attempt)
        commands = {attempt.command_id for attempt in attempts}
        expected = answers(reference, commands)
        assert answers(store, commands) == expected
        store.close()
        store = exits.enter_context(closing(opened.again()))
        assert answers(store, commands) == expected
