"""The caches: whatever was saved last is loaded whole, and trouble is told as trouble."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from planledger.storage.cache import Cache, CacheError, FolderCache, cache_of
from planledger.storage.memory import MemoryStore
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add
from tests.support.postgres import OwnStore, new_database, new_login, writer
from tests.support.program import environment
from tests.support.told import ROOT

LARGE = 100_000


@pytest.fixture(params=["sqlite", "postgres"])
def cache(request: pytest.FixtureRequest, path: Path, clock: HandClock) -> Iterator[Cache]:
    """Give the cache of an empty ledger, of each kind in turn."""
    with ExitStack() as closing:
        store = (
            SqliteStore(path, clock, create=True)
            if request.param == "sqlite"
            else OwnStore(clock, user=writer())
        )
        closing.callback(store.close)
        kept = cache_of(store)
        assert kept is not None
        yield kept


def test_what_was_saved_last_is_loaded(cache: Cache) -> None:
    """All that opening a plan needs of a cache."""
    assert cache.load("harbour") is None
    cache.save("harbour", b"first")
    cache.save("school", bytes(range(256)) * 1_000)
    cache.save("harbour", b"second")
    assert cache.load("harbour") == b"second"
    assert cache.load("school") == bytes(range(256)) * 1_000
    cache.save("harbour", b"")
    assert cache.load("harbour") == b""


def test_what_is_forgotten_is_gone_and_can_be_saved_again(cache: Cache) -> None:
    """A cache is rebuilt from nothing, and there may be nothing to forget."""
    cache.forget()
    cache.save("harbour", b"first")
    cache.forget()
    assert cache.load("harbour") is None
    cache.save("harbour", b"second")
    assert cache.load("harbour") == b"second"


@pytest.mark.parametrize(
    "plan", ["../../harbour", "Harbour", "hafen ü", "a" * 2_000, ".", "a\0b", "\ud800"]
)
def test_any_name_of_a_plan_is_a_name_of_its_own(cache: Cache, plan: str) -> None:
    """A name is data: it must not lead out of the folder, nor to the snapshot of another plan."""
    cache.save("harbour", b"harbour")
    assert cache.load(plan) is None


def test_two_who_save_at_once_never_leave_a_mixture(cache: Cache) -> None:
    """Every process that opens a plan may save it, while others load it."""
    versions = [bytes([number]) * LARGE for number in range(2)]
    cache.save("harbour", versions[0])
    ended = threading.Event()

    def save(data: bytes) -> None:
        for _ in range(30):
            cache.save("harbour", data)

    seen = set[bytes | None]()

    def load() -> None:
        while not ended.is_set():
            seen.add(cache.load("harbour"))

    writers = [threading.Thread(target=save, args=(data,)) for data in versions]
    reader = threading.Thread(target=load)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    ended.set()
    reader.join()
    assert seen <= set(versions)
    assert seen


def test_a_store_in_memory_has_no_cache(clock: HandClock) -> None:
    """What is gone with the process needs nothing that outlives it."""
    assert cache_of(MemoryStore(clock)) is None


# -- a folder


def test_nobody_can_read_the_cache_who_cannot_read_the_ledger(
    path: Path, ledger: SqliteStore
) -> None:
    """It holds what the ledger holds, names of people among it."""
    add(ledger, "harbour", 0, "a")
    for mode in (0o600, 0o640):
        path.chmod(mode)
        ledger.cache().save("harbour", b"names")
        (file,) = path.with_name("plans.db.cache").iterdir()
        assert file.stat().st_mode & 0o777 == mode


def test_what_is_no_folder_is_told_of(path: Path, ledger: SqliteStore) -> None:
    """Somebody may have put something else there; it is not ours to remove."""
    add(ledger, "harbour", 0, "a")
    path.with_name("plans.db.cache").write_text("mine")
    told = r"plans\.db\.cache cannot be used: .* not affected"
    with pytest.raises(CacheError, match=told):
        ledger.cache().save("harbour", b"x")
    with pytest.raises(CacheError, match=told):
        ledger.cache().load("harbour")
    assert path.with_name("plans.db.cache").read_text() == "mine"


KILLED = """
import os, signal, sys
from pathlib import Path
from planledger.storage.cache import FolderCache

Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
FolderCache(Path("plans.db")).save("harbour", b"second")
"""
FULL = """
import resource
from pathlib import Path
from planledger.storage.cache import CacheError, FolderCache

resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, -1))
try:
    FolderCache(Path("plans.db")).save("harbour", bytes(100_000))
