"""Making a ledger in a PostgreSQL database, and bringing it up to date."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from threading import Barrier

import psycopg
import pytest

from planledger.storage.port import NoLedgerError, StoreError
from planledger.storage.postgres import Migrated, PostgresStore, migrate, migrating, statements
from planledger.storage.postgres.schema import FORMAT, GRANTS, MIGRATING, READER, STEPS, WRITER
from tests.storage.ledger_check import HandClock, add, check_ledger
from tests.support.postgres import as_user, name_of, new_database, new_login, server

EVERYTHING = """
SELECT relname::text, relkind::text, pg_get_userbyid(relowner)::text, relacl::text FROM pg_class
WHERE relnamespace = 'planledger'::regnamespace
UNION ALL SELECT proname, 'f', pg_get_userbyid(proowner), proacl::text FROM pg_proc
WHERE pronamespace = 'planledger'::regnamespace
UNION ALL SELECT tgname, 't', pg_get_triggerdef(oid), '' FROM pg_trigger
WHERE NOT tgisinternal
UNION ALL SELECT 'format', version::text, '', '' FROM planledger.format ORDER BY 1, 2, 3"""


@pytest.fixture
def empty() -> Iterator[str]:
    """Give the URL of a database without a ledger."""
    with new_database(migrated=False) as url:
        yield url


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """Connect as the superuser does."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def described(url: str) -> list[tuple[object, ...]]:
    """Give everything that was made."""
    with connected(url) as connection:
        return connection.execute(EVERYTHING).fetchall()


def works(url: str) -> bool:
    """Tell whether the ledger there can be used."""
    with closing(PostgresStore(url, HandClock())) as store:
        add(store, "harbour", 0, "a", 2)
        return len(check_ledger(store)) == 2


def test_a_database_without_a_ledger_is_refused_until_it_is_migrated(empty: str) -> None:
    """Servers make no tables: of many that start at once, all but one would fail."""
    with pytest.raises(NoLedgerError, match=r"no ledger in .* yet.*planledger migrate"):
        PostgresStore(empty, HandClock())
    assert migrate(empty).was == 0
    assert works(empty)


def test_migrating_again_changes_nothing(empty: str) -> None:
    """It runs before every start of a server, so it has to be harmless."""
    made = migrate(empty)
    before = described(empty)
    assert made == Migrated(ledger=made.ledger, was=0, now=FORMAT, missing=())
    assert migrate(empty) == Migrated(ledger=made.ledger, was=FORMAT, now=FORMAT, missing=())
    assert described(empty) == before
    assert works(empty)


def test_of_many_that_migrate_at_once_all_succeed(empty: str) -> None:
    """Two workers that start against an empty database must both come up."""
    together = Barrier(6)

    def start(_: int) -> Migrated:
        together.wait()
        return migrate(empty)

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(start, range(6)))
    assert sorted(migrated.was for migrated in done) == [0, *[FORMAT] * 5]
    assert works(empty)


def test_what_is_printed_for_an_administrator_makes_the_same(empty: str) -> None:
    """Where nobody else may make tables, this text is what an administrator reads and runs."""
    with new_database(migrated=False) as other:
        migrate(other)
        with connected(empty) as psql:
            psql.execute(";\n".join(statements()))
        assert described(empty) == described(other)
    assert migrate(empty).was == FORMAT
    assert works(empty)


@pytest.mark.parametrize("default", ["repeatable read", "serializable"])
def test_the_databases_defaults_make_no_difference(empty: str, default: str) -> None:
    """What is read under a lock must not be older than the lock; a default can make it so."""
    server().run(f"ALTER DATABASE {name_of(empty)} SET default_transaction_isolation = '{default}'")
    with ThreadPoolExecutor(4) as pool:
        assert sorted(done.was for done in pool.map(migrate, [empty] * 4)) == [0, *[FORMAT] * 3]


class Stairs:
    """Formats to come: each step makes a table, and the last may fail."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Begin with the format of today."""
        self._patch = patch
        self._steps = STEPS

    def add(self, statement: str) -> None:
        """Let the next format differ by a statement."""
        now = len(self._steps) + 1
        self._steps = (
            *self._steps,
            (statement, "UPDATE planledger.format SET version = version + 1"),
        )
        self._patch.setattr(migrating, "STEPS", self._steps)
        self._patch.setattr(migrating, "FORMAT", now)


@pytest.fixture
def stairs(monkeypatch: pytest.MonkeyPatch) -> Stairs:
    """Give formats to come."""
    return Stairs(monkeypatch)


def test_an_older_ledger_is_brought_up_to_date_and_not_used_before(
    empty: str, stairs: Stairs
) -> None:
    """A new program and an old ledger meet at every update; entries stay as they are."""
    migrate(empty)
    assert works(empty)
    stairs.add("CREATE TABLE planledger.second ()")
    stairs.add("CREATE TABLE planledger.third ()")
    with pytest.raises(StoreError, match=rf"has format {FORMAT}, .*needs {FORMAT + 2}.*migrate"):
        PostgresStore(empty, HandClock())
    migrated = migrate(empty)
    assert (migrated.was, migrated.now) == (FORMAT, FORMAT + 2)
    with closing(PostgresStore(empty, HandClock())) as store:
        assert len(check_ledger(store)) == 2


