"""Ledgers to keep: small ones with entries that can be read, and copies of them in any store."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BufferedReader, BytesIO
from pathlib import Path

from planledger.events.catalogue import PlanEvent, stored_name
from planledger.events.codec import encode
from planledger.events.envelope import Envelope
from planledger.events.plan import PlanDrafted
from planledger.events.structure import AreaAdded
from planledger.keeping.copying import export, fill
from planledger.keeping.reading import Export
from planledger.storage.port import Commit, EntryStore, NewRecord, Receipt, StoredRecord
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import AUTHOR, SettableClock, open_kind

KINDS = ("memory", "sqlite", "postgres")
START = datetime(2026, 10, 25, 0, 59, 59, 999_999, tzinfo=UTC)
"""One microsecond before the clocks go back."""
ANY_SCRIPT = "Größe \0 \x1f 改善計画 خطة 🏛 \u2028 e\u0301 \U0010ffff"


def now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def digest(command_id: str) -> bytes:
    """Make the digest that goes with a command."""
    return hashlib.sha256(command_id.encode()).digest()


def record(event: PlanEvent, command_id: str) -> NewRecord:
    """Give the stored bytes of an event, as a command records it."""
    envelope = Envelope(
        event=event, effective_on=date(2026, 1, 6), author=AUTHOR, command_id=command_id
    )
    return NewRecord(name=stored_name(type(event)), data=encode(envelope))


def add(store: EntryStore, plan: str, version: int, command_id: str, count: int = 1) -> Commit:
    """Append one commit of `count` entries that can be read and folded."""
    events: list[PlanEvent] = [
        AreaAdded(area=f"a{number}", number=f"{number}", ordinal=number, title=ANY_SCRIPT)
        for number in range(version + 1, version + count + 1)
    ]
    if version == 0:
        events[0] = PlanDrafted(title=ANY_SCRIPT)
    records = [record(event, command_id) for event in events]
    return store.append(plan, version, records, command_id=command_id, digest=digest(command_id))


def begin(store: EntryStore, commits: int = 6) -> None:
    """Record commits of one to three entries, to two plans in turn."""
    versions = {"alpha": 0, "größe/改": 0}
    for number in range(commits):
        plan = list(versions)[number % 2]
        count = 1 + number % 3
        add(store, plan, versions[plan], f"command-{number}-ü", count)
        versions[plan] += count


@contextmanager
def opened(kind: str, folder: Path, *, started: bool = False) -> Iterator[EntryStore]:
    """Give a new store of a kind, `started` or empty, whose clock goes on by itself."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as exits:
        store = open_kind(kind, folder, Ticking(START))
        exits.callback(store.close)
        if started:
            begin(store)
        yield store


class Ticking(SettableClock):
    """A clock that goes on by a second whenever it is read."""

    def __call__(self) -> datetime:
        """Read it."""
        self.now += timedelta(seconds=1)
        return self.now


def ledger_file(path: Path, commits: int = 6) -> Path:
    """Make a ledger of real entries in an SQLite file."""
    store = SqliteStore(path, Ticking(START), create=True)
    begin(store, commits)
    store.close()
    return path


def held(store: EntryStore) -> tuple[Sequence[StoredRecord], Sequence[Receipt]]:
    """Give all that a store holds, byte for byte."""
    return list(store.read(limit=1_000_000)), list(store.receipts())


def exported(store: EntryStore) -> bytes:
    """Give the export of a ledger."""
    out = BytesIO()
    export(store, out.write)
    return out.getvalue()


def read(data: bytes) -> Export:
    """Begin to read an export."""
    return Export(BufferedReader(BytesIO(data)))


def load(data: bytes, store: EntryStore) -> None:
    """Fill a store from an export."""
    assert fill(store, read(data)).whole
