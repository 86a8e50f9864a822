"""A service as it runs in operation: workers, a log that is read along, and clients with names."""

import json
import signal
import sqlite3
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

from planledger.ledger import Ledger
from planledger.storage.open import open_store
from tests.storage.ledger_check import system_clock
from tests.support.ledgers import begin_plan, new_ledger
from tests.support.postgres import new_database
from tests.support.program import PROGRAM, environment

PATIENCE = 60
"""Seconds that anything may take on a machine that is busy with other things."""
BEGAN, ENDED = "Application startup complete.", "Application shutdown complete."
"""What a process says that serves from now on, or no more."""
HEAD = "{ ledger { basis { position } } }"
DRAFT = """mutation($input: PlanDraftInput!) { it: planDraft(input: $input) {
  __typename ... on Recorded { position } ... on UserError { code } } }"""
PROPOSE = """mutation($input: MilestoneProposeInput!) { it: milestonePropose(input: $input) {
  __typename ... on Recorded { position } ... on UserError { code } } }"""

_TLS = ssl.create_default_context()  # made once: a new one takes a client longer than its request

Line = dict[str, Any]


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is so; `what` says what is missing if it never is."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


@contextmanager
def begun(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of a ledger that holds the plan alpha."""
    with new_ledger(kind, folder) as url:
        with closing(open_store(url, system_clock, create=False)) as store:
            begin_plan(Ledger(store, system_clock))
        yield url


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Have another program write to the ledger, and not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of where there is no ledger yet."""
    if kind == "postgres":
        with new_database(migrated=False) as url:
            yield url
    else:
        yield f"sqlite:///{folder}/plans.db"


class Service:
    """The program, serving; its log lies in a file."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        """Start it in `folder`, on a free port; give its settings as environment variables."""
        self._log = folder / f"{uuid4().hex}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", *arguments],
                cwd=folder,
                env=environment(**settings),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.url = self._url()

    def _url(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Serving on "):
                return line.split()[2]
        self.process.wait(PATIENCE)
        raise AssertionError(f"It does not serve: {self.said}")

    @property
    def said(self) -> str:
        """All that it wrote to its error stream."""
        return self._log.read_text(encoding="utf-8")

    def lines(self, event: str | None = None) -> list[Line]:
        """Give the whole lines of the log, or those about one event."""
        whole = self.said.rpartition("\n")[0].splitlines()
        lines = [json.loads(line) for line in whole if line.startswith("{")]
        return [line for line in lines if event in {None, line["event"]}]

    def processes(self, event: str) -> list[int]:
        """Give the processes that said something, in that order."""
        return [line["process"] for line in self.lines(event)]

    def until_serving(self, workers: int) -> None:
        """Wait until so many processes have begun to serve, dead ones among them."""
        until(lambda: len(self.processes(BEGAN)) >= workers, "Not every worker came up.")

    def request(self, request_id: str) -> Line:
        """Wait for the log's line about a request, and give it."""
        found: list[Line] = []

        def there() -> bool:
            found[:] = [x for x in self.lines("request") if x["request_id"] == request_id]
            return bool(found)

        until(there, f"The log does not tell of request {request_id}.")
        return found[0]

    def end(self) -> int:
        """End it, and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.communicate(timeout=PATIENCE)
        finally:
            self.process.kill()
        return self.process.returncode


@contextmanager
def service(folder: Path, *arguments: str, **settings: str) -> Iterator[Service]:
    """Serve until the end of the block."""
    served = Service(folder, *arguments, **settings)
    try:
        yield served
    finally:
        served.end()


class Caller(httpx2.Client):
    """One client on one connection."""

    def __init__(self, url: str) -> None:
        """Call the service at `url`."""
        limits = httpx2.Limits(max_connections=1)
        super().__init__(base_url=url, timeout=PATIENCE, verify=_TLS, limits=limits)

    def ask(self, document: str, /, **given: Any) -> dict[str, Any]:
        """Ask what is answered without an error."""
        answer = self.tried(document, **given)
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    def tried(self, document: str, /, **given: Any) -> dict[str, Any]:
        """Ask, and give the whole answer; what is `given` is the variable `input`."""
        body = {"query": document, "variables": {"input": given} if given else {}}
        response = self.post("/graphql", json=body)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def position(self) -> int:
        """Ask for the last position."""
        return int(self.ask(HEAD)["ledger"]["basis"]["position"])

    def recorded(self, document: str, /, **given: Any) -> int:
        """Give a command that is to be recorded; give its position."""
        answer = self.ask(document, **given)["it"]
        assert "position" in answer, answer
        return int(answer["position"])

    def ready(self) -> tuple[int, str | None]:
        """Give the status of /readyz, and its reason."""
        response = self.get("/readyz")
        return response.status_code, response.json().get("reason")


@contextmanager
def callers_of_each(served: Service, workers: int) -> Iterator[list[Caller]]:
    """Give a client of each worker: a connection stays with the worker that took it."""
    served.until_serving(workers)
    found: dict[int, Caller] = {}
    others: list[Caller] = []
    try:
        while len(found) < workers:
            assert len(others) < 200, "One worker takes every connection."
            caller, name = Caller(served.url), uuid4().hex
            caller.get("/", headers={"X-Request-ID": name})
            others.append(caller)
            found.setdefault(served.request(name)["process"], caller)
        yield list(found.values())
    finally:
        for caller in others:
            caller.close()
