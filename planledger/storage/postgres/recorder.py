"""The eventsourcing library's recorder over the table of entries, with commits and receipts."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from time import monotonic, sleep
from typing import Any

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from msgspec.structs import astuple
from psycopg import ClientCursor
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow, tuple_row
from psycopg.types.numeric import Int8

from planledger.storage.adopting import Whole
from planledger.storage.common import stamp
from planledger.storage.port import (
    Clock,
    CommandAlreadyRecordedError,
    Commit,
    NewRecord,
    NotEmptyError,
    Receipt,
    StoredRecord,
    VersionConflictError,
)
from planledger.storage.postgres.errors import UnknownOutcomeError
from planledger.storage.postgres.pool import LedgerConnection, LedgerDatastore
from planledger.storage.postgres.schema import APPENDING, CHANNEL
from planledger.storage.rows import receipt_from, receipt_row

_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
"""Whatever the database's default is: what is read after the lock must not be older than it."""

# First the settings, of this transaction only: a commit is on the disk before it is acknowledged,
# and nobody waits for the lock, or holds it and does nothing, for ever.
_LOCK = """
WITH settings AS MATERIALIZED (
    SELECT set_config('lock_timeout', %s, true),
           set_config('idle_in_transaction_session_timeout', %s, true),
           set_config('synchronous_commit', coalesce(
               nullif(current_setting('synchronous_commit'), 'off'), 'on'), true) AS durable)
SELECT durable, pg_advisory_xact_lock(%s) FROM settings"""
_SELECT_LAST = """
SELECT position, recorded_at, coalesce((
    SELECT version FROM planledger.entries WHERE stream = %s ORDER BY version DESC LIMIT 1), 0)
FROM planledger.entries ORDER BY position DESC LIMIT 1"""
_INSERT_ENTRIES = """
INSERT INTO planledger.entries (position, recorded_at, stream, version, name, data)
SELECT %s + row, %s, stream, version, name, data
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[]) WITH ORDINALITY
    AS new (stream, version, name, data, row)
ORDER BY row"""
SELECT_RECEIPT = """
SELECT digest, stream, first, last, recorded_at FROM planledger.receipts WHERE command_id = %s"""
_INSERT_RECEIPT = """
INSERT INTO planledger.receipts (command_id, digest, stream, first, last, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s)"""
_COPY_ENTRIES = """
COPY planledger.entries (position, recorded_at, stream, version, name, data)
FROM STDIN (FORMAT BINARY)"""
_ENTRY_TYPES = ("int8", "int8", "text", "int8", "text", "bytea")
_COPY_RECEIPTS = """
COPY planledger.receipts (command_id, digest, stream, first, last, recorded_at)
FROM STDIN (FORMAT BINARY)"""
_RECEIPT_TYPES = ("text", "bytea", "text", "int8", "int8", "int8")
_ON_A_STANDBY = "SELECT pg_is_in_recovery()"

_IDLE_SECONDS = 10
"""A process that stands still in the middle of an append loses the lock after this long."""

_RETRY_SECONDS = 0.1

_ANSWERED = {TransactionStatus.INERROR, TransactionStatus.IDLE}
"""What a connection says of a transaction whose end the server has told."""

Statement = tuple[str, Sequence[object]]


