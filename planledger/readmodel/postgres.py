# ruff: noqa: S608 - names of tables and columns are ours; every value is a parameter
"""A register in a schema of its own, in the ledger's PostgreSQL database."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow, tuple_row

from planledger.readmodel.batch import NoRegisterError, RegisterError, told_of_register
from planledger.readmodel.register import Cursor, Register
from planledger.readmodel.rows import Column
from planledger.readmodel.schema import NAME, POSTGRES, TABLES, VERSION, Name, names, tables
from planledger.readmodel.views import (
    EFFECTIVE_ON,
    KNOWN_AT,
    SELECTED,
    VIEWS,
    days_overdue,
    views,
)
from planledger.storage.postgres.errors import told_of
from planledger.storage.postgres.pool import LedgerConnection, LedgerDatastore
from planledger.storage.postgres.schema import READER

SCHEMA = "planledger_register"
LOCK_TIMEOUT = 10
"""Seconds to wait for another program's lock."""
MAKING, REBUILDING = 0x504C5247_00000001, 0x504C5247_00000002
"""Keys ("PLRG", 1 and 2) of advisory locks, for making tables and for building one beside."""

_BESIDE = f"{NAME}_beside"
_FIND = """
SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = %s AND relname = %s"""

MILESTONES_AT = f"""
CREATE FUNCTION {SCHEMA}.milestones_at("position" bigint, day date)
RETURNS SETOF {SCHEMA}.milestones_now LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
    reached bigint := coalesce((SELECT max(c.last) FROM {SCHEMA}.commits AS c), 0);
BEGIN
    IF $1 IS NULL OR $2 IS NULL THEN
        RAISE 'Give a position and a day: milestones_at(1304, date ''2026-01-29'').';
    END IF;
    IF $1 > reached THEN
        RAISE 'The register reaches to position %; it cannot say what is known at %.', reached, $1;
    END IF;
    RETURN QUERY SELECT $1, $2, {SELECTED}, {days_overdue(POSTGRES, "$2")}
    FROM {SCHEMA}.milestones
    WHERE {KNOWN_AT.format("$1")} AND {EFFECTIVE_ON.format("$2")};
END $$"""
"""What is known at a position, as it is on a day."""

_AT = f"SELECT {SELECTED}, days_overdue FROM {SCHEMA}.milestones_at(%s, %s)"


class RegisterDatastore(LedgerDatastore):
    """Connections for a register, of which one is used at a time."""

    def __init__(self, conninfo: str) -> None:
        """Prepare to connect as `conninfo` says; nothing is opened yet."""
        super().__init__(conninfo, lock_timeout=LOCK_TIMEOUT)
        self.schema = SCHEMA


class RegisterRecorder(PostgresTrackingRecorder):
    """Tracks in the transaction of the rows how far they reach."""

    def __init__(self, datastore: RegisterDatastore, name: str) -> None:
        """Track the register of a name, which its tables begin with."""
        super().__init__(datastore, tracking_table_name=f"{name}_tracking")
        self.tables_named = name
        self.table = f"{SCHEMA}.{self.tracking_table_name}"

    def track(self, cursor: Any, of: str, position: int) -> None:  # noqa: ANN401 - the library's
        """Track that a later position is reached. Raises IntegrityError for one that is not."""
        self._insert_tracking(cursor, Tracking(of, position))


