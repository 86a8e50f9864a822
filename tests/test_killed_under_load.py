"""Killing writers under load, round after round on one ledger: nothing acknowledged is lost.

Design page 4: `kill -9` at random points under load; every acknowledged command is there once,
every other one whole or not at all.
"""

import asyncio
import random
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path
from threading import Thread

import httpx2
import pytest

from planledger.events.envelope import Entry
from planledger.keeping.checking import check
from planledger.ledger import Ledger
from planledger.ledger.feed import Feed
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore
from planledger.storage.postgres import migrate
from tests.storage.ledger_check import system_clock
from tests.support.depth import rounds
from tests.support.ledgers import begin_plan, new_ledger
from tests.support.load import PATIENCE, Answer, Promises, Task, Writer
from tests.support.program import serving
from tests.support.struck_server import StruckServer
from tests.support.syscalls import SYNCS, WRITES

WRITERS = 3
ROUNDS_A_PLAN = 10
"""After so many rounds the writers share a new plan, so that none gets very long."""


class Tail(Thread):
    """A reader that follows the feed from where the one before it ended."""

    def __init__(self, feed: Feed, entries: list[Entry]) -> None:
        """Go on after `entries`, and add to them."""
        super().__init__()
        self._feed = feed
        self._entries = entries

    def run(self) -> None:
        """Follow until the feed is closed."""
        asyncio.run(self._follow())

    async def _follow(self) -> None:
        async for page in self._feed.follow(len(self._entries)):
            self._entries.extend(page)


@contextmanager
def tailing(url: str, entries: list[Entry]) -> Iterator[None]:
    """Follow the ledger's feed during the block, and then up to its head."""
    with (
        closing(open_store(url, system_clock, create=False)) as store,
        Feed(store, system_clock) as feed,
    ):
        tail = Tail(feed, entries)
        tail.start()
        try:
            yield
            deadline = time.monotonic() + PATIENCE
            while len(entries) < last_position(store):
                assert time.monotonic() < deadline, "A reader of the feed was not woken."
                time.sleep(0.01)
        finally:
            feed.close()
            tail.join()


def last_position(store: EntryStore) -> int:
    """Give the position of the head."""
    head = store.head()
    return head.last if head else 0


def begin(url: str, round_: int, chance: random.Random) -> list[Writer]:
    """Start the writers of a round; over SQLite one of them is to die while it writes a page."""
    shared = f"alpha-{round_ // ROUNDS_A_PLAN}"
    if round_ % ROUNDS_A_PLAN == 0:
        with closing(open_store(url, system_clock, create=False)) as store:
            begin_plan(Ledger(store, system_clock), shared)
    tasks = [Task(url, f"r{round_}w{n}", shared, chance.randrange(2**32)) for n in range(WRITERS)]
    if url.startswith("sqlite:"):
        calls = WRITES if chance.random() < 0.5 else SYNCS
        tasks[0] = tasks[0]._replace(doomed_after=chance.randrange(1, 40), doomed_at=calls)
    return [Writer(task) for task in tasks]


def kill(writers: list[Writer], promises: Promises, chance: random.Random) -> None:
    """Kill writers that are at work, at once or one after the other."""
    promises.made(writer.next_answer() for writer in writers)
    time.sleep(chance.random() * 0.1)
    apart = chance.choice([0, 0.02])
    for writer in chance.sample(writers, len(writers)):
        writer.kill()
        time.sleep(chance.random() * apart)
    for writer in writers:
        promises.made(writer.answers())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_writers_killed_under_load_lose_nothing_acknowledged_and_leave_no_half(
    tmp_path: Path, kind: str
) -> None:
    """Machines lose power and containers are killed, in the middle of whatever they do.

    In every other round a reader tails the ledger; in the others nobody has it open when the last
    writer dies, and the next to come has to make sense of the files alone.
    """
    chance = random.Random(20150612)  # noqa: S311 - where to kill, not a secret
    promises, tailed = Promises(), list[Entry]()
    with new_ledger(kind, tmp_path) as url:
        for round_ in range(rounds(ci=6, deep=200)):
            with nullcontext() if round_ % 2 else tailing(url, tailed):
                writers = begin(url, round_, chance)
                kill(writers, promises, chance)
            with closing(open_store(url, system_clock, create=False)) as store:
                promises.check(store)
        with tailing(url, tailed):
            pass
        with closing(open_store(url, system_clock, create=False)) as store:
            promises.check(store)
            everything = Promises()
            everything.check(store)
            assert check(store).whole
    assert everything.entries == promises.entries == tailed
    for round_ in range(rounds(ci=6, deep=200)):
        for writer in range(WRITERS):
            assert promises.unanswered(f"r{round_}w{writer}.") <= 1, "It had one under way."


