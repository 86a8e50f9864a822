"""The check: what is whole is said to be, and whatever is not is found, with its place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from planledger.keeping import checking
from planledger.keeping.checking import Checked, check
from planledger.keeping.walking import MOST_FINDINGS
from planledger.storage.keeping import ChecksItself
from planledger.storage.memory import MemoryStore
from planledger.storage.port import NewRecord, StoreError
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from tests.support.kept import KINDS, add, begin, digest, ledger_file, now, opened
from tests.support.postgres import new_database, new_login, server
from tests.support.simulated import northbridge


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a ledger as somebody does who means to get round its rules."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        made = triggers.fetchall()
        for name, _ in made:
            raw.execute(f"DROP TRIGGER {name}")
        yield raw
        for _, sql in made:
            raw.execute(sql)


def checked(path: Path) -> Checked:
    """Check the ledger in a file."""
    with closing(SqliteStore(path, now, create=False)) as store:
        return check(store)


def found(of: Checked) -> list[str]:
    """Give what was found, each with its position."""
    return [f"{finding.position}: {finding.problem}" for finding in of.findings]


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_ledger_is_found_whole_in_every_store(kind: str, tmp_path: Path) -> None:
    """A check that cries wolf is not heard when the wolf comes."""
    with opened(kind, tmp_path, started=True) as store:
        first = check(store)
        assert (first.whole, first.wrong, first.position) == (True, 0, 12)
        assert (first.entries, first.plans, first.commits) == (12, 2, 6)
        assert all(finding.warning for finding in first.findings)
        assert check(store) == first
        add(store, "gamma", 0, "more")
        assert check(store).sha256 != first.sha256
        assert check(store, until=first.position) == first


def test_the_digest_is_that_of_the_ledger_whatever_keeps_it(tmp_path: Path) -> None:
    """Two people compare a line of text on the telephone, and know that they have one ledger."""
    digests = set()
    for kind in KINDS:
        with opened(kind, tmp_path / kind, started=True) as store:
            digests.add(check(store).sha256)
    assert len(digests) == 1


def test_two_years_of_a_whole_office_are_found_whole() -> None:
    """With corrections, voids and late entries, folding bit by bit has to give the same plan."""
    ledger, made = northbridge()
    told = check(ledger._store)
    assert (told.findings, told.entries, told.commits) == ((), made.entries, made.commands)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM entries WHERE position = 5", "5: Positions 5 to 5 are missing."),
        ("DELETE FROM entries WHERE position = 1", "1: Positions 1 to 1 are missing."),
        ("DELETE FROM entries WHERE position > 11", "None: The ledger ends at position 11 but"),
        ("UPDATE entries SET version = 9 WHERE position = 8", "8: It is version 9 of alpha"),
        (
            "UPDATE entries SET stream = 'x' WHERE position = 2",
            "3: It is of größe/改, but of one commit with x.",
        ),
        ("UPDATE entries SET recorded_at = 1 WHERE position > 3", "4: Its time is before"),
        (
            "UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 12",
            "12: The commit at positions 12 to 12 has no receipt.",
        ),
        ("UPDATE entries SET stream = 'beta', version = 1 WHERE position = 12", "12: It is of"),
        ("UPDATE entries SET data = x'7b7d' WHERE position = 7", "7: Entry 7 (area-added.v1) is"),
        ("UPDATE entries SET name = 'area-lost.v1' WHERE position = 7", "7: Entry 7 is a 'area"),
        ("UPDATE entries SET name = 'plan-drafted.v1' WHERE position = 7", "7: Entry 7 is stored"),
        ("UPDATE entries SET name = 'area-added.v7' WHERE position = 7", "7: Entry 7 is version 7"),
        (
            (
                "UPDATE entries SET data = CAST(replace(CAST(data AS TEXT), "
                "'command-1', 'command-9') AS BLOB) WHERE position = 2"
            ),
            "2: It was recorded by command command-9-ü, but the receipt",
        ),
        ("DELETE FROM receipts WHERE first = 4", "4: The commit at positions 4 to 6 has no"),
        ("UPDATE receipts SET last = 5 WHERE first = 4", "4: The receipt of command-2-ü is of"),
        ("UPDATE receipts SET stream = 'x' WHERE first = 4", "4: The receipt of command-2-ü is"),
        ("UPDATE receipts SET digest = x'00' WHERE first = 4", "4: The receipt of command-2-ü has"),
        (
            "INSERT INTO receipts SELECT 'z', digest, stream, 99, 99, 1 FROM receipts LIMIT 1",
            "99: There is a receipt of z, but no commit at 99.",
        ),
        (
            "INSERT INTO receipts SELECT 'z', digest, stream, 4, 6, 1 FROM receipts LIMIT 1",
            "4: There are two receipts of the commit at 4.",
        ),
    ],
)
def test_each_kind_of_damage_is_found_in_its_place(
    statement: str, said: str, tmp_path: Path
) -> None:
    """Whoever puts it right has to know where it is and what is wrong, and what to do."""
    path = ledger_file(tmp_path / "plans.db")
    with other_program(path) as raw:
        raw.execute(statement)
    told = checked(path)
    assert not told.whole
    assert any(problem.startswith(said) for problem in found(told)), found(told)
    for problem in found(told):
        assert "Restore the ledger" in problem or "Update planledger" in problem


@pytest.mark.parametrize(
    ("folded", "said"),
    [
        (lambda _facts: None, "folded step by step it is not what"),
        (lambda facts: facts["none"], "it cannot be folded (TypeError:"),
    ],
)
def test_a_plan_that_does_not_fold_is_named(
    folded: Callable[[Any], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No entry there is makes a fold fail; should one ever, the others are still looked at."""
    monkeypatch.setattr(checking, "fold", folded)
    store = MemoryStore(now)
    begin(store)
    one, other = found(check(store))
    assert one.startswith(f"9: Of the plan alpha: {said}")
    assert other.startswith(f"12: Of the plan größe/改: {said}")


