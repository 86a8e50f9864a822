"""Several processes on one file, and processes that are killed while they write."""

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import add, check_ledger, system_clock

ROOT = Path(__file__).resolve().parents[2]


def start(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that appends to the ledger at `path`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(path), name, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_four_processes_at_once_leave_no_gap_and_lose_nothing(path: Path) -> None:
    """Workers of one server share the file, and all find it missing at first."""
    count = 40
    processes = [start(path, f"w{number}", count) for number in range(4)]
    acknowledged = []
    for process in processes:
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        acknowledged += said.split()
    assert len(acknowledged) == 4 * count
    with closing(SqliteStore(path, system_clock, create=False)) as store:
        entries = check_ledger(store)
        assert all(store.receipt(command) for command in acknowledged)
    assert len({entry.recorded_us for entry in entries}) == 4 * count


def test_a_store_sees_what_another_process_has_acknowledged(path: Path) -> None:
    """Every query asks for the head first; an old head would answer without the last write."""
    with closing(SqliteStore(path, system_clock, create=True)) as store:
        process = start(path, "w", 10)
        assert process.stdout is not None
        with process.stdout as said:
            for command in said:
                receipt, head = store.receipt(command.strip()), store.head()
                assert receipt is not None
                assert head is not None
                assert head.last >= receipt.commit.last
        assert process.wait(timeout=60) == 0


def test_a_process_killed_while_writing_loses_nothing_acknowledged_and_leaves_no_half(
    path: Path,
) -> None:
    """Machines lose power and containers are killed, in the middle of whatever they do."""
    chance = random.Random(20150612)  # noqa: S311 - where to kill, not a secret
    acknowledged: list[str] = []
    for round_ in range(10):
        process = start(path, f"r{round_}", 100_000)
        assert process.stdout is not None
        with process.stdout as said:
            acknowledged += [said.readline().strip() for _ in range(chance.randrange(1, 40))]
            time.sleep(chance.random() * 0.002)
            process.kill()
            acknowledged += said.read().split()
        process.wait()
        with closing(SqliteStore(path, system_clock, create=False)) as store:
            commands = {entry.data.split()[0] for entry in check_ledger(store)}
            assert all(store.receipt(command) for command in acknowledged)
            assert 0 <= len(commands) - len(acknowledged) - round_ <= round_ + 1, (
                "Each killed process leaves at most the one command it had under way."
            )
            add(store, "after", round_, f"after-{round_}")
