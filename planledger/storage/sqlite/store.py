"""The store: the port over an SQLite file in WAL mode."""

import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from planledger.storage.cache import Cache, FolderCache
from planledger.storage.common import UNSURE_OF_COPY, check_append, unsure_of
from planledger.storage.keeping import Flaw
from planledger.storage.port import (
    Clock,
    Commit,
    NewRecord,
    NoLedgerError,
    Receipt,
    StoredRecord,
    StoreError,
    Watch,
)
from planledger.storage.rows import Statements, TableReader
from planledger.storage.sqlite.errors import told_of
from planledger.storage.sqlite.file import LedgerDatastore, Mode, uri_of
from planledger.storage.sqlite.files import ANY_WRITE, MARKED
from planledger.storage.sqlite.flaws import flaws_of
from planledger.storage.sqlite.recorder import SELECT_RECEIPT, LedgerRecorder
from planledger.storage.sqlite.schema import APPLICATION_ID, FORMAT
from planledger.storage.waking import Bell, HeadWatch

LOCK_TIMEOUT = 5
"""Seconds to wait for another program's lock."""

_MAKE_ONE = "Check the path, or make a ledger there: --new does, as in `planledger import --new`."

_LAST = "SELECT coalesce(max(position), 0) FROM entries"
# Through the index on the stream, whose order within a stream is that of positions. In trials it
# gave a plan that shares the ledger with nine others up to twice as fast as a scan, and a plan
# alone in its ledger about a tenth slower.
_OF_PLAN = (
    "FROM entries INDEXED BY entries_by_stream "
    "WHERE stream = ? AND position > ? AND position <= ? ORDER BY position LIMIT ?"
)
_COMMIT = """
SELECT (SELECT position FROM entries WHERE recorded_at = at ORDER BY position LIMIT 1),
       (SELECT position FROM entries WHERE recorded_at = at ORDER BY position DESC LIMIT 1),
       at
FROM (SELECT ({}) AS at) WHERE at IS NOT NULL"""
_STATEMENTS = Statements(
    read=(
        "SELECT position, recorded_at, stream, version, name, data FROM entries "
        "WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
    ),
    read_plan=f"SELECT position, recorded_at, stream, version, name, data {_OF_PLAN}",
    replay=f"SELECT position, recorded_at, version, data {_OF_PLAN}",
    head=_COMMIT.format("SELECT recorded_at FROM entries ORDER BY position DESC LIMIT 1"),
    commit_holding=_COMMIT.format("SELECT recorded_at FROM entries WHERE position = ?"),
    commit_by=_COMMIT.format("SELECT max(recorded_at) FROM entries WHERE recorded_at <= ?"),
    receipt=SELECT_RECEIPT,
    receipts=(
        "SELECT command_id, digest, stream, first, last, recorded_at FROM receipts ORDER BY first"
    ),
    plans="SELECT stream, position FROM entries WHERE version = 1 ORDER BY position",
)


