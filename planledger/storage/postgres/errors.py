"""Trouble with PostgreSQL, said in one clear line, and never with a password in it."""

import re
from contextlib import AbstractContextManager

import psycopg
from eventsourcing.domain import EventSourcingError

from planledger.storage.common import FORKED
from planledger.storage.postgres.schema import READER, WRITER
from planledger.storage.telling import Trouble, told

_NOT_MADE = "has not been made yet. Make it with `planledger migrate`"
_BUSY = "is busy: another program holds its lock. Try again in a moment"
_LOST = "cannot be reached: the connection was lost. Try again in a moment"
_STARTING = "cannot be reached: PostgreSQL is starting or stopping. Try again in a moment"
_FULL_UP = (
    "cannot be reached: PostgreSQL has too many connections. Run fewer processes, or raise "
    "max_connections"
)
_READ_ONLY = (
    "cannot be written: the database is read-only (a standby, or default_transaction_read_only)"
)
_REFUSED = "cannot be opened: PostgreSQL does not accept this user with this password"
_NO_RIGHTS = (
    f"cannot be used with the rights of this user. Grant it {WRITER}, or {READER} for reading: "
    f"GRANT {WRITER} TO …"
)
_DAMAGED = "is damaged. Restore it from a backup"

_KINDS = {
    "25006": _READ_ONLY,
    "25P03": _LOST,  # a process that stood still in the middle of an append
    "28000": _REFUSED,
    "28P01": _REFUSED,
    "3D000": "cannot be opened: there is no such database. Make it with CREATE DATABASE",
    "3F000": _NOT_MADE,
    "42501": _NO_RIGHTS,
    "42P01": _NOT_MADE,
    "53100": "cannot grow: the disk of the database is full",
    "53200": "cannot be used: PostgreSQL is out of memory",
    "53300": _FULL_UP,
    "55P03": _BUSY,
    "57014": "did not answer in the time that the database allows (statement_timeout)",
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _STARTING,
    "57P05": _LOST,
    "58030": "cannot be read or written: the disk of the database failed",
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""SQLSTATE to what is wrong, https://www.postgresql.org/docs/current/errcodes-appendix.html."""

_UNREACHABLE = "cannot be reached: no PostgreSQL answers there. Start it, or check the URL"
_UNSAFE = "cannot be reached: the server is not encrypted, or not itself, as sslmode asks"

_WORDS = (
    (
        r"password|role .* does not exist|pg_hba|authentication|not permitted to log in",
        _KINDS["28P01"],
    ),
    (r"database .* does not exist", _KINDS["3D000"]),
    (r"permission denied for database", _NO_RIGHTS),
    (r"too many (clients|connections)|connection slots", _FULL_UP),
    (r"starting up|shutting down|not (yet )?accepting connections|recovery", _STARTING),
    (r"terminating connection|closed the connection|connection is (closed|lost)", _LOST),
    (r"consuming input failed|could not (receive|send) data|reset by peer|SSL SYSCALL", _LOST),
    (r"refused|No such file|resolve|translate host|timeout|unreachable|No route", _UNREACHABLE),
    (r"SSL|certificate", _UNSAFE),
)
"""A server that lets nobody in says so in words only: libpq does not hand its SQLSTATE on."""


class UnknownOutcomeError(EventSourcingError):
    """The connection was lost at the commit, and nothing could tell whether it was kept."""


class ClosedError(EventSourcingError):
    """The store was closed."""


class ForkedError(EventSourcingError):
    """The store was opened by the process from which this one was forked."""


class BusyError(EventSourcingError):
    """Every connection, or the right to write, is taken within this process."""


def _kind(error: BaseException) -> str:
    if isinstance(error, BusyError):
        return "is too busy in this process. Try again in a moment"
    if isinstance(error, ForkedError):
        return FORKED
    if isinstance(error, UnknownOutcomeError):
        return _LOST
    state = getattr(error, "sqlstate", None)
    if state is None and isinstance(error, psycopg.OperationalError):
        return _unreached(str(error))
    if state is not None and state.startswith("08"):
        return _LOST
    return _KINDS.get(state or "") or f"cannot be used: {_line(str(error))}"


def _is_unsure(error: BaseException) -> bool:
    return isinstance(error, UnknownOutcomeError)


def _unreached(said: str) -> str:
    for words, kind in _WORDS:
        if re.search(words, said):
            return kind
    return f"cannot be reached: {_line(said)}"


def _line(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[0].rstrip(".") if lines else "PostgreSQL does not say why"


_TROUBLE = Trouble(
    closed=ClosedError,
    errors=(psycopg.Error, EventSourcingError),
    kind=_kind,
    is_unsure=_is_unsure,
)


def told_of(name: str, *, unsure: str | None = None) -> AbstractContextManager[None]:
    """Turn every error of PostgreSQL, psycopg and the eventsourcing library into a StoreError.

    `unsure` is for who writes; see `telling`.
    """
    return told(name, _TROUBLE, unsure)
