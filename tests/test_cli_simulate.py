"""`planledger simulate` and `serve --example northbridge`, as people meet them."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.program import PROGRAM, environment, invoke, run, serving


def entries(ledger: Path) -> int:
    """Count the entries of a ledger, and check that it is whole as far as it goes."""
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count, last = connection.execute("SELECT count(*), max(position) FROM entries").fetchone()
    assert count == (last or 0)
    return int(count)


def test_northbridge_is_made_in_a_ledger_of_its_own(tmp_path: Path) -> None:
    """A newcomer types one word and has two years of history."""
    done = run("simulate", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "Made a new ledger at sqlite:///northbridge.db.\n"
    assert "Made northbridge in sqlite:///northbridge.db: 1,3" in done.stdout
    assert "16 reviews" in done.stdout
    assert "from 8 January 2024 to 29 January 2026" in done.stdout
    assert list(tmp_path.glob("*.db")) == [tmp_path / "northbridge.db"]
    made = entries(tmp_path / "northbridge.db")

    again = invoke("simulate", folder=tmp_path)
    assert again.returncode == 1
    assert "is not empty" in again.stderr
    assert "--ledger sqlite:///new.db" in again.stderr
    assert entries(tmp_path / "northbridge.db") == made


def test_a_larger_ledger_has_exactly_its_entries_and_says_so_in_json(tmp_path: Path) -> None:
    """A benchmark reads the answer, and repeats it with the seed."""
    words = ("simulate", "--events", "300", "--seed", "9", "--json", "--new", "--ledger")
    one, two = (
        json.loads(invoke(*words, f"sqlite:///{name}.db", folder=tmp_path).stdout)
        for name in ("one", "two")
    )
    assert one == {**two, "ledger": "sqlite:///one.db"}
    assert (one["plan"], one["entries"], one["first"]) == ("simulated", 300, "2016-01-04")
    assert entries(tmp_path / "one.db") == 300
    told = [
        invoke("events", "--ledger", f"sqlite:///{name}.db", folder=tmp_path).stdout
        for name in ("one", "two")
    ]
    assert told[0] == told[1]


def test_the_ledger_and_the_plan_can_be_named(tmp_path: Path) -> None:
    """A second ledger stands beside the first; the environment's is used as everywhere."""
    words = ("simulate", "--events", "40", "--plan", "roads")
    assert invoke(*words, folder=tmp_path).returncode == 0
    assert entries(tmp_path / "roads.db") == 40
    set_ = {"PLANLEDGER_LEDGER": "sqlite:///mine.db"}
    done = invoke("simulate", "--events", "41", "--new", folder=tmp_path, **set_)
    assert "in sqlite:///mine.db: 41 entries" in done.stdout
    assert "no review" in done.stdout
    assert entries(tmp_path / "mine.db") == 41


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("--events", "0"), 2, "--events"),
        (("--events", "1000001"), 2, "--events"),
        (("--events", "many"), 2, "--events"),
        (("--seed", "1"), 2, "A seed is for --events"),
        (("--plan", "North Bridge"), 2, "cannot be a short name"),
        (("--ledger", "mysql://here/there"), 2, "not the URL of a store"),
        (("--ledger", "sqlite:////nowhere/at/all.db"), 3, "nowhere"),
    ],
)
def test_what_cannot_be_simulated_is_refused_and_leaves_nothing(
    words: tuple[str, ...], code: int, part: str, tmp_path: Path
) -> None:
    """A slip of the keyboard must not leave a ledger behind."""
    done = invoke("simulate", *words, folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert part in done.stderr
    assert not list(tmp_path.iterdir())


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start a long simulation and wait until it has recorded something."""
    process = subprocess.Popen(
        [PROGRAM, "simulate", *words, "--new", "--ledger", "sqlite:///half.db"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        # The file is opened only once it is there: else this would make it.
        if (folder / "half.db-wal").exists() and (folder / "half.db-wal").stat().st_size > 200_000:
            return process
        time.sleep(0.02)
    process.kill()
    raise AssertionError(f"It records nothing: {process.communicate()}")


def test_ctrl_c_says_how_far_it_came(tmp_path: Path) -> None:
    """Nobody should take half a history for a whole one."""
    process = started(tmp_path, "--events", "100000")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    came = entries(tmp_path / "half.db")
    assert 0 < came < 100_000
    assert f"Stopped at {came:,} entries." in err
    assert "delete it and begin again" in err
    assert len(err.splitlines()) == 1


def test_a_simulation_that_is_killed_leaves_a_ledger_that_can_be_read(tmp_path: Path) -> None:
    """`kill -9` gives no time to say anything; what was recorded must still be in order."""
    process = started(tmp_path)
    process.kill()
    process.communicate()
    came = entries(tmp_path / "half.db")
    assert came > 0
    shown = invoke(
        "show", "northbridge", "--effective-on", "2024-02-01", "--ledger", "sqlite:///half.db",
        folder=tmp_path,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert f"position {came}" in " ".join(shown.stdout.split())
    served = run("serve", "--example", "northbridge", "--ledger", "sqlite:///half.db",
                 "--port", "0", folder=tmp_path)  # fmt: skip
    assert served.returncode == 1
    assert "only a part" in served.stderr


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    """Whoever waits a minute wants to see that something is going on."""
    reading, terminal = pty.openpty()
    done = subprocess.run(
        [PROGRAM, "simulate", "--events", "600"],
        cwd=tmp_path,
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=terminal,
        check=True,
        timeout=60,
    )
    os.close(terminal)
    with closing(os.fdopen(reading, "rb", buffering=0)) as seen:
        assert b"Simulating simulated" in seen.read(10_000)
    assert done.stdout.startswith(b"Made simulated")


def test_northbridge_is_served_from_a_ledger_of_its_own_and_made_once(tmp_path: Path) -> None:
    """The example is tried out beside the council's own ledger, never in it."""
    with serving(tmp_path, "--example", "northbridge"):
        pass
    made = entries(tmp_path / "northbridge.db")
    assert made > 1_000
    with serving(tmp_path, "--example", "northbridge"):
        pass
    assert entries(tmp_path / "northbridge.db") == made
    assert [path.name for path in tmp_path.glob("*.db")] == ["northbridge.db"]


def test_northbridge_is_not_served_from_a_ledger_that_holds_something_else(tmp_path: Path) -> None:
    """A simulated clock in a council's own ledger would make nonsense of every date."""
    invoke("simulate", "--events", "5", "--new", "--ledger", "sqlite:///other.db", folder=tmp_path)
    words = ("serve", "--example", "northbridge", "--port", "0", "--ledger", "sqlite:///other.db")
    done = run(*words, folder=tmp_path)
    assert done.returncode == 1
    assert "something else" in done.stderr
    assert entries(tmp_path / "other.db") == 5
