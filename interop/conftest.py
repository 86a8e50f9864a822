"""The service that clients of others are tried with, and a browser to look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from interop.browsing import browser
from tests.support.program import invoke
from tests.support.serving import Service, service


@pytest.fixture(name="simulated", scope="session")
def _simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file that holds the simulated plan; nobody writes to it."""
    path = tmp_path_factory.mktemp("simulated") / "northbridge.db"
    done = invoke("simulate", "--new", "--ledger", f"sqlite:///{path}", folder=path.parent)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(name="northbridge", scope="module")
def _northbridge(simulated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the simulated plan, to the tests of one file."""
    folder = tmp_path_factory.mktemp("northbridge")
    shutil.copy(simulated, folder)
    with service(folder, "--ledger", f"sqlite:///{folder}/{simulated.name}") as served:
        yield served


@pytest.fixture(name="started", scope="module")
def _started() -> Iterator[Browser]:
    """Start a browser, for the tests of one file."""
    with browser() as started:
        yield started
