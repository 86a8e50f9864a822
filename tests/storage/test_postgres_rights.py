"""What the database itself refuses, whoever asks, and what each role may do."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg
import pytest
from psycopg import Connection, errors

from planledger.storage.port import StoreError
from planledger.storage.postgres import PostgresStore
from planledger.storage.postgres.schema import APPENDING, READER, WRITER
from tests.storage.ledger_check import HandClock, add, check_ledger
from tests.support.postgres import as_user, new_database, new_login

INSERT = (
    "INSERT INTO planledger.entries (position, recorded_at, stream, version, name, data) "
    "VALUES (%(position)s, %(recorded_at)s, %(stream)s, %(version)s, 'x.v1', '')"
)
LONG_AFTER = 2**61
FITTING = {"position": 4, "recorded_at": LONG_AFTER, "stream": "harbour", "version": 3}
"""What would be the next entry of the ledger under test."""

CHANGES = {
    "updating": "UPDATE planledger.{} SET stream = 'x'",
    "updating no row": "UPDATE planledger.{} SET stream = 'x' WHERE false",
    "deleting": "DELETE FROM planledger.{}",
    "deleting no row": "DELETE FROM planledger.{} WHERE false",
    "emptying": "TRUNCATE planledger.{}",
}
ON_CONFLICT = (
    "INSERT INTO planledger.receipts SELECT * FROM planledger.receipts "
    "ON CONFLICT (command_id) DO UPDATE SET digest = ''"
)


@pytest.fixture
def url() -> Iterator[str]:
    """Give a database with a ledger of two commits: three entries, in two plans."""
    with new_database() as url:
        with closing(PostgresStore(url, HandClock())) as store:
            add(store, "harbour", 0, "a", 2)
            add(store, "school", 0, "b")
        yield url


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Connect as any other program does."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def login(url: str) -> Iterator[Callable[[str], str]]:
    """Give the database's URL for a new login that is a member of a role."""
    with ExitStack() as logins:
        yield lambda role: as_user(url, logins.enter_context(new_login(role)))


@pytest.mark.parametrize("table", ["entries", "receipts"])
@pytest.mark.parametrize("change", CHANGES)
def test_not_even_a_superuser_changes_what_is_recorded(url: str, change: str, table: str) -> None:
    """A slip in psql must not be able to rewrite history; only dropping the rule first can."""
    with connected(url) as superuser:
        with pytest.raises(psycopg.Error, match="nothing in a ledger is changed or deleted"):
            superuser.execute(CHANGES[change].format(table))
        with pytest.raises(psycopg.Error, match="nothing in a ledger is changed or deleted"):
            superuser.execute(ON_CONFLICT)
    with closing(PostgresStore(url, HandClock())) as store:
        assert len(check_ledger(store)) == 3


@pytest.mark.parametrize("table", ["entries", "receipts"])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", [WRITER, READER])
def test_the_roles_have_no_right_to_change_or_delete(
    login: Callable[[str], str], role: str, change: str, table: str
) -> None:
    """A rule can be dropped by whoever may; a right that was never given cannot be used."""
    with connected(login(role)) as clerk, pytest.raises(errors.InsufficientPrivilege):
        clerk.execute(CHANGES[change].format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE planledger.entries DISABLE TRIGGER never",
        "DROP TRIGGER never ON planledger.entries",
        "CREATE OR REPLACE FUNCTION planledger.never() RETURNS trigger AS '' LANGUAGE sql",
        "CREATE TABLE planledger.other ()",
        "SET session_replication_role = replica",
        "DO 'BEGIN LOCK TABLE planledger.entries IN EXCLUSIVE MODE; END'",
        "UPDATE planledger.format SET version = 7",
    ],
)
def test_a_writer_cannot_get_round_the_rules(login: Callable[[str], str], statement: str) -> None:
    """The program that serves the world is the one that may be broken into."""
    with connected(login(WRITER)) as clerk, pytest.raises(errors.InsufficientPrivilege):
        clerk.execute(statement)


