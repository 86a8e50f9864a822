"""A process that appends until it is done or killed: `python -m tests.storage.writer …`.

Says each command on its output once it is acknowledged.
"""

import sys
from contextlib import suppress
from pathlib import Path

from planledger.storage.port import VersionConflictError
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import add, system_clock


def main(path: Path, name: str, count: int) -> None:
    """Append `count` commits of one to three entries, to a plan of its own and a shared one."""
    store = SqliteStore(path, system_clock, create=True, lock_timeout=30)
    version = 0
    for number in range(count):
        command = f"{name}-{number}"
        plan = "shared" if number % 2 else name
        while True:
            version = len(store.read(plan=plan, limit=1_000_000))
            with suppress(VersionConflictError):
                add(store, plan, version, command, 1 + number % 3)
                break
        sys.stdout.write(f"{command}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
