"""A process that is killed at every step of a piece of work: `python -m tests.support.killed …`.

Each time it goes a step or a few further than the time before, until the work is done; after each
death it looks at what is there. Steps are whatever the work does to files and databases, and its
progress.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from planledger.keeping import moment, reading
from planledger.keeping.checking import check
from planledger.keeping.copying import backup, export_to, fill, opened_copy
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore
from tests.support.depth import rounds
from tests.support.kept import now

STEPS = ("open", "os.", "sqlite3.connect", "tempfile.", "shutil.", "socket.connect")


class Death:
    """Comes at a step."""

    def __init__(self, at: int) -> None:
        """Wait for the step with this number."""
        self._left = at
        sys.addaudithook(self._hear)

    def step(self, *_: object) -> None:
        """Take a step."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _hear(self, event: str, _arguments: object) -> None:
        if event.startswith(STEPS) and event != "os.kill":
            self.step()


def killed_at_every_step(work: Callable[[Death], object], look: Callable[[], None]) -> int:
    """Do the work again and again, killed a step or a few later each time; give when it is done."""
    for number in count(1, rounds(3, 1)):
        child = os.fork()
        if child == 0:
            death = Death(number)
            work(death)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        look()
        if status == 0:
            return number
        assert os.WTERMSIG(status) == signal.SIGKILL
    raise AssertionError


def opened(url: str) -> closing[EntryStore]:
    """Open a ledger."""
    return closing(open_store(url, now, create=True))


def copying(ledger: str, folder: Path, name: str) -> int:
    """Back up or export a ledger: at any time the file is whole or not there."""
    file = folder / name
    with opened(ledger) as store:
        expected = check(store)

    def work(death: Death) -> None:
        with opened(ledger) as store:
            if name.endswith(".db"):
                backup(store, file, now, death.step)
            else:
                export_to(store, file, death.step)

    def look() -> None:
        if file.exists():
            with opened("memory:") as other, opened_copy(file, now) as copy:
                assert fill(other, copy).sha256 == expected.sha256
            file.unlink()
        assert all(path.name.startswith(f".{name}.") for path in folder.iterdir())

    return killed_at_every_step(work, look)


def filling(file: Path, ledger: str) -> int:
    """Restore or load into a ledger: at any time it is the whole one, or empty."""
    with opened("memory:") as other, opened_copy(file, now) as copy:
        expected = fill(other, copy)

    def work(death: Death) -> None:
        with opened_copy(file, now) as copy, opened(ledger) as store:
            if store.head() is None:
                fill(store, copy, death.step)
            else:
                os._exit(0)

    def look() -> None:
        with opened(ledger) as store:
            there = check(store)
        assert there.whole
        assert there.sha256 == expected.sha256 or there.entries == 0

    return killed_at_every_step(work, look)


if __name__ == "__main__":
    # Smaller pages: more steps in mid-copy, each of which tells of its progress.
    vars(moment)["PAGE"] = vars(reading)["PAGE"] = 100
    what, *words = sys.argv[1:]
    if what == "copying":
        steps = copying(words[0], Path(words[1]), words[2])
    else:
        steps = filling(Path(words[0]), words[1])
    sys.stdout.write(f"{steps}\n")
