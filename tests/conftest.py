"""What every test shares: how hard Hypothesis looks, and two ledgers that are costly to make."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.program import invoke
from tests.support.reviewed import Reviewed

# No deadline and no complaint about slowness: how fast a machine is must not decide a test.
# "default" gives the same answer every time; "deep" searches anew at every run, and prints what
# reproduces a failure.
settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=2_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(name="small", scope="module")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    """Give the small ledger, in a folder of its own."""
    return Reviewed(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture(name="northbridge", scope="module")
def _northbridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder whose default ledger holds the simulated plan."""
    folder = tmp_path_factory.mktemp("northbridge")
    assert (
        invoke("simulate", "--new", "--ledger", "sqlite:///planledger.db", folder=folder).returncode
        == 0
    )
    return folder
