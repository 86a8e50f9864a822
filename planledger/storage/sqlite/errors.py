"""Trouble with SQLite, said in one clear line."""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import (
    ConnectionPoolClosedError,
    ConnectionUnavailableError,
    PersistenceError,
)

from planledger.storage.sqlite.files import NotAsOpenedError
from planledger.storage.telling import Trouble, told

_PRIMARY = 0xFF
"""The low byte of an SQLite result code is the kind of trouble; the rest refines it."""

_KINDS = {
    sqlite3.SQLITE_BUSY: "is locked by another program. Try again in a moment",
    sqlite3.SQLITE_LOCKED: "is locked by another program. Try again in a moment",
    sqlite3.SQLITE_READONLY: "cannot be written: it is read-only",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened. SQLite needs to read the file, and to write beside it in its folder"
    ),
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_NOTADB: "cannot be used: the file is not a ledger",
    # SQLite says so of a page that makes no sense, and of one that the disk does not give.
    sqlite3.SQLITE_CORRUPT: "is damaged. Restore it from a backup, unless it is only the disk",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk or the network drive failed",
}

_FOLDER = {
    sqlite3.SQLITE_READONLY_CANTINIT,
    sqlite3.SQLITE_READONLY_CANTLOCK,
    sqlite3.SQLITE_READONLY_DIRECTORY,
}
"""Read-only is then the folder, in which SQLite keeps `-wal` and `-shm` even for reading."""

_CERTAIN = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
}
"""Kinds that stop a commit before its last page is written, so it cannot have been kept."""


class CommitFailedError(PersistenceError):
    """The COMMIT itself failed, which may be after its last page reached the disk."""


def _kind(error: BaseException) -> str:
    if isinstance(error, NotAsOpenedError):
        return str(error)
    if isinstance(error, ConnectionUnavailableError):
        return "is too busy in this process. Try again in a moment"
    if _code(error) in _FOLDER:
        return _KINDS[sqlite3.SQLITE_CANTOPEN]
    known = _KINDS.get(sqlite_kind(error))
    return known or f"cannot be used: {_sqlite_cause(error) or error}"


def _is_unsure(error: BaseException) -> bool:
    return isinstance(error, CommitFailedError) and sqlite_kind(error) not in _CERTAIN


def sqlite_kind(error: BaseException) -> int:
    """Give SQLite's code for the kind of trouble behind an error, or 0 where there is none."""
    return _code(error) & _PRIMARY


def _code(error: BaseException) -> int:
    # Errors that Python's own sqlite3 module raises carry no code.
    return getattr(_sqlite_cause(error), "sqlite_errorcode", 0)


def _sqlite_cause(error: BaseException | None) -> sqlite3.Error | None:
    while error is not None and not isinstance(error, sqlite3.Error):
        error = error.__cause__
    return error


_TROUBLE = Trouble(
    closed=ConnectionPoolClosedError,
    errors=(sqlite3.Error, EventSourcingError),
    kind=_kind,
    is_unsure=_is_unsure,
)


def told_of(path: Path, *, unsure: str | None = None) -> AbstractContextManager[None]:
    """Turn every error of SQLite, the eventsourcing library and the system into a StoreError.

    `unsure` is for who writes; see `telling`.
    """
    return told(path, _TROUBLE, unsure)
