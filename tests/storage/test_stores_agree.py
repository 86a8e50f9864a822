"""Whatever is done to them, the SQLite store answers as the reference store does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from planledger.storage.memory import MemoryStore
from planledger.storage.port import Commit, EntryStore, StoreError
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add, check_ledger

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
    plan=st.sampled_from(["harbour", "school", "", "größe\0"]),
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
        [store.commit_at(position=position) for position in range(-1, len(entries) + 2)],
        [store.commit_at(recorded_us=moment) for moment in sorted(around)],
        [
            list(store.read(after=after, until=after + 3, plan=plan, limit=2))
            for after in range(len(entries) + 1)
            for plan in (None, "harbour", "größe\0")
        ],
    ]


@given(attempts=st.lists(appends, max_size=15))
def test_memory_and_sqlite_give_the_same_answers(attempts: list[Append]) -> None:
    """What simulations show on memory must hold for the real ledger, also when reopened."""
    clock = HandClock(START)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plans.db"
        reference = MemoryStore(clock)
        store = SqliteStore(path, clock, create=True)
        try:
            for attempt in attempts:
                clock.now += timedelta(microseconds=attempt.clock_moves_us)
                version = len(reference.read(plan=attempt.plan, limit=99)) + attempt.off_by
                assert outcome(store, version, attempt) == outcome(reference, version, attempt)
            commands = {attempt.command_id for attempt in attempts}
            expected = answers(reference, commands)
            assert answers(store, commands) == expected
            store.close()
            store = SqliteStore(path, clock, create=False)
            assert answers(store, commands) == expected
        finally:
            store.close()