class PostgresRegister(Register):
    """A register that any number of programs read while it is filled."""

    dialect = POSTGRES

    def __init__(
        self, database: str, conninfo: str, *, create: bool, tables_named: str = NAME
    ) -> None:
        """Open the register in a database, or with `create` make it there where there is none.

        `database` is what messages call it. Raises RegisterError.
        """
        self.name = f"in {database}"
        self.prefix = f"{SCHEMA}.{tables_named}_"
        self._place = (database, conninfo)
        self._datastore = RegisterDatastore(conninfo)
        self._recorder = RegisterRecorder(self._datastore, tables_named)
        self.tracking = self._recorder.table
        try:
            with self._telling(), self._datastore.connections.connection() as connection:
                if not _there(connection, self._recorder.table):
                    _make(connection, self._recorder, self.name, create=create)
        except BaseException:
            self._datastore.close()
            raise

    def shown(self) -> int | None:
        """Give the version that the views are over."""
        with self._telling(), self._datastore.connections.connection() as connection:
            return _shown(connection)

    def show(self) -> None:
        """Put the views over this register; see `Register`. One that is built beside has none."""
        if self._recorder.tables_named != NAME:
            return
        with self._telling(), self._datastore.connections.connection() as connection:
            connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            connection.execute(f"SELECT pg_advisory_xact_lock({MAKING})")
            if (_shown(connection) or 0) < VERSION:
                for statement in _views(connection):
                    connection.execute(statement)
            connection.execute("COMMIT")

    @contextmanager
    def beside(self) -> Iterator["PostgresRegister"]:
        """Give an empty register, whose tables are dropped after; one at a time."""
        with self._telling(), closing(self._datastore.connect()) as connection:
            ((alone,),) = _run(connection, f"SELECT pg_try_advisory_lock({REBUILDING})")
            if not alone:
                raise RegisterError(
                    f"The register {self.name} is just being built anew by another program, to "
                    "check or replace it. Try again when that is done."
                )
            _drop(connection)  # what a program left that was killed
            other = PostgresRegister(*self._place, create=True, tables_named=_BESIDE)
            try:
                yield other
            finally:
                other.close()
                _drop(connection)

    def close(self) -> None:
        """Let go of every connection. Safe to repeat."""
        self._datastore.close()

    def _rows(self, statement: str, *parameters: object) -> Sequence[Sequence[Any]]:
        with self._telling(), self._datastore.connections.connection() as connection:
            return _run(connection, statement, *parameters)

    def _rows_at(self, position: int, day: date) -> Sequence[Sequence[Any]]:
        return self._rows(_AT, position, day)

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        with self._transaction("READ COMMITTED") as cursor:
            yield cursor

    @contextmanager
    def _joined(self, other: "PostgresRegister", *, writing: bool) -> Iterator[tuple[Cursor, str]]:
        with self._transaction("READ COMMITTED" if writing else "REPEATABLE READ") as cursor:
            yield cursor, other.prefix

    @contextmanager
    def _transaction(self, isolation: str) -> Iterator[Any]:
        with self._telling(), self._datastore.connections.connection() as connection:
            connection.execute(f"BEGIN ISOLATION LEVEL {isolation}")
            yield connection.cursor(row_factory=tuple_row)
            connection.execute("COMMIT")

    def _track(self, cursor: Cursor, of: str, position: int) -> None:
        self._recorder.track(cursor, of, position)

    def _insert(self, cursor: Any, table: Name, rows: Iterable[Iterable[Any]]) -> None:  # noqa: ANN401 - psycopg's own, which can COPY
        with cursor.copy(f"COPY {self.prefix}{table} ({names(table)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row))

    def _written(self, values: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(values)

    def _read(self, _columns: Iterable[Column], values: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(values)  # psycopg gives them as the columns say

    def _telling(self) -> AbstractContextManager[None]:
        return told_of_register(told_of(self.name))


def _make(
    connection: LedgerConnection, recorder: RegisterRecorder, name: str, *, create: bool
) -> None:
    """Make the tables of a register, all of them or none, if that is to be done.

    Several programs may try at once: one does it, the others find it done.
    """
    if not create:
        raise NoRegisterError.of(name)
    connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
    connection.execute(f"SELECT pg_advisory_xact_lock({MAKING})")
    if not _there(connection, recorder.table):
        try:
            for statement in _statements(connection, recorder):
                _run(connection, statement)
        except InsufficientPrivilege as error:
            raise RegisterError(
                f"This user may not make the register. Have it made by one who may, or run: "
                f"CREATE SCHEMA {SCHEMA} AUTHORIZATION …"
            ) from error
        recorder.track(connection.cursor(), NAME, 0)
    connection.execute("COMMIT")


def _statements(connection: LedgerConnection, recorder: RegisterRecorder) -> Iterator[str]:
    if not _run(connection, "SELECT 1 FROM pg_namespace WHERE nspname = %s", SCHEMA):
        yield f"CREATE SCHEMA {SCHEMA}"
    yield from (statement.as_string() for statement in recorder.sql_create_statements)
    yield from tables(POSTGRES, f"{SCHEMA}.{recorder.tables_named}_")


def _shown(connection: LedgerConnection) -> int | None:
    if not _there(connection, f"{SCHEMA}.register"):
        return None
    ((version,),) = _run(connection, f"SELECT version FROM {SCHEMA}.register")
    return int(version)


def _views(connection: LedgerConnection) -> Iterator[str]:
    yield f"DROP FUNCTION IF EXISTS {SCHEMA}.milestones_at"
    for view in VIEWS:
        yield f"DROP VIEW IF EXISTS {SCHEMA}.{view}"
    yield from views(POSTGRES, f"{SCHEMA}.{NAME}_", f"{SCHEMA}.")
    yield MILESTONES_AT
    if _run(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", READER):
        yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {READER}"
        readable = ", ".join(f"{SCHEMA}.{view}" for view in VIEWS)
        yield f"GRANT SELECT ON {readable} TO {READER}"


def _there(connection: LedgerConnection, table: str) -> bool:
    # Not by to_regclass: what it did not find it does not find again in the same transaction.
    return bool(_run(connection, _FIND, *table.split(".")))


def _drop(connection: LedgerConnection) -> None:
    for table in (*TABLES, "tracking"):
        connection.execute(f"DROP TABLE IF EXISTS {SCHEMA}.{_BESIDE}_{table}")


def _run(connection: LedgerConnection, statement: str, *parameters: object) -> list[TupleRow]:
    cursor = connection.cursor(row_factory=tuple_row)
    cursor.execute(statement, parameters or None)
    return cursor.fetchall() if cursor.description else []
