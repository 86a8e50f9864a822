"""What can break under an SQLite ledger, place by place; see `test_faults`."""

import errno
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from planledger.storage.sqlite import SqliteStore
from planledger.storage.sqlite.file import CHECKPOINT_ROWS
from planledger.storage.sqlite.schema import PAGE_SIZE
from tests.storage.faults import (
    AFTER_COMMIT,
    AMID_ENTRIES,
    AT_COMMIT,
    AT_ENTRY,
    AT_LOCK,
    AT_QUESTION,
    AT_RECEIPT,
    AT_START,
    BEFORE,
    BEFORE_COMMIT,
    KILLED,
    NOT_SENT,
    NOTHING,
    PLACES,
    STRUCK,
    UNSURE,
    Bench,
    Never,
    kept,
    undone,
)
from tests.storage.ledger_check import add, system_clock
from tests.support.syscalls import READS, SYNCS, WRITES, while_failing

ROOT = Path(__file__).resolve().parents[2]
PAGE_IN_LOG = PAGE_SIZE + 24
"""Bytes of a page and of what says which page it is."""


class SqliteBench(Bench):
    """A store over a file."""

    store: SqliteStore

    def __init__(self, folder: Path) -> None:
        """Make the ledger in `folder`."""
        self.path = folder / "plans.db"
        self.log, self.index = (folder / f"plans.db{end}" for end in ("-wal", "-shm"))
        super().__init__(lambda: SqliteStore(self.path, system_clock, create=True, lock_timeout=1))

    @contextmanager
    def other_program(self) -> Iterator[sqlite3.Connection]:
        """Open the file as any SQLite shell would."""
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=0)) as connection:
            yield connection


# -- before it begins


def _away(bench: SqliteBench, file: Path) -> str | None:
    away = file.rename(file.with_name("away"))
    said = bench.append()
    away.rename(file)
    return said


def _moved(bench: SqliteBench) -> str | None:
    return _away(bench, bench.path)


def _without_log(bench: SqliteBench) -> str | None:
    return _away(bench, bench.log)


def _without_index(bench: SqliteBench) -> str | None:
    return _away(bench, bench.index)


def _replaced(bench: SqliteBench) -> str | None:
    away = bench.path.rename(bench.path.with_name("away"))
    shutil.copyfile(away, bench.path)
    said = bench.append()
    away.replace(bench.path)
    return said


def _marked_read_only(bench: SqliteBench) -> str | None:
    bench.path.chmod(0o444)
    said = bench.append()
    bench.path.chmod(0o644)
    return said


# -- at the lock, and at the first question


def _locked(bench: SqliteBench) -> str | None:
    with bench.other_program() as other:
        other.execute("BEGIN IMMEDIATE")
        return bench.append()


def _crowded(bench: SqliteBench) -> str | None:
    with bench.store._file.transaction(commit=True), ThreadPoolExecutor(1) as pool:
        return pool.submit(bench.append).result()


def _unreadable(bench: SqliteBench) -> str | None:
    with bench.other_program() as other:  # so that what is in memory is out of date
        other.execute("PRAGMA user_version = 1")
    return while_failing(READS, errno.EIO, bench.append)


# -- among the statements


