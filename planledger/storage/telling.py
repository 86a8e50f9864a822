"""Turning a database's own errors into a StoreError: what is wrong, and whether it was recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from planledger.storage.port import StoreError


class Trouble(NamedTuple):
    """What the errors of one kind of database mean."""

    closed: type[Exception]
    """Says that the store was closed."""
    errors: tuple[type[Exception], ...]
    """All there are, beside those of the system."""
    kind: Callable[[BaseException], str]
    """Says what is wrong and what to do, as it follows on the name of the ledger."""
    is_unsure: Callable[[BaseException], bool]
    """Tells whether a commit may have been kept all the same."""


@contextmanager
def told(name: object, trouble: Trouble, unsure: str | None) -> Iterator[None]:
    """Turn every error of a database, and of the system, into a StoreError about the ledger `name`.

    Whoever writes says with `unsure` what to do where it is not known whether that was kept. Errors
    of the system are then left as they are: what is written may come from a file, or another
    machine, and trouble with those is not the ledger's.
    """
    try:
        yield
    except trouble.closed as error:
        raise StoreError(f"The ledger {name} is closed.") from error
    except trouble.errors as error:
        outcome = ""
        if unsure:
            outcome = f" {unsure if trouble.is_unsure(error) else 'Nothing was recorded.'}"
        raise StoreError(f"The ledger {name} {trouble.kind(error)}.{outcome}") from error
    except OSError as error:
        if unsure:
            raise
        raise StoreError(f"The ledger {name} {trouble.kind(error)}.") from error