def test_a_writer_may_append_and_read(login: Callable[[str], str]) -> None:
    """The rights that are documented are enough for everything a server does."""
    with closing(PostgresStore(login(WRITER), HandClock())) as store:
        assert add(store, "school", 1, "c").first == 4
        with closing(store.watch()) as watch:
            assert watch.wait(3, 0) == 4
        assert len(check_ledger(store)) == 4


def test_a_reader_may_read_and_not_append(login: Callable[[str], str]) -> None:
    """Whoever only makes reports gets no right to record."""
    with closing(PostgresStore(login(READER), HandClock())) as store:
        assert len(check_ledger(store)) == 3
        with closing(store.watch()) as watch:
            assert watch.wait(0, 0) == 3
        with pytest.raises(StoreError, match=r"rights of this user.*planledger_writer.*Nothing"):
            add(store, "school", 1, "c")
        assert len(check_ledger(store)) == 3


def test_anybody_else_is_told_which_right_is_missing(url: str) -> None:
    """The first thing that goes wrong in a new installation, and one GRANT sets it right."""
    with (
        new_login() as nobody,
        pytest.raises(StoreError, match=r"rights of this user\. Grant it planledger_writer"),
    ):
        PostgresStore(as_user(url, nobody), HandClock())


@pytest.mark.parametrize(
    "misfit",
    [
        {"position": 3},
        {"position": 5},
        {"position": 0},
        {"version": 2},
        {"version": 4},
        {"stream": "new", "version": 2},
        {"recorded_at": 0},
    ],
)
def test_no_program_inserts_an_entry_but_right_after_the_last(
    url: str, misfit: dict[str, object]
) -> None:
    """A gap or an exchange would be taken for a lost entry, by everybody and for ever."""
    with connected(url) as other, pytest.raises(psycopg.IntegrityError, match="right after"):
        other.execute(INSERT, FITTING | misfit)


def test_an_operator_of_the_writers_own_gets_round_no_rule(
    url: str, login: Callable[[str], str]
) -> None:
    """Names inside the rules mean what they meant when the rules were made, whoever calls them."""
    with connected(url) as superuser:
        superuser.execute(
            "CREATE SCHEMA theirs; GRANT USAGE ON SCHEMA theirs TO PUBLIC; "
            "CREATE FUNCTION theirs.no(bigint, bigint) RETURNS boolean LANGUAGE sql "
            "AS 'SELECT false'; "
            "CREATE OPERATOR theirs.<> (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = theirs.no)"
        )
    with connected(login(WRITER)) as clerk:
        clerk.execute("SET search_path = theirs, pg_catalog")
        assert clerk.execute("SELECT 1::bigint <> 2::bigint").fetchone() == (False,)
        with pytest.raises(psycopg.IntegrityError, match="right after"):
            clerk.execute(INSERT, FITTING | {"position": 7})


def test_another_program_that_inserts_waits_for_its_turn(url: str) -> None:
    """A reader must never see position n without n - 1, whoever records."""
    with connected(url) as one, connected(url) as other, connected(url) as reader:
        one.execute("BEGIN")
        one.execute(INSERT, FITTING)
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
        assert reader.execute(held, (APPENDING & 0xFFFFFFFF,)).fetchone() == (1,)
        other.execute("SET lock_timeout = '50ms'")
        with pytest.raises(errors.LockNotAvailable):
            other.execute(INSERT, FITTING)
        one.execute("COMMIT")
        other.execute(INSERT, FITTING | {"position": 5, "version": 4})


def test_what_another_program_inserts_wakes_whoever_waits(url: str) -> None:
    """The news is told by the database, so that nobody who records can forget to tell it."""
    with connected(url) as other:
        other.execute("LISTEN planledger")
        with connected(url) as one:
            one.execute(INSERT, FITTING)
        assert [told.channel for told in other.notifies(timeout=30, stop_after=1)] == ["planledger"]
