"""The eventsourcing library's recorder over the table of entries, with commits and receipts."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor
from msgspec.structs import astuple

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
    StoreError,
    VersionConflictError,
)
from planledger.storage.rows import receipt_from, receipt_row
from planledger.storage.sqlite.file import LedgerDatastore
from planledger.storage.sqlite.schema import APPLICATION_ID, FORMAT, SCHEMA

# The library's own selecting runs over the entries under the names it knows.
_AS_STORED_EVENTS = (
    "(SELECT position AS rowid, stream AS originator_id, version AS originator_version, "
    "name AS topic, data AS state FROM entries)"
)
_SELECT_LAST = """
SELECT (SELECT max(position) FROM entries),
       (SELECT recorded_at FROM entries ORDER BY position DESC LIMIT 1),
       (SELECT seq FROM sqlite_sequence WHERE name = 'entries')"""
# All that an append must know, in one statement.
_SELECT_BEFORE = """
SELECT (SELECT max(position) FROM entries),
       (SELECT recorded_at FROM entries ORDER BY position DESC LIMIT 1),
       (SELECT seq FROM sqlite_sequence WHERE name = 'entries'),
       (SELECT max(version) FROM entries WHERE stream = ?),
       EXISTS (SELECT 1 FROM receipts WHERE command_id = ?)"""
_INSERT_ENTRY = (
    "INSERT INTO entries (position, recorded_at, stream, version, name, data) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
SELECT_RECEIPT = (
    "SELECT digest, stream, first, last, recorded_at FROM receipts WHERE command_id = ?"
)
_INSERT_RECEIPT = (
    "INSERT INTO receipts (command_id, digest, stream, first, last, recorded_at) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)


class LedgerRecorder(SQLiteApplicationRecorder):
    """Appends to the table of entries: positions without gaps, times that strictly increase.

    Both are settled inside the write transaction, so no other writer can come between.
    """

    datastore: LedgerDatastore

    def __init__(self, datastore: LedgerDatastore, clock: Clock) -> None:
        """Record through `datastore`, with times from `clock`."""
        super().__init__(datastore, events_table_name=_AS_STORED_EVENTS)
        self.select_max_notification_id_statement = "SELECT max(position) FROM entries"
        self._clock = clock

    def construct_create_table_statements(self) -> list[str]:
        """Give our schema in place of the library's."""
        return list(SCHEMA)

    def _create_table(self, c: SQLiteCursor) -> None:
        # In one transaction: a file whose making was interrupted is still an empty file.
        super()._create_table(c)
        c.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        c.execute(f"PRAGMA user_version = {FORMAT}")

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any
    ) -> Sequence[int]:
        # The library's way in: one commit, without a receipt.
        c.execute(_SELECT_LAST)
        commit = self._place(
            c.sqlite_cursor,
            c.fetchone(),
            [
                (str(event.originator_id), event.originator_version, event.topic, event.state)
                for event in stored_events
            ],
        )
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
        with self.datastore.writing() as c:
            before = c.execute(_SELECT_BEFORE, (plan, command_id)).fetchone()
            *last, version, recorded_before = before
            if recorded_before:
                row = c.execute(SELECT_RECEIPT, (command_id,)).fetchone()
                raise CommandAlreadyRecordedError.of(receipt_from(command_id, row))
            version = version or 0
            if version != expected_version:
                raise VersionConflictError.of(plan, expected_version, version)
            commit = self._place(
                c,
                last,
                [
                    (plan, number, record.name, record.data)
                    for number, record in enumerate(records, version + 1)
                ],
            )
            receipt = Receipt(command_id=command_id, digest=digest, plan=plan, commit=commit)
            c.execute(_INSERT_RECEIPT, receipt_row(receipt))
            return commit

    def adopt(self, entries: Iterable[StoredRecord], receipts: Iterable[Receipt]) -> int:
        """Fill the empty ledger with another one's, or change nothing; see the port's `adopt`."""
        whole = Whole()
        with self.datastore.writing() as c:
            if c.execute(_SELECT_LAST).fetchone()[2]:
                raise NotEmptyError.of("The ledger")
            c.executemany(_INSERT_ENTRY, map(astuple, whole.entries(entries)))
            c.executemany(_INSERT_RECEIPT, map(receipt_row, whole.receipts(receipts)))
            return whole.last

    def _place(
        self, c: sqlite3.Cursor, end: Sequence[Any], rows: Sequence[tuple[str, int, str, bytes]]
    ) -> Commit:
        """Put rows (plan, version, name, data) at the end, which is as _SELECT_LAST says."""
        last, last_us, highest_ever = end
        if last != highest_ever:
            raise StoreError(
                f"The ledger ends at position {last or 0} but once reached {highest_ever}: its end "
                "was cut off. Nothing was recorded. Restore the ledger from a backup."
            )
        first = (last or 0) + 1
        recorded_us = stamp(self._clock, last_us)
        c.executemany(
            _INSERT_ENTRY,
            [(position, recorded_us, *row) for position, row in enumerate(rows, first)],
        )
        return Commit(first=first, last=first + len(rows) - 1, recorded_us=recorded_us)
