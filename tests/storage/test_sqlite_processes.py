"""Several processes on one file; `test_killed_under_load` kills them."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import check_ledger, system_clock

ROOT = Path(__file__).resolve().parents[2]


def start(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that appends to the ledger at `path`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", f"sqlite:///{path}", name, str(count)],
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
