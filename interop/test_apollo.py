"""Apollo Client's cache keeps what it is told under type and id."""

import pytest

from interop.programs import Told, checks_of
from tests.support.serving import Service

PROGRAM = "apollo.mjs"


@pytest.fixture(name="told", scope="module")
def _told(northbridge: Service) -> Told:
    return Told(PROGRAM, northbridge.url)


@pytest.mark.parametrize("check", checks_of(PROGRAM))
def test_two_points_in_one_screen(told: Told, check: str) -> None:
    """A cache that mixed them would show an auditor the new value in the old column."""
    told.went_well(check)