def _refusing(bench: SqliteBench, when: str) -> str | None:
    with bench.other_program() as other:
        other.execute(
            f"CREATE TRIGGER of_theirs BEFORE INSERT ON {when} BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        said = bench.append()
        other.execute("DROP TRIGGER of_theirs")
    return said


def _first_refused(bench: SqliteBench) -> str | None:
    return _refusing(bench, f"entries WHEN NEW.version = {BEFORE + 1}")


def _last_refused(bench: SqliteBench) -> str | None:
    return _refusing(bench, f"entries WHEN NEW.version = {BEFORE + STRUCK}")


def _receipt_refused(bench: SqliteBench) -> str | None:
    return _refusing(bench, "receipts")


def _no_more_pages(bench: SqliteBench) -> str | None:
    with bench.store._file.reading() as connection:
        ((pages,),) = connection.rows("PRAGMA page_count").fetchall()
        connection.rows(f"PRAGMA max_page_count = {pages}").fetchall()
    said = bench.append()
    with bench.store._file.reading() as connection:
        connection.rows("PRAGMA max_page_count = 1000000").fetchall()
    return said


def _commit_forbidden(bench: SqliteBench) -> str | None:
    def judge(_action: int, operation: str | None, *_: str | None) -> int:
        return sqlite3.SQLITE_DENY if operation == "COMMIT" else sqlite3.SQLITE_OK

    with bench.store._file.reading() as connection:
        raw = connection._sqlite_conn
    raw.set_authorizer(judge)
    said = bench.append()
    raw.set_authorizer(None)
    return said


# -- during the commit


def _log_unwritable(bench: SqliteBench) -> str | None:
    return while_failing(WRITES, errno.EIO, bench.append)


def _disk_full(bench: SqliteBench) -> str | None:
    return while_failing(WRITES, errno.ENOSPC, bench.append)


def _sync_fails(bench: SqliteBench) -> str | None:
    return while_failing(SYNCS, errno.EIO, bench.append)


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def _half_of_it_written(bench: SqliteBench) -> str | None:
    with _files_no_larger_than(bench.log.stat().st_size + 3 * PAGE_IN_LOG + 1000):
        return bench.append()


def _elsewhere(bench: SqliteBench, fate: str) -> str:
    """Append in another process, which meets its fate; gives what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.stricken", str(bench.path), fate],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode < 0, done.stderr
    return done.stdout or KILLED


def _killed_at_first_page(bench: SqliteBench) -> str | None:
    return _elsewhere(bench, "killed at a write")


def _killed_at_sync_among_others(bench: SqliteBench) -> str | None:
    return _elsewhere(bench, "killed at a sync")


def _alone(bench: SqliteBench, fate: str) -> str:
    """Append in another process that is the only one: whoever comes next finds only the files."""
    bench.store.close()
    said = _elsewhere(bench, fate)
    bench.reopen()
    bench.begun += 1  # what that process recorded before
    return said


def _killed_at_sync_alone(bench: SqliteBench) -> str | None:
    return _alone(bench, "killed at a sync")


def _sync_fails_and_killed(bench: SqliteBench) -> str | None:
    return _alone(bench, "told that a sync failed, then killed")


# -- after the commit


def _killed_before_answer(bench: SqliteBench) -> str | None:
    return _elsewhere(bench, "killed before it answers")


def _log_cannot_be_copied(bench: SqliteBench) -> str | None:
    # The log begins anew after this, shorter than the file.
    add(bench.store, "filling", 0, "filling", 4 * STRUCK)
    bench.begun += 4 * STRUCK
    bench.store._file._rows_in_log = CHECKPOINT_ROWS
    with _files_no_larger_than(bench.path.stat().st_size):
        return bench.append()


FAULTS = (
    undone(AT_START, "the file is moved away", "was moved or deleted while", _moved),
    undone(AT_START, "another file is in its place", "was replaced by another", _replaced),
    undone(AT_START, "the log is gone", "has lost a file beside it", _without_log),
    undone(AT_START, "the index is gone", "has lost a file beside it", _without_index),
    undone(AT_START, "the file is marked read-only", "is read-only", _marked_read_only),
    undone(AT_LOCK, "another program holds it", "is locked by another program", _locked),
    undone(AT_LOCK, "another thread holds it", "too busy in this process", _crowded),
    undone(AT_QUESTION, "the disk cannot be read", "unless it is only the disk", _unreadable),
    undone(AT_ENTRY, "the database refuses it", NOTHING, _first_refused),
    undone(AMID_ENTRIES, "the database refuses one", NOTHING, _last_refused),
    undone(AMID_ENTRIES, "the file cannot grow", "the disk is full. Nothing", _no_more_pages),
    undone(AT_RECEIPT, "the database refuses it", NOTHING, _receipt_refused),
    undone(BEFORE_COMMIT, "the commit is not begun", UNSURE, _commit_forbidden),
    undone(AT_COMMIT, "the log cannot be written", UNSURE, _log_unwritable),
    undone(AT_COMMIT, "the disk is full", "the disk is full. Nothing", _disk_full),
    undone(AT_COMMIT, "half of it is written", UNSURE, _half_of_it_written),
    undone(AT_COMMIT, "the disk does not keep it", UNSURE, _sync_fails),
    undone(AT_COMMIT, "killed at the first page", KILLED, _killed_at_first_page),
    undone(AT_COMMIT, "killed at the sync", KILLED, _killed_at_sync_among_others),
    kept(AT_COMMIT, "killed at the sync, alone", KILLED, _killed_at_sync_alone),
    kept(AT_COMMIT, "the disk does not keep it, then killed", UNSURE, _sync_fails_and_killed),
    kept(AFTER_COMMIT, "killed", KILLED, _killed_before_answer),
    kept(AFTER_COMMIT, "the log cannot be copied", None, _log_cannot_be_copied),
)
IMPOSSIBLE = (
    Never(AT_START, kept=True, reason="there is no connection that could be made anew"),
    *(Never(place, kept=True, reason=NOT_SENT) for place in PLACES[1:7]),
    Never(AFTER_COMMIT, kept=False, reason="it is on the disk"),
)
