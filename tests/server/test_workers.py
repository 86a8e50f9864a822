"""Several processes on one ledger: to whoever asks, they are one."""

import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from planledger.keeping.checking import check
from planledger.storage.open import open_store
from tests.storage.ledger_check import system_clock
from tests.support.depth import DEEP
from tests.support.program import invoke, run
from tests.support.serving import (
    BEGAN,
    DRAFT,
    ENDED,
    PROPOSE,
    Caller,
    Service,
    begun,
    callers_of_each,
    empty,
    service,
    until,
)

WORKERS = 2


@pytest.fixture(name="served", scope="module", params=["sqlite", "postgres"])
def _served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("served")
    with (
        begun(request.param, folder) as url,
        service(folder, "--workers", str(WORKERS), "--ledger", url) as served,
    ):
        yield served


@pytest.fixture(name="callers", scope="module")
def _callers(served: Service) -> Iterator[list[Caller]]:
    with callers_of_each(served, WORKERS) as callers:
        yield callers


def test_what_one_worker_acknowledged_the_other_answers_with(callers: list[Caller]) -> None:
    """A person who has just recorded something must see it, whoever answers the next question."""
    for number in range(40):
        writer, reader = callers if number % 2 else reversed(callers)
        plan = f"seen-{number}"
        position = writer.recorded(DRAFT, plan=plan, title="A")
        seen = reader.ask(
            f'{{ ledger {{ basis {{ position }} plan(ref: "{plan}") {{ title }} }} }}'
        )
        assert seen["ledger"]["plan"] == {"title": "A"}
        assert int(seen["ledger"]["basis"]["position"]) >= position
        assert reader.position() >= position


def test_a_new_connection_sees_it_too(served: Service) -> None:
    """It goes to whichever worker is free."""
    for number in range(10):
        with Caller(served.url) as writer, Caller(served.url) as reader:
            position = writer.recorded(DRAFT, plan=f"anew-{number}", title="A")
            assert reader.position() >= position


def test_a_plan_that_changed_in_another_worker_is_a_conflict(callers: list[Caller]) -> None:
    """What the caller looked at is what it decides on, wherever it changed since."""
    one, other = callers
    looked_at = one.position()
    proposal = {"plan": "alpha", "action": "1.1", "expectedPosition": str(looked_at)}
    other.recorded(PROPOSE, **proposal, text="The first")
    late = one.ask(PROPOSE, **proposal, text="Too late")["it"]
    assert late == {"__typename": "Conflict", "code": "CONFLICT"}


def test_commands_on_one_plan_are_all_decided_whoever_is_first(callers: list[Caller]) -> None:
    """Nobody who only adds to a plan should have to hear that somebody else did too."""
    count = 25

    def propose(caller: Caller) -> list[int]:
        texts = [f"{id(caller)} {number}" for number in range(count)]
        return [caller.recorded(PROPOSE, plan="alpha", action="1.1", text=text) for text in texts]

    with ThreadPoolExecutor(len(callers)) as pool:
        positions = [position for found in pool.map(propose, callers) for position in found]
    assert len(set(positions)) == count * len(callers)


def test_any_worker_tells_what_all_of_them_did(callers: list[Caller]) -> None:
    """Prometheus asks one address, and does not know who answers."""

    def accepted(caller: Caller) -> int:
        name = 'planledger_commands_total{outcome="accepted"} '
        (line,) = [x for x in caller.get("/metrics").text.splitlines() if x.startswith(name)]
        return int(float(line.removeprefix(name)))

    before = accepted(callers[0])
    for number, caller in enumerate(callers):
        caller.recorded(DRAFT, plan=f"counted-{number}", title="A")
    assert [accepted(caller) for caller in callers] == [before + len(callers)] * len(callers)


def test_a_killed_worker_is_replaced_and_a_killed_parent_leaves_none(tmp_path: Path) -> None:
    """The kernel kills what takes too much memory; nobody is there at night to start it again.

    Nor must a worker that dies while the ledger cannot be had take the others with it.
    """
    with (
        begun("sqlite", tmp_path) as url,
        service(
            *(tmp_path, "--workers", str(WORKERS), "--ledger", url),
            TMPDIR=str(tmp_path),  # the folder of the workers outlives a parent that is killed
        ) as served,
    ):
        with callers_of_each(served, WORKERS) as callers:
            position = callers[0].recorded(DRAFT, plan="kept", title="A")
        ledger, elsewhere = tmp_path / "plans.db", tmp_path / "elsewhere.db"
        ledger.rename(elsewhere)
        os.kill(served.processes(BEGAN)[0], signal.SIGKILL)
        until(
            lambda: any("cannot open the ledger" in line["event"] for line in served.lines()),
            "No worker has tried to open the ledger.",
        )
        elsewhere.rename(ledger)
        served.until_serving(WORKERS + 1)
        with Caller(served.url) as caller:
            assert caller.position() == position
        served.process.kill()
        until(lambda: len(served.processes(ENDED)) == WORKERS, "A worker outlives its parent.")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])))


@pytest.mark.parametrize("kind", ["sqlite", "postgres"] if DEEP else ["postgres"])
def test_two_services_that_start_at_once_on_an_empty_ledger_come_up(
    tmp_path: Path, kind: str
) -> None:
    """Two machines of a new installation are switched on in the same second."""
    with empty(kind, tmp_path) as url, ThreadPoolExecutor(2) as pool:
        migrate = partial(run, "migrate", "--ledger", url, folder=tmp_path)
        made = [pool.submit(migrate) for _ in range(2)]
        assert [done.result().returncode for done in made] == [0, 0]
        serve = partial(Service, tmp_path, "--workers", str(WORKERS), "--ledger", url)
        begun = [pool.submit(serve) for _ in range(2)]
        both = [served.result() for served in begun]
        try:
            for number, served in enumerate(both):
                served.until_serving(WORKERS)
                with Caller(served.url) as caller:
                    assert caller.ready() == (200, None)
                    caller.recorded(DRAFT, plan=f"plan-{number}", title="A")
        finally:
            codes = [served.end() for served in both]
        assert codes == [0, 0]
        with closing(open_store(url, system_clock, create=False)) as store:
            assert check(store).whole
            assert len(store.plans()) == len(both)


def test_a_database_without_a_ledger_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Workers make no tables: that is one command, run once."""
    with empty("postgres", tmp_path) as url:
        done = run("serve", "--workers", "2", "--ledger", url, "--port", "0", folder=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "`planledger migrate`" in done.stderr


def test_a_ledger_in_memory_is_not_shared(tmp_path: Path) -> None:
    """Each worker would have one of its own, and give the answers of that."""
    done = invoke("serve", "--workers", "2", "--ledger", "memory:", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--workers 1" in done.stderr
