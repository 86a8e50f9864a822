"""Disks fill, files are locked: a command says so in one line and leaves nothing half-done."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from planledger.storage.sqlite import SqliteStore
from tests.support.kept import held, ledger_file, now
from tests.support.program import PATIENCE, PROGRAM, environment, invoke
from tests.support.told import ROOT

COPYING = {"backup": ("backup", "new.db"), "export": ("export", "-o", "new.ndjson")}
FILLING = {"restore": ("restore", "kept.db"), "load": ("load", "kept.ndjson")}

CHILD = """
import os, resource, sys
from planledger.cli import app
from tests.support.kept import now
how, *words = sys.argv[1:]
if how == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(words.pop(0)), -1))
elif os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
app(words)
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Give a folder with a ledger, a backup and an export of it, and an empty ledger."""
    ledger_file(tmp_path / "planledger.db", commits=200)
    assert invoke("backup", "kept.db", folder=tmp_path).returncode == 0
    assert invoke("export", "-o", "kept.ndjson", folder=tmp_path).returncode == 0
    SqliteStore(tmp_path / "empty.db", now, create=True).close()
    return tmp_path


def child(how: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a process that was first made poor."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, how, *words],
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE * 2,
    )


def said(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Give the one line in which a command said no."""
    assert (done.returncode, done.stdout) == (code, ""), done
    (line,) = done.stderr.splitlines()
    assert line.startswith("planledger: ")
    return line


def names(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(path.name for path in folder.iterdir())


def entries(path: Path) -> int:
    """Count the entries of a ledger."""
    with closing(SqliteStore(path, now, create=False)) as store:
        return len(held(store)[0])


@pytest.mark.parametrize(("command", "code"), [("backup", 3), ("export", 2)])
def test_a_disk_that_fills_while_copying_leaves_nothing(
    command: str, code: int, folder: Path
) -> None:
    """What looks like a backup must be one; and the room it took must be free again."""
    before = names(folder)
    line = said(child("full", "40000", *COPYING[command], folder=folder), code)
    assert "new." in line
    assert names(folder) == before
    assert invoke(*COPYING[command], folder=folder).returncode == 0


@pytest.mark.parametrize("command", FILLING)
def test_a_disk_that_fills_while_filling_leaves_the_ledger_empty(
    command: str, folder: Path
) -> None:
    """Half of what was restored is worse than nothing, since it looks like all."""
    words = (*FILLING[command], "--ledger", "sqlite:///empty.db")
    assert "empty.db" in said(child("full", "60000", *words, folder=folder), 3)
    assert entries(folder / "empty.db") == 0
    assert invoke(*words, folder=folder).returncode == 0
    assert entries(folder / "empty.db") == entries(folder / "planledger.db")


def test_a_ledger_that_is_read_only_can_be_kept_but_not_filled(folder: Path) -> None:
    """An old council's ledger is put away read-only, and is checked every year all the same."""
    (folder / "planledger.db").chmod(0o444)
    (folder / "empty.db").chmod(0o444)
    for words in (("check",), *COPYING.values()):
        assert invoke(*words, folder=folder).returncode == 0
    for words in FILLING.values():
        done = invoke(*words, "--ledger", "sqlite:///empty.db", folder=folder)
        assert "read-only" in said(done, 3)


def test_a_locked_ledger_can_be_kept_and_says_that_it_cannot_be_filled(folder: Path) -> None:
    """Somebody left an SQLite browser open with a change that is not done."""
    with (
        closing(sqlite3.connect(folder / "planledger.db", isolation_level=None)) as full,
        closing(sqlite3.connect(folder / "empty.db", isolation_level=None)) as empty,
    ):
        full.execute("BEGIN IMMEDIATE")
        empty.execute("BEGIN IMMEDIATE")
        waiting = [
            subprocess.Popen(
                [PROGRAM, *words, "--ledger", "sqlite:///empty.db"],
                cwd=folder,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for words in FILLING.values()
        ]
        for words in (("check",), *COPYING.values()):
            assert invoke(*words, folder=folder).returncode == 0
        for process in waiting:
            out, err = process.communicate(timeout=PATIENCE)
            done = subprocess.CompletedProcess(process.args, process.returncode, out, err)
            assert "is locked by another program" in said(done, 3)
    assert entries(folder / "empty.db") == 0
    assert invoke(*FILLING["load"], "--ledger", "sqlite:///empty.db", folder=folder).returncode == 0


@pytest.mark.parametrize("command", ["check", *COPYING, *FILLING])
def test_a_ledger_that_was_replaced_by_something_else_is_said_to_be_none(
    command: str, folder: Path
) -> None:
    """A download went to the wrong file; the command must not make it worse."""
    path = folder / "planledger.db"
    path.write_bytes(b"no database at all\n" * 1_000)
    before, listed = path.read_bytes(), names(folder)
    words = {"check": ("check",), **COPYING, **FILLING}[command]
    assert "planledger.db" in said(invoke(*words, folder=folder), 3)
    assert (path.read_bytes(), names(folder)) == (before, listed)


@pytest.mark.parametrize("command", ["check", *COPYING])
def test_a_ledger_that_may_not_be_read_is_said_in_one_line(command: str, folder: Path) -> None:
    """The nightly job runs as a user that was never given the right."""
    (folder / "planledger.db").chmod(0)
    words = {"check": ("check",), **COPYING}[command]
    line = said(child("poor", *words, folder=folder), 3)
    assert "planledger.db cannot be opened" in line or "ermission denied" in line
    assert "new." not in " ".join(names(folder))


@pytest.mark.parametrize("command", FILLING)
def test_a_copy_that_may_not_be_read_is_said_in_one_line(command: str, folder: Path) -> None:
    """A backup is for its owner alone, and somebody else tries to restore it."""
    _, kept = FILLING[command]
    (folder / kept).chmod(0)
    done = child("poor", command, kept, "--ledger", "sqlite:///empty.db", folder=folder)
    assert "ermission denied" in said(done, 2)
    assert entries(folder / "empty.db") == 0


def test_a_full_pipe_is_said_and_the_ledger_is_as_it_was(folder: Path) -> None:
    """`export > file` on a full disk must not end as if all were well."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [PROGRAM, "export"],
            cwd=folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert os.strerror(28) in done.stderr
