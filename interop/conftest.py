"""The service that clients of others are tried with."""

from collections.abc import Iterator

import pytest

from tests.support.program import invoke
from tests.support.serving import Service, service


@pytest.fixture(name="northbridge", scope="module")
def _northbridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the simulated plan, to the tests of one file."""
    folder = tmp_path_factory.mktemp("northbridge")
    ledger = f"sqlite:///{folder}/northbridge.db"
    assert invoke("simulate", "--new", "--ledger", ledger, folder=folder).returncode == 0
    with service(folder, "--ledger", ledger) as served:
        yield served
