"""A store in a process that was forked off: it belongs to the parent, and says so."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.postgres import new_database

ROOT = Path(__file__).resolve().parents[2]

FORK = """
import os, sys
from planledger.storage.open import open_store
from planledger.storage.port import StoreError
from tests.storage.ledger_check import add, check_ledger, system_clock

store = open_store(sys.argv[1], system_clock, create=True)
add(store, "harbour", 0, "a", 2)
child = os.fork()
if child == 0:
    for use in (store.head, lambda: add(store, "harbour", 2, "b")):
        try:
            use()
        except StoreError as error:
            print("child:", error, flush=True)
    store.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
add(store, "harbour", 2, "c")
print("parent:", len(check_ledger(store)))
store.close()
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_child_cannot_use_its_parents_store_and_does_it_no_harm(
    tmp_path: Path, kind: str
) -> None:
    """A child has none of its parent's locks, and would talk into its parent's connections."""
    with ExitStack() as exits:
        url = f"sqlite:///{tmp_path}/plans.db"
        if kind == "postgres":
            url = exits.enter_context(new_database())
        done = subprocess.run(
            [sys.executable, "-c", FORK, url],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")
    first, second, parent = done.stdout.splitlines()
    forked = "was opened before this process was forked. Open it again in this one."
    assert first.startswith("child:")
    assert first.endswith(forked)
    assert second.endswith(f"{forked} Nothing was recorded.")
    assert parent == "parent: 3"
