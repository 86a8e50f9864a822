"""The same history makes the same bytes, on any machine, at any time."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import environment
from tests.support.told import ROOT

GOLDEN = Path(__file__).with_name("northbridge.sha256")
"""Digest of the whole stored ledger. It changes with the story, the rules and the storage format,
and with nothing else: renew it with `python -c` and PRINT where such a change is meant."""

PRINT = """
from planledger.examples import simulate_northbridge
from planledger.ledger import Ledger
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import make_by_chance
from planledger.storage.memory import MemoryStore
from tests.support.simulated import digest

clock = SimulatedClock()
store = MemoryStore(clock)
simulate_northbridge(Ledger(store, clock), clock)
print(digest(store))
clock = SimulatedClock()
store = MemoryStore(clock)
make_by_chance(
    Ledger(store, clock), clock, plan="some", entries=1500, seed=7, watch=lambda done, of: None
)
print(digest(store))
"""


def digests(**setting: str) -> list[str]:
    """Give the digests of Northbridge and of a history by chance, made by another process."""
    made = subprocess.run(
        [sys.executable, "-c", PRINT],
        cwd=ROOT,
        env=environment(PYTHONPATH=str(ROOT), **setting),
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.split()


@pytest.mark.parametrize(
    "setting",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8"},
    ],
)
def test_another_zone_locale_and_hash_seed_change_no_byte(setting: dict[str, str]) -> None:
    """Guides quote positions and figures of this ledger; they must hold wherever it is made."""
    here = digests(TZ="Europe/London", PYTHONHASHSEED="0")
    assert digests(**setting) == here
    assert here[0] == GOLDEN.read_text(encoding="ascii").strip()
