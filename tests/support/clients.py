"""Clients over HTTP that go on whatever happens, as a well-made program does."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from threading import Event, Thread
from typing import Any

import httpx2

from planledger.keeping.checking import check
from planledger.storage.open import open_store
from tests.storage.ledger_check import system_clock
from tests.support.load import Answer, Promises
from tests.support.serving import PROPOSE, Caller, until

IMPORT = """mutation($input: PlanImportInput!) { it: planImport(input: $input) {
  __typename ... on Recorded { position } ... on UserError { code } } }"""
DOCUMENT = """ROADS PLAN
3 March 2024

AREA FOR IMPROVEMENT 1: Better roads
OBJECTIVES:
- Roads are safe

ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD
1.1\tMend roads\tRoads mended\tMay 2024\tAmina Rook
"""
IMPORTED = 9
"""Entries that an import of it records, as one commit."""


class Client(Thread):
    """Gives one command after the other, each with an id of its own.

    Every other one imports a plan, so that there are commits of which a part could be missing.
    Where the connection breaks, it sends the same command again under the same id, until it is
    told to end.
    """

    def __init__(self, url: str, name: str) -> None:
        """Begin to call the service at `url`, with commands called after `name`."""
        super().__init__(name=name)
        self._url = url
        self._ended = Event()
        self.answers: list[Answer] = []
        """What was acknowledged."""
        self.wrong: list[object] = []
        """Answers that no client should ever be given."""
        self.start()

    def end(self) -> None:
        """End after the command that is under way."""
        self._ended.set()
        self.join()

    def run(self) -> None:
        """Give commands."""
        commands = self._commands()
        command_id, document, given = next(commands)
        while not self._ended.is_set():
            with suppress(httpx2.TransportError), Caller(self._url) as caller:
                while not self._ended.is_set():
                    answer = caller.tried(document, commandId=command_id, **given)
                    self._heard(command_id, answer)
                    command_id, document, given = next(commands)

    def _commands(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Give commands: an id that ends with how many entries it records, and what to send."""
        for number in count():
            text = f"{self.name}.{number}.1"
            yield text, PROPOSE, {"plan": "alpha", "action": "1.1", "text": text}
            plan = {"plan": f"{self.name}-{number}", "filename": "a.txt", "document": DOCUMENT}
            yield f"{self.name}.{number}.{IMPORTED}", IMPORT, plan

    def _heard(self, command_id: str, answer: dict[str, Any]) -> None:
        position = ((answer.get("data") or {}).get("it") or {}).get("position")
        if position is None:
            self.wrong.append(answer)
        else:
            entries = int(command_id.rpartition(".")[2])
            self.answers.append(Answer(command_id, int(position) - entries + 1, int(position)))


@contextmanager
def clients_of(url: str, name: str, how_many: int) -> Iterator[list[Client]]:
    """Have so many clients, called after `name`, call a service during the block."""
    clients = [Client(url, f"{name}c{number}") for number in range(how_many)]
    try:
        yield clients
    finally:
        for client in clients:
            client.end()


def until_answered(clients: Sequence[Client], more: int = 5) -> None:
    """Wait until each client was acknowledged so many commands more."""
    goals = [len(client.answers) + more for client in clients]
    until(
        lambda: all(len(c.answers) >= goal for c, goal in zip(clients, goals, strict=True)),
        "The service does not answer every client.",
    )


def check_kept(url: str, clients: Sequence[Client]) -> None:
    """Hold that all that was acknowledged is in the ledger once, and what was not whole or not."""
    assert [answer for client in clients for answer in client.wrong] == []
    promises = Promises()
    for client in clients:
        promises.made(client.answers)
    with closing(open_store(url, system_clock, create=False)) as store:
        promises.check(store)
        assert check(store).whole
    for client in clients:
        assert promises.unanswered(f"{client.name}.") <= 1, "It had one under way."