class SqliteStore(TableReader):
    """Entries in an SQLite file in WAL mode. Keeps every promise of the port.

    Beside the file SQLite keeps `-wal` and `-shm`: while the ledger is open, copy it with
    SQLite's own backup, not as a file. A file without any write permission is opened for reading
    only, also by root.
    """

    _statements = _STATEMENTS

    def __init__(
        self,
        path: str | Path,
        clock: Clock,
        *,
        create: bool,
        lock_timeout: int = LOCK_TIMEOUT,
        read_only: bool = False,
    ) -> None:
        """Open the ledger at `path`, or with `create` make one where there is no file yet.

        `lock_timeout` is how many seconds to wait for another program's lock; `read_only` leaves
        the file as it is. Raises NoLedgerError where there is none, and StoreError where there is
        none that this program can use.
        """
        self._path = Path(path).absolute()
        self._bell = Bell()
        with told_of(self._path):
            found = _find(self._path)
            missing = found is None
            if missing:
                _check_may_begin(self._path, create=create)
            self._read_only = read_only or (found is not None and _is_read_only(self._path, found))
            mode: Mode = "ro" if self._read_only else "rwc" if missing else "rw"
            begin = missing or _is_empty(self._path, mode, lock_timeout)
            if begin and not create:
                raise NoLedgerError(f"{self._path} is empty, not a ledger. {_MAKE_ONE}")
            self._file = LedgerDatastore(self._path, mode, lock_timeout=lock_timeout)
            self._recorder = LedgerRecorder(self._file, clock)
            with ExitStack() as undo:
                undo.callback(self._file.close)
                if begin:
                    self._recorder.create_table()
                with self._file.reading():
                    pass  # what cannot be opened as it must be is refused now, not at first use
                undo.pop_all()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    def append(
        self,
        plan: str,
        expected_version: int,
        records: Sequence[NewRecord],
        *,
        command_id: str,
        digest: bytes,
    ) -> Commit:
        """Record one commit; see the port. On the disk when this returns."""
        check_append(plan, command_id, records)
        with self._writing(unsure_of(command_id)):
            return self._recorder.record(
                plan, expected_version, records, command_id=command_id, digest=digest
            )

    def adopt(self, entries: Iterable[StoredRecord], receipts: Iterable[Receipt]) -> int:
        """Fill the empty ledger with another one's; see the port. On the disk when this returns."""
        with self._writing(UNSURE_OF_COPY):
            return self._recorder.adopt(entries, receipts)

    def watch(self) -> Watch:
        """Begin to watch the head."""
        return HeadWatch(self._bell, self._last)

    def flaws(self) -> Sequence[Flaw]:
        """Look at the file itself: pages, tables, triggers, and where it ends."""
        with told_of(self._path), self._file.reading() as connection:
            return list(flaws_of(connection))

    def cache(self) -> Cache:
        """Give the cache beside the file."""
        return FolderCache(self._path)

    def close(self) -> None:
        """Let go of the file. Safe to repeat; waits for readers.

        The last to close, of all processes, leaves the whole ledger in the one file: SQLite copies
        the log into it. Where that fails, the log stays beside the file and nothing is lost.
        """
        with told_of(self._path):
            self._file.close()

    @contextmanager
    def _writing(self, unsure: str) -> Iterator[None]:
        if self._read_only:
            raise StoreError(f"The ledger {self._path} {MARKED}. Nothing was recorded.")
        with told_of(self._path, unsure=unsure):
            yield
        self._bell.ring()

    def _last(self) -> int:
        ((last,),) = self._rows(_LAST)
        return int(last)

    def _rows(self, statement: str, *parameters: str | int) -> list[Any]:
        with told_of(self._path), self._file.reading() as connection:
            return connection.rows(statement, parameters).fetchall()


def _find(path: Path) -> os.stat_result | None:
    """Look for the file, once: another process may be making it right now."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{path} is a folder or a device; give the path of a ledger file.")
    return found


def _check_may_begin(path: Path, *, create: bool) -> None:
    if not create:
        raise NoLedgerError(f"There is no ledger at {path}. {_MAKE_ONE}")
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {path.parent}; make it first.")


def _is_read_only(path: Path, found: os.stat_result) -> bool:
    # Also for root, whom no permission stops: a file marked read-only is meant to stay as it is.
    return not (found.st_mode & ANY_WRITE and os.access(path, os.W_OK))


def _is_empty(path: Path, mode: Mode, lock_timeout: int) -> bool:
    """Tell whether the file is still empty. Raises StoreError where it is not ours to use.

    Asks SQLite rather than reading bytes: the newest header may be in the log, and closing a
    file of our own would drop the locks that this process holds on it.
    """
    with closing(
        sqlite3.connect(uri_of(path, mode), uri=True, timeout=lock_timeout, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN")  # all answers from one moment, as above
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == 0 and objects == 0:
        return True
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is an SQLite file, but not a ledger of planledger.")
    if version > FORMAT:
        raise StoreError(
            f"The ledger {path} was written by a newer planledger (format {version}; this one "
            f"knows formats up to {FORMAT}). Update planledger to open it."
        )
    return False
