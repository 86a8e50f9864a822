"""Reading a ledger that lies in tables: what is the same whichever database has them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import starmap
from typing import Any, ClassVar, NamedTuple

from planledger.storage.common import LARGEST, check_bounds, check_one_of, storable
from planledger.storage.port import Commit, Receipt, ReplayRow, StoredRecord


class Statements(NamedTuple):
    """The questions of the port in a database's own words, each with its parameters and columns."""

    read: str
    """after, until, limit -> the fields of `StoredRecord`."""
    read_plan: str
    """plan, after, until, limit -> the same."""
    replay: str
    """plan, after, until, limit -> `ReplayRow`."""
    head: str
    """-> first, last, recorded_us of the last commit."""
    commit_holding: str
    """position -> the same of the commit that holds it."""
    commit_by: str
    """recorded_us -> the same of the last commit by then."""
    receipt: str
    """command id -> digest, plan, first, last, recorded_us."""
    receipts: str
    """-> command id and the same, of every receipt."""
    plans: str
    """-> plan, first position."""


class TableReader(ABC):
    """The half of the port that reads. Whoever has the database says how statements are run."""

    _statements: ClassVar[Statements]

    @abstractmethod
    def _rows(self, statement: str, *parameters: str | int) -> list[Any]:
        """Give the rows of one reading statement, all of one moment. Raises StoreError."""

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Give entries in order; see the port."""
        check_bounds(after, limit)
        bounds = _within(after, LARGEST if until is None else until, limit)
        if plan is None:
            rows = self._rows(self._statements.read, *bounds)
        elif storable((plan,)):
            rows = self._rows(self._statements.read_plan, plan, *bounds)
        else:
            return []
        return list(starmap(StoredRecord, rows))

    def replay(self, plan: str, *, after: int = 0, limit: int) -> Sequence[ReplayRow]:
        """Give what folds need of a plan's entries; see the port."""
        check_bounds(after, limit)
        if not storable((plan,)):
            return []
        return self._rows(self._statements.replay, plan, *_within(after, LARGEST, limit))

    def head(self) -> Commit | None:
        """Give the last commit, or None for an empty ledger."""
        return _commit(self._rows(self._statements.head))

    def commit_at(
        self, *, position: int | None = None, recorded_us: int | None = None
    ) -> Commit | None:
        """Give the commit at a point; see the port."""
        check_one_of(position, recorded_us)
        if position is not None:
            return _commit(self._rows(self._statements.commit_holding, *_within(position)))
        return _commit(self._rows(self._statements.commit_by, *_within(recorded_us or 0)))

    def receipt(self, command_id: str) -> Receipt | None:
        """Give the receipt of a command, or None if it was never recorded."""
        if not storable((command_id,)):
            return None
        rows = self._rows(self._statements.receipt, command_id)
        return receipt_from(command_id, rows[0]) if rows else None

    def receipts(self) -> Sequence[Receipt]:
        """Give every receipt, in order of position."""
        rows = self._rows(self._statements.receipts)
        return [receipt_from(command_id, row) for command_id, *row in rows]

    def plans(self) -> Sequence[tuple[str, int]]:
        """Give every plan with the position of its first entry, in that order."""
        return self._rows(self._statements.plans)


def receipt_from(command_id: str, row: Sequence[Any]) -> Receipt:
    """Read a receipt from its columns but the command id."""
    digest, plan, first, last, recorded_us = row
    return Receipt(
        command_id=command_id,
        digest=digest,
        plan=plan,
        commit=Commit(first=first, last=last, recorded_us=recorded_us),
    )


def receipt_row(receipt: Receipt) -> tuple[str, bytes, str, int, int, int]:
    """Give the columns of a receipt, the command id first."""
    commit = receipt.commit
    return (
        *(receipt.command_id, receipt.digest, receipt.plan),
        *(commit.first, commit.last, commit.recorded_us),
    )


def _commit(rows: Sequence[tuple[int, int, int]]) -> Commit | None:
    return Commit(first=rows[0][0], last=rows[0][1], recorded_us=rows[0][2]) if rows else None


def _within(*bounds: int) -> tuple[int, ...]:
    return tuple(max(-LARGEST, min(bound, LARGEST)) for bound in bounds)
