# ruff: noqa: S608 - names of tables and columns are ours; every value is a parameter
"""A register in an SQLite file of its own, beside the ledger's."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.sqlite import SQLiteTrackingRecorder

from planledger.readmodel.batch import RegisterError, told_of_register
from planledger.readmodel.register import Cursor, Register
from planledger.readmodel.rows import Column
from planledger.readmodel.schema import NAME, SQLITE, VERSION, from_sqlite, sqlite_value, tables
from planledger.readmodel.views import EFFECTIVE_ON, KNOWN_AT, SELECTED, VIEWS, days_overdue, views
from planledger.storage.sqlite.errors import told_of
from planledger.storage.sqlite.file import LedgerDatastore, uri_of

APPLICATION_ID = 0x504C5247
"""Marks the file as a register ("PLRG") in SQLite's own header."""
LOCK_TIMEOUT = 10
"""Seconds to wait for another program's lock."""

_PREFIX = f"{NAME}_"
_BESIDE = "beside"
_JOINED = f"{_BESIDE}.{_PREFIX}"
"""What the names of the tables of a register that was attached begin with."""
_MIGRATION = "__migration__"
"""What the library tracks its own table by."""
_AT = (
    f"SELECT {SELECTED}, {days_overdue(SQLITE, ':day')} FROM milestones "
    f"WHERE {KNOWN_AT.format(':position')} AND {EFFECTIVE_ON.format(':day')}"
)


def beside(ledger: Path) -> Path:
    """Give where the register of the ledger in a file lies: plans.register.db for plans.db."""
    return ledger.with_name(f"{ledger.stem}.register{ledger.suffix or '.db'}")


class RegisterRecorder(SQLiteTrackingRecorder):
    """Tracks in the transaction of the rows how far they reach."""

    datastore: LedgerDatastore

    def construct_create_table_statements(self) -> list[str]:
        """Give the library's table, with those of this version of the register."""
        return [*super().construct_create_table_statements(), *tables(SQLITE, _PREFIX)]

    def begin(self) -> None:
        """Make the tables, all of them or none, unless they are there."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("SELECT name FROM sqlite_master")
            there = {name for (name,) in cursor.fetchall()}
            if f"{_PREFIX}milestones" in there:
                return
            self.tracking_table_exists = "tracking" in there
            if self.tracking_table_exists:
                self.tracking_migration_previous = self._max_tracking_id(_MIGRATION, cursor)
            self._create_table(cursor)
            self._insert_tracking(cursor, Tracking(NAME, 0))
            cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def track(self, cursor: Any, of: str, position: int) -> None:  # noqa: ANN401 - the library's
        """Track that a later position is reached. Raises IntegrityError for one that is not."""
        self._insert_tracking(cursor, Tracking(of, position))


class SqliteRegister(Register):
    """A register in WAL mode: other tools read it while it is filled."""

    dialect = SQLITE
    prefix = _PREFIX
    tracking = "tracking"

    def __init__(self, path: Path) -> None:
        """Open the register in a file, which is made where there is none. Raises RegisterError."""
        self._path = path.absolute()
        self.name = str(self._path)
        self._file = LedgerDatastore(self._path, "rwc", lock_timeout=LOCK_TIMEOUT)
        self._recorder = RegisterRecorder(self._file)
        try:
            with self._telling():
                _check_ours(self._path)
                self._recorder.begin()
        except BaseException:
            self._file.close()
            raise

    def shown(self) -> int | None:
        """Give the version that the views are over."""
        made = self._rows("SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = 'register'")
        return self._rows("SELECT version FROM register")[0][0] if made else None

    def show(self) -> None:
        """Put the views over this register; see `Register`."""
        with self._writing() as cursor:
            if (self.shown() or 0) < VERSION:
                for view in VIEWS:
                    cursor.execute(f"DROP VIEW IF EXISTS {view}")
                for statement in views(SQLITE, _PREFIX):
                    cursor.execute(statement)

    @contextmanager
    def beside(self) -> Iterator["SqliteRegister"]:
        """Give an empty register in a folder that is gone afterwards."""
        with TemporaryDirectory(prefix="planledger-register-") as folder:
            other = SqliteRegister(Path(folder) / self._path.name)
            try:
                yield other
            finally:
                other.close()

    def close(self) -> None:
        """Let go of the file. Safe to repeat."""
        with self._telling():
            self._file.close()

    def _rows(self, statement: str, *parameters: object) -> Sequence[Sequence[Any]]:
        with self._telling(), self._file.reading() as connection:
            return connection.rows(statement, parameters).fetchall()

    def _rows_at(self, position: int, day: date) -> Sequence[Sequence[Any]]:
        point = {"position": position, "day": day.isoformat()}
        with self._telling(), self._file.transaction(commit=False) as cursor:
            cursor.execute(_AT, point)
            return [tuple(row) for row in cursor.fetchall()]

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        with self._telling(), self._file.transaction(commit=True) as cursor:
            yield cursor

    @contextmanager
    def _joined(self, other: "SqliteRegister", *, writing: bool) -> Iterator[tuple[Cursor, str]]:
        with self._telling(), self._file.reading() as connection:
            connection.rows(f"ATTACH DATABASE ? AS {_BESIDE}", (other.name,))
            try:
                yield connection.rows(f"BEGIN {'IMMEDIATE' if writing else ''}"), _JOINED
                connection.rows("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.rows("ROLLBACK")
                connection.rows(f"DETACH DATABASE {_BESIDE}")

    def _track(self, cursor: Cursor, of: str, position: int) -> None:
        self._recorder.track(cursor, of, position)

    def _written(self, values: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(map(sqlite_value, values))

    def _read(self, columns: Iterable[Column], values: Iterable[Any]) -> tuple[Any, ...]:
        try:
            return tuple(map(from_sqlite, columns, values))
        except (TypeError, ValueError) as error:
            raise RegisterError(
                f"The register {self.name} is damaged ({error}). Make it anew: "
                "`planledger register rebuild`."
            ) from error

    def _telling(self) -> AbstractContextManager[None]:
        return told_of_register(told_of(self._path))


def _check_ours(path: Path) -> None:
    """Leave a file of something else alone: what opens a register changes how it is written to."""
    if not path.exists():
        return
    with closing(sqlite3.connect(uri_of(path, "rw"), uri=True, timeout=LOCK_TIMEOUT)) as connection:
        connection.execute("BEGIN")  # both answers from one moment: another may be making it now
        ((application,),) = connection.execute("PRAGMA application_id").fetchall()
        ((objects,),) = connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    if application != (APPLICATION_ID if objects else 0):
        raise RegisterError(f"{path} is an SQLite file, but not a register. Move it elsewhere.")
