"""`planledger cache`: what is in the cache is checked against the entries, or made anew."""

from pathlib import Path

import pytest

from planledger.domain.commands import RewordItem
from planledger.ledger import Ledger
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock, begin_plan, recorded
from tests.support.postgres import new_database
from tests.support.program import asked, invoke, run, shown
from tests.support.snapshots import spoiled

LEDGER = "sqlite:///plans.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a ledger of two small plans."""
    clock = SettableClock()
    ledger = Ledger(SqliteStore(tmp_path / "plans.db", clock, create=True), clock)
    begin_plan(ledger, "alpha")
    begin_plan(ledger, "beta")
    ledger.close()
    return tmp_path


def _reword(folder: Path) -> None:
    clock = SettableClock()
    ledger = Ledger(SqliteStore(folder / "plans.db", clock, create=False), clock)
    recorded(ledger, RewordItem(plan="beta", item="1.1/1", to="A board", material=False))
    ledger.close()


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "plans.db.cache").iterdir())


def test_a_cache_is_made_anew_and_found_fresh(folder: Path) -> None:
    """After an update or a restore, all is made at once instead of one plan after the other."""
    assert shown(folder, "cache", "check", "--ledger", LEDGER) == "alpha: missing\nbeta: missing\n"
    said = shown(folder, "cache", "rebuild", "--ledger", LEDGER)
    assert said == "Made anew: 2 snapshots.\n"
    (folder / "plans.db.cache" / ("0" * 32 + ".snapshot")).write_bytes(b"of a plan that is gone")
    assert asked(folder, "cache", "rebuild", "--ledger", LEDGER) == {"plans": ["alpha", "beta"]}
    assert len(_files(folder)) == 2
    assert shown(folder, "cache", "check", "--ledger", LEDGER) == "alpha: fresh\nbeta: fresh\n"


def test_what_is_behind_is_fine(folder: Path) -> None:
    """Entries after a snapshot are read when the plan is opened; nobody need do anything."""
    shown(folder, "cache", "rebuild", "--ledger", LEDGER)
    _reword(folder)
    assert shown(folder, "cache", "check", "--ledger", LEDGER, "--plan", "beta") == (
        "beta: behind by 1 entry, which is fine\n"
    )
    assert asked(folder, "cache", "check", "--ledger", LEDGER) == {
        "plans": [
            {"plan": "alpha", "condition": "fresh", "behind": 0, "problem": None},
            {"plan": "beta", "condition": "behind", "behind": 1, "problem": None},
        ]
    }
    shown(folder, "cache", "rebuild", "--ledger", LEDGER, "--plan", "beta")
    assert shown(folder, "cache", "check", "--ledger", LEDGER) == "alpha: fresh\nbeta: fresh\n"


def test_what_is_damaged_stale_or_wrong_ends_with_one(folder: Path) -> None:
    """A job that looks after the ledger at night reads the exit code, and nothing else."""
    shown(folder, "cache", "rebuild", "--ledger", LEDGER)
    sound = {file: file.read_bytes() for file in _files(folder)}
    hint = "planledger: Not all snapshots are sound. Make them anew: planledger cache rebuild\n"
    for how, told in (
        ("damaged", "damaged. Its bytes are not those that were kept."),
        ("stale", "stale. Another version of planledger made it."),
        ("wrong", "wrong. At position 4 it gives another plan than the entries do."),
    ):
        for file, data in sound.items():
            file.write_bytes(spoiled(data, "alpha", how) or data)
        done = invoke("cache", "check", "--ledger", LEDGER, folder=folder)
        assert (done.returncode, done.stderr) == (1, hint)
        assert done.stdout == f"alpha: {told}\nbeta: fresh\n"
        as_json = invoke("cache", "check", "--ledger", LEDGER, "--json", folder=folder)
        assert as_json.returncode == 1
        assert f'"condition":"{how}"' in as_json.stdout.replace(": ", ":")


def test_one_plan_is_named_by_its_ref(folder: Path) -> None:
    """A slip of the keyboard is told, and nothing is deleted for it."""
    shown(folder, "cache", "rebuild", "--ledger", LEDGER)
    for command in ("check", "rebuild"):
        done = invoke("cache", command, "--ledger", LEDGER, "--plan", "gamma", folder=folder)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "planledger: There is no plan 'gamma'. Plans: alpha, beta.\n"
    assert len(_files(folder)) == 2


def test_a_ledger_without_a_cache_or_without_a_ledger_is_told_of(tmp_path: Path) -> None:
    """Nothing is made by looking for it."""
    done = invoke("cache", "check", "--ledger", "memory:", folder=tmp_path)
    assert done.returncode == 2
    assert "memory has no cache" in done.stderr
    assert invoke("cache", "rebuild", "--ledger", LEDGER, folder=tmp_path).returncode == 3
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_trouble(folder: Path) -> None:
    """Who asks for a cache to be made anew must be told that it was not."""
    (folder / "plans.db.cache").write_text("no folder")
    done = run("cache", "rebuild", "--ledger", LEDGER, folder=folder)
    assert done.returncode == 3
    assert "plans.db.cache cannot be used" in done.stderr
    assert done.stderr.count("\n") == 1
    assert run("cache", "check", "--ledger", LEDGER, folder=folder).returncode == 3


def test_postgresql_keeps_its_cache_in_the_database(tmp_path: Path) -> None:
    """The same commands for either store."""
    clock = SettableClock()
    with new_database() as url:
        ledger = Ledger(PostgresStore(url, clock), clock)
        begin_plan(ledger, "alpha")
        ledger.close()
        for command, said in (
            ("check", "alpha: missing\n"),
            ("rebuild", "Made anew: 1 snapshot.\n"),
            ("check", "alpha: fresh\n"),
        ):
            assert shown(tmp_path, "cache", command, "--ledger", url) == said
    assert list(tmp_path.iterdir()) == []
