"""Plans loaded from a store, and kept up with it."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import repeat

from planledger.domain.plan import Plan
from planledger.events import codec
from planledger.events.envelope import Entry, Fact
from planledger.ledger.observing import Observer, Unobserved
from planledger.ledger.snapshots import Snapshots
from planledger.projections.history import History
from planledger.projections.snapshots import Opening
from planledger.storage.port import EntryStore, ReplayRow, StoredRecord

PAGE = 500
"""Entries read from the store at a time: few enough to be decoded while they are in the cache."""


class Histories:
    """The history of every plan that was asked for. Not safe for two threads at once."""

    def __init__(
        self,
        store: EntryStore,
        snapshots: Snapshots | None = None,
        observer: Observer = Unobserved(),  # noqa: B008 - it has no state
    ) -> None:
        """Load from `store`; from snapshots where they say enough, if there are any."""
        self._store = store
        self._snapshots = snapshots or Snapshots(store, None)
        self._observer = observer
        self._kept: dict[str, History] = {}
        self._opened: dict[str, Opening] = {}
        """Plans of which more was never asked than their snapshot and what came since can say."""

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
            self._opened.pop(plan, None)
            self._observer.opened(from_snapshot=False)
            self._snapshots.renew(plan, history)
        return history

    def state(self, plan: str, position: int, effective_on: date | None = None) -> Plan | None:
        """Give a plan as known at `position` and effective on that day; see `History.state`.

        `position` is not beyond the store's head. What a snapshot can say is not read whole for.
        Raises UnreadableEntryError, and StoreError for trouble.
        """
        opening = self._opening(plan) if plan not in self._kept else None
        if opening is not None and opening.answers(position, effective_on):
            return opening.state(position, effective_on)
        return self.of(plan).state(position, effective_on)

    def _opening(self, plan: str) -> Opening | None:
        """Give a plan opened from its snapshot, caught up with the store; None where it cannot."""
        kept = self._opened.get(plan)
        if kept is not None:
            return kept if kept.extend(self._newer(plan, kept.position)) else None
        with _collector_paused():
            opening = self._snapshots.open(plan)
            newer = self._newer(plan, opening.position) if opening is not None else []
            if opening is None or not opening.extend(newer):
                return None
        self._opened[plan] = opening
        self._observer.opened(from_snapshot=True)
        self._snapshots.renew_opening(plan, opening, len(newer))
        return opening

    def _newer(self, plan: str, position: int) -> list[Fact]:
        """Read a plan's facts after a position, in pages: that is quickest from the store."""
        facts: list[Fact] = []
        more = True
        while more:
            rows = self._store.replay(plan, after=position, limit=PAGE)
            more = len(rows) == PAGE  # most often there is one new entry or none: one read does
            if rows:
                facts += self._decoded(plan, rows)
                position = rows[-1][0]
        return facts

    def _decoded(self, plan: str, rows: Sequence[ReplayRow]) -> Sequence[Fact]:
        positions, times, versions, datas = zip(*rows, strict=True)
        happenings = codec.decode_happenings(datas)
        if happenings is None:
            return decode_entries(
                self._store.read(
                    after=positions[0] - 1, until=positions[-1], plan=plan, limit=len(rows)
                )
            )
        return list(map(Fact, positions, times, repeat(plan), versions, happenings))


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
