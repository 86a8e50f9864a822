"""Northbridge, made once for all tests that look at it, and short ways to ask about it."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from planledger.events.base import Event
from planledger.events.envelope import Entry
from planledger.examples import simulate_northbridge
from planledger.ledger import Ledger
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import Made
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore

PLAN = "northbridge"

E = TypeVar("E", bound=Event)


@cache
def northbridge() -> tuple[Ledger, Made]:
    """Give the simulated ledger, at the end of its story. Nobody may record in it."""
    clock = SimulatedClock()
    ledger = Ledger(MemoryStore(clock), clock)
    return ledger, simulate_northbridge(ledger, clock)


@cache
def entries() -> Sequence[Entry]:
    """Give all its entries."""
    return northbridge()[0].events(limit=1_000_000)


def entries_of(kind: type[E]) -> Iterator[tuple[Entry, E]]:
    """Give its entries of one kind, each with its event."""
    for entry in entries():
        if isinstance(entry.event, kind):
            yield entry, entry.event


def digest(store: EntryStore) -> str:
    """Give a digest of every byte that is stored, and of every place."""
    found = hashlib.sha256()
    for record in store.read(limit=10_000_000):
        place = (record.position, record.recorded_us, record.plan, record.version, record.name)
        found.update(repr(place).encode() + record.data)
    return found.hexdigest()
