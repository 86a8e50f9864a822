"""Processes that submit commands until they are killed, and a record of what they were promised."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime, timedelta
from itertools import count, groupby
from multiprocessing.connection import Connection
from typing import NamedTuple

from planledger.domain.commands import AddArea, DraftPlan, ImportPlan, PlanCommand, ProposeMilestone
from planledger.domain.refusals import Refusal
from planledger.events.envelope import Entry
from planledger.ledger import ConflictError, Ledger
from planledger.ledger.loading import decode_entries
from planledger.storage.open import open_store
from planledger.storage.port import Commit, EntryStore, StoreError
from tests.storage.ledger_check import system_clock
from tests.support.ledgers import AUTHOR, small_draft
from tests.support.syscalls import kill_at

IMPORTED = 8
"""Entries that an import of `small_draft` records."""
PATIENCE = 60
"""Seconds that anything may take on a machine that is busy with other things."""
PAGE = 1_000

# Each writer is forked off from one process that has imported everything: that takes an instant.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


class Task(NamedTuple):
    """What a writer is to do until it is killed."""

    url: str
    """Of the ledger."""
    name: str
    """Its commands and plans are called after it."""
    shared: str
    """A plan to which every writer records; see `begin_plan`."""
    seed: int
    clock_off: float = 0
    """Seconds by which its clock is fast."""
    doomed_after: int | None = None
    """After how many commands it is to die by itself …"""
    doomed_at: Sequence[str] = ()
    """… at the next of these system calls, before it is made: no clock hits such a place."""


class Answer(NamedTuple):
    """What a writer was told of a command."""

    command_id: str
    """Ends with how many entries the command records."""
    first: int
    last: int
    """Positions of its entries; both 0 where there are none."""


class Writer:
    """A process that submits commands, and what it was told of them."""

    def __init__(self, task: Task) -> None:
        """Start it."""
        self.task = task
        self._said, said = _processes.Pipe(duplex=False)
        self._process = _processes.Process(target=_submit, args=(task, said))
        self._process.start()
        said.close()  # now it is only the writer's: when that is dead, nothing more comes

    def next_answer(self) -> Answer:
        """Wait for its next answer."""
        assert self._said.poll(PATIENCE), "A writer records nothing."
        return Answer(*self._said.recv())

    def so_far(self) -> list[Answer]:
        """Give what it was told since the last answer given."""
        answers = []
        while self._said.poll():
            answers.append(Answer(*self._said.recv()))
        return answers

    def kill(self) -> None:
        """Kill it, as `kill -9` does."""
        self._process.kill()

    def answers(self) -> list[Answer]:
        """Give what else it was told, once it is dead."""
        self._process.join(PATIENCE)
        died_of = self._process.exitcode
        self._process.close()
        assert died_of is not None, "A writer that was killed goes on."
        assert died_of < 0, "A writer was told what is not so; it has printed what."
        answers = []
        with self._said, suppress(EOFError):
            while True:
                answers.append(Answer(*self._said.recv()))
        return answers


def _submit(task: Task, said: Connection) -> None:
    chance = random.Random(task.seed)  # noqa: S311 - what to do, not a secret
    off = timedelta(seconds=task.clock_off)

    def clock() -> datetime:
        return system_clock() + off

    with closing(open_store(task.url, clock, create=False)) as store:
        ledger = Ledger(store, clock)
        for number in count():
            if number == task.doomed_after:
                kill_at(task.doomed_at)
            command, entries = _command(chance, task, number)
            command_id = f"{task.name}.{number}.{entries}"
            answer = _answered(ledger, command, command_id)
            said.send(tuple(answer))
            if chance.random() < 0.2:  # its client did not hear it
                assert _answered(ledger, command, command_id) == answer


def _command(chance: random.Random, task: Task, number: int) -> tuple[PlanCommand, int]:
    """Give a command, and how many entries it records."""
    own = f"{task.name}-{number}"
    kind = chance.random()
    if kind < 0.5:
        return ProposeMilestone(plan=task.shared, action="1.1", text=own), 1
    if kind < 0.7:
        return ImportPlan(plan=own, draft=small_draft()), IMPORTED
    if kind < 0.9:
        return DraftPlan(plan=own, title=own), 1
    return AddArea(plan=task.shared, number="1", title="There is one already"), 0


def _answered(ledger: Ledger, command: PlanCommand, command_id: str) -> Answer:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answer = ledger.submit(command, author=AUTHOR, command_id=command_id)
        except (ConflictError, StoreError):  # again, under the same id, as every client should
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
            continue
        if isinstance(answer, Refusal):
            return Answer(command_id, 0, 0)
        return Answer(command_id, answer.entries[0].position, answer.position)


class Promises:
    """What writers were told, held against the ledger as it grows."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self.entries: list[Entry] = []
        self._answers: list[Answer] = []
        self._commits: dict[str, Commit] = {}
        self._versions = Counter[str]()

    def made(self, answers: Iterable[Answer]) -> None:
        """Remember what a writer was told."""
        self._answers += answers

    def check(self, store: EntryStore) -> None:
        """Read on in the ledger, and hold that it is whole and has all that was acknowledged."""
        entries = list(_entries_after(store, len(self.entries)))
        for _, together in groupby(entries, key=lambda entry: entry.recorded_us):
            self._check_commit(store, list(together))
        for command_id, first, last in self._answers:
            if first == 0:
                assert command_id not in self._commits
            else:
                commit = self._commits[command_id]
                assert (commit.first, commit.last) == (first, last)

    def unanswered(self, name: str) -> int:
        """Count the commits of writers called so of which no writer was told."""
        answered = {answer.command_id for answer in self._answers}
        return sum(command.startswith(name) for command in self._commits.keys() - answered)

    def _check_commit(self, store: EntryStore, entries: list[Entry]) -> None:
        position, before = len(self.entries), self.entries[-1] if self.entries else entries[0]
        assert [e.position for e in entries] == [position + 1 + n for n in range(len(entries))]
        assert before is entries[0] or before.recorded_us < entries[0].recorded_us
        ((plan, command_id),) = {(entry.plan, entry.envelope.command_id) for entry in entries}
        assert command_id not in self._commits, "A command was recorded twice."
        assert len(entries) == _entries_of(command_id), "A commit is there in part."
        version = self._versions[plan]
        assert [e.version for e in entries] == [version + 1 + n for n in range(len(entries))]
        receipt = store.receipt(command_id)
        assert receipt is not None
        commit = Commit(
            first=entries[0].position,
            last=entries[-1].position,
            recorded_us=entries[0].recorded_us,
        )
        assert (receipt.plan, receipt.commit) == (plan, commit)
        assert store.commit_at(position=commit.last) == commit
        self._commits[command_id] = commit
        self._versions[plan] += len(entries)
        self.entries += entries


def _entries_of(command_id: str) -> int:
    """Tell how many entries a command records; those that begin a plan have ids of no writer."""
    _, _, entries = command_id.rpartition(".")
    return int(entries) if entries.isdecimal() else 1


def _entries_after(store: EntryStore, position: int) -> Iterator[Entry]:
    while records := store.read(after=position, limit=PAGE):
        yield from decode_entries(records)
        position = records[-1].position
