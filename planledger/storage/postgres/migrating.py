"""Making the schema of a ledger in a database, and bringing it up to date."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
from msgspec import Struct
from psycopg.rows import tuple_row

from planledger.storage.port import NoLedgerError, StoreError
from planledger.storage.postgres.address import read_url
from planledger.storage.postgres.errors import told_of
from planledger.storage.postgres.pool import LedgerConnection, connect
from planledger.storage.postgres.schema import (
    FORMAT,
    GRANTS,
    MAKE_ROLE,
    MIGRATING,
    RIGHTS,
    STEPS,
)

_MADE = "SELECT to_regclass('planledger.format') IS NOT NULL"
_OWNS = "SELECT pg_has_role(nspowner, 'MEMBER') FROM pg_namespace WHERE nspname = 'planledger'"
_FORMAT = "SELECT version FROM planledger.format"


class Migrated(Struct, frozen=True, kw_only=True):
    """What a migration found and did."""

    ledger: str
    """What messages call it."""
    was: int
    """The format before; 0 where there was no ledger."""
    now: int
    """The format it has now."""
    missing: tuple[str, ...]
    """Roles that are not there and that this user may not make."""


def migrate(url: str, *, name: str | None = None) -> Migrated:
    """Make the ledger in the database that `url` names, or bring it up to date.

    Safe to repeat, and for several at once: one does it, the others find it done. All of it is
    done or nothing. Raises ValueError for a URL that is none, and StoreError.
    """
    called, conninfo = read_url(url)
    ledger = name or called
    with told_of(ledger), closing(connect(conninfo)) as connection:
        # Whatever the database's default: what is read after the lock must not be older than it.
        connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
        _check_encoding(ledger, connection)
        was = _format(ledger, connection)
        # A program that is not its owner may look whether there is something to do.
        missing = _changed(ledger, connection, was) if was < FORMAT or _owns(connection) else ()
        connection.execute("COMMIT")
    return Migrated(ledger=ledger, was=was, now=FORMAT, missing=missing)


def statements() -> Iterator[str]:
    """Give what makes a ledger in an empty database, for an administrator to run."""
    yield "BEGIN"
    yield from _from(0)
    for role, grants in GRANTS.items():
        yield MAKE_ROLE.format(role)
        yield from grants
    yield "COMMIT"


def check_format(name: str, connection: LedgerConnection) -> None:
    """Raise NoLedgerError where there is none, and StoreError for one of another format."""
    found = _format(name, connection)
    if found == 0:
        raise NoLedgerError(
            f"There is no ledger in {name} yet. Check the URL, or make one with "
            "`planledger migrate`."
        )
    if found < FORMAT:
        raise StoreError(
            f"The ledger {name} has format {found}, and this planledger needs {FORMAT}. Bring it "
            "up to date with `planledger migrate`."
        )


def _format(name: str, connection: LedgerConnection) -> int:
    cursor = connection.cursor(row_factory=tuple_row)
    ((made,),) = cursor.execute(_MADE).fetchall()
    if not made:
        return 0
    ((found,),) = cursor.execute(_FORMAT).fetchall()
    if found > FORMAT:
        raise StoreError(
            f"The ledger {name} was made by a newer planledger (format {found}; this one knows "
            f"formats up to {FORMAT}). Update planledger to use it."
        )
    return int(found)


def _changed(name: str, connection: LedgerConnection, was: int) -> tuple[str, ...]:
    """Make or change what there is, with everybody's rights; give the roles that are missing."""
    try:
        for statement in _from(was):
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(
            f"This user may not make or change the ledger {name}. Let its owner do it; for a new "
            "one, GRANT CREATE ON DATABASE … TO … gives the right, or an administrator runs what "
            "`planledger migrate --sql` prints."
        ) from error
    return tuple(role for role in GRANTS if not _granted(connection, role))


def _owns(connection: LedgerConnection) -> bool:
    cursor = connection.cursor(row_factory=tuple_row)
    ((owns,),) = cursor.execute(_OWNS).fetchall()
    return bool(owns)


def _from(was: int) -> Iterator[str]:
    for step in STEPS[was:]:
        yield from step
    yield from RIGHTS


def _granted(connection: LedgerConnection, role: str) -> bool:
    """Give a role its rights, and make it first where it is not there; tell whether that worked."""
    try:
        with connection.transaction():  # a savepoint
            connection.execute(MAKE_ROLE.format(role))
    except psycopg.errors.InsufficientPrivilege:
        return False
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        pass  # made meanwhile, for a ledger in another database of this server
    for statement in GRANTS[role]:
        connection.execute(statement)
    return True


def _check_encoding(name: str, connection: LedgerConnection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"The database {name} keeps text as {encoding}, which has no room for every letter. "
            "Make one for the ledger with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
        )
