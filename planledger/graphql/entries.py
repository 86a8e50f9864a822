"""Entries that an answer names by position: read from the store in one go, if asked for at all."""

from collections.abc import Iterable

from planledger.domain.patching import root_at
from planledger.domain.record import Record
from planledger.events.envelope import Entry
from planledger.graphql.event import Saying, saying
from planledger.ledger import Ledger


class Entries:
    """The entries that one answer names."""

    def __init__(self, ledger: Ledger) -> None:
        """Read from `ledger`, once the first of them is asked for."""
        self._ledger = ledger
        self._named: set[int] = set()
        self._read: dict[int, Entry] = {}

    def name(self, positions: Iterable[int]) -> None:
        """Say that these will be asked for, perhaps."""
        self._named.update(positions)

    def at(self, position: int) -> Entry:
        """Give one of those named."""
        if position not in self._read:
            self._read.update(self._ledger.entries_at(self._named - self._read.keys()))
        return self._read[position]


def as_it_stands(record: Record, entry: Entry, position: int) -> Saying | None:
    """Give an entry in its place, saying what it says once a position is recorded.

    `record` is that of its plan. None where the entry is void by then or not recorded yet, and for
    a correction or void: it says nothing about the plan itself.
    """
    root = root_at(record, entry.position)
    if root is None or root.position != entry.position or entry.position > position:
        return None
    stands = record.standing(position).get(root.position, root)
    if stands is None:
        return None
    return saying(entry, stands.event, stands.effective_on, f"@{position}")
