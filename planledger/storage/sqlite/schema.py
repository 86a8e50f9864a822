"""What a ledger's SQLite file looks like. Names here are the file format: add, never rename.

The rules that matter most stand in the file itself, as triggers, so that they hold for every
program that opens it: entries and receipts are never changed or deleted, and an entry only ever
goes right after the last one. (Whoever can write the file can drop the triggers too: that is
what checkpoints kept elsewhere are for.)
"""

APPLICATION_ID = 0x504C4C47
"""Marks the file as ours ("PLLG") in SQLite's own header, where `file` and others look."""

FORMAT = 1
"""Version of this file format, kept in SQLite's `user_version`. A newer one is refused."""

PAGE_SIZE = 4096
"""Bytes, of files made from now on. A commit writes whole pages, most often seven. In trials an
append took a seventh less time than with 8192; reading a plan took a tenth more, and opening it
(read, decode, fold) 3 % more."""

ENTRIES = """
CREATE TABLE IF NOT EXISTS entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_at INTEGER NOT NULL CHECK (typeof(recorded_at) = 'integer'),
    stream TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (typeof(version) = 'integer'),
    name TEXT NOT NULL,
    data BLOB NOT NULL CHECK (typeof(data) = 'blob'),
    UNIQUE (stream, version)
)"""
# recorded_at: microseconds since 1970-01-01 UTC. AUTOINCREMENT keeps the highest position ever
# given in sqlite_sequence, which is how an append notices that somebody cut the end off.

RECEIPTS = """
CREATE TABLE IF NOT EXISTS receipts (
    command_id TEXT NOT NULL PRIMARY KEY,
    digest BLOB NOT NULL CHECK (typeof(digest) = 'blob'),
    stream TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) WITHOUT ROWID"""

INDEXES = (
    # Ends with the position, as every index does: a plan's entries after a position, in order.
    "CREATE INDEX IF NOT EXISTS entries_by_stream ON entries (stream)",
    "CREATE INDEX IF NOT EXISTS entries_by_time ON entries (recorded_at)",
    "CREATE INDEX IF NOT EXISTS first_entries ON entries (position, stream) WHERE version = 1",
)

# BEFORE INSERT, since REPLACE deletes what is in its way without firing delete triggers.
# A stream begins with version 1, or 0 as streams of the eventsourcing library may.
ENTRY_IN_ORDER = """
CREATE TRIGGER IF NOT EXISTS entries_in_order BEFORE INSERT ON entries
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM entries)
  OR NEW.version IS NOT (
      SELECT coalesce(max(version) + 1, max(0, min(NEW.version, 1)))
      FROM entries WHERE stream = NEW.stream)
  OR NEW.recorded_at < (SELECT recorded_at FROM entries ORDER BY position DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'an entry goes right after the last one'); END"""

RECEIPT_ONCE = """
CREATE TRIGGER IF NOT EXISTS receipts_once BEFORE INSERT ON receipts
WHEN EXISTS (SELECT 1 FROM receipts WHERE command_id = NEW.command_id)
BEGIN SELECT RAISE(ABORT, 'a command has one receipt'); END"""


def _never(change: str, table: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{change.lower()} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'nothing in a ledger is changed or deleted'); END"
    )


SCHEMA = (
    ENTRIES,
    RECEIPTS,
    *INDEXES,
    ENTRY_IN_ORDER,
    RECEIPT_ONCE,
    *(
        _never(change, table)
        for change in ("UPDATE", "DELETE")
        for table in ("entries", "receipts")
    ),
)
