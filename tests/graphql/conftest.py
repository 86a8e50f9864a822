"""The schema over an empty ledger, and over the Plymouth plan."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planledger.examples import load_example
from tests.support.face import Face
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