def test_writers_go_on_when_their_server_is_killed_and_lose_nothing() -> None:
    """What each was doing as the server died is settled, by the store or by sending it again."""
    chance = random.Random(20160229)  # noqa: S311 - when to kill, not a secret
    promises = Promises()
    with own_server() as server:
        url = server.url()
        migrate(url)
        for round_ in range(rounds(ci=2, deep=20)):
            writers = begin(url, round_, chance)
            promises.made(writer.next_answer() for writer in writers)
            time.sleep(chance.random() * 0.1)
            server.kill()
            server.go_on()
            for writer in writers:
                promises.made(writer.so_far())
            kill(writers, promises, chance)
            with closing(open_store(url, system_clock, create=False)) as store:
                promises.check(store)
        with closing(open_store(url, system_clock, create=False)) as store:
            promises.check(store)
            assert check(store).whole


@contextmanager
def own_server() -> Iterator[StruckServer]:
    """Give a server that may be killed."""
    server = StruckServer()
    try:
        yield server
    finally:
        server.stop()


PROPOSE = """mutation($input: MilestoneProposeInput!) {
  milestonePropose(input: $input) { __typename ... on Recorded { position } } }"""


def propose_until_it_ends(url: str, name: str) -> list[Answer]:
    """Propose one milestone after the other over HTTP, and give what was acknowledged."""
    answers = []
    with httpx2.Client(base_url=url, timeout=PATIENCE) as client, suppress(httpx2.TransportError):
        for number in count():
            given = {"plan": "alpha-0", "action": "1.1", "text": f"{name}.{number}"}
            command_id = f"{name}.{number}.1"
            body = {
                "query": PROPOSE,
                "variables": {"input": {**given, "commandId": command_id}},
            }
            answer = client.post("/graphql", json=body).json()
            recorded = (answer.get("data") or {}).get("milestonePropose", {})
            if recorded.get("__typename") == "MilestoneRecorded":
                position = int(recorded["position"])
                answers.append(Answer(command_id, position, position))
    return answers


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_service_killed_under_load_has_recorded_what_it_answered(
    tmp_path: Path, kind: str
) -> None:
    """What a browser shows as recorded is; from the answer to the disk there is no short cut."""
    chance = random.Random(20280229)  # noqa: S311 - when to kill, not a secret
    promises = Promises()
    with new_ledger(kind, tmp_path) as url:
        with closing(open_store(url, system_clock, create=False)) as store:
            begin_plan(Ledger(store, system_clock), "alpha-0")
        for round_ in range(rounds(ci=3, deep=40)):
            with (
                serving(tmp_path, "--ledger", url) as served,
                ThreadPoolExecutor(WRITERS) as pool,
            ):
                clients = [
                    pool.submit(propose_until_it_ends, served.url, f"r{round_}w{n}")
                    for n in range(WRITERS)
                ]
                wait_for_growth(url, len(promises.entries) + 2 * WRITERS, clients)
                time.sleep(chance.random() * 0.1)
                served.process.kill()
                answers = [answer for client in clients for answer in client.result(PATIENCE)]
            assert answers, "Nothing was acknowledged."
            promises.made(answers)
            with closing(open_store(url, system_clock, create=False)) as store:
                promises.check(store)
        with closing(open_store(url, system_clock, create=False)) as store:
            promises.check(store)
            assert check(store).whole


def wait_for_growth(url: str, position: int, clients: list[Future[list[Answer]]]) -> None:
    """Wait until the ledger reaches a position, by what clients have recorded."""
    deadline = time.monotonic() + PATIENCE
    with (
        closing(open_store(url, system_clock, create=False)) as store,
        closing(store.watch()) as watch,
    ):
        while watch.wait(position - 1, 1) < position:
            assert not any(client.done() for client in clients), "The service ended by itself."
            assert time.monotonic() < deadline, "The service records nothing."
