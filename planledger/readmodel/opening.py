"""From a ledger's store to its register."""

from pathlib import Path
from typing import Protocol, runtime_checkable

from planledger.readmodel.batch import NoRegisterError, RegisterError
from planledger.readmodel.register import Register
from planledger.readmodel.sqlite import SqliteRegister, beside
from planledger.storage.port import EntryStore


@runtime_checkable
class InFile(Protocol):
    """A store in a file."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        ...


@runtime_checkable
class InDatabase(Protocol):
    """A store in a PostgreSQL database."""

    @property
    def database(self) -> tuple[str, str]:
        """What messages call the database, and how psycopg connects to it."""
        ...


def open_register(store: EntryStore, *, create: bool) -> Register:
    """Open the register of a ledger, or with `create` make an empty one where there is none.

    Of a ledger in a file it is a file beside it, plans.register.db for plans.db; of one in
    PostgreSQL, a schema in the same database. Raises ValueError for a ledger that has no place
    for one, and RegisterError.
    """
    if isinstance(store, InFile):
        path = beside(store.path)
        if not path.exists():
            _begin(path, store.path, create=create)
        return SqliteRegister(path)
    if isinstance(store, InDatabase):
        # psycopg need not be there otherwise.
        from planledger.readmodel.postgres import PostgresRegister  # noqa: PLC0415

        return PostgresRegister(*store.database, create=create)
    raise ValueError("A ledger in memory has no register. Name one that is kept.")


def _begin(path: Path, ledger: Path, *, create: bool) -> None:
    if not create:
        raise NoRegisterError.of(str(path))
    try:
        # Whoever may not read the ledger may not read the names in its register either.
        path.touch(mode=0o600)
        path.chmod(ledger.stat().st_mode & 0o666)
    except OSError as error:
        raise RegisterError(f"The register {path} cannot be made: {error.strerror}.") from error
