"""Readings of the two plans, made once: reading is pure, so every test may share them."""

import pytest

from planledger.documents import Reading, read_document
from tests.documents.plans import NORTHBRIDGE, PLYMOUTH


@pytest.fixture(scope="session")
def plymouth() -> Reading:
    """Give the reading of the Plymouth plan."""
    return read_document(PLYMOUTH.read_bytes(), PLYMOUTH.name)


@pytest.fixture(scope="session")
def northbridge() -> Reading:
    """Give the reading of a made-up plan of the same shape in another layout."""
    return read_document(NORTHBRIDGE.read_bytes(), NORTHBRIDGE.name)
