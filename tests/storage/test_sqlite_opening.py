"""Opening a ledger's SQLite file: what is made, what is refused, and with which words."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from planledger.storage.sqlite import file as sqlite_file
from planledger.storage.sqlite.schema import APPLICATION_ID, FORMAT, PAGE_SIZE
from tests.storage.ledger_check import HandClock, add, check_ledger, names_in, read_all


def test_a_reopened_ledger_is_the_same_and_goes_on_in_time(path: Path, clock: HandClock) -> None:
    """Restarts are common, also on a machine whose clock is wrong afterwards."""
    first = SqliteStore(path, clock, create=True)
    add(first, "harbour", 0, "a", 2)
    before = check_ledger(first)
    first.close()
    clock.now = clock.now.replace(year=1999)
    again = SqliteStore(path, clock, create=False)
    assert check_ledger(again) == before
    assert add(again, "harbour", 2, "b").recorded_us == before[-1].recorded_us + 1
    check_ledger(again)
    again.close()


def test_asking_to_create_what_is_there_opens_it(path: Path, clock: HandClock) -> None:
    """An import into an existing ledger adds a plan; it must never start the ledger anew."""
    with closing(SqliteStore(path, clock, create=True)) as first:
        add(first, "harbour", 0, "a")
        with closing(SqliteStore(path, clock, create=True)) as second:
            add(second, "harbour", 1, "b")
            assert check_ledger(first) == check_ledger(second)


def test_many_may_make_the_same_ledger_at_once(tmp_path: Path, clock: HandClock) -> None:
    """Workers start together and all find the file missing, or half made by another."""
    makers = 8
    for number in range(15):
        together = threading.Barrier(makers)

        def make(
            plan: int, path: Path = tmp_path / f"{number}.db", start: threading.Barrier = together
        ) -> None:
            start.wait()
            with closing(SqliteStore(path, clock, create=True)) as store:
                add(store, f"p{plan}", 0, f"c{plan}")

        with ThreadPoolExecutor(makers) as pool:
            list(pool.map(make, range(makers)))
        with closing(SqliteStore(tmp_path / f"{number}.db", clock, create=False)) as store:
            assert len(check_ledger(store)) == makers


def test_a_closed_ledger_is_one_whole_file(path: Path, clock: HandClock) -> None:
    """A backup by copying the file after closing is what people do; it must have everything."""
    with closing(SqliteStore(path, clock, create=True)) as store:
        add(store, "harbour", 0, "a", 3)
        other = SqliteStore(path, clock, create=False)
        other.close()
        assert len(check_ledger(store)) == 3
    assert names_in(path.parent) == ["plans.db"]
    copy = path.rename(path.with_name("copy.db"))
    with closing(SqliteStore(copy, clock, create=False)) as store:
        assert len(check_ledger(store)) == 3


def test_every_connection_syncs_each_commit_to_the_disk(ledger: SqliteStore) -> None:
    """With less than FULL, a power cut can take an acknowledged command away."""
    with ExitStack() as held:
        connections = [held.enter_context(ledger._file.reading()) for _ in range(5)]
        assert len(set(map(id, connections))) == 5
        for connection in connections:
            assert connection.rows("PRAGMA synchronous").fetchall() == [(sqlite_file.FULL,)]
            assert connection.rows("PRAGMA journal_mode").fetchall() == [("wal",)]


def test_a_file_that_cannot_be_synced_so_is_refused(
    path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no ledger than one whose promises are not kept."""
    monkeypatch.setattr(sqlite_file, "FULL", 3)
    with pytest.raises(StoreError, match="a ledger needs wal and 3"):
        SqliteStore(path, clock, create=True)


def test_the_file_says_what_it_is(path: Path, ledger: SqliteStore) -> None:
    """Other programs, and ours in ten years, have to recognise a ledger without guessing."""
    ledger.close()
    with closing(sqlite3.connect(path)) as raw:
        facts = [
            raw.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "page_size", "integrity_check")
        ]
    assert facts == [APPLICATION_ID, FORMAT, PAGE_SIZE, "ok"]


@pytest.mark.parametrize("name", ["a b%20c.db", "what?mode=memory&x#y.db", "größe:memory:.db"])
def test_any_file_name_will_do(tmp_path: Path, clock: HandClock, name: str) -> None:
    """Names that mean something in a URI must not open another file, or none."""
    with closing(SqliteStore(tmp_path / name, clock, create=True)) as store:
        add(store, "harbour", 0, "a")
    assert names_in(tmp_path) == [name]
    with closing(SqliteStore(str(tmp_path / name), clock, create=False)) as store:
        assert len(check_ledger(store)) == 1


