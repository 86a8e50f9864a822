"""Ctrl-C in the middle of an append, again and again: nothing doubled, lost or left half-way."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.depth import rounds
from tests.support.postgres import new_database

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_thread_that_is_interrupted_leaves_its_store_in_order(tmp_path: Path, kind: str) -> None:
    """In a notebook or a script a store outlives Ctrl-C, wherever it hits.

    A connection that is left in a transaction would show the next reader what was not committed,
    and one whose answers were not all read would give them to the next question.
    """
    with ExitStack() as exits:
        url = f"sqlite:///{tmp_path}/plans.db"
        if kind == "postgres":
            url = exits.enter_context(new_database())
        done = subprocess.run(
            [sys.executable, "-m", "tests.storage.interrupted", url, str(rounds(100, 5_000))],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
