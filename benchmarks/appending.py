"""What it costs to append one entry a commit, beside inserting the same bytes without a ledger.

Each contender waits for the disk at every commit, on a connection that it keeps. Every log has
been round once before the clock runs: while it still grows, the disk takes longer.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from benchmarks import made_up
from benchmarks.measuring import Row, rate, side_by_side
from benchmarks.stores import now, postgres, postgres_ledger, sqlite_ledger, url_of
from planledger.domain.commands import RewordItem
from planledger.events.values import Author, Personal
from planledger.ledger import Ledger
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore, NewRecord, StoredRecord

SIZES = (1_000, 10_000)
TURNS, BLOCKS = 25, 10
"""Each contender commits so often at a time, and so many times a round: logs are emptied in it."""
ROUND_THE_LOG = 1_200
"""Commits that change one page each, after which SQLite, at 1,000 pages, begins its log anew."""

AUTHOR = Author(id="bench", name=Personal(words="Bench"))
_COLUMNS = "recorded_at, stream, version, name, data, command_id, digest"

Commit = Callable[[], object]


def appending(folder: Path) -> Iterator[Row]:
    """Measure appends and whole commands of one writer, on both stores."""
    for size in SIZES:
        with ExitStack() as stack:
            yield from _rows("SQLite", size, _on_sqlite(folder, size, stack))
    with ExitStack() as stack:
        yield from _rows("PostgreSQL", SIZES[0], _on_postgres(folder, SIZES[0], stack))


def rewording(ledger: Ledger, plan: str) -> Commit:
    """Give what submits a command that records one entry, another one each time."""
    numbers = count()

    def command() -> object:
        text = f"Arrangements {next(numbers)} in place"
        return ledger.submit(
            RewordItem(plan=plan, item="1.1/1", to=text, material=False), author=AUTHOR
        )

    return command


def plain_sqlite(connection: sqlite3.Connection, entry: StoredRecord) -> Commit:
    """Give what inserts an entry and its receipt as one row, without rules and indexes."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS plain (position INTEGER PRIMARY KEY, {_COLUMNS})"
    )
    insert = f"INSERT INTO plain ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own
    row = _row(entry)
    return lambda: connection.execute(insert, row)


def plain_postgres(connection: psycopg.Connection, entry: StoredRecord) -> Commit:
    """Give what inserts an entry and its receipt as one row, without rules and indexes."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS plain (position bigserial PRIMARY KEY, recorded_at bigint, "
        "stream text, version bigint, name text, data bytea, command_id text, digest bytea)"
    )
    values = "%s, %s, %s, %s, %s, %s, %s"
    insert = f"INSERT INTO plain ({_COLUMNS}) VALUES ({values})"  # noqa: S608 - our own
    row = _row(entry)
    cursor = connection.cursor(binary=True)
    return lambda: cursor.execute(insert, row, prepare=True)


def _row(entry: StoredRecord) -> tuple[object, ...]:
    receipt = (str(UUID(int=0)), bytes(32))
    return (entry.recorded_us, entry.plan, entry.version, entry.name, entry.data, *receipt)


def one_entry(store: EntryStore, plan: str) -> StoredRecord:
    """Record one entry by a command, and give it as it is stored."""
    ledger = Ledger(store, now)
    rewording(ledger, plan)()
    (entry,) = store.read(after=ledger.history(plan).position - 1, limit=1)
    return entry


def _rows(name: str, size: int, contenders: Mapping[str, Commit]) -> Iterator[Row]:
    for contender in contenders.values():
        for _ in range(ROUND_THE_LOG):
            contender()
    taken = side_by_side(contenders, lambda answer: answer is not None, TURNS, BLOCKS)
    plain = f"plain inserts {rate(taken['plain'])}"
    ratio = {who: taken["plain"] / seconds for who, seconds in taken.items()}
    beside = f"{plain}: {ratio['append']:.2f}x"
    if "library" in ratio:
        beside += f"; bar 0.6x; the library's recorder {ratio['library']:.2f}x"
    yield (f"Append, {name}", f"{size:,}", rate(taken["append"]), beside)
    beside = f"{plain}: {ratio['command']:.2f}x"
    yield (f"Command, {name}: decide, append", f"{size:,}", rate(taken["command"]), beside)


def _on_sqlite(folder: Path, size: int, stack: ExitStack) -> Mapping[str, Commit]:
    path = folder / f"appended-{size}.db"
    sqlite_ledger(folder, size)
    shutil.copy(folder / f"ours-{size}.db", path)
    store = open_store(url_of(path), now, create=False)
    stack.callback(store.close)
    entry = one_entry(store, made_up.PLAN)
    plain = sqlite3.connect(folder / f"plain-{size}.db", isolation_level=None)
    stack.enter_context(closing(plain))
    contenders = {
        "plain": plain_sqlite(plain, entry),
        "library": _by_library(folder / f"library-recorder-{size}.db", entry, stack),
        **_ours(store, entry),
    }
    for name in ("plain", "library"):
        for _ in range(size):
            contenders[name]()
    return contenders


def _on_postgres(folder: Path, size: int, stack: ExitStack) -> Mapping[str, Commit]:
    url = postgres_ledger(stack.enter_context(postgres(folder)), size)
    store = open_store(url, now, create=False)
    stack.callback(store.close)
    entry = one_entry(store, made_up.PLAN)
    plain = stack.enter_context(psycopg.connect(url, autocommit=True))
    return {"plain": plain_postgres(plain, entry), **_ours(store, entry)}


def _ours(store: EntryStore, entry: StoredRecord) -> dict[str, Commit]:
    """Give what appends to a plan of its own, and what submits commands to the made-up one."""
    versions = count()
    record = NewRecord(name=entry.name, data=entry.data)

    def append() -> object:
        version = next(versions)
        return store.append(
            "appended", version, [record], command_id=f"append-{version:09}", digest=bytes(32)
        )

    return {"append": append, "command": rewording(Ledger(store, now), made_up.PLAN)}


def _by_library(path: Path, entry: StoredRecord, stack: ExitStack) -> Commit:
    """Give what records the entry by the eventsourcing library's own recorder."""
    datastore = SQLiteDatastore(str(path), originator_id_type="text")
    stack.callback(datastore.close)
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    versions = count()

    def record() -> object:
        event = StoredEvent("appended", next(versions), entry.name, entry.data)
        return recorder.insert_events([event])

    return record
