"""A ledger as it was at one moment, read while others go on recording."""

from collections.abc import Callable, Iterator

from planledger.ledger.loading import PAGE
from planledger.storage.port import EntryStore, StoredRecord

Progress = Callable[[int, int], object]
"""Told how much is done, and of how much."""


def unwatched(_done: int, _of: int) -> None:
    """Hear how far it is, and do nothing."""


class Moment:
    """What lies in a ledger up to a position.

    Nothing is locked and nobody waits: entries are never changed, so what lies up to a position
    stays as it is.
    """

    def __init__(self, store: EntryStore, until: int | None = None) -> None:
        """Look at `store` up to a position, by default its head. Raises StoreError."""
        self._store = store
        head = store.head()
        last = head.last if head else 0
        self.last = last if until is None else min(last, until)
        """Position of the last entry; 0 where there is none."""
        receipts = store.receipts()
        newer = store.head()
        beyond = newer.last if newer else 0
        # A receipt about what lies beyond even the newer head is no newer one: it is wrong.
        self.receipts = [
            receipt for receipt in receipts if not self.last < receipt.commit.last <= beyond
        ]
        """In order of position; all are in memory."""
        self.first_us = first[0].recorded_us if (first := store.read(limit=1)) else None
        """When the first commit was recorded; None where there is none."""
        ends = store.commit_at(position=self.last)
        self.last_us = ends.recorded_us if ends else None
        """When the last one was."""

    def entries(self, progress: Progress = unwatched) -> Iterator[StoredRecord]:
        """Read the entries in order, a page at a time. Raises StoreError."""
        after = 0
        while page := self._store.read(after=after, until=self.last, limit=PAGE):
            yield from page
            after = page[-1].position
            progress(after, self.last)
