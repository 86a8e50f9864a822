"""What the tests of pages share: the room over the simulated plan, and the real one."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.reading_room import Room, reading_file, reading_plymouth


@pytest.fixture(name="northbridge_file", scope="session")
def _northbridge_file(simulated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the ledger of the simulated plan. To be read only: others look at it too."""
    return Path(shutil.copy(simulated, tmp_path_factory.mktemp("northbridge")))


@pytest.fixture(name="room", scope="session")
def _room(northbridge_file: Path) -> Iterator[Room]:
    """Give the reading room over the simulated plan. To be read only."""
    with reading_file(northbridge_file, lambda: datetime.now(UTC)) as room:
        yield room


@pytest.fixture(name="plymouth", scope="session")
def _plymouth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Give the reading room over the real plan of 2015. To be read only."""
    with reading_plymouth(tmp_path_factory.mktemp("plymouth")) as room:
        yield room
