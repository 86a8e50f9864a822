"""What the tests of papers share: whoever writes them, over the simulated plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.papers import Press, pressing


@pytest.fixture(name="press", scope="session")
def _press(northbridge_file: Path) -> Iterator[Press]:
    """Give who writes papers of the simulated plan. To be read only."""
    with pressing(northbridge_file) as press:
        yield press