except CacheError as error:
    print(error)
"""
NOT_OURS = """
import os
from pathlib import Path
from planledger.storage.cache import CacheError, FolderCache

if os.geteuid() == 0:
    os.setuid(65534)
try:
    FolderCache(Path("plans.db")).save("harbour", b"second")
except CacheError as error:
    print(error)
print(FolderCache(Path("plans.db")).load("harbour"))
"""


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(path: Path, ledger: SqliteStore) -> Path:
    """Give the folder of a ledger with a snapshot."""
    add(ledger, "harbour", 0, "a")
    ledger.cache().save("harbour", b"first")
    return path.parent


def test_a_process_killed_while_it_saves_leaves_what_was_there(folder: Path, path: Path) -> None:
    """Half a snapshot is never under the name of a whole one; `forget` clears up after it."""
    assert _run(KILLED, folder).returncode == -9
    cache, files = FolderCache(path), path.with_name("plans.db.cache")
    assert len(list(files.iterdir())) == 2
    assert cache.load("harbour") == b"first"
    cache.save("harbour", b"third")
    assert cache.load("harbour") == b"third"
    cache.forget()
    assert list(files.iterdir()) == []


def test_a_full_disk_leaves_what_was_there_and_nothing_else(folder: Path, path: Path) -> None:
    """A cache must not take the last bytes that the ledger itself could have."""
    assert "cannot be used: File too large. The ledger itself is not" in _run(FULL, folder).stdout
    assert len(list(path.with_name("plans.db.cache").iterdir())) == 1
    assert FolderCache(path).load("harbour") == b"first"


def test_a_cache_that_cannot_be_written_can_be_read(folder: Path, path: Path) -> None:
    """A reader without rights to the folder still opens plans quickly."""
    files = path.with_name("plans.db.cache")
    for each in (path, *files.iterdir()):
        each.chmod(0o444)
    for each in (folder, files):
        each.chmod(0o555)
    try:
        said = _run(NOT_OURS, folder).stdout.splitlines()
    finally:
        for each in (folder, files):
            each.chmod(0o755)
    assert len(said) == 2
    assert "cannot be used: Permission denied" in said[0]
    assert said[1] == "b'first'"


# -- a table


def test_a_login_that_may_only_read_loads_and_is_told_that_it_may_not_save(
    clock: HandClock,
) -> None:
    """A server for reports opens plans quickly too, and changes nothing."""
    with new_database() as url, new_login("planledger_reader") as reader:
        mine = PostgresStore(url, clock)
        mine.cache().save("harbour", b"first")
        theirs = PostgresStore(url.replace("postgres@", f"{reader}@"), clock)
        assert theirs.cache().load("harbour") == b"first"
        with pytest.raises(CacheError, match="with the rights of this user"):
            theirs.cache().save("harbour", b"second")
        with pytest.raises(CacheError, match="with the rights of this user"):
            theirs.cache().forget()
        theirs.close()
        mine.close()


def test_the_rights_of_the_cache_are_no_rights_to_the_ledger(clock: HandClock) -> None:
    """That rows of one table may change must not have opened the others."""
    with new_database(user=writer()) as url:
        store = PostgresStore(url, clock)
        add(store, "harbour", 0, "a")
        with store._datastore.connections.connection() as connection:
            for table in ("entries", "receipts"):
                for right in ("UPDATE", "DELETE", "TRUNCATE"):
                    asked = f"SELECT has_table_privilege('planledger.{table}', '{right}') AS has"
                    assert connection.execute(asked).fetchall() == [{"has": False}]
        store.close()


def test_nobody_waits_for_long_for_a_cache_that_is_locked(clock: HandClock) -> None:
    """A forgotten transaction of an administrator must not hold up every question."""
    store = OwnStore(clock)
    store.cache().save("harbour", b"first")
    with psycopg.connect(store.url) as theirs:
        theirs.execute("LOCK TABLE planledger.snapshots IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CacheError, match="another program holds its lock"):
            store.cache().load("harbour")
        with pytest.raises(CacheError, match="another program holds its lock"):
            store.cache().save("harbour", b"second")
    assert store.cache().load("harbour") == b"first"
    store.close()


def test_a_closed_store_has_a_closed_cache(clock: HandClock) -> None:
    """It uses the connections of the store, and must not open new ones behind its back."""
    store = OwnStore(clock)
    cache = store.cache()
    store.close()
    with pytest.raises(CacheError, match="is closed"):
        cache.load("harbour")