def test_so_many_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    """Where everything is wrong, a million lines help nobody."""
    with opened("memory", tmp_path) as store:
        for number in range(MOST_FINDINGS + 50):
            odd = [NewRecord(name="odd.v1", data=b"")]
            store.append("alpha", number, odd, command_id=f"{number}", digest=digest("x"))
        told = check(store)
        assert (len(told.findings), told.wrong) == (MOST_FINDINGS, MOST_FINDINGS + 50)


def test_checking_takes_no_notice_of_what_is_recorded_meanwhile(tmp_path: Path) -> None:
    """The nightly check runs while an office far away is at work."""
    with opened("sqlite", tmp_path, started=True) as store:
        before = check(store)
        seen = []

        def record_more(done: int, of: int) -> None:
            seen.append((done, of))
            add(store, f"plan-{len(seen)}", 0, f"meanwhile-{len(seen)}")

        assert check(store, progress=record_more) == before
        assert seen[-1] == (2 * before.entries, 2 * before.entries)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TRIGGER entries_no_delete", "The trigger entries_no_delete is missing."),
        (
            (
                "DROP TRIGGER receipts_no_update; CREATE TRIGGER receipts_no_update "
                "BEFORE UPDATE ON receipts BEGIN SELECT 1; END"
            ),
            "The trigger receipts_no_update is not as planledger made it.",
        ),
        (
            "CREATE TRIGGER mine AFTER INSERT ON entries BEGIN SELECT 1; END",
            "The trigger mine is not planledger's.",
        ),
    ],
)
def test_a_rule_that_was_taken_out_of_the_file_is_missed(
    statement: str, said: str, tmp_path: Path
) -> None:
    """Somebody made room for a change; nothing may be changed yet, but it could be."""
    path = ledger_file(tmp_path / "plans.db")
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(statement)
    told = checked(path)
    assert [problem.startswith(f"None: {said}") for problem in found(told)] == [True]
    assert not told.whole


