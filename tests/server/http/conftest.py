"""One service for the tests of a file: a schema takes longer to make than to ask."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from planledger.ledger import Ledger
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, client_of
from tests.support.ledgers import begin_plan
from tests.support.stuck import StruckStore


@pytest.fixture(name="struck", scope="module")
def _struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StruckStore]:
    """Give a ledger that holds the plan alpha, and can be made to wait or fail."""
    path = tmp_path_factory.mktemp("http") / "plans.db"
    store = SqliteStore(path, CLOCK, create=True, lock_timeout=1)
    begin_plan(Ledger(store, CLOCK))
    yield StruckStore(store)
    store.close()


@pytest.fixture(name="service", scope="module")
def _service(struck: StruckStore) -> Iterator[TestClient]:
    with client_of(struck) as client:
        yield client


@pytest.fixture(name="client")
def _client(service: TestClient, struck: StruckStore) -> Iterator[TestClient]:
    """Give a client of a service over that ledger, which is well again after each test."""
    headers = service.headers.copy()
    yield service
    service.headers = headers
    struck.free.set()
    struck.error = None
