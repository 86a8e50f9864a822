"""The SQLite store under attack and in trouble: what is refused, and that nothing is lost."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from eventsourcing.persistence import PersistenceError

from planledger.storage.port import NewRecord, StoreError, VersionConflictError
from planledger.storage.sqlite import SqliteStore
from planledger.storage.sqlite.errors import CommitFailedError, told_of
from planledger.storage.sqlite.file import LedgerDatastore
from tests.storage.ledger_check import HandClock, add, check_ledger

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file as any SQLite shell would."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET data = x'00'",
        "UPDATE entries SET position = 9 WHERE position = 3",
        "UPDATE OR REPLACE entries SET position = 1 WHERE position = 2",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE position = 3",
        "INSERT OR REPLACE INTO entries VALUES (2, 2e15, 'harbour', 2, 'n', x'00')",
        "INSERT OR REPLACE INTO entries VALUES (4, 9e15, 'harbour', 2, 'n', x'')",
        "INSERT OR IGNORE INTO entries VALUES (2, 1, 'harbour', 2, 'n', x'00')",
        "INSERT INTO entries VALUES (1, 1, 'a', 1, 'n', x'') ON CONFLICT DO UPDATE SET data = x''",
        "INSERT INTO entries VALUES (5, 9e15, 'harbour', 4, 'n', x'00')",
        "INSERT INTO entries VALUES (NULL, 9e15, 'harbour', 4, 'n', x'00')",
        "INSERT INTO entries VALUES (4, 9e15, 'harbour', 5, 'n', x'00')",
        "INSERT INTO entries VALUES (4, 9e15, 'school', 2, 'n', x'00')",
        "INSERT INTO entries VALUES (4, 1, 'harbour', 4, 'n', x'00')",
        "INSERT INTO entries VALUES (4, 9e15, 'harbour', 4, 'n', 'text')",
        "INSERT INTO entries VALUES (4, 9e15, 'harbour', 4, 'n', NULL)",
        "UPDATE receipts SET digest = x'00'",
        "DELETE FROM receipts",
        "INSERT OR REPLACE INTO receipts VALUES ('a', x'00', 'harbour', 1, 1, 1)",
        "REPLACE INTO receipts SELECT 'a', digest, stream, first, last, recorded_at FROM receipts",
    ],
)
def test_no_program_can_change_what_was_recorded(
    path: Path, ledger: SqliteStore, statement: str
) -> None:
    """The rule has to hold for a clerk with an SQLite browser, not only for our own code."""
    add(ledger, "harbour", 0, "a", 2)
    add(ledger, "harbour", 2, "b")
    before = check_ledger(ledger)
    with other_program(path) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    assert check_ledger(ledger) == before
    assert add(ledger, "harbour", 3, "c").first == 4


def test_an_append_notices_that_the_end_was_cut_off(path: Path, ledger: SqliteStore) -> None:
    """A position given out twice would hide the loss, and make old references lie."""
    add(ledger, "harbour", 0, "a", 3)
    with other_program(path) as raw:
        raw.execute("DROP TRIGGER entries_no_delete")
        raw.execute("DELETE FROM entries WHERE position = 3")
    with pytest.raises(StoreError, match=r"ends at position 2 but once reached 3.*backup"):
        add(ledger, "harbour", 2, "b")
    assert len(ledger.read(limit=9)) == 2


def test_a_failure_of_the_database_in_mid_commit_leaves_nothing(
    path: Path, ledger: SqliteStore
) -> None:
    """The first record of the commit was written when the second is refused."""
    before = add(ledger, "harbour", 0, "a")
    with other_program(path) as raw:
        raw.execute(
            "CREATE TRIGGER boom BEFORE INSERT ON entries WHEN NEW.name = 'boom.v1' "
            "BEGIN SELECT RAISE(ABORT, 'refused for the test'); END"
        )
    records = [NewRecord(name=name, data=b"b 1/2") for name in ("fine.v1", "boom.v1")]
    with pytest.raises(StoreError, match=r"refused for the test\. Nothing was recorded"):
        ledger.append("harbour", 1, records, command_id="b", digest=b"")
    assert ledger.head() == before
    assert ledger.receipt("b") is None
    assert add(ledger, "harbour", 1, "b", 2).first == 2
    check_ledger(ledger)


def test_a_locked_ledger_can_be_read_and_says_that_it_cannot_be_written(
    path: Path, ledger: SqliteStore
) -> None:
    """Somebody else's long write must not stop anyone reading, nor hang a writer for ever."""
    add(ledger, "harbour", 0, "a")
    with other_program(path) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        assert len(check_ledger(ledger)) == 1
        started = time.monotonic()
        with pytest.raises(StoreError, match=r"is locked .* Nothing was recorded"):
            add(ledger, "harbour", 1, "b")
        assert time.monotonic() - started < 5
        raw.execute("ROLLBACK")
    assert add(ledger, "harbour", 1, "b").first == 2


def test_a_ledger_that_another_program_keeps_to_itself_is_trouble(
    path: Path, ledger: SqliteStore, clock: HandClock
) -> None:
    """Opening must end with one clear line here too."""
    ledger.close()
    with other_program(path) as raw:
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="is locked by another program"):
            SqliteStore(path, clock, create=False, lock_timeout=1)


def test_readers_do_not_queue_behind_writers(ledger: SqliteStore) -> None:
    """In the library's pool they do: a slow disk would then stop every query."""
    add(ledger, "harbour", 0, "a")
    writing, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with ledger._file.transaction(commit=True):
            writing.set()
            leave.wait()

    with ThreadPoolExecutor(3) as pool:
        pool.submit(hold)
        writing.wait()
        waiting = [pool.submit(add, ledger, "harbour", 1, f"w{n}") for n in range(2)]
        started = time.monotonic()
        assert len(check_ledger(ledger)) == 1
        assert time.monotonic() - started < 0.5
        leave.set()
        errors = [future.exception() for future in waiting]
    assert {type(error) for error in errors} == {type(None), VersionConflictError}
    assert len(check_ledger(ledger)) == 2


