"""What the tests of forms share: a service that records, and a new plan for each test."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planledger.domain.commands import SetTargetDate
from planledger.events.dates import Month
from planledger.ledger import Ledger
from planledger.storage.sqlite import SqliteStore
from tests.support.filled_in import BEGAN, NOW, begin
from tests.support.ledgers import SettableClock, recorded
from tests.support.reading_room import reading
from tests.support.recording_room import Forms, Service
from tests.support.stuck import StruckStore


@pytest.fixture(name="path", scope="module")
def _path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recording") / "plans.db"


@pytest.fixture(name="ledger", scope="module")
def _ledger(path: Path) -> Iterator[Ledger]:
    """Give the ledger beside the service, as another process would open it."""
    clock = SettableClock(NOW)
    with closing(SqliteStore(path, clock, create=True)) as store:
        yield Ledger(store, clock)


@pytest.fixture(name="service", scope="module")
def _service(path: Path, ledger: Ledger) -> Iterator[Service]:
    """Serve the ledger, once for all tests here: to make a service takes long."""
    assert ledger.head == 0
    clock = SettableClock(NOW)
    store = StruckStore(SqliteStore(path, clock, create=False))
    with reading(store.store, clock) as room:
        yield Service(room, clock, store)


@pytest.fixture(name="plan")
def _plan(ledger: Ledger) -> str:
    """Give a new plan, whose first milestone is due by April 2026."""
    plan = f"plan-{ledger.head}"
    begin(ledger, plan)
    date = SetTargetDate(plan=plan, milestone="1.1/1", date=Month(2026, 4), effective_on=BEGAN)
    recorded(ledger, date)
    return plan


@pytest.fixture(name="room")
def _room(service: Service, plan: str) -> Forms:
    return Forms(service.room, plan)
