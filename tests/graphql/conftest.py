"""The schema over an empty ledger, over the Plymouth plan, and over the simulated Northbridge."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planledger.examples import load_example
from tests.support import simulated
from tests.support.face import Asker, Face
from tests.support.ledgers import AUTHOR


@pytest.fixture
def face(tmp_path: Path) -> Iterator[Face]:
    """Give the schema over an empty ledger."""
    with closing(Face(tmp_path / "plans.db")) as face:
        yield face


@pytest.fixture(scope="session")
def plymouth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Face]:
    """Give the schema over the Plymouth plan, to be looked at and not changed."""
    with closing(Face(tmp_path_factory.mktemp("plymouth") / "plans.db")) as face:
        load_example(face.ledger, "plymouth-2015", AUTHOR)
        yield face


@pytest.fixture(scope="session")
def northbridge() -> Asker:
    """Give the schema over two simulated years of Northbridge, to be looked at and not changed."""
    ledger, _ = simulated.northbridge()
    return Asker(ledger)
