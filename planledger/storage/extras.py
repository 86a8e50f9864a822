"""Packages that only some stores need, and not everybody has installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from planledger.storage.port import StoreError


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Turn a package that is not installed into a StoreError that says how to get it."""
    try:
        yield
    except ImportError as error:
        raise StoreError(
            f"A ledger in PostgreSQL needs more packages: pip install 'planledger[{name}]'."
        ) from error
