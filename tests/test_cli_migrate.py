"""Making a ledger, and bringing it up to date, from the command line."""

import json
import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from planledger.storage.postgres.schema import WRITER
from tests.support.acts import DOCUMENT
from tests.support.postgres import as_user, new_database, new_login
from tests.support.program import PROGRAM, environment, invoke, run


def migrate(folder: Path, *words: str) -> tuple[int, str, str]:
    """Run the command; give its exit code and what it said."""
    done = invoke("migrate", *words, folder=folder)
    return done.returncode, done.stdout, done.stderr


def test_a_ledger_in_postgresql_is_made_used_and_up_to_date(tmp_path: Path) -> None:
    """The three commands that a new installation begins with, in their order."""
    (tmp_path / "plan.txt").write_text(DOCUMENT, encoding="utf-8")
    with new_database(migrated=False) as url:
        name = url.partition("@/")[2].partition("?")[0]
        words = ("import", "plan.txt", "--plan", "harbour", "--new", "--ledger", url)
        early = invoke(*words, folder=tmp_path)
        assert (early.returncode, early.stdout) == (3, "")
        assert re.search(rf"no ledger in {name} on .*`planledger migrate`\.$", early.stderr)
        code, said, _ = migrate(tmp_path, "--ledger", url)
        assert code == 0
        assert re.fullmatch(rf"The ledger {name} on .* is made\.\n", said)
        assert invoke(*words, folder=tmp_path).returncode == 0
        code, said, _ = migrate(tmp_path, "--ledger", url)
        assert code == 0
        assert re.fullmatch(rf"The ledger {name} on .* is there and up to date\.\n", said)
        checked = invoke("check", "--ledger", url, folder=tmp_path)
        assert (checked.returncode, checked.stderr) == (0, "")
        assert "The ledger is whole" in checked.stdout


def test_a_machine_is_told_in_json(tmp_path: Path) -> None:
    """An installer decides by it whether anything was done, and what is left for a person."""
    with new_database(migrated=False) as url:
        for ledger in (url, "sqlite:///plans.db"):
            told = [
                json.loads(migrate(tmp_path, "--json", "--ledger", ledger)[1]) for _ in range(2)
            ]
            assert [one.pop("made") for one in told] == [True, False]
            assert {one.pop("ledger") for one in told} == {told_of(ledger)}
            assert told == [{"upgraded_from": None, "missing_roles": []}] * 2


def told_of(url: str) -> str:
    """Give what messages call a ledger."""
    if url.startswith("sqlite"):
        return url
    name, _, host = url.partition("@/")[2].partition("?host=")
    return f"{name} on {host}"


def test_two_that_start_at_once_both_come_up(tmp_path: Path) -> None:
    """Two containers of a new release start in the same second, against an empty database."""
    with new_database(migrated=False) as url:
        started = [
            subprocess.Popen(
                [PROGRAM, "migrate", "--ledger", url, "--json"],
                cwd=tmp_path,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        ended = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert [error for _, error in ended] == ["", ""]
    assert sorted(json.loads(said)["made"] for said, _ in ended) == [False, True]


def test_an_administrator_can_read_what_is_to_be_done_and_do_it(tmp_path: Path) -> None:
    """Where programs may make no tables, a person runs what they read."""
    code, sql, _ = migrate(tmp_path, "--sql")
    assert code == 0
    assert sql.startswith("-- ")
    with new_database(migrated=False) as url:
        with psycopg.connect(url, autocommit=True) as psql:
            psql.execute(sql)
        with new_login(WRITER) as clerk:
            code, said, error = migrate(tmp_path, "--ledger", as_user(url, clerk))
    assert (code, error) == (0, "")
    assert "up to date" in said


def test_an_sqlite_ledger_is_made_and_left_as_it_is(tmp_path: Path) -> None:
    """One command for every store, so that a container need not know which it has."""
    url = "sqlite:///plans.db"
    assert migrate(tmp_path, "--ledger", url) == (0, f"The ledger {url} is made.\n", "")
    before = (tmp_path / "plans.db").read_bytes()
    said = f"The ledger {url} is there and up to date.\n"
    assert migrate(tmp_path, "--ledger", url) == (0, said, "")
    assert (tmp_path / "plans.db").read_bytes() == before


def test_in_memory_there_is_nothing_to_do(tmp_path: Path) -> None:
    """It says so, rather than make something that is gone at once."""
    code, said, error = migrate(tmp_path, "--ledger", "memory:")
    assert (code, error) == (0, "")
    assert "nothing to do" in said


@pytest.mark.parametrize(
    ("url", "code", "says"),
    [
        ("postgresql://clerk:secret@127.0.0.1:1/plans", 3, "no PostgreSQL answers there"),
        ("postgresql://clerk:se@cret@host/plans", 2, "are written %40"),
        ("postgresql://clerk:secret@host", 2, "postgresql://user:password@host:port/database"),
        ("mysql://clerk:secret@host/plans", 2, "Understood are: sqlite:///"),
        ("sqlite:////nowhere/at/all/plans.db", 3, "no folder /nowhere/at/all"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_without_the_password(
    tmp_path: Path, url: str, code: int, says: str
) -> None:
    """What a scheduler mails to everybody must be enough, and must not be too much."""
    done = run("migrate", "--ledger", url, folder=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
    assert "cret" not in done.stderr
