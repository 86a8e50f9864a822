"""A PostgreSQL of the ledger's own: started when it is opened, stopped when it is closed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

import pytest

from planledger.storage.open import open_store
from planledger.storage.port import NoLedgerError, StoreError
from planledger.storage.postgres import PostgresStore
from planledger.storage.postgres.embedded import EmbeddedStore, embedded
from tests.storage.ledger_check import HandClock, add, check_ledger, names_in, system_clock
from tests.support.postgres import in_memory

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from planledger.storage.postgres.embedded import embedded
with embedded(sys.argv[1], create=True):
    print("open", flush=True)
    sys.stdin.read()
"""
LONG = 60


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Give a folder with a ledger of one entry, for tests that leave it as it is."""
    with TemporaryDirectory(dir=in_memory()) as folder:
        plans = Path(folder) / "plans"
        with closing(EmbeddedStore(plans, HandClock(), create=True)) as store:
            add(store, "harbour", 0, "a")
        yield plans


def runs(folder: Path) -> bool:
    """Tell whether the PostgreSQL in a folder runs: it takes this file away when it stops."""
    return (folder / "data" / "postmaster.pid").exists()


def test_a_ledger_is_there_again_after_it_was_closed(made: Path) -> None:
    """It is a ledger like any other, only that nobody has to start a server first."""
    assert not runs(made)
    with closing(open_store(f"postgresql+embedded:///{made}", system_clock, create=False)) as store:
        assert runs(made)
        assert len(check_ledger(store)) == 1
    assert not runs(made)


def test_the_server_runs_as_long_as_anybody_uses_it(made: Path) -> None:
    """A query in a second terminal must not stop the server of the first one."""
    first = EmbeddedStore(made, system_clock, create=False)
    with closing(EmbeddedStore(made, system_clock, create=False)) as second:
        first.close()
        first.close()
        assert runs(made)
        assert len(check_ledger(second)) == 1
    assert not runs(made)


def test_threads_that_open_it_at_once_share_one_server(made: Path) -> None:
    """Tests and notebooks open it from wherever they are."""
    together = Barrier(4)

    def use(_: int) -> int:
        together.wait()
        with closing(EmbeddedStore(made, system_clock, create=False)) as store:
            return len(check_ledger(store))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(use, range(4))) == [1] * 4
    assert not runs(made)


@pytest.fixture
def holder(made: Path) -> Iterator[subprocess.Popen[str]]:
    """Give another process that has the ledger open."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(made)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    yield holder
    holder.kill()
    holder.communicate()


def test_another_process_keeps_it_running(made: Path, holder: subprocess.Popen[str]) -> None:
    """The server belongs to no process: whoever is the last one stops it."""
    EmbeddedStore(made, system_clock, create=False).close()
    assert runs(made)
    holder.communicate("", timeout=LONG)
    assert holder.returncode == 0
    assert not runs(made)


def test_a_process_that_was_killed_does_not_count(
    made: Path, holder: subprocess.Popen[str]
) -> None:
    """What it left running is used by the next one, and stopped by it."""
    holder.send_signal(signal.SIGKILL)
    holder.wait(LONG)
    assert runs(made)
    with closing(EmbeddedStore(made, system_clock, create=False)) as store:
        assert len(check_ledger(store)) == 1
    assert not runs(made)


def test_the_url_works_for_every_process_meanwhile(made: Path) -> None:
    """Workers of one server are given it, so that none of them starts or stops anything."""
    with embedded(made, create=False) as url:
        with closing(PostgresStore(url, system_clock)) as store:
            assert len(check_ledger(store)) == 1
        assert runs(made)
    assert not runs(made)


def test_a_mistyped_path_makes_no_ledger(tmp_path: Path) -> None:
    """An empty ledger in the wrong place looks as if every plan had been lost."""
    with pytest.raises(NoLedgerError, match=r"no ledger in the folder .*planledger migrate"):
        EmbeddedStore(tmp_path / "plnas", system_clock, create=False)
    with pytest.raises(StoreError, match=r"no folder .*/nowhere; make it first"):
        EmbeddedStore(tmp_path / "nowhere" / "plans", system_clock, create=True)
    assert names_in(tmp_path) == []


def test_a_folder_of_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    """A database does not belong among somebody's documents."""
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StoreError, match="has other things in it; give a new folder"):
        EmbeddedStore(tmp_path, system_clock, create=True)
    assert names_in(tmp_path) == ["thesis.txt"]


def test_a_path_that_the_package_cannot_take_is_refused(tmp_path: Path) -> None:
    """It hands the path to a shell as it is."""
    with pytest.raises(StoreError, match="without spaces and quotes in its path"):
        EmbeddedStore(tmp_path / "my plans", system_clock, create=True)
    assert names_in(tmp_path) == []


def test_a_server_that_does_not_start_says_where_to_look(tmp_path: Path) -> None:
    """What PostgreSQL says itself is in its log, and more than one line."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"cannot be started .*data/log may say why\.$") as trouble:
        EmbeddedStore(tmp_path, system_clock, create=False)
    assert "\n" not in str(trouble.value)
    with pytest.raises(StoreError, match="cannot be started"):  # nothing is left locked
        EmbeddedStore(tmp_path, system_clock, create=False)
