"""The service while its store is in trouble: it says so, and goes on by itself afterwards."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from planledger.server import health
from tests.support.depth import DEEP, rounds
from tests.support.postgres import name_of, server
from tests.support.serving import DRAFT, HEAD, Caller, Service, begun, locked, service, until

AT_ONCE = rounds(ci=2, deep=40)


@contextmanager
def shut(url: str) -> Iterator[None]:
    """Have the server take no connections to a database, as if it had been stopped."""
    name = name_of(url)
    server().run(
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608 - a name of ours
    )
    yield
    server().run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def outcomes(served: Service, name: str) -> list[str]:
    """Have many ask at once, every other one with a command; give what came of each."""

    def ask(number: int) -> str:
        with Caller(served.url) as caller:
            if number % 2:
                answer = caller.tried(HEAD)
            else:
                answer = caller.tried(DRAFT, plan=f"{name}-{number}", title="A")
        errors = answer.get("errors")
        return errors[0]["extensions"]["code"] if errors else "answered"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, range(AT_ONCE)))


def check_recovered(served: Service) -> None:
    """Hold that it answers and records again, by itself."""
    assert set(outcomes(served, "after")) == {"answered"}
    with Caller(served.url) as caller:
        until(lambda: caller.ready() == (200, None), "It does not recover.")
    assert served.process.poll() is None


@pytest.mark.parametrize("workers", ["1", "2"] if DEEP else ["1"])
def test_while_the_database_is_gone_everybody_is_told_and_then_served_again(
    tmp_path: Path, workers: str
) -> None:
    """A database server is restarted for an update; the service must not need that as well."""
    with (
        begun("postgres", tmp_path) as url,
        service(tmp_path, "--workers", workers, "--ledger", url) as served,
        Caller(served.url) as caller,
    ):
        served.until_serving(int(workers))
        assert caller.ready() == (200, None)
        with shut(url):
            assert set(outcomes(served, "during")) == {"STORE_UNAVAILABLE"}
            until(lambda: caller.ready() == (503, health.UNREADABLE), "It seems ready.")
            assert caller.get("/healthz").status_code == 200
        check_recovered(served)


def test_while_another_program_holds_the_ledger_commands_are_declined_in_time(
    tmp_path: Path,
) -> None:
    """Whoever gives a command hears of it while still waiting, and questions are answered."""
    with (
        begun("sqlite", tmp_path) as url,
        service(tmp_path, "--ledger", url) as served,
    ):
        with locked(tmp_path / "plans.db"):
            found = outcomes(served, "during")
            assert set(found[::2]) == {"STORE_UNAVAILABLE"}
            assert set(found[1::2]) == {"answered"}
        check_recovered(served)
