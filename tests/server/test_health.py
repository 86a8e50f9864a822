"""Whether the service is up, and whether it should be sent requests now."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from planledger.graphql.execution import execution
from planledger.server import app, health
from planledger.server.ending import Ending
from planledger.server.health import check_writable
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore, StoreError
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, Log, client_of
from tests.storage.conftest import KINDS
from tests.support.serving import DRAFT, HEAD, locked, until
from tests.support.stuck import StruckStore

READY = (200, {"status": "ready"})


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing that was found out be told again, and nobody wait for long."""
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)
    for module in (app, health):
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 5.0)


def readiness(client: TestClient) -> tuple[int, dict[str, str]]:
    """Ask whether requests should be sent."""
    response = client.get("/readyz")
    return response.status_code, response.json()


def not_ready(reason: str) -> tuple[int, dict[str, str]]:
    """Give the answer that says no."""
    return 503, {"status": "not ready", "reason": reason}


def draft(client: TestClient, plan: str) -> dict[str, Any]:
    """Give a command."""
    body = {"query": DRAFT, "variables": {"input": {"plan": plan, "title": "A"}}}
    answer: dict[str, Any] = client.post("/graphql", json=body).json()
    return answer


def test_a_ledger_that_can_be_read_and_written_is_ready(client: TestClient, log: Log) -> None:
    """Also before anything was recorded; and it records nothing to find that out."""
    assert readiness(client) == READY
    answer = client.get("/graphql", params={"query": HEAD}).json()
    assert answer["data"]["ledger"]["basis"]["position"] == "0"
    assert "not ready" not in log.text


def test_a_ledger_that_cannot_be_read_is_not_ready_and_ready_again_without_a_restart(
    client: TestClient, struck: StruckStore, log: Log
) -> None:
    """The reason is for whoever asks from outside; where the ledger lies is only in the log."""
    assert readiness(client) == READY
    struck.error = StoreError("The ledger /secret/plans.db is gone.")
    for _ in range(2):
        assert readiness(client) == not_ready(health.UNREADABLE)
    assert client.get("/healthz").json() == {"status": "up"}
    struck.error = None
    until(lambda: readiness(client) == READY, "It does not recover.")
    assert len(log.lines("trouble with the store: The ledger /secret")) == 1
    assert [line["event"] for line in log.lines("ready")] == ["ready"]


def test_a_ledger_that_another_program_holds_is_not_ready(
    client: TestClient, tmp_path: Path
) -> None:
    """Questions would be answered, but people record things too."""
    with locked(tmp_path / "plans.db"):
        assert readiness(client) == not_ready(health.UNWRITABLE)
    assert readiness(client) == READY


def test_a_command_that_could_not_be_recorded_speaks_against_the_store_for_a_while(
    client: TestClient, struck: StruckStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk lets a writer begin: only a command shows that nothing can be recorded."""
    struck.error = StoreError("The disk is full.")
    assert "errors" in draft(client, "alpha")
    struck.error = None
    until(lambda: readiness(client) == not_ready(health.FAILED), "It is not noticed.")
    draft(client, "alpha")
    assert readiness(client) == READY
    struck.error = StoreError("The disk is full.")
    draft(client, "beta")
    struck.error = None
    monkeypatch.setattr(health, "DOUBT_SECONDS", 0.0)
    until(lambda: readiness(client) == READY, "Where nobody gives commands, it stays unready.")


def test_a_ledger_that_is_only_to_be_read_need_not_be_writable(tmp_path: Path) -> None:
    """A copy on a read-only disk can be served to many readers."""
    path = tmp_path / "plans.db"
    SqliteStore(path, CLOCK, create=True).close()
    path.chmod(0o444)
    for commands, expected in ((True, not_ready(health.UNWRITABLE)), (False, READY)):
        store = SqliteStore(path, CLOCK, create=False)
        with client_of(StruckStore(store), commands=commands) as client:
            assert readiness(client) == expected
            if not commands:
                codes = {error["extensions"]["code"] for error in draft(client, "alpha")["errors"]}
                assert codes == {"GRAPHQL_VALIDATION_FAILED"}, "There are no commands to give."


def test_a_service_that_ends_says_so_first(struck: StruckStore) -> None:
    """Whatever else is the matter: the proxy should send requests elsewhere."""
    struck.error = StoreError("It is gone.")

    class Announced(Ending):
        def announced(self) -> bool:
            return True

    with client_of(struck, ending=Announced()) as client:
        assert readiness(client) == not_ready(health.ENDING)
        assert client.get("/healthz").status_code == 200


def test_a_ledger_that_does_not_answer_holds_up_nothing_but_questions_about_it(
    client: TestClient, struck: StruckStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a hanging disk would look as if the process were dead, and it were killed for it."""
    for module in (app, health):
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(execution, "ANSWER_SECONDS", 0.5)
    with ThreadPoolExecutor(64) as pool:
        struck.free.clear()
        more_than_threads = [
            pool.submit(client.get, "/graphql", params={"query": HEAD}) for _ in range(60)
        ]
        for _ in range(3):
            assert readiness(client) == not_ready(health.UNANSWERED)
            assert client.get("/healthz").status_code == 200
            assert client.get("/metrics").status_code == 200
        answers = [asked.result() for asked in more_than_threads]
        for answer in answers:
            assert answer.status_code == 503
            (error,) = answer.json()["errors"]
            assert error["extensions"] == {
                "code": "STORE_UNAVAILABLE",
                "reference": answer.headers["X-Request-ID"],
            }
        struck.free.set()
    until(lambda: readiness(client) == READY, "It does not recover.")
    monkeypatch.undo()
    assert "errors" not in client.get("/graphql", params={"query": HEAD}).json()


@pytest.mark.parametrize("kind", KINDS)
def test_finding_out_whether_it_can_be_written_writes_nothing(kind: str, tmp_path: Path) -> None:
    """A ledger that grew by being looked at would be a poor ledger."""
    with closing(KINDS[kind](tmp_path, CLOCK)) as store:
        check_writable(store)
        assert (store.head(), store.plans(), store.receipts()) == (None, [], [])


def test_a_store_that_cannot_be_written_is_found_out(tmp_path: Path) -> None:
    """A check that cannot fail guards nothing."""
    path = tmp_path / "plans.db"
    with closing(SqliteStore(path, CLOCK, create=True, lock_timeout=0)) as store:
        with locked(path), pytest.raises(StoreError, match="locked"):
            check_writable(store)
        check_writable(store)


def test_a_store_that_records_what_it_should_refuse_is_not_taken_for_well() -> None:
    """The look would add to the ledger each time, and say that all is well."""

    class Obliging(MemoryStore):
        def append(self, plan: str, expected_version: int, *rest: object, **more: object) -> None:  # type: ignore[override]
            """Take anything."""

    store: EntryStore = Obliging(CLOCK)  # type: ignore[assignment]
    with pytest.raises(AssertionError, match="should have refused"):
        check_writable(store)
