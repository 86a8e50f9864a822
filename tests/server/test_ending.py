"""Ending and restarting under load: what was acknowledged is kept, and is there once.

Also the end itself: it is told before it comes, whoever asks is answered until then, and nothing
is left behind.
"""

import os
import signal
from pathlib import Path

import pytest

from tests.support.clients import check_kept, clients_of, until_answered
from tests.support.depth import DEEP, rounds
from tests.support.serving import BEGAN, ENDED, PATIENCE, PROPOSE, Caller, begun, service, until

CLIENTS = 4


@pytest.mark.parametrize(("kind", "workers"), [("sqlite", 1), ("postgres", 2)])
def test_a_service_that_is_ended_under_load_has_recorded_what_it_answered(
    tmp_path: Path, kind: str, workers: int
) -> None:
    """Every release ends the one before it, and people do not stop working for it."""
    with begun(kind, tmp_path) as url:
        for round_ in range(rounds(ci=1, deep=20)):
            with (
                service(tmp_path, "--workers", str(workers), "--ledger", url) as served,
                clients_of(served.url, f"r{round_}", CLIENTS) as clients,
            ):
                until_answered(clients)
                assert served.end() == 0
            check_kept(url, clients)
            assert "Traceback" not in served.said


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_rolling_restart_under_load_loses_no_request_that_was_acknowledged(
    tmp_path: Path, kind: str
) -> None:
    """Workers are replaced one by one while clients go on; none is told what is not so."""
    workers = 2
    with (
        begun(kind, tmp_path) as url,
        service(tmp_path, "--workers", str(workers), "--ledger", url) as served,
        clients_of(served.url, "r0", CLIENTS) as clients,
    ):
        served.until_serving(workers)
        for times in range(1, 1 + rounds(ci=1, deep=20)):
            until_answered(clients)
            served.process.send_signal(signal.SIGHUP)
            served.until_serving(workers * (1 + times))
            until(
                lambda: len(served.processes(ENDED)) == len(served.processes(BEGAN)) - workers,
                "A worker that was replaced goes on.",
            )
            until_answered(clients)
        for client in clients:
            client.end()
        check_kept(url, clients)
        assert len(set(served.processes(BEGAN))) == len(served.processes(BEGAN))
        assert served.end() == 0
        assert "Traceback" not in served.said


@pytest.mark.parametrize("workers", [1, 2])
def test_it_says_that_it_ends_before_it_does_and_answers_until_then(
    tmp_path: Path, workers: int
) -> None:
    """A proxy that is told in time sends its requests elsewhere, and nobody meets a closed door."""
    with (
        begun("sqlite", tmp_path) as url,
        service(tmp_path, "--workers", str(workers), "--drain", "3", "--ledger", url) as served,
        Caller(served.url) as caller,
    ):
        served.until_serving(workers)
        assert caller.ready() == (200, None)
        served.process.send_signal(signal.SIGTERM)
        until(lambda: caller.ready() == (503, "The service is ending."), "It says nothing.")
        caller.recorded(PROPOSE, plan="alpha", action="1.1", text="At the last moment")
        assert served.end() == 0


@pytest.mark.parametrize("begun_serving", [0, 2] if DEEP else [0])
def test_ctrl_c_ends_all_of_it_and_leaves_nothing_behind(
    tmp_path: Path, begun_serving: int
) -> None:
    """A terminal sends it to every process, also to workers that have only begun to be there.

    Folders that each start leaves in /tmp would fill the disk in the end.
    """
    shared = tmp_path / "shared"
    shared.mkdir()
    with (
        begun("sqlite", tmp_path) as url,
        service(tmp_path, "--workers", "2", "--ledger", url, TMPDIR=str(shared)) as served,
    ):
        served.until_serving(begun_serving)
        until(lambda: list(shared.glob("planledger-*")), "Workers have no folder.")
        os.killpg(served.process.pid, signal.SIGINT)
        served.process.wait(PATIENCE)
        assert served.end() == 0
        assert "Traceback" not in served.said
    assert list(shared.glob("planledger-*")) == []
