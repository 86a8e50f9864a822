"""What every test shares: how hard Hypothesis looks, and two ledgers that are costly to make."""

import os
import shutil
from fcntl import LOCK_EX, flock
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


@pytest.fixture(name="simulated", scope="session")
def _simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the ledger of the simulated plan, made once for all workers. To be copied, no more."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker has a folder of its own in it
    made = base / "simulated.db"
    with (base / "simulated.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not made.exists():
            url = "sqlite:///half.db"
            assert invoke("simulate", "--new", "--ledger", url, folder=base).returncode == 0
            (base / "half.db").rename(made)
    return made


@pytest.fixture(name="northbridge", scope="module")
def _northbridge(simulated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder whose default ledger holds the simulated plan."""
    folder = tmp_path_factory.mktemp("northbridge")
    shutil.copy(simulated, folder / "planledger.db")
    return folder
