"""What a store can say about the database it keeps its entries in, beside the port."""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol, runtime_checkable

from msgspec import Struct


class Severity(Enum):
    """How bad a flaw is."""

    WARNING = "warning"
    """The ledger is whole, but less well guarded than it could be."""
    WRONG = "wrong"
    """Something is not as it was made."""
    DAMAGED = "damaged"
    """The database itself is damaged, so that nothing it gives can be relied on."""


class Flaw(Struct, frozen=True, kw_only=True):
    """Something about a ledger's database that is not as it should be."""

    problem: str
    """What is wrong, and what to do: one line for a person."""
    severity: Severity


@runtime_checkable
class ChecksItself(Protocol):
    """A store over a database that has things of its own to check: files, triggers, rights."""

    def flaws(self) -> Sequence[Flaw]:
        """Look at the database, not at its entries. Changes nothing. Raises StoreError."""
        ...
