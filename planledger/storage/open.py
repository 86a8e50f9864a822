"""From a URL to a store."""

from planledger.storage.extras import extra
from planledger.storage.memory import MemoryStore
from planledger.storage.port import Clock, EntryStore
from planledger.storage.sqlite import SqliteStore

UNDERSTOOD = (
    "sqlite:///plans.db (a path from here), sqlite:////var/lib/plans.db (a path from the root), "
    "postgresql://user:password@host/database, postgresql+embedded:////var/lib/plans (a folder), "
    "memory: (gone when the program ends)"
)

MEMORY = "memory:"
POSTGRES, EMBEDDED = ("postgresql", "postgres"), "postgresql+embedded"


def open_store(url: str, clock: Clock, *, create: bool) -> EntryStore:
    """Open the store that `url` names, with times from `clock`; see UNDERSTOOD for the URLs.

    With `create`, a missing SQLite file is made, or a missing folder of an embedded PostgreSQL; in
    any other PostgreSQL, `planledger migrate` makes the ledger. Raises ValueError for any other
    URL, and StoreError where the store cannot be opened.
    """
    if url == MEMORY:
        return MemoryStore(clock)
    scheme, _, rest = url.partition("://")
    if scheme in POSTGRES:
        with extra("postgres"):
            from planledger.storage.postgres import PostgresStore  # noqa: PLC0415 - an extra
        return PostgresStore(url, clock)
    path = rest.removeprefix("/")
    named = path != rest and path and "?" not in path
    if scheme == EMBEDDED and named:
        with extra("embedded"):
            from planledger.storage.postgres.embedded import EmbeddedStore  # noqa: PLC0415 - same
        return EmbeddedStore(path, clock, create=create)
    if scheme != "sqlite" or not named or path.startswith(":memory:"):
        # Only the scheme is repeated: the rest may hold a password.
        raise ValueError(
            f"This is not the URL of a store (it begins {url.partition(':')[0]!r}). "
            f"Understood are: {UNDERSTOOD}."
        )
    return SqliteStore(path, clock, create=create)
