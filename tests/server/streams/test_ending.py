"""Streams end with the service, each told where, and go on with the next process."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.support.depth import rounds
from tests.support.serving import DRAFT, PATIENCE, Caller, begun, service
from tests.support.subscribers import KINDS, EventReader, Reader, SocketReader, until

SUBSCRIBERS = rounds(ci=60, deep=500)
BEGUN = 4
"""Position of the last entry of the plan that is there."""


@pytest.mark.parametrize("workers", [1, 2])
def test_all_streams_end_with_the_service_and_are_told_their_position(
    tmp_path: Path, workers: int
) -> None:
    """A release need not wait for those who would read for ever."""
    with (
        begun("sqlite", tmp_path) as url,
        service(tmp_path, "--workers", str(workers), "--ledger", url) as served,
    ):
        served.until_serving(workers)
        readers = [KINDS[number % 3](served.url) for number in range(SUBSCRIBERS)]
        idle = [SocketReader(served.url, BEGUN), EventReader(served.url, BEGUN)]

        async def follow() -> int:
            async with asyncio.timeout(2 * PATIENCE), asyncio.TaskGroup() as tasks:
                for reader in (*readers, *idle):
                    tasks.create_task(reader.read())
                await until(lambda: all(reader.last == BEGUN for reader in readers))
                return await asyncio.to_thread(served.end)

        assert asyncio.run(follow()) == 0
        told = {(type(reader), reader.ended) for reader in (*readers, *idle)}
        assert told == {
            (kind, (1012, f"position={BEGUN}") if kind is SocketReader else (0, ""))
            for kind in KINDS
        }
        assert "Traceback" not in served.said
        assert len(served.lines("stream")) == len(readers) + len(idle)


def test_those_who_come_back_miss_nothing_in_a_rolling_restart(tmp_path: Path) -> None:
    """Each worker is replaced while entries are recorded; nobody notices but by a closed stream."""
    count = rounds(ci=60, deep=600)
    with (
        begun("sqlite", tmp_path) as url,
        service(tmp_path, "--workers", "2", "--ledger", url) as served,
    ):
        served.until_serving(2)
        readers: list[Reader] = [KINDS[number % 3](served.url) for number in range(12)]

        def record() -> None:
            for number in range(count):
                if number == count // 3:
                    served.process.send_signal(signal.SIGHUP)
                with Caller(served.url) as caller:
                    caller.recorded(DRAFT, plan=f"p-{number}", title="T", commandId=f"c-{number}")
            served.until_serving(4)

        async def follow() -> None:
            async with asyncio.timeout(2 * PATIENCE), asyncio.TaskGroup() as tasks:
                for reader in readers:
                    tasks.create_task(reader.read_on(BEGUN + count))
                await asyncio.to_thread(record)
                with Caller(served.url) as caller:
                    caller.recorded(DRAFT, plan="last", title="T")

        asyncio.run(follow())
        everything = list(range(1, BEGUN + count + 1))
        assert all(reader.positions[: len(everything)] == everything for reader in readers)
        assert served.end() == 0
