"""Snapshots for tests: a cache in memory, ledgers up to a position, and who is told of openings."""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from planledger.domain.evolve import FOLD_VERSION
from planledger.ledger.observing import Unobserved
from planledger.projections.history import History
from planledger.projections.snapshots import (
    LastEntry,
    Snapshot,
    UnusableSnapshotError,
    seal,
    taken,
    unseal,
)
from planledger.storage.memory import MemoryStore
from planledger.storage.port import Clock, EntryStore


class MemoryCache:
    """A cache that is gone with the test; no answer depends on where a cache lies."""

    def __init__(self, kept: Mapping[str, bytes] | None = None) -> None:
        """Begin with what is kept."""
        self.kept = dict(kept or {})

    def load(self, plan: str) -> bytes | None:
        """Give what was saved last for a plan."""
        return self.kept.get(plan)

    def save(self, plan: str, data: bytes) -> None:
        """Keep something for a plan."""
        self.kept[plan] = data

    def forget(self) -> None:
        """Delete what is kept."""
        self.kept.clear()


class Openings(Unobserved):
    """Counts how plans were opened."""

    def __init__(self) -> None:
        """Begin at none."""
        self.from_snapshot = 0
        self.whole = 0

    def opened(self, *, from_snapshot: bool) -> None:
        """Count one."""
        if from_snapshot:
            self.from_snapshot += 1
        else:
            self.whole += 1


def upto(store: EntryStore, position: int, clock: Clock) -> MemoryStore:
    """Give the same ledger as it was when `position`, the last of its commit, was recorded."""
    earlier = MemoryStore(clock)
    earlier.adopt(
        store.read(until=position, limit=position),
        [receipt for receipt in store.receipts() if receipt.commit.last <= position],
    )
    return earlier


def snapshot_of(history: History, window: int, plan: str = "northbridge") -> Snapshot:
    """Take a snapshot of a history at its end; nobody asks for the digest of its last entry."""
    last = history.record.facts[-1]
    entry = LastEntry(
        position=last.position,
        version=last.version,
        recorded_us=last.recorded_us,
        digest=bytes(32),
    )
    return taken(plan, entry, history.spine(last.position), since=date.min, window=window)


def spoiled(data: bytes, plan: str, how: str) -> bytes | None:
    """Give a plan's snapshot "damaged", "stale" or "wrong"; None where it is not that plan's."""
    try:
        snapshot = unseal(data, plan)
    except UnusableSnapshotError:
        return None
    if how == "damaged":
        return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
    if how == "stale":
        return seal(replace(snapshot, fold_version=FOLD_VERSION - 1))
    return seal(replace(snapshot, body=snapshot.body.replace(b"Leadership", b"Leadershop")))
