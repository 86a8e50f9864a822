"""Several processes that record at once in one ledger, beside as many that insert the same bytes.

Each submits commands to a plan of its own, one after the other, without a pause. They begin
together; a rate counts from then until the last has finished.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import psycopg

from benchmarks import made_up
from benchmarks.appending import (
    Commit,
    one_entry,
    plain_postgres,
    plain_sqlite,
    rewording,
)
from benchmarks.measuring import Row, ms
from benchmarks.stores import now, opened, postgres, postgres_ledger, url_of
from planledger.storage.port import StoredRecord
from planledger.storage.sqlite import SqliteStore

ENTRIES = 1_000
"""In each plan at the start."""
ROUNDS = 3
ON_SQLITE, ON_POSTGRES = (4,), (1, 8)
COMMITS = 400
"""In a round, of all writers together."""
WARM_UP = 30
READY_SECONDS = 60


class Work(NamedTuple):
    """What one process is to do."""

    url: str
    plan: str
    plain: str
    """URL of the database to insert into without a ledger."""
    entry: StoredRecord
    """What to insert there."""
    commits: int


class Spell(NamedTuple):
    """When a process began and ended, and the longest wait for one commit; in seconds."""

    began: float
    ended: float
    longest: float


def writing(folder: Path) -> Iterator[Row]:
    """Measure commands by several processes on both stores."""
    plans = tuple(f"plan-{number}" for number in range(max(*ON_SQLITE, *ON_POSTGRES)))
    path = folder / "writing.db"
    store = SqliteStore(path, now, create=True)
    for plan in plans:
        made_up.fill(store, ENTRIES, plan)
    entry = one_entry(store, plans[0])
    store.close()
    plain = url_of(folder / "plain-writing.db")
    for writers in ON_SQLITE:
        yield _row("SQLite", _works(url_of(path), plain, plans[:writers], entry))
    with postgres(folder) as new:
        url = postgres_ledger(new, ENTRIES, plans)
        for writers in ON_POSTGRES:
            yield _row("PostgreSQL", _works(url, url, plans[:writers], entry))


def _works(url: str, plain: str, plans: Sequence[str], entry: StoredRecord) -> list[Work]:
    return [Work(url, plan, plain, entry, COMMITS // len(plans)) for plan in plans]


def _row(name: str, works: Sequence[Work]) -> Row:
    # Processes of their own: threads of one would take turns at Python.
    context = get_context("spawn")
    gate = context.Barrier(len(works))
    with ProcessPoolExecutor(len(works), context, _begin, (gate,)) as pool:
        told = list(pool.map(_work, works))
    ours, theirs = (
        median(_rate(works, [each[who][turn] for each in told]) for turn in range(ROUNDS))
        for who in range(2)
    )
    longest = max(spell.longest for spells, _ in told for spell in spells)
    beside = (
        f"plain inserts {theirs:,.0f} a second: {ours / theirs:.2f}x; longest wait {ms(longest)}"
    )
    who = "1 process" if len(works) == 1 else f"{len(works)} processes"
    return (f"Commands, {name}, {who}", f"{ENTRIES:,} a plan", f"{ours:,.0f} a second", beside)


def _rate(works: Sequence[Work], spells: Sequence[Spell]) -> float:
    seconds = max(spell.ended for spell in spells) - min(spell.began for spell in spells)
    return sum(work.commits for work in works) / seconds


_gates: list[Barrier] = []
"""In a process of the pool: where it waits for the others."""


def _begin(gate: Barrier) -> None:
    _gates.append(gate)


def _work(work: Work) -> tuple[list[Spell], list[Spell]]:
    """Take turns, all processes together: a spell with the ledger, a spell without."""
    with closing(opened(work.url)) as ledger, ExitStack() as stack:
        ours, theirs = rewording(ledger, work.plan), _plain(work, stack)
        for commit in (ours, theirs):
            _spell(commit, WARM_UP)
        spells = [(_spell(ours, work.commits), _spell(theirs, work.commits)) for _ in range(ROUNDS)]
        return [mine for mine, _ in spells], [other for _, other in spells]


def _spell(commit: Commit, commits: int) -> Spell:
    _gates[0].wait(READY_SECONDS)
    longest = 0.0
    began = last = perf_counter()
    for _ in range(commits):
        commit()
        before, last = last, perf_counter()
        longest = max(longest, last - before)
    return Spell(began, last, longest)


def _plain(work: Work, stack: ExitStack) -> Commit:
    if work.plain.startswith("sqlite"):
        path = work.plain.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, isolation_level=None, timeout=READY_SECONDS)
        stack.enter_context(closing(connection))
        return plain_sqlite(connection, work.entry)
    connected = stack.enter_context(psycopg.connect(work.plain, autocommit=True))
    return plain_postgres(connected, work.entry)