def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room(ledger: SqliteStore) -> None:
    """The disk fills at night; what was acknowledged is there, and the server needs no restart."""
    add(ledger, "harbour", 0, "a", 2)
    with ledger._file.reading() as connection:
        ((pages,),) = connection.rows("PRAGMA page_count").fetchall()
        connection.rows(f"PRAGMA max_page_count = {pages}").fetchall()
    big = [NewRecord(name="big.v1", data=b"x" * 200_000)]
    with pytest.raises(StoreError, match=r"the disk is full\. Nothing was recorded"):
        ledger.append("harbour", 2, big, command_id="b", digest=b"")
    assert len(check_ledger(ledger)) == 2
    with ledger._file.reading() as connection:
        connection.rows("PRAGMA max_page_count = 1000000").fetchall()
    add(ledger, "harbour", 2, "b", 2)
    assert len(check_ledger(ledger)) == 4


UNDER_A_LIMIT = """
import resource, sys
from planledger.storage.port import NewRecord, StoreError
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import add, check_ledger, system_clock

store = SqliteStore(sys.argv[1], system_clock, create=False)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, -1))
big = [NewRecord(name="big.v1", data=b"x" * 200_000)]
try:
    store.append("harbour", 2, big, command_id="b", digest=b"")
except StoreError as error:
    print(error)
assert len(check_ledger(store)) == 2
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
add(store, "harbour", 2, "c")
assert len(check_ledger(store)) == 3
store.close()
"""


def test_a_write_that_the_system_refuses_is_trouble_that_passes(
    path: Path, ledger: SqliteStore
) -> None:
    """A transaction left open would show this process what was never committed."""
    add(ledger, "harbour", 0, "a", 2)
    done = subprocess.run(
        [sys.executable, "-c", UNDER_A_LIMIT, str(path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be read or written" in done.stdout
    assert "send it again under the same command id" in done.stdout
    assert len(check_ledger(ledger)) == 3


def test_a_commit_that_fails_leaves_no_transaction_open(path: Path) -> None:
    """The library leaves it open and puts the connection back in its pool."""
    with closing(LedgerDatastore(path, "rwc", lock_timeout=1)) as file:
        with file.reading() as connection:
            connection.rows("PRAGMA foreign_keys = ON").fetchall()
        with file.transaction(commit=True) as cursor:
            cursor.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)")
            cursor.execute("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)")
        with pytest.raises(CommitFailedError), file.transaction(commit=True) as cursor:
            cursor.execute("INSERT INTO c VALUES (1)")
        with file.transaction(commit=True) as cursor:
            cursor.execute("SELECT count(*) FROM c")
            assert tuple(cursor.fetchone()) == (0,)


def test_a_transaction_that_a_thread_left_open_goes_no_further(
    path: Path, ledger: SqliteStore
) -> None:
    """Ctrl-C may hit anywhere; whoever gets the connection next must not go on with it."""
    add(ledger, "harbour", 0, "a")
    with ledger._file.reading() as connection:
        connection.rows("BEGIN IMMEDIATE").fetchall()
    with other_program(path) as raw:
        raw.execute("BEGIN IMMEDIATE")
    assert add(ledger, "harbour", 1, "b").first == 2
    assert len(check_ledger(ledger)) == 2


def test_a_connection_that_cannot_be_opened_does_not_stop_later_writers(path: Path) -> None:
    """In the library's pool the write lock would stay taken, and every later append time out."""
    with closing(LedgerDatastore(path, "rw", lock_timeout=1)) as file:
        with (
            pytest.raises(StoreError, match="cannot be opened"),
            told_of(path),
            file.transaction(commit=True),
        ):
            pass
        path.touch()
        with file.transaction(commit=True) as cursor:
            cursor.execute("CREATE TABLE t (x)")


def test_waiting_too_long_for_other_writers_is_trouble_and_not_a_hang(ledger: SqliteStore) -> None:
    """A request must end, also when a writer of the same process is stuck."""
    with (
        ledger._file.transaction(commit=True),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(StoreError, match="too busy in this process"),
    ):
        pool.submit(add, ledger, "harbour", 0, "a").result()
    assert add(ledger, "harbour", 0, "a").first == 1


def test_closing_waits_for_whoever_is_reading(path: Path, ledger: SqliteStore) -> None:
    """A connection closed under a reading thread takes the whole process down."""
    for number in range(5):
        add(ledger, "harbour", 200 * number, f"c{number}", 200)
    reading = threading.Barrier(4)

    def read_until_closed() -> int:
        count = int(len(ledger.read(plan="harbour", limit=1000)) == 1000)
        reading.wait()
        while True:
            try:
                count += len(ledger.read(plan="harbour", limit=1000)) == 1000
            except StoreError as error:
                return count if "closed" in str(error) else 0

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read_until_closed) for _ in range(3)]
        reading.wait()
        time.sleep(0.05)
        ledger.close()
        assert all(reader.result() > 0 for reader in readers)
    with closing(SqliteStore(path, HandClock(), create=False)) as again:
        assert len(check_ledger(again)) == 1000


def test_errors_of_the_library_do_not_leak(path: Path) -> None:
    """Whoever calls a store should have one kind of trouble to think of."""
    with pytest.raises(StoreError, match="cannot be used: odd"), told_of(path):
        raise PersistenceError("odd")