def test_a_newer_ledger_is_left_alone(
    empty: str, stairs: Stairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old program may not know a rule that the newer one relies on."""
    with monkeypatch.context():
        stairs.add("CREATE TABLE planledger.second ()")
        migrate(empty)
    monkeypatch.undo()
    with pytest.raises(StoreError, match=rf"newer planledger \(format {FORMAT + 1}"):
        PostgresStore(empty, HandClock())
    with pytest.raises(StoreError, match="Update planledger"):
        migrate(empty)


def test_a_migration_that_fails_leaves_everything_as_it_was(empty: str, stairs: Stairs) -> None:
    """Half a new format is one that no program knows."""
    migrate(empty)
    before = described(empty)
    stairs.add("CREATE TABLE planledger.second ()")
    stairs.add("SELECT 1 / 0")
    with pytest.raises(StoreError, match="division by zero"):
        migrate(empty)
    assert described(empty) == before


def test_a_database_that_cannot_keep_every_letter_is_refused() -> None:
    """A name that cannot be written would stop a plan in the middle of its life."""
    server().run(
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' STRATEGY FILE_COPY"
    )
    try:
        with pytest.raises(StoreError, match=r"keeps text as LATIN1.*ENCODING 'UTF8'"):
            migrate(server().url("latin"))
    finally:
        server().run("DROP DATABASE latin")


@pytest.fixture
def owner(empty: str) -> Iterator[Callable[..., str]]:
    """Give the empty database's URL for a new login, perhaps with rights to make things in it."""
    with ExitStack() as exits:

        def new_owner(*, may_create: bool) -> str:
            name = exits.enter_context(new_login())
            if may_create:
                server().run(f"GRANT CREATE ON DATABASE {name_of(empty)} TO {name}")
            exits.callback(server().run, f"DROP OWNED BY {name}", database=name_of(empty))
            return as_user(empty, name)

        yield new_owner


def test_who_may_not_make_a_schema_is_told_what_to_ask_for(owner: Callable[..., str]) -> None:
    """Most users of a shared server may not; the message is what they send to whoever may."""
    with pytest.raises(StoreError, match=r"GRANT CREATE ON DATABASE .*planledger migrate --sql"):
        migrate(owner(may_create=False))


def test_an_owner_without_further_rights_makes_a_ledger(owner: Callable[..., str]) -> None:
    """CREATE on the database is all it takes where the roles are there already."""
    url = owner(may_create=True)
    assert migrate(url).missing == ()
    assert migrate(url).was == FORMAT
    assert works(url)


def test_roles_that_are_missing_are_named_and_get_their_rights_later(
    owner: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only an administrator makes roles; the ledger is of use before that, by its owner."""
    roles = {role: f"{role}_of_a_test" for role in (WRITER, READER)}
    renamed = {
        roles[role]: tuple(grant.replace(role, roles[role]) for grant in grants)
        for role, grants in GRANTS.items()
    }
    monkeypatch.setattr(migrating, "GRANTS", renamed)
    url = owner(may_create=True)
    assert migrate(url).missing == tuple(roles.values())
    assert works(url)
    with ExitStack() as exits:
        for role in roles.values():
            server().run(f"CREATE ROLE {role} NOLOGIN")
            exits.callback(server().run, f"DROP ROLE {role}")
            exits.callback(server().run, f"DROP OWNED BY {role}", database=name_of(url))
        assert migrate(url).missing == ()
        login = exits.enter_context(new_login(roles[WRITER]))
        with closing(PostgresStore(as_user(url, login), HandClock())) as store:
            assert add(store, "harbour", 2, "b").first == 3


def test_a_writer_may_ask_whether_there_is_something_to_do(empty: str) -> None:
    """A container that migrates before it serves does so with the login of the server."""
    migrate(empty)
    before = described(empty)
    with new_login(WRITER) as clerk:
        assert migrate(as_user(empty, clerk)).was == FORMAT
    assert described(empty) == before


def test_migrations_wait_for_each_other(empty: str) -> None:
    """The lock is of the database, so that ledgers in two databases do not hinder each other."""
    with connected(empty) as other, ThreadPoolExecutor(1) as pool:
        other.execute("SELECT pg_advisory_lock(%s)", (MIGRATING,))
        waiting = pool.submit(migrate, empty)
        blocked = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'"
        while not other.execute(blocked).fetchall():
            assert not waiting.done()
        with new_database(migrated=False) as elsewhere:
            assert migrate(elsewhere).was == 0
        other.execute("SELECT pg_advisory_unlock(%s)", (MIGRATING,))
        assert waiting.result(30).was == 0
