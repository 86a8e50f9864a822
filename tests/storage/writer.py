"""A process that appends until it is done or killed: `python -m tests.storage.writer URL NAME N`.

Says each command on its output once it is acknowledged.
"""

import sys
import time
from contextlib import closing

from planledger.storage.open import open_store
from planledger.storage.port import (
    CommandAlreadyRecordedError,
    EntryStore,
    StoreError,
    VersionConflictError,
)
from tests.storage.ledger_check import add, system_clock

PATIENCE = 30
"""Seconds in which a command must have been recorded, however busy the machine is."""


class Writer:
    """Appends commands, each once, to a plan of its own and to one shared by all."""

    def __init__(self, store: EntryStore, name: str) -> None:
        """Append to `store` under a name of its own."""
        self._store = store
        self._name = name
        self._ends: dict[str, tuple[int, int]] = {}
        """Position and version that a plan was last seen to end at."""

    def write(self, number: int) -> str:
        """Append one commit of one to three entries; gives its command once it is acknowledged."""
        command = f"{self._name}-{number}"
        plan = "shared" if number % 2 else self._name
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                add(self._store, plan, self._version(plan), command, 1 + number % 3)
            except VersionConflictError:
                continue
            except CommandAlreadyRecordedError:
                return command  # the answer to the try before was lost
            except StoreError:
                if time.monotonic() > deadline:
                    raise
            else:
                return command

    def _version(self, plan: str) -> int:
        position, version = self._ends.get(plan, (0, 0))
        while rows := self._store.replay(plan, after=position, limit=1_000):
            position, _, version, _ = rows[-1]
        self._ends[plan] = (position, version)
        return version


def main(url: str, name: str, count: int) -> None:
    """Append `count` commits to the ledger at `url`."""
    with closing(open_store(url, system_clock, create=True)) as store:
        writer = Writer(store, name)
        for number in range(count):
            sys.stdout.write(f"{writer.write(number)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
