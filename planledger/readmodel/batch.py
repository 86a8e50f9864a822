"""What goes into a register and what comes of looking at it: batches, errors, differences."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self

from msgspec import Struct

from planledger.readmodel.stretches import Stretch
from planledger.storage.port import StoreError


class RegisterError(StoreError):
    """Trouble with the register; the ledger itself is as it was."""


@contextmanager
def told_of_register(telling: AbstractContextManager[None]) -> Iterator[None]:
    """Say of the register what a store's own `telling` says of the ledger."""
    try:
        with telling:
            yield
    except RegisterError:
        raise
    except StoreError as error:
        said = str(error).removeprefix("The ledger")
        raise RegisterError(f"The register{said}") from error


class NoRegisterError(RegisterError):
    """There is no register yet."""

    @classmethod
    def of(cls, name: str) -> Self:
        """Say it of a place."""
        return cls(f"There is no register {name} yet. Make it: `planledger register update`.")


class OvertakenError(RegisterError):
    """Somebody else filled the register in the meantime: read on from where it is now."""


class Batch:
    """What some commits change in the register: nothing is written before all of it is known."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self.opened: dict[int, Stretch] = {}
        """By number, in the order of the numbers."""
        self.closed: dict[int, int] = {}
        """By number, the first position at which a stretch is not known any more."""
        self.commits: list[tuple[Any, ...]] = []
        self.reviews: list[tuple[Any, ...]] = []
        """Rows of these tables, as `schema` has them."""
        self.last = 0
        """Position of the last entry."""


class Difference(Struct, frozen=True, kw_only=True):
    """One row that is not as it should be."""

    table: str
    key: str
    """Which row, for people."""
    problem: str
    """What is wrong with it, one line for people."""
