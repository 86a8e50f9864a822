"""The commands about the register, as a person and a timetable use them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.postgres import new_database
from tests.support.program import invoke


@pytest.fixture
def filled(northbridge: Path) -> Path:
    """Give the folder of northbridge, with its register filled anew."""
    for file in northbridge.glob("planledger.register.db*"):
        file.unlink()
    assert invoke("register", "update", folder=northbridge).returncode == 0
    return northbridge


def test_update_fills_it_once_and_says_how_far(northbridge: Path) -> None:
    """A timetable runs it every few minutes; most times there is little to do."""
    first = invoke("register", "update", folder=northbridge)
    assert first.stdout == "The register reaches to position 1,304; 1,304 entries of it are new.\n"
    again = invoke("register", "update", "--json", folder=northbridge)
    assert json.loads(again.stdout) == {
        "register": str(northbridge / "planledger.register.db"),
        "position": 1304,
        "entries": 0,
    }


def test_check_says_that_all_is_well(filled: Path) -> None:
    """Silence could also mean that it looked at nothing."""
    checked = invoke("register", "check", folder=filled)
    said = "The register says what the ledger says, up to position 1,304.\n"
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, said, "")
    told = json.loads(invoke("register", "check", "--json", folder=filled).stdout)
    assert (told["sound"], told["wrong"], told["differences"]) == (True, 0, [])


def test_what_differs_is_told_and_rebuilding_puts_it_right(filled: Path) -> None:
    """Whoever is told that something is wrong needs the row, and the way out."""
    with closing(sqlite3.connect(filled / "planledger.register.db")) as register:
        register.execute("UPDATE register_v1_milestones SET text = 'Mine' WHERE stretch = 1")
        register.commit()
    checked = invoke("register", "check", folder=filled)
    assert checked.returncode == 1
    assert checked.stdout.startswith("milestones, stretch 1: northbridge 2.2/1, known from ")
    assert "text is 'Mine', should be " in checked.stdout
    assert checked.stderr == (
        "planledger: The register differs in 1 place. Make it anew: planledger register rebuild\n"
    )
    told = json.loads(invoke("register", "check", "--json", folder=filled).stdout)
    assert [one["table"] for one in told["differences"]] == ["milestones"]
    rebuilt = invoke("register", "rebuild", folder=filled)
    assert rebuilt.returncode == 0
    assert rebuilt.stdout.splitlines()[0] == checked.stdout.splitlines()[0]
    assert rebuilt.stdout.endswith("Built anew up to position 1,304: 1 row differed.\n")
    assert invoke("register", "check", folder=filled).returncode == 0
    again = invoke("register", "rebuild", folder=filled)
    assert again.stdout == "Built anew up to position 1,304: as before.\n"


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path) -> None:
    """No register, no place for one, no ledger: three different things to do."""
    for command in ("check", "update", "follow"):
        done = invoke("register", command, "--ledger", "memory:", folder=tmp_path)
        said = "planledger: A ledger in memory has no register. Name one that is kept.\n"
        assert (done.returncode, done.stderr) == (2, said)
    missing = invoke("register", "update", "--ledger", "sqlite:///no.db", folder=tmp_path)
    assert missing.returncode == 3
    assert "There is no ledger at " in missing.stderr
    with new_database() as url:
        none = invoke("register", "check", "--ledger", url, folder=tmp_path)
        assert none.returncode == 3
        assert "Make it: `planledger register update`" in none.stderr
        assert invoke("register", "update", "--ledger", url, folder=tmp_path).returncode == 0
        assert invoke("register", "check", "--ledger", url, folder=tmp_path).returncode == 0
    assert list(tmp_path.iterdir()) == []