class LedgerRecorder(PostgresApplicationRecorder):
    """Appends to the table of entries: positions without gaps, times that strictly increase.

    Both are settled while the lock in the database is held, so no other writer can come between.
    """

    datastore: LedgerDatastore

    def __init__(self, datastore: LedgerDatastore, clock: Clock) -> None:
        """Record through `datastore`, with times from `clock`."""
        super().__init__(datastore, events_table_name="stored_events")
        self.channel_name = CHANNEL
        self._clock = clock

    def create_table(self) -> None:
        """Do nothing: tables are made by `migrate`, once, and by no recorder."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Record one commit without a receipt: the library's way in."""
        rows = [
            (str(event.originator_id), event.originator_version, event.topic, event.state)
            for event in stored_events
        ]
        if not rows:
            return []
        with self.datastore.get_connection() as connection:
            (last,) = self._begin(connection, (_SELECT_LAST, ("",)))
            commit, insert = self._placed(rows, last)
            _run(connection, insert, ("COMMIT", ()))
        return list(range(commit.first, commit.last + 1))

    def record(
        self,
        plan: str,
        expected_version: int,
        records: Sequence[NewRecord],
        *,
        command_id: str,
        digest: bytes,
    ) -> Commit:
        """Record one commit and its receipt, or nothing; see the port's `append`."""
        rows = [
            (plan, number, record.name, record.data)
            for number, record in enumerate(records, expected_version + 1)
        ]
        with self.datastore.writing() as connection:
            found, last = self._begin(
                connection, (SELECT_RECEIPT, (command_id,)), (_SELECT_LAST, (plan,))
            )
            if found:
                raise CommandAlreadyRecordedError.of(receipt_from(command_id, found[0]))
            version = last[0][2] if last else 0
            if version != expected_version:
                raise VersionConflictError.of(plan, expected_version, version)
            commit, insert = self._placed(rows, last)
            receipt = Receipt(command_id=command_id, digest=digest, plan=plan, commit=commit)
            self._commit(connection, receipt, insert, (_INSERT_RECEIPT, wide(receipt_row(receipt))))
        return commit

    def adopt(self, entries: Iterable[StoredRecord], receipts: Iterable[Receipt]) -> int:
        """Fill the empty ledger with another one's, or change nothing; see the port's `adopt`."""
        whole = Whole()
        receipt = None
        with self.datastore.writing() as connection:
            (last,) = self._begin(connection, (_SELECT_LAST, ("",)))
            if last:
                raise NotEmptyError.of("The ledger")
            with connection.cursor() as cursor:
                with cursor.copy(_COPY_ENTRIES) as copy:
                    copy.set_types(_ENTRY_TYPES)
                    for entry in whole.entries(entries):
                        copy.write_row(astuple(entry))
                with cursor.copy(_COPY_RECEIPTS) as copy:
                    copy.set_types(_RECEIPT_TYPES)
                    for receipt in whole.receipts(receipts):
                        copy.write_row(receipt_row(receipt))
            if receipt is not None:
                self._commit(connection, receipt)
        return whole.last

    def _begin(self, connection: LedgerConnection, *questions: Statement) -> list[list[TupleRow]]:
        """Begin to add entries, alone from here on, and ask what must not change meanwhile."""
        times = (f"{seconds}s" for seconds in (self.datastore.lock_timeout, _IDLE_SECONDS))
        lock = (_LOCK, (*times, APPENDING))
        _, ((durable, _),), *answers = _told(connection, (_BEGIN, ()), lock, *questions)
        if durable == "off":
            raise psycopg.NotSupportedError("synchronous_commit is off and stays off")
        return answers

    def _placed(
        self, rows: Sequence[tuple[str, int, str, bytes]], last: list[TupleRow]
    ) -> tuple[Commit, Statement]:
        """Give rows their positions and time, and the statement that inserts them."""
        before, last_us, _ = last[0] if last else (0, None, 0)
        recorded_us = stamp(self._clock, last_us)
        streams, versions, names, data = zip(*rows, strict=True)
        numbers = [Int8(version) for version in versions]
        return (
            Commit(first=before + 1, last=before + len(rows), recorded_us=recorded_us),
            (
                _INSERT_ENTRIES,
                (Int8(before), Int8(recorded_us), list(streams), numbers, list(names), list(data)),
            ),
        )

    def _commit(
        self, connection: LedgerConnection, receipt: Receipt, *statements: Statement
    ) -> None:
        """Carry out what is left of a commit, and make sure whether it was kept."""
        try:
            _run(connection, *statements, ("COMMIT", ()))
        except psycopg.Error as error:
            if error.sqlstate and connection.pgconn.transaction_status in _ANSWERED:
                raise  # the server said no, and undid the transaction
            connection.close()  # should it still hold the lock
            kept = self._kept(receipt.command_id)
            if kept is None:
                raise
            if kept != receipt:  # sent again meanwhile, by another process
                raise CommandAlreadyRecordedError.of(kept) from error

    def _kept(self, command_id: str) -> Receipt | None:
        """Find out on a new connection whether a command was recorded on one that was lost.

        The old transaction holds the lock until it has been undone or can be seen, so whoever
        has the lock sees what became of it.
        """
        deadline = monotonic() + self.datastore.lock_timeout
        while True:
            try:
                with closing(self.datastore.connect()) as connection:
                    ((standby,),), found = self._begin(
                        connection, (_ON_A_STANDBY, ()), (SELECT_RECEIPT, (command_id,))
                    )
            except psycopg.Error as error:
                if monotonic() > deadline:
                    raise UnknownOutcomeError from error
                sleep(_RETRY_SECONDS)  # the server may be starting again
            else:
                if standby:  # on which nobody waits for that lock
                    raise UnknownOutcomeError
                return receipt_from(command_id, found[0]) if found else None


def _told(connection: LedgerConnection, *statements: Statement) -> list[list[TupleRow]]:
    """Run statements in one message to the server; give the rows of each.

    Not in a pipeline of psycopg, which says one word more after its end: the server then forgets
    to count how long the connection is idle.
    """
    cursor = ClientCursor(connection, row_factory=tuple_row)
    cursor.execute(
        ";".join(statement for statement, _ in statements),
        [parameter for _, parameters in statements for parameter in parameters],
    )
    answers = []
    while True:
        answers.append(cursor.fetchall() if cursor.description else [])
        if not cursor.nextset():
            return answers


def _run(connection: LedgerConnection, *statements: Statement) -> None:
    """Run statements in one message to the server; where one fails those after it are not run."""
    with connection.pipeline():
        for statement, parameters in statements:
            connection.cursor(binary=True).execute(statement, parameters, prepare=True)


def wide(parameters: Iterable[object]) -> tuple[object, ...]:
    """Give parameters with every number as a bigint.

    By itself psycopg sends the smallest type that a number fits, and each makes another statement
    to prepare.
    """
    return tuple(Int8(each) if isinstance(each, int) else each for each in parameters)
