"""The command that a paper names to be made again."""

import shlex
from pathlib import Path

import pytest

from planledger.reports.formats import FORMATS
from planledger.reports.formats.again import command
from tests.support.papers import pressing
from tests.support.program import invoke

NEEDED = {"changes": {"from_": "board-2024-q2"}, "review": {"review": "board-2024-q3"}}


@pytest.mark.parametrize("kind", ["changes", "review"])
def test_it_makes_the_same_paper(northbridge_file: Path, tmp_path: Path, kind: str) -> None:
    """Whoever is handed a paper types what stands in it, and compares."""
    with pressing(northbridge_file) as press:
        paper = press.paper(kind, **NEEDED.get(kind, {}))
    program, *words = shlex.split(command(paper, "json"))
    assert program == "planledger"
    ledger = f"sqlite:///{northbridge_file}"
    done = invoke(*words, "--ledger", ledger, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"{kind}.json").read_bytes() == FORMATS["json"].write(paper)
