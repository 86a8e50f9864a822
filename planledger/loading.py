"""Plans loaded from a store, and kept up with it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat

from planledger.events import codec
from planledger.events.envelope import Entry, Fact
from planledger.projections.history import History
from planledger.storage.port import EntryStore, StoredRecord

PAGE = 500
"""Entries read from the store at a time: few enough to be decoded while they are in the cache."""


class Histories:
    """The history of every plan that was asked for. Not safe for two threads at once."""

    def __init__(self, store: EntryStore) -> None:
        """Load from `store`."""
        self._store = store
        self._kept: dict[str, History] = {}

    def of(self, plan: str) -> History:
        """Give a plan's history, caught up with the store; empty where there is no such plan.

        Raises UnreadableEntryError, and StoreError for trouble.
        """
        history = self._kept.get(plan)
        if history is not None:
            history.extend(self._newer(plan, history.position))
            return history
        history = History()
        with _collector_paused():
            history.extend(self._newer(plan, 0))
        if history.version:
            self._kept[plan] = history
        return history

    def _newer(self, plan: str, position: int) -> list[Fact]:
        """Read a plan's facts after a position, in pages: that is quickest from the store."""
        facts: list[Fact] = []
        while True:
            rows = self._store.replay(plan, after=position, limit=PAGE)
            if not rows:
                return facts
            positions, times, versions, datas = zip(*rows, strict=True)
            position = positions[-1]
            happenings = codec.decode_happenings(datas)
            if happenings is None:
                facts += decode_entries(
                    self._store.read(after=positions[0] - 1, until=position, plan=plan, limit=PAGE)
                )
            else:
                facts += map(Fact, positions, times, repeat(plan), versions, happenings)


def decode_entries(records: Sequence[StoredRecord]) -> list[Entry]:
    """Turn stored records into whole entries. Raises UnreadableEntryError."""
    return [
        Entry(
            position=record.position,
            recorded_us=record.recorded_us,
            plan=record.plan,
            version=record.version,
            envelope=codec.decode(record.data, name=record.name, position=record.position),
        )
        for record in records
    ]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cyclic collector while a plan is loaded.

    All of it stays and none of it is in a cycle, but the collector would walk it again and again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
