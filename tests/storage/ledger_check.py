"""What the storage tests share: entries that name their command, and a check of a whole ledger."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

from planledger.events import codec
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Envelope
from planledger.events.milestone import MilestoneAgreed
from planledger.events.values import Author, Personal
from planledger.storage.port import Commit, EntryStore, NewRecord, StoredRecord

PAGE = 50
MICROSECOND = timedelta(microseconds=1)
AUTHOR = Author(id="writer", name=Personal(words="Ann Officer"))


class HandClock:
    """A clock that stands where it was set."""

    def __init__(self, now: datetime = datetime(2026, 2, 12, 9, 30, tzinfo=UTC)) -> None:
        """Set it to `now`."""
        self.now = now

    def __call__(self) -> datetime:
        """Read it."""
        return self.now


def system_clock() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def records_of(command_id: str, count: int = 1) -> list[NewRecord]:
    """Make records that say which command they belong to, as `check_ledger` expects."""
    return [
        NewRecord(
            name=stored_name(MilestoneAgreed),
            data=codec.encode(
                Envelope(
                    event=MilestoneAgreed(milestone=f"{n}/{count}"),
                    effective_on=date(2026, 2, 12),
                    author=AUTHOR,
                    command_id=command_id,
                )
            ),
        )
        for n in range(1, count + 1)
    ]


def command_of(entry: StoredRecord) -> str:
    """Give the command that an entry made with `records_of` belongs to."""
    return str(json.loads(entry.data)["command_id"])


def digest_of(command_id: str) -> bytes:
    """Make the digest that goes with a command."""
    return hashlib.sha256(command_id.encode()).digest()


def add(
    store: EntryStore, plan: str, expected_version: int, command_id: str, count: int = 1
) -> Commit:
    """Append `count` records that name their command."""
    return store.append(
        plan,
        expected_version,
        records_of(command_id, count),
        command_id=command_id,
        digest=digest_of(command_id),
    )


def read_all(store: EntryStore, plan: str | None = None) -> list[StoredRecord]:
    """Read a ledger, or a plan, page by page as a feed does."""
    entries: list[StoredRecord] = []
    while page := store.read(after=entries[-1].position if entries else 0, plan=plan, limit=PAGE):
        entries += page
    return entries


def names_in(folder: Path) -> list[str]:
    """List a folder: what a test made there, and nothing besides."""
    return sorted(file.name for file in folder.iterdir())


def check_ledger(store: EntryStore) -> list[StoredRecord]:
    """Check every promise that can be seen in the ledger itself, and give all its entries.

    The entries have to be made with `records_of`.
    """
    entries = read_all(store)
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    commits = [list(group) for _, group in groupby(entries, key=lambda e: e.recorded_us)]
    times = [commit[0].recorded_us for commit in commits]
    assert all(before < after for before, after in pairwise(times))
    for commit in commits:
        _check_commit(store, commit)
    _check_plans(store, entries)
    head = store.head()
    assert (head.last if head else 0) == len(entries)
    assert head == store.commit_at(position=len(entries))
    commands = Counter(command_of(commit[0]) for commit in commits)
    assert set(commands.values()) <= {1}, "A command was recorded twice."
    return entries


def _check_commit(store: EntryStore, entries: list[StoredRecord]) -> None:
    command = command_of(entries[0])
    assert {entry.plan for entry in entries} == {entries[0].plan}
    assert [entry.data for entry in entries] == [
        record.data for record in records_of(command, len(entries))
    ], "A commit is there in part."
    receipt = store.receipt(command)
    assert receipt is not None
    assert (receipt.plan, receipt.digest) == (entries[0].plan, digest_of(command))
    commit = receipt.commit
    assert (commit.first, commit.last) == (entries[0].position, entries[-1].position)
    assert commit.recorded_us == entries[0].recorded_us
    assert store.commit_at(position=commit.first) == commit
    assert store.commit_at(position=commit.last) == commit
    assert store.commit_at(recorded_us=commit.recorded_us) == commit


def _check_plans(store: EntryStore, entries: Iterable[StoredRecord]) -> None:
    plans: dict[str, list[StoredRecord]] = {}
    for entry in entries:
        plans.setdefault(entry.plan, []).append(entry)
    assert list(store.plans()) == [(plan, own[0].position) for plan, own in plans.items()]
    for plan, own in plans.items():
        assert [entry.version for entry in own] == list(range(1, len(own) + 1))
        assert read_all(store, plan) == own
