"""`kill -9` gives no time to tidy up: what is there then is whole, or plainly not there."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from planledger.keeping.copying import backup, export_to
from planledger.storage.sqlite import SqliteStore
from tests.support.kept import ledger_file, now
from tests.support.postgres import new_database
from tests.support.told import ROOT

COMMITS = 600
"""Twelve hundred entries: three pages of them, so that there are steps in mid-copy."""


def killed(*words: object) -> int:
    """Do a piece of work, killed at every step; give how many there were."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killed", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return int(done.stdout)


@pytest.fixture(name="ledger", scope="module")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger of several pages."""
    return ledger_file(tmp_path_factory.mktemp("ledger") / "plans.db", COMMITS)


@pytest.mark.parametrize("name", ["backup.db", "export.ndjson"])
def test_a_copy_has_its_name_only_once_it_is_whole(name: str, ledger: Path, tmp_path: Path) -> None:
    """The nightly backup is cut short by a restart, and nobody looks at it until it is needed."""
    assert killed("copying", f"sqlite:///{ledger}", tmp_path, name) > 15


@pytest.mark.parametrize("name", ["backup.db", "export.ndjson"])
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_ledger_that_is_filled_is_empty_until_it_is_whole(
    name: str, kind: str, ledger: Path, tmp_path: Path
) -> None:
    """Half a ledger in place of a lost one would be taken for all that is left."""
    with closing(SqliteStore(ledger, now, create=False)) as store:
        if name.endswith(".db"):
            backup(store, tmp_path / name, now)
        else:
            export_to(store, tmp_path / name)
    if kind == "sqlite":
        assert killed("filling", tmp_path / name, f"sqlite:///{tmp_path / 'new.db'}") > 15
    else:
        with new_database() as url:
            assert killed("filling", tmp_path / name, url) > 10
