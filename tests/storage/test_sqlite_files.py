"""A ledger's files while it is open: what happens to them behind its back, and its log.

https://sqlite.org/howtocorrupt.html lists what SQLite itself does not notice.
"""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add, check_ledger, names_in, system_clock

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30


def beside(path: Path) -> list[Path]:
    """Name the log and the index of a ledger."""
    return [path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm")]


def another_process_adds(path: Path, name: str) -> None:
    """Have another process open the ledger, append to it and close it."""
    command = [sys.executable, "-m", "tests.storage.writer", f"sqlite:///{path}", name, "5"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert len(done.stdout.split()) == 5


def reopened(path: Path) -> int:
    """Check the ledger with a new store; give how many entries it has."""
    with closing(SqliteStore(path, system_clock, create=False)) as store:
        return len(check_ledger(store))


# -- lost and replaced


@pytest.mark.parametrize("lost", [[0], [1], [0, 1]])
def test_what_was_acknowledged_is_saved_when_the_files_beside_a_ledger_were_deleted(
    path: Path, ledger: SqliteStore, lost: list[int]
) -> None:
    """They look like leftovers, and somebody tidies up; the newest commits are in one of them."""
    add(ledger, "harbour", 0, "a", 3)
    for number in lost:
        beside(path)[number].unlink()
    with pytest.raises(StoreError, match=r"-wal or -shm.*without force.*Nothing was recorded"):
        add(ledger, "harbour", 3, "b")
    ledger.close()
    assert reopened(path) == 3


def test_what_others_recorded_out_of_sight_is_not_wiped_out_on_closing(
    path: Path, ledger: SqliteStore
) -> None:
    """Without its index a ledger has no locks: the other process and this one see only the log."""
    add(ledger, "harbour", 0, "a", 2)
    _, index = beside(path)
    index.unlink()
    another_process_adds(path, "w")
    with pytest.raises(StoreError, match="-wal or -shm"):
        add(ledger, "harbour", 2, "b")
    ledger.close()
    assert reopened(path) == 11


def test_a_new_ledger_in_the_place_of_a_deleted_one_is_left_alone(
    path: Path, ledger: SqliteStore
) -> None:
    """Closing what was open must not write into what is there now."""
    add(ledger, "harbour", 0, "a", 2)
    for file in (path, *beside(path)):
        file.unlink()
    another_process_adds(path, "w")
    with pytest.raises(StoreError, match=r"was replaced .* Start again"):
        add(ledger, "harbour", 2, "b")
    ledger.close()
    assert reopened(path) == 9


def test_a_ledger_whose_folder_was_renamed_goes_on_when_it_is_back(tmp_path: Path) -> None:
    """Network drives and mistaken clicks come and go."""
    folder = tmp_path / "plans"
    folder.mkdir()
    with closing(SqliteStore(folder / "plans.db", system_clock, create=True)) as store:
        add(store, "harbour", 0, "a")
        away = folder.rename(tmp_path / "away")
        with pytest.raises(StoreError, match="was moved or deleted"):
            add(store, "harbour", 1, "b")
        away.rename(folder)
        assert add(store, "harbour", 1, "b").first == 2
        assert len(check_ledger(store)) == 2


def test_whoever_only_watches_is_told_too(path: Path, ledger: SqliteStore) -> None:
    """A feed that goes on showing a deleted ledger looks like a quiet day."""
    add(ledger, "harbour", 0, "a")
    path.unlink()
    with closing(ledger.watch()) as watch, pytest.raises(StoreError, match="moved or deleted"):
        watch.wait(1, PATIENCE)


def test_a_ledger_that_is_only_read_does_not_mind_writers_coming_and_going(
    path: Path, ledger: SqliteStore, clock: HandClock
) -> None:
    """With the last writer go the files beside it, and the next one makes others."""
    add(ledger, "harbour", 0, "a")
    with closing(SqliteStore(path, clock, create=False, read_only=True)) as reader:
        assert len(check_ledger(reader)) == 1
        ledger.close()
        another_process_adds(path, "w")
        assert len(check_ledger(reader)) == 10


def test_a_link_to_a_ledger_is_as_good_as_its_path(tmp_path: Path) -> None:
    """SQLite puts its own files where the link leads, which is where they are to be looked for."""
    (tmp_path / "disk").mkdir()
    link = tmp_path / "plans.db"
    link.symlink_to(tmp_path / "disk" / "real.db")
    with closing(SqliteStore(link, system_clock, create=True)) as store:
        add(store, "harbour", 0, "a")
        assert names_in(tmp_path / "disk") == ["real.db", "real.db-shm", "real.db-wal"]
        beside(tmp_path / "disk" / "real.db")[0].unlink()
        with pytest.raises(StoreError, match="-wal or -shm"):
            add(store, "harbour", 1, "b")
    assert reopened(link) == 1


def test_a_copy_of_the_files_of_a_ledger_in_use_is_not_taken_for_it(
    path: Path, ledger: SqliteStore
) -> None:
    """A backup put back under a running server has to wait until it starts again."""
    add(ledger, "harbour", 0, "a", 2)
    with closing(sqlite3.connect(path)) as raw, closing(sqlite3.connect(path.with_name("b"))) as to:
        raw.backup(to)
    add(ledger, "harbour", 2, "b")
    shutil.move(path.with_name("b"), path)
    with pytest.raises(StoreError, match="was replaced"):
        add(ledger, "harbour", 3, "c")


# -- the log


def test_the_log_does_not_grow_with_the_ledger(path: Path, ledger: SqliteStore) -> None:
    """We copy it into the file ourselves; forgotten, it would fill the disk in a week."""
    log, _ = beside(path)
    for number in range(200):
        add(ledger, "harbour", number, f"a{number}")
    grown = log.stat().st_size
    for number in range(200, 600):
        add(ledger, "harbour", number, f"a{number}")
    assert log.stat().st_size < 1.5 * grown


def test_nobody_can_commit_while_the_log_is_copied(path: Path, ledger: SqliteStore) -> None:
    """Up to its version 3.51.2 SQLite may lose commits then: https://sqlite.org/wal.html."""
    refused: list[str] = []

    def look(statement: str) -> None:
        if "wal_checkpoint" in statement:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                refused.append(error.sqlite_errorname)

    with ExitStack() as held, closing(sqlite3.connect(path, timeout=0)) as other:
        for connection in [held.enter_context(ledger._file.reading()) for _ in range(2)]:
            assert connection.rows("PRAGMA wal_autocheckpoint").fetchall() == [(0,)]
            connection._sqlite_conn.set_trace_callback(look)
        held.close()
        add(ledger, "harbour", 0, "a", 300)
        assert refused == ["SQLITE_BUSY"]
        other.execute("BEGIN IMMEDIATE")
