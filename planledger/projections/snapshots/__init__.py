"""Snapshots: a folded plan in bytes, so that opening it need not read and fold every entry.

A snapshot is a cache and never the truth: whatever is wrong with one, the entries are read instead.
"""

from planledger.projections.snapshots.opening import Opening
from planledger.projections.snapshots.snapshot import (
    LastEntry,
    Snapshot,
    UnusableSnapshotError,
    carries,
    seal,
    taken,
    unseal,
)

__all__ = [
    "LastEntry",
    "Opening",
    "Snapshot",
    "UnusableSnapshotError",
    "carries",
    "seal",
    "taken",
    "unseal",
]
