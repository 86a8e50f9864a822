"""A process that appends and is struck dead: `python -m tests.storage.stricken PATH FATE`.

Says what the store said of the trouble, if it got so far.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from tests.storage.faults import BEFORE, STRUCK
from tests.storage.ledger_check import add, system_clock
from tests.support.syscalls import SYNCS, WRITES, kill_at, while_failing


def _killed_at(calls: Sequence[str], append: Callable[[], object]) -> None:
    kill_at(calls)
    append()


FATES: dict[str, Callable[[Callable[[], object]], object]] = {
    "killed at a write": partial(_killed_at, WRITES),
    "killed at a sync": partial(_killed_at, SYNCS),
    "told that a sync failed, then killed": lambda append: while_failing(SYNCS, errno.EIO, append),
    "killed before it answers": lambda append: append(),
}


def main(path: str, fate: str) -> None:
    """Append to the ledger at `path` and meet the fate."""
    store = SqliteStore(path, system_clock, create=False)
    if not Path(f"{path}-wal").stat().st_size:
        add(
            store, "begun", 0, "begun"
        )  # else the log is new, and its own beginning is synced first
    try:
        FATES[fate](lambda: add(store, "harbour", BEFORE, "struck", STRUCK))
    except StoreError as error:
        with suppress(BrokenPipeError):
            sys.stdout.write(str(error))
            sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