def test_a_folder_is_refused(tmp_path: Path, clock: HandClock) -> None:
    """Giving the folder in place of the file is an easy slip."""
    with pytest.raises(StoreError, match="is a folder"):
        SqliteStore(tmp_path, clock, create=True)


def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path, clock: HandClock) -> None:
    """SQLite's own words, "unable to open database file", leave everything open."""
    with pytest.raises(StoreError, match="no folder"):
        SqliteStore(tmp_path / "new" / "plans.db", clock, create=True)


def test_a_path_the_system_cannot_follow_is_refused(tmp_path: Path, clock: HandClock) -> None:
    """Trouble from the system is trouble with the store, not a crash."""
    with pytest.raises(StoreError, match=r"cannot be used: .*too long"):
        SqliteStore(tmp_path / ("x" * 300), clock, create=True)


@pytest.mark.parametrize("content", [b"hello", b"Plan,Area\n" * 1000, b"\0" * 4096])
@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_another_kind_is_refused_and_left_alone(
    path: Path, clock: HandClock, content: bytes, *, create: bool
) -> None:
    """A spreadsheet given by mistake must be there unharmed afterwards."""
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a ledger"):
        SqliteStore(path, clock, create=create)
    assert path.read_bytes() == content
    assert names_in(path.parent) == ["plans.db"]


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE stock (item TEXT)", "PRAGMA application_id = 1196444487"]
)
def test_another_programs_database_is_refused_and_left_alone(
    path: Path, clock: HandClock, statement: str
) -> None:
    """The library would switch its journal mode and add tables before anyone noticed."""
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute(statement)
    content = path.read_bytes()
    with pytest.raises(StoreError, match="not a ledger of planledger"):
        SqliteStore(path, clock, create=True)
    assert path.read_bytes() == content


def test_a_newer_ledger_is_refused(path: Path, ledger: SqliteStore, clock: HandClock) -> None:
    """Old code cannot know what newer entries mean, so it must not answer from them."""
    ledger.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(StoreError, match=r"newer planledger .* Update planledger"):
        SqliteStore(path, clock, create=True)


@pytest.mark.parametrize("how", ["nothing written", "only the journal mode written"])
def test_making_a_ledger_can_be_taken_up_where_it_broke_off(
    path: Path, clock: HandClock, how: str
) -> None:
    """A process that dies while making the file leaves it empty; trying again must just work."""
    path.touch()
    if how != "nothing written":
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(StoreError, match=r"is empty, .*planledger import"):
        SqliteStore(path, clock, create=False)
    with closing(SqliteStore(path, clock, create=True)) as store:
        add(store, "harbour", 0, "a")
        check_ledger(store)


def test_a_file_marked_read_only_can_be_read_and_not_written(
    path: Path, ledger: SqliteStore, clock: HandClock
) -> None:
    """A ledger kept as a record is marked so; auditors read it, and even root changes nothing."""
    add(ledger, "harbour", 0, "a", 2)
    expected = check_ledger(ledger)
    ledger.close()
    path.chmod(0o444)
    content = path.read_bytes()
    with closing(SqliteStore(path, clock, create=True)) as store:
        assert check_ledger(store) == expected
        with pytest.raises(StoreError, match=r"read-only\. Nothing was recorded"):
            add(store, "harbour", 2, "b")
        assert check_ledger(store) == expected
    assert path.read_bytes() == content


def test_an_empty_file_marked_read_only_is_refused(path: Path, clock: HandClock) -> None:
    """Nothing can be made of it, and it says so rather than naming a journal mode."""
    path.touch(mode=0o444)
    with pytest.raises(StoreError, match="read-only"):
        SqliteStore(path, clock, create=True)


def test_a_damaged_file_is_trouble_and_not_a_crash(
    path: Path, ledger: SqliteStore, clock: HandClock
) -> None:
    """Whoever runs the server needs to hear "backup", not a traceback."""
    for number in range(20):
        add(ledger, "harbour", 20 * number, f"c{number}", 20)
    ledger.close()
    with path.open("r+b") as file:
        file.seek(PAGE_SIZE)
        file.write(b"\xff" * (path.stat().st_size - PAGE_SIZE))
    with (
        closing(SqliteStore(path, clock, create=False)) as damaged,
        pytest.raises(StoreError, match=r"is damaged\. Restore it from a backup"),
    ):
        read_all(damaged)
