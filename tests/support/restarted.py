"""A service that is killed while clients follow it, and is then found where it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.ledgers import new_ledger
from tests.support.serving import DRAFT, Caller, Service


class Restarted:
    """A service over a SQLite ledger, always at the same address."""

    def __init__(self, folder: Path, ledger: str) -> None:
        """Serve a ledger on any free port."""
        self._folder, self._ledger = folder, ledger
        self._served = Service(folder, "--ledger", ledger)
        self._plans = 0
        self.url = self._served.url

    def kill(self) -> None:
        """Kill it, as a crash would."""
        self._served.process.kill()
        self._served.end()

    def start(self) -> None:
        """Start it again, where it was."""
        port = str(urlsplit(self.url).port)
        self._served = Service(self._folder, "--ledger", self._ledger, "--port", port)

    def record(self) -> str:
        """Record one more entry, and give its position."""
        self._plans += 1
        name = f"plan-{self._plans}"
        with Caller(self.url) as caller:
            return str(caller.recorded(DRAFT, plan=name, title=name))

    def end(self) -> None:
        """End it."""
        self._served.end()


@contextmanager
def restarted(folder: Path, *, entries: int) -> Iterator[Restarted]:
    """Serve a new ledger that holds so many entries, until the end of the block."""
    with new_ledger("sqlite", folder) as ledger:
        served = Restarted(folder, ledger)
        try:
            for _ in range(entries):
                served.record()
            yield served
        finally:
            served.end()
