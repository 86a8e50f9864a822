"""From a URL to a store."""

from planledger.storage.memory import MemoryStore
from planledger.storage.port import Clock, EntryStore
from planledger.storage.sqlite import SqliteStore

UNDERSTOOD = (
    "sqlite:///plans.db (a path from here), sqlite:////var/lib/plans.db (a path from the root), "
    "memory: (gone when the program ends)"
)


def open_store(url: str, clock: Clock, *, create: bool) -> EntryStore:
    """Open the store that `url` names, with times from `clock`; see UNDERSTOOD for the URLs.

    With `create`, a missing SQLite file is made. Raises ValueError for any other URL, and
    StoreError where the store cannot be opened.
    """
    if url == "memory:":
        return MemoryStore(clock)
    scheme, _, path = url.partition(":///")
    if scheme != "sqlite" or not path or path.startswith(":memory:") or "?" in path:
        # Only the scheme is repeated: the rest may hold a password.
        raise ValueError(
            f"This is not the URL of a store (it begins {url.partition(':')[0]!r}). "
            f"Understood are: {UNDERSTOOD}."
        )
    return SqliteStore(path, clock, create=create)
