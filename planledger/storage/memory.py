"""The reference store: keeps every promise of the port but durability."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from threading import Lock

from planledger.storage.adopting import Whole
from planledger.storage.common import check_append, check_bounds, check_one_of, stamp
from planledger.storage.port import (
    Clock,
    CommandAlreadyRecordedError,
    Commit,
    NewRecord,
    NotEmptyError,
    Receipt,
    ReplayRow,
    StoredRecord,
    VersionConflictError,
    Watch,
)
from planledger.storage.waking import Bell, HeadWatch

_position = attrgetter("position")
_last = attrgetter("last")
_recorded_us = attrgetter("recorded_us")


class MemoryStore:
    """Entries in this process's memory, gone with it; for tests, simulations and trying things.

    What the other stores are compared with. `close` has nothing to let go of.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin an empty ledger that takes its times from `clock`."""
        self._clock = clock
        self._lock = Lock()
        self._bell = Bell()
        self._entries: list[StoredRecord] = []
        self._streams: dict[str, list[StoredRecord]] = {}
        self._commits: list[Commit] = []
        self._receipts: dict[str, Receipt] = {}

    def append(
        self,
        plan: str,
        expected_version: int,
        records: Sequence[NewRecord],
        *,
        command_id: str,
        digest: bytes,
    ) -> Commit:
        """Record one commit; see the port."""
        check_append(plan, command_id, records)
        with self._lock:
            if receipt := self._receipts.get(command_id):
                raise CommandAlreadyRecordedError.of(receipt)
            version = len(self._streams.get(plan, ()))
            if version != expected_version:
                raise VersionConflictError.of(plan, expected_version, version)
            recorded_us = stamp(
                self._clock, self._commits[-1].recorded_us if self._commits else None
            )
            first = len(self._entries) + 1
            # Built whole before anything is changed, so that a failure here leaves no trace.
            entries = [
                StoredRecord(
                    first + n, recorded_us, plan, version + 1 + n, record.name, record.data
                )
                for n, record in enumerate(records)
            ]
            commit = Commit(first=first, last=first + len(entries) - 1, recorded_us=recorded_us)
            self._entries += entries
            self._streams.setdefault(plan, []).extend(entries)
            self._commits.append(commit)
            self._receipts[command_id] = Receipt(
                command_id=command_id, digest=digest, plan=plan, commit=commit
            )
        self._bell.ring()
        return commit

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Give entries in order; see the port."""
        check_bounds(after, limit)
        with self._lock:
            entries = self._entries if plan is None else self._streams.get(plan, [])
            start = bisect_right(entries, after, key=_position)
            end = len(entries) if until is None else bisect_right(entries, until, key=_position)
            return entries[start : min(end, start + limit)]

    def replay(self, plan: str, *, after: int = 0, limit: int) -> Sequence[ReplayRow]:
        """Give what folds need of a plan's entries; see the port."""
        return [
            (record.position, record.recorded_us, record.version, record.data)
            for record in self.read(after=after, plan=plan, limit=limit)
        ]

    def head(self) -> Commit | None:
        """Give the last commit, or None for an empty ledger."""
        with self._lock:
            return self._commits[-1] if self._commits else None

    def commit_at(
        self, *, position: int | None = None, recorded_us: int | None = None
    ) -> Commit | None:
        """Give the commit at a point; see the port."""
        check_one_of(position, recorded_us)
        with self._lock:
            if recorded_us is not None:
                index = bisect_right(self._commits, recorded_us, key=_recorded_us) - 1
            elif position is not None and position >= 1:
                index = bisect_left(self._commits, position, key=_last)
            else:
                return None
            return self._commits[index] if 0 <= index < len(self._commits) else None

    def receipt(self, command_id: str) -> Receipt | None:
        """Give the receipt of a command, or None if it was never recorded."""
        with self._lock:
            return self._receipts.get(command_id)

    def plans(self) -> Sequence[tuple[str, int]]:
        """Give every plan with the position of its first entry, in that order."""
        with self._lock:
            return [(plan, entries[0].position) for plan, entries in self._streams.items()]

    def receipts(self) -> Sequence[Receipt]:
        """Give every receipt, in order of position."""
        with self._lock:
            return list(self._receipts.values())

    def adopt(self, entries: Iterable[StoredRecord], receipts: Iterable[Receipt]) -> int:
        """Fill the empty ledger with another one's; see the port."""
        whole = Whole()
        adopted, theirs = list(whole.entries(entries)), list(whole.receipts(receipts))
        with self._lock:
            if self._entries:
                raise NotEmptyError.of("This ledger")
            self._entries += adopted
            for entry in adopted:
                self._streams.setdefault(entry.plan, []).append(entry)
            self._commits += [receipt.commit for receipt in theirs]
            self._receipts |= {receipt.command_id: receipt for receipt in theirs}
        self._bell.ring()
        return whole.last

    def watch(self) -> Watch:
        """Begin to watch the head."""
        return HeadWatch(self._bell, lambda: len(self._entries))

    def close(self) -> None:
        """Do nothing; there is nothing to let go of."""
