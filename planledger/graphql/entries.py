"""Entries that an answer names by position: read from the store in one go, if asked for at all."""

from collections.abc import Iterable

from planledger.events.envelope import Entry
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