def test_a_missing_index_is_a_warning(tmp_path: Path) -> None:
    """The ledger is whole; it is only slow."""
    path = ledger_file(tmp_path / "plans.db")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP INDEX entries_by_time")
    told = checked(path)
    assert (told.whole, [finding.warning for finding in told.findings]) == (True, [True])


def test_a_damaged_file_is_told_and_not_read_any_further(tmp_path: Path) -> None:
    """What a damaged database gives is worth nothing, and may be of no kind an entry can be."""
    path = ledger_file(tmp_path / "plans.db")
    with other_program(path) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("UPDATE entries SET data = 'text' WHERE position = 3")
    told = checked(path)
    assert not told.whole
    assert (told.entries, told.sha256) == (0, None)
    (problem,) = found(told)
    assert problem.startswith("None: The file is damaged: CHECK constraint failed in entries.")


def test_a_file_with_a_hole_is_trouble(tmp_path: Path) -> None:
    """A disk that loses a page tells nobody; where nothing can be read, that is said."""
    path = ledger_file(tmp_path / "plans.db", commits=400)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(bytes(20_000))
    with pytest.raises(StoreError, match=r"is damaged\. Restore it"):
        checked(path)


def test_a_login_that_may_do_too_much_is_a_warning() -> None:
    """With such a login the rules are only as good as the program that uses it."""
    with new_login("planledger_writer") as clerk, new_database() as url:
        for user, warned in (("postgres", True), (clerk, False)):
            with closing(PostgresStore(url.replace("postgres@", f"{user}@"), now)) as store:
                told = check(store)
                assert told.whole
                assert [finding.warning for finding in told.findings] == [True] * warned
        server().run(f"GRANT DELETE ON planledger.entries TO {clerk}", database=name_of(url))
        with closing(PostgresStore(url.replace("postgres@", f"{clerk}@"), now)) as store:
            (problem,) = found(check(store))
            assert f"The user {clerk} has the right to change or delete" in problem
        server().run(f"REVOKE DELETE ON planledger.entries FROM {clerk}", database=name_of(url))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE planledger.entries DISABLE TRIGGER never", "is disabled"),
        ("ALTER TABLE planledger.entries ENABLE REPLICA TRIGGER never", "is disabled"),
        ("DROP TRIGGER never ON planledger.receipts", "never of planledger.receipts is missing"),
        (
            (
                "DROP TRIGGER never ON planledger.receipts;\nCREATE TRIGGER never BEFORE UPDATE "
                "ON planledger.receipts FOR EACH STATEMENT EXECUTE FUNCTION planledger.never()"
            ),
            "is not as planledger made it",
        ),
        (
            (
                "CREATE OR REPLACE FUNCTION planledger.never() RETURNS trigger LANGUAGE plpgsql "
                "AS 'BEGIN RETURN NEW; END'"
            ),
            "The function planledger.never is not as",
        ),
        (
            (
                "CREATE TRIGGER mine BEFORE INSERT ON planledger.entries "
                "FOR EACH STATEMENT EXECUTE FUNCTION planledger.never()"
            ),
            "The trigger mine of planledger.entries is not planledger's",
        ),
    ],
)
def test_a_rule_that_was_taken_out_of_the_database_is_missed(statement: str, said: str) -> None:
    """An administrator "only for a moment" is found out at the next check."""
    with new_login("planledger_writer") as clerk, new_database(user=clerk) as url:
        server().run(*statement.split(";\n"), database=name_of(url))
        with closing(PostgresStore(url, now)) as store:
            told = check(store)
    assert not told.whole
    assert [said in problem for problem in found(told)] == [True], found(told)


def test_a_ledger_that_cannot_be_read_is_trouble_and_no_finding() -> None:
    """A server that is away says nothing about the ledger."""
    with new_database() as url:
        store = PostgresStore(url, now)
        assert isinstance(store, ChecksItself)
        store.close()
        with pytest.raises(StoreError, match="closed"):
            check(store)


def name_of(url: str) -> str:
    """Give the name of the database in a URL."""
    return url.partition("?")[0].rpartition("/")[2]
