"""Where snapshots lie: beside the ledger, and never part of it. Any of them may be lost.

A snapshot holds what its plan holds, names of people among it: whoever may not read the ledger
must not be able to read its cache either.
"""

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, runtime_checkable

from planledger.storage.port import EntryStore, StoreError


class CacheError(StoreError):
    """Trouble with the cache; the ledger itself is as it was."""


class Cache(Protocol):
    """Bytes by plan. All methods may be called from any thread, and raise CacheError in trouble.

    Several processes may use one cache at once: of two that save, one has the last word, and
    nobody is ever given a part of what was saved.
    """

    def load(self, plan: str) -> bytes | None:
        """Give what was saved last for a plan; None where there is nothing."""
        ...

    def save(self, plan: str, data: bytes) -> None:
        """Keep something for a plan, in place of what there is."""
        ...

    def forget(self) -> None:
        """Delete what is kept for every plan."""
        ...


@runtime_checkable
class HasCache(Protocol):
    """A store that has a place for a cache beside its entries."""

    def cache(self) -> Cache:
        """Give the cache; it is of use as long as the store is open."""
        ...


def cache_of(store: EntryStore) -> Cache | None:
    """Give the cache of a store; None for one that has no place for it."""
    return store.cache() if isinstance(store, HasCache) else None


class FolderCache:
    """A folder beside a ledger's file, with one file a plan. Made when something is saved."""

    def __init__(self, ledger: Path) -> None:
        """Keep what is about the ledger in this file."""
        self._ledger = ledger
        self._folder = ledger.with_name(f"{ledger.name}.cache")

    def load(self, plan: str) -> bytes | None:
        """Give what was saved last for a plan; see the port."""
        with self._telling():
            try:
                return self._file(plan).read_bytes()
            except FileNotFoundError:
                return None

    def save(self, plan: str, data: bytes) -> None:
        """Keep something for a plan; see the port.

        Nothing is forced to the disk: what a power cut leaves of a file is noticed as damage. A
        process that is killed here leaves a file of its own behind, which `forget` deletes.
        """
        file = self._file(plan)
        new = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
        with self._telling():
            self._folder.mkdir(exist_ok=True)
            try:
                new.touch(mode=0o600)
                new.write_bytes(data)
                new.chmod(self._ledger.stat().st_mode & 0o666)
                new.replace(file)
            except BaseException:
                with suppress(OSError):
                    new.unlink()
                raise

    def forget(self) -> None:
        """Delete what is kept, and what a killed process left half kept."""
        with self._telling():
            for file in (*self._folder.glob("*.snapshot"), *self._folder.glob("*.new")):
                file.unlink(missing_ok=True)

    def _file(self, plan: str) -> Path:
        # What is asked for may be any text, half a character in it, and not every file system
        # knows upper from lower case.
        name = hashlib.sha256(plan.encode(errors="surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}.snapshot"

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CacheError(
                f"The cache in {self._folder} cannot be used: {error.strerror}. The ledger itself "
                "is not affected."
            ) from error
