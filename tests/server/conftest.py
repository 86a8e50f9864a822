"""What the tests of the service share: an app over a real ledger, and its log."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from planledger.server import make_app
from planledger.server.logs import set_up
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import AUTHOR, SettableClock
from tests.support.stuck import StruckStore

CLOCK = SettableClock()


class Log:
    """What a service in this process writes to its log, as JSON."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        """All of it."""
        return self.stream.getvalue()

    def lines(self, event: str) -> list[dict[str, Any]]:
        """Give the lines about an event."""
        lines = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in lines if line["event"].startswith(event)]


@pytest.fixture(name="log")
def _log() -> Iterator[Log]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log = Log()
    set_up("debug", "json", log.stream)
    clients = logging.getLogger("httpx2")  # what they say is not the service's
    clients.disabled = True
    yield log
    clients.disabled = False
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level


@pytest.fixture(name="struck")
def _struck(tmp_path: Path) -> Iterator[StruckStore]:
    """Give a SQLite ledger that can be made to wait or fail."""
    store = SqliteStore(tmp_path / "plans.db", CLOCK, create=True, lock_timeout=1)
    yield StruckStore(store)
    store.close()


@pytest.fixture(name="client")
def _client(struck: StruckStore) -> Iterator[TestClient]:
    """Give a client of a service over that ledger."""
    with client_of(struck) as client:
        yield client
        struck.free.set()
        struck.error = None


def client_of(struck: StruckStore, **options: Any) -> TestClient:
    """Make a client of a service over a ledger."""
    app = make_app(struck.store, CLOCK, AUTHOR, **options)
    return TestClient(app, base_url="http://localhost")
