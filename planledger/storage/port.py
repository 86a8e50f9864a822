"""Where entries lie, and what every store promises.

Order: positions are 1, 2, 3 … without gaps, in commit order, across all plans; no reader sees
position n without n - 1. Versions are 1, 2, 3 … without gaps within a plan.
Time: every commit has one `recorded_us`, stamped inside the append from the store's clock and
strictly later than the commit before: max(now, last + 1 µs).
Durability: when `append` returns, the commit survives power loss (memory excepted).
Atomicity: a commit is there whole or not at all; no reader sees a part of it.
Immutability: nothing is ever updated or deleted; trying to raises in the database itself.
Idempotence: a command id is recorded once, with a digest of what was asked.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, Self

from msgspec import Struct

Clock = Callable[[], datetime]
"""Gives the present moment with an offset; tests and simulations bring their own."""


class NewRecord(Struct, frozen=True, kw_only=True, gc=False):
    """An entry's bytes before the store gives them a place."""

    name: str
    """Stored name and version of the event, such as "milestone-agreed.v1"."""
    data: bytes


class StoredRecord(Struct, frozen=True, gc=False):
    """An entry's bytes in their place."""

    position: int
    recorded_us: int
    plan: str
    version: int
    name: str
    data: bytes


ReplayRow = tuple[int, int, int, bytes]
"""Position, recorded_us, version and data of an entry."""


class Commit(Struct, frozen=True, kw_only=True, gc=False):
    """What one command recorded: positions `first` to `last`, both included."""

    first: int
    last: int
    recorded_us: int


class Receipt(Struct, frozen=True, kw_only=True, gc=False):
    """Proof that a command was carried out, and what it asked."""

    command_id: str
    digest: bytes
    """SHA-256 over what the command asked, 32 bytes."""
    plan: str
    commit: Commit


class StoreError(Exception):
    """Trouble with the store; nothing was recorded unless the message says otherwise."""


class VersionConflictError(StoreError):
    """Somebody else recorded to the plan first; read again and decide again."""

    @classmethod
    def of(cls, plan: str, expected: int, actual: int) -> Self:
        """Say it of a plan at version `actual` that was expected to be at `expected`."""
        return cls(
            f"Plan {plan} is at version {actual}, not {expected}; nothing was recorded. "
            "Read it again and decide again."
        )


class CommandAlreadyRecordedError(StoreError):
    """The command id is in the ledger already; its receipt says what it did."""

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        """Say it of the command with this receipt."""
        commit = receipt.commit
        return cls(
            f"Command {receipt.command_id} was recorded before, at positions {commit.first} to "
            f"{commit.last}; nothing was recorded now."
        )


class NoLedgerError(StoreError):
    """There is no ledger yet where one was looked for; one can be made there."""


class NotEmptyError(StoreError):
    """A whole ledger was to be put where there are entries already; nothing was changed."""

    @classmethod
    def of(cls, what: str) -> Self:
        """Say it of a ledger, as it is called at the beginning of a sentence."""
        return cls(f"{what} has entries already; nothing was changed. Choose a new ledger.")


class Watch(Protocol):
    """Waits for a ledger to grow, whichever process adds to it. Used by one thread at a time.

    Raises StoreError in trouble, and is then of no more use: close it and watch anew.
    """

    def wait(self, after: int, timeout: float) -> int:
        """Wait until the head lies beyond position `after`; give the position of the head.

        At the latest after `timeout` seconds, then with the head as it is (0: an empty ledger).
        What the head says can be read at once. Growth by this process wakes at once; by another
        one at once on PostgreSQL, and within 0.1 s on SQLite, which has no way to tell.
        """
        ...

    def close(self) -> None:
        """Let go, and wake the thread that waits. From any thread; safe to repeat."""
        ...


class EntryStore(Protocol):
    """The port. All methods may be called from any thread, and raise StoreError in trouble."""

    def append(
        self,
        plan: str,
        expected_version: int,
        records: Sequence[NewRecord],
        *,
        command_id: str,
        digest: bytes,
    ) -> Commit:
        """Record one commit after version `expected_version` of the plan (0: a new plan).

        Raises ValueError when there are no records or a text is not valid Unicode or has a NUL in
        it, then CommandAlreadyRecordedError, then VersionConflictError, and StoreError when the
        store cannot be written. Where it is unknown whether the commit was kept, the StoreError
        says so, and repeating the command under the same id is safe.
        """
        ...

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Give entries with `after` < position <= `until`, in order, at most `limit` of them.

        With `plan`, only that plan's; `until` left out means the head. What is read is one
        moment's ledger, also while others append. Raises ValueError for a negative `after` or
        `limit`.
        """
        ...

    def replay(self, plan: str, *, after: int = 0, limit: int) -> Sequence[ReplayRow]:
        """Give a plan's entries with `after` < position as `read` does, but only what folds need.

        Every plan that is opened is read whole, so this is the read that must be fast.
        """
        ...

    def head(self) -> Commit | None:
        """Give the last commit, or None for an empty ledger."""
        ...

    def commit_at(
        self, *, position: int | None = None, recorded_us: int | None = None
    ) -> Commit | None:
        """Give the commit that holds `position`, or the last one with a time <= `recorded_us`.

        None where there is no such commit. Raises ValueError unless exactly one is given.
        """
        ...

    def receipt(self, command_id: str) -> Receipt | None:
        """Give the receipt of a command, or None if it was never recorded."""
        ...

    def plans(self) -> Sequence[tuple[str, int]]:
        """Give every plan with the position of its first entry, in that order."""
        ...

    def receipts(self) -> Sequence[Receipt]:
        """Give every receipt, in order of position. For checks and copies: all are in memory."""
        ...

    def adopt(self, entries: Iterable[StoredRecord], receipts: Iterable[Receipt]) -> int:
        """Fill an empty ledger with another one's entries and receipts, byte for byte.

        Entries come in order of position from 1 on, receipts in order of their commits, both as
        the other store gave them. All of it is recorded or nothing; gives the last position.
        Raises NotEmptyError, ValueError for entries or receipts that do not make a ledger (a gap,
        a time that runs back, a receipt that is not about a commit), and StoreError. What the
        iterables raise passes through, and then nothing was recorded either.
        """
        ...

    def watch(self) -> Watch:
        """Begin to watch the head."""
        ...

    def close(self) -> None:
        """Let go of files and connections. Safe to repeat."""
        ...
