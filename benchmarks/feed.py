"""How soon a write is seen once it is acknowledged, by whom, and how fast a feed catches up.

Writes come by chance, about fifty a second. Times of two processes are compared by the system's
monotonic clock, which is one for all of them (on Linux and macOS).
"""

import asyncio
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks import made_up
from benchmarks.appending import Commit, rewording
from benchmarks.measuring import Row, ms, side_by_side
from benchmarks.stores import now, opened, postgres, postgres_ledger, sqlite_ledger, url_of
from planledger.ledger import Ledger, Recorded
from planledger.ledger.feed import Feed
from planledger.projections.points import AtHead
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore

ENTRIES, LONG = 1_000, 100_000
"""In the ledger that is written to, and in the one that is caught up with."""
WRITES = 200
PAUSE = 0.02
"""Seconds between two writes, on average."""
MANY = 500
"""Subscribers at once in one process."""

Times = dict[int, float]
"""When the entry at a position was acknowledged, or seen."""
Ask = Callable[[], int]
"""Asks for the plan as it is now, and gives the position that the answer was read from."""


class Fed(NamedTuple):
    """A store to measure on, with the bar for another process in milliseconds."""

    name: str
    url: str
    bar: int


def feeding(folder: Path) -> Iterator[Row]:
    """Measure what subscribers and queries see, in the writing process and in another."""
    path = folder / "fed.db"
    sqlite_ledger(folder, ENTRIES)
    shutil.copy(folder / f"ours-{ENTRIES}.db", path)
    yield from _rows(Fed("SQLite", url_of(path), 300), sqlite_ledger(folder, LONG))
    with postgres(folder) as new:
        fed = Fed("PostgreSQL", postgres_ledger(new, ENTRIES), 50)
        yield from _rows(fed, postgres_ledger(new, LONG))


def _rows(fed: Fed, long: str) -> Iterator[Row]:
    yield _seen(fed, "a subscriber", _here(fed.url, 1), 20)
    yield _seen(fed, "a subscriber in another process", _elsewhere(fed.url), fed.bar)
    yield _seen(fed, f"{MANY} subscribers", _here(fed.url, MANY), 250)
    with closing(opened(fed.url)) as ledger:
        ask: Ask = partial(_ask, ledger)
        yield _answered(fed, "a query", ledger, ask)
        with _asking_elsewhere(fed.url) as ask:
            yield _answered(fed, "a query in another process", ledger, ask)
    yield _catch_up(fed.name, long)


def _seen(fed: Fed, whom: str, waits: Sequence[float], bar: int) -> Row:
    said = f"median {ms(_part(waits, 0.5))}; bar {bar} ms"
    return (f"Write to {fed.name} seen by {whom}", f"{ENTRIES:,}", f"p99 {_p99(waits)}", said)


def _p99(seconds: Sequence[float]) -> str:
    return ms(_part(seconds, 0.99))


def _part(seconds: Sequence[float], part: float) -> float:
    return sorted(seconds)[int(len(seconds) * part)]


def _write(commit: Commit) -> Iterator[tuple[int, float]]:
    """Record now and then; give each position and when it was acknowledged."""
    chance = random.Random(WRITES)  # noqa: S311 - so that no rhythm meets another one
    for _ in range(WRITES):
        time.sleep(chance.uniform(0, 2 * PAUSE))
        answer = commit()
        acknowledged = perf_counter()
        assert isinstance(answer, Recorded)
        yield answer.position, acknowledged


def _waits(acknowledged: Times, seen: Sequence[Times]) -> list[float]:
    """Give how long each reader waited for each entry; one seen before its answer is no wait."""
    assert all(times.keys() == acknowledged.keys() for times in seen), "An entry was missed."
    return [
        max(0, times[position] - acknowledged[position]) for times in seen for position in times
    ]


async def _follow(feed: Feed, after: int) -> Times:
    """Note when each of so many entries is seen."""
    times: Times = {}
    async for page in feed.follow(after):
        moment = perf_counter()
        for entry in page:
            assert entry.position not in times, "An entry was given twice."
            times[entry.position] = moment
        if len(times) == WRITES:
            break
    return times


def _here(url: str, subscribers: int) -> list[float]:
    """Give the waits of subscribers in the process that writes."""

    async def measure(store: EntryStore) -> list[float]:
        commit = rewording(Ledger(store, now), made_up.PLAN)
        with Feed(store, now) as feed:
            head = store.head()
            assert head is not None
            following = [
                asyncio.ensure_future(_follow(feed, head.last)) for _ in range(subscribers)
            ]
            acknowledged = await asyncio.to_thread(lambda: dict(_write(commit)))
            return _waits(acknowledged, await asyncio.gather(*following))

    with closing(open_store(url, now, create=False)) as store:
        return asyncio.run(measure(store))


def _elsewhere(url: str) -> list[float]:
    """Give the waits of a subscriber in a process of its own."""
    with closing(opened(url)) as ledger, _process(_subscribe, url) as other:
        commit = rewording(ledger, made_up.PLAN)
        other.send(_ask(ledger))
        assert other.recv() == "following"
        acknowledged = dict(_write(commit))
        return _waits(acknowledged, [other.recv()])


def _subscribe(url: str, parent: Connection) -> None:
    async def follow(after: int) -> Times:
        with Feed(store, now) as feed:
            await feed.wait(after - 1, 60)
            parent.send("following")
            return await _follow(feed, after)

    with closing(open_store(url, now, create=False)) as store:
        parent.send(asyncio.run(follow(parent.recv())))


# -- queries


def _answered(fed: Fed, whom: str, ledger: Ledger, ask: Ask) -> Row:
    taken, stale = [], 0
    ask()
    for position, acknowledged in _write(rewording(ledger, made_up.PLAN)):
        stale += ask() < position
        taken.append(perf_counter() - acknowledged)
    assert not stale, "An answer was older than an acknowledged write."
    said = f"{stale} of {WRITES} answers without the write; bar 0"
    return (f"Write to {fed.name} seen by {whom}", f"{ENTRIES:,}", f"p99 {_p99(taken)}", said)


def _ask(ledger: Ledger) -> int:
    at = ledger.at(AtHead())
    assert at.plan(made_up.PLAN) is not None
    return at.basis.position


@contextmanager
def _asking_elsewhere(url: str) -> Iterator[Ask]:
    def ask() -> int:
        other.send("?")
        return int(other.recv())

    with _process(_answer, url) as other:
        yield ask
        other.send("")


def _answer(url: str, parent: Connection) -> None:
    with closing(opened(url)) as ledger:
        while parent.recv():
            parent.send(_ask(ledger))


@contextmanager
def _process(work: Callable[[str, Connection], None], url: str) -> Iterator[Connection]:
    """Run something in a process of its own; give the pipe to it."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(url, theirs))
    process.start()
    try:
        yield ours
        process.join()
        assert process.exitcode == 0
    finally:
        process.kill()


# -- catching up


def _catch_up(name: str, url: str) -> Row:
    async def read(store: EntryStore) -> int:
        count = 0
        with Feed(store, now) as feed:
            async for page in feed.follow(0):
                count += len(page)
                if page[-1].position == LONG:
                    break
        return count

    with closing(open_store(url, now, create=False)) as store:
        taken = side_by_side({"ours": lambda: asyncio.run(read(store))}, LONG.__eq__)
    entries = f"{LONG / taken['ours']:,.0f} entries a second"
    return (f"Feed catches up, {name}", f"{LONG:,}", entries, "bar 50,000 a second")
