"""Snapshots in a cache: used when a plan is opened, held against the store, and made anew.

Nothing here can make an answer wrong or fail a question: a snapshot that is missing, damaged or of
something else is passed over and made anew, and a cache that fails is told of in the log.
"""

import hashlib
import logging
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from planledger.events.envelope import Fact
from planledger.projections.history import History
from planledger.projections.snapshots import (
    LastEntry,
    Opening,
    Snapshot,
    UnusableSnapshotError,
    carries,
    seal,
    taken,
    unseal,
)
from planledger.storage.cache import Cache, CacheError
from planledger.storage.port import EntryStore, StoreError

_log = logging.getLogger(__name__)


class Sizes(NamedTuple):
    """When a snapshot is made, and how; no answer depends on it."""

    window: int = 500
    """So many facts, the last in effective order, are kept ahead of what is folded. What is keyed
    in late enough to go before them makes the snapshot of no use."""
    least: int = 2_000
    """A plan with fewer entries is read about as fast without a snapshot."""
    behind: int = 2_000
    """A snapshot so many entries behind, or a tenth of the plan, is made anew."""


class Snapshots:
    """The snapshots of one ledger. Not safe for two threads at once."""

    def __init__(self, store: EntryStore, cache: Cache | None, sizes: Sizes = Sizes()) -> None:  # noqa: B008 - a frozen value
        """Keep snapshots of what `store` holds in `cache`; without one there are none."""
        self._store = store
        self._cache = cache
        self._sizes = sizes

    def open(self, plan: str) -> Opening | None:
        """Open a plan as its snapshot has it; None where no snapshot can be used.

        Raises StoreError for trouble with the store.
        """
        try:
            snapshot = self.find(plan)
            return None if snapshot is None else Opening(snapshot)
        except UnusableSnapshotError:
            return None  # told of when the plan has been read and the snapshot is made anew
        except CacheError as error:
            _log.warning("The snapshot of %s was not read: %s", plan, error)
            return None

    def find(self, plan: str) -> Snapshot | None:
        """Give the snapshot of a plan, if there is one.

        Raises UnusableSnapshotError, also for one of another ledger; CacheError, and StoreError
        for trouble with the store.
        """
        data = self._cache.load(plan) if self._cache is not None else None
        if data is None:
            return None
        snapshot = unseal(data, plan)
        if self._entry(plan, snapshot.last.position) != snapshot.last:
            raise UnusableSnapshotError("It is of another ledger.", damaged=False)
        return snapshot

    def renew(self, plan: str, history: History) -> None:
        """Make the snapshot of a plan that was read whole, if it is worth it. Never fails for it.

        One that can still be used, and is not far behind, is left alone.
        """
        if self._cache is None:
            return
        try:
            wanted = self._wants(plan, history)
        except UnusableSnapshotError as error:
            say = _log.warning if error.damaged else _log.info
            say("The snapshot of %s cannot be used and is made anew: %s", plan, error)
            wanted = True
        except StoreError as error:
            _log.warning("The snapshot of %s was not read: %s", plan, error)
            return
        if wanted:
            self._save_or_say(plan, history)

    def renew_opening(self, plan: str, opening: Opening, entries: int) -> None:
        """Make anew the snapshot that a plan was opened from, if so many entries are too many."""
        if self._is_behind(opening, entries):
            self._save_or_say(plan, opening)

    def save(self, plan: str, at: History | Opening) -> None:
        """Make the snapshot of a plan. Raises CacheError, and StoreError for trouble."""
        last = self._entry(plan, at.position)
        if self._cache is None or last is None:
            return  # without the entry the store itself is in trouble: whoever asks it is told
        if isinstance(at, Opening):
            spine, since = at.spine, at.first_day
        else:
            spine, since = at.spine(at.position), date.min
        try:
            snapshot = taken(plan, last, spine, since=since, window=self._sizes.window)
        except OverflowError as error:
            raise CacheError(
                f"No snapshot can be made of {plan}: it holds a number of more than 64 bits."
            ) from error
        self._cache.save(plan, seal(snapshot))

    def _wants(self, plan: str, history: History) -> bool:
        snapshot = self.find(plan)
        if snapshot is None:
            return history.version >= self._sizes.least
        tail = tail_of(history, snapshot)
        return not carries(snapshot.until, tail) or self._is_behind(history, len(tail))

    def _is_behind(self, at: History | Opening, entries: int) -> bool:
        least, behind = self._sizes.least, self._sizes.behind
        return at.version >= least and entries > min(behind, at.version // 10)

    def _save_or_say(self, plan: str, at: History | Opening) -> None:
        try:
            self.save(plan, at)
        except StoreError as error:
            _log.warning("The snapshot of %s was not kept: %s", plan, error)

    def _entry(self, plan: str, position: int) -> LastEntry | None:
        """Give what the ledger has at a position of the plan."""
        found = self._store.read(after=max(0, position - 1), until=position, plan=plan, limit=1)
        return next(
            (
                LastEntry(
                    position=record.position,
                    version=record.version,
                    recorded_us=record.recorded_us,
                    digest=hashlib.sha256(record.data).digest(),
                )
                for record in found
            ),
            None,
        )


def tail_of(history: History, snapshot: Snapshot) -> Sequence[Fact]:
    """Give a plan's facts that a snapshot of it does not have."""
    record = history.record
    return record.facts[bisect_right(record.positions, snapshot.last.position) :]
