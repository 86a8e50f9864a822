"""Many writing processes and readers that tail them, on each store: no position skipped or doubled.

What design page 7 asks for: 8 writers on PostgreSQL, 4 processes on SQLite.
"""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Self

import pytest

from planledger.events.envelope import Entry
from planledger.ledger.feed import Feed
from planledger.ledger.loading import decode_entries
from planledger.storage.open import open_store
from tests.storage.ledger_check import check_ledger, command_of, system_clock
from tests.support.depth import rounds
from tests.support.feeds import PATIENCE, Reader, run, until
from tests.support.ledgers import new_ledger
from tests.support.program import PROGRAM, environment
from tests.support.told import ROOT

WRITERS = {"sqlite": 4, "postgres": 8}
COMMITS = rounds(30, 300)
"""Of each writer, two entries each on average: in the deep run 2,400 entries and more."""


@contextmanager
def writing(url: str, writers: int) -> Iterator[Sequence[subprocess.Popen[str]]]:
    """Start processes that record at once, each to a plan of its own and to one all share."""
    with ExitStack() as ends:
        processes = []
        for number in range(writers):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.storage.writer", url, f"w{number}", str(COMMITS)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            processes.append(ends.enter_context(process))
            ends.callback(process.kill)
        yield processes


class Following:
    """The program that prints every entry as it is recorded, in a process of its own."""

    def __init__(self, url: str) -> None:
        """Start it."""
        self.positions: list[int] = []
        """Of what it has printed so far."""
        self._process = subprocess.Popen(
            [PROGRAM, "events", "--follow", "--json", "--ledger", url],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reading = Thread(target=self._read)
        self._reading.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            assert self._process.wait(PATIENCE) == 0
        finally:
            self._process.kill()
            self._reading.join()

    async def reach(self, position: int) -> None:
        """Wait until it has printed the entry at a position."""
        await until(lambda: position in self.positions[-1:] or not self._reading.is_alive())

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.positions.append(json.loads(line)["position"])


def acknowledged(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Wait for writers to be done; give the commands that were acknowledged to them."""
    said = []
    for process in processes:
        out, _ = process.communicate(timeout=10 * PATIENCE)
        assert process.returncode == 0
        said += out.split()
    return said


def check_times(entries: Sequence[Entry]) -> None:
    """Hold that times strictly increase from commit to commit."""
    for one, other in pairwise(entries):
        if one.envelope.command_id == other.envelope.command_id:
            assert one.recorded_us == other.recorded_us
        else:
            assert one.recorded_us < other.recorded_us


@pytest.mark.parametrize("kind", WRITERS)
def test_a_tailing_reader_is_given_everything_that_many_processes_record(
    kind: str, tmp_path: Path
) -> None:
    """A reader that misses one of two thousand entries is a copy that is wrong for ever."""
    for number in range(rounds(1, 5)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with new_ledger(kind, folder) as url:
            _tail(url, WRITERS[kind])


def _tail(url: str, writers: int) -> None:
    async def tail() -> None:
        with Feed(store, system_clock) as feed:
            reader, shared = Reader(feed), Reader(feed, plan="shared")
            with Following(url) as other, writing(url, writers) as processes:
                commands = await asyncio.to_thread(acknowledged, processes)
                ledger = await asyncio.to_thread(check_ledger, store)
                await other.reach(len(ledger))
            assert other.positions == list(range(1, len(ledger) + 1))
            await reader.reach(len(ledger))
            await shared.reach([entry.position for entry in ledger if entry.plan == "shared"][-1])
            assert {command_of(entry) for entry in ledger} == set(commands)
            assert len(commands) == writers * COMMITS
        await reader.task
        await shared.task
        assert reader.entries == decode_entries(ledger)
        assert shared.entries == [entry for entry in reader.entries if entry.plan == "shared"]
        check_times(reader.entries)

    with closing(open_store(url, system_clock, create=False)) as store:
        run(tail())
