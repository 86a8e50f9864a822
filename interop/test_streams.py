"""Clients of others follow what is recorded, and lose nothing, whatever becomes of the service."""

from pathlib import Path

import pytest

from interop.programs import Told, checks_of
from tests.support.ledgers import new_ledger
from tests.support.program import PROGRAM

PROGRAMS = ("websocket.mjs", "sse.mjs")
CHECKS = [(program, check) for program in PROGRAMS for check in checks_of(program)]


@pytest.fixture(name="told", scope="module")
def _told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Run each program once, with an empty ledger of its own."""
    return {program: _run(program, tmp_path_factory.mktemp("streams")) for program in PROGRAMS}


def _run(program: str, folder: Path) -> Told:
    with new_ledger("sqlite", folder) as ledger:
        return Told(program, str(PROGRAM), ledger)


@pytest.mark.parametrize(("program", "check"), CHECKS)
def test_a_client_follows(told: dict[str, Told], program: str, check: str) -> None:
    """An integration that lost an entry would be wrong from then on, and nobody would know."""
    told[program].went_well(check)
