"""What can go wrong with a PostgreSQL ledger: one clear line, no password, and service after it.

What breaks in the middle of an append, and whether it was kept, is in `test_faults`.
"""

import logging
import socket
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import datetime
from threading import Barrier, Event

import psycopg
import pytest

from planledger.storage.open import open_store
from planledger.storage.port import EntryStore, StoreError
from planledger.storage.postgres import PostgresStore, migrate, recorder
from planledger.storage.postgres.pool import MOST_CONNECTIONS
from planledger.storage.postgres.schema import WRITER
from tests.storage.ledger_check import HandClock, add, check_ledger, system_clock
from tests.support.postgres import (
    Server,
    as_user,
    end_connections,
    name_of,
    new_database,
    new_login,
    server,
)

LONG = 60.0


@pytest.fixture
def url() -> Iterator[str]:
    """Give the URL of a database with an empty ledger."""
    with new_database() as url:
        yield url


@pytest.fixture
def store(url: str, clock: HandClock) -> Iterator[PostgresStore]:
    """Give the store in it, which does not wait long for others."""
    with closing(PostgresStore(url, clock, lock_timeout=1)) as store:
        yield store


@pytest.fixture
def by_password() -> Iterator[str]:
    """Give the URL of a ledger whose server asks this login for its password, "s3cr+t/@:"."""
    with new_database() as url, new_login(WRITER) as clerk:
        server().run(f"ALTER ROLE {clerk} PASSWORD 's3cr+t/@:'")
        with server().asking_for_password(clerk):
            yield as_user(url, f"{clerk}:s3cr%2Bt%2F%40%3A")


# -- at opening


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("s3cr", "wr0ng"), "does not accept this user with this password"),
        ((":s3cr%2Bt%2F%40%3A", ""), "does not accept this user with this password"),
        (("//clerk", "//nobody"), "does not accept this user with this password"),
        (("@/ledger", "@/other"), "there is no such database. Make it with CREATE DATABASE"),
        (("planledger-postgres", "elsewhere"), "no PostgreSQL answers there. Start it, or"),
        (("?host=", "?port=1&host="), "no PostgreSQL answers there. Start it, or"),
        (("?host=", "?hostaddr=127.0.0.1&port=1&x"), "URL of a PostgreSQL ledger is postgresql://"),
        (("%40%3A@", "@@:@"), "characters @ : / ? # % of a user or password are written %40"),
        (("%2F", "/"), "characters @ : / ? # % of a user or password are written %40"),
        (("%2F", "%"), "URL of a PostgreSQL ledger is postgresql://user:password@host"),
        (("?host=", "?secret=s3cr&host="), "URL of a PostgreSQL ledger is postgresql://"),
    ],
)
def test_what_is_wrong_with_a_url_is_said_without_the_password(
    by_password: str, change: tuple[str, str], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Messages end in tickets and logs, where more people read them than may read the ledger."""
    bad = by_password.replace(*change)
    assert bad != by_password
    check_refused(bad, says, caplog)


@pytest.mark.parametrize(
    ("elsewhere", "says"),
    [
        ("127.0.0.1:1/x", "The ledger x on 127.0.0.1:1 cannot be reached: no PostgreSQL answers"),
        ("no-such-host.invalid/x", "no PostgreSQL answers there. Start it, or check the URL."),
        ("host:s3cr/x", "The port in the URL of a PostgreSQL ledger is a number"),
        ("host", "URL of a PostgreSQL ledger is postgresql://user:password@host:port/database"),
    ],
)
def test_what_is_wrong_with_a_host_is_said_without_the_password(
    elsewhere: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The same for a URL that leads nowhere."""
    check_refused(f"postgresql://clerk:s3cr@{elsewhere}", says, caplog)


def check_refused(bad: str, says: str, caplog: pytest.LogCaptureFixture) -> None:
    """Hold that a URL is refused with these words in one line, and that nothing tells a secret."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises((StoreError, ValueError)) as trouble:
        open_store(bad, system_clock, create=False)
    told = "".join(traceback.format_exception(trouble.value))
    assert says in str(trouble.value)
    assert "\n" not in str(trouble.value)
    for secret in ("s3cr", "wr0ng"):
        assert secret not in told
        assert secret not in caplog.text


def test_a_server_without_encryption_is_not_sent_the_password_where_it_was_asked_for() -> None:
    """Between two machines the password and the plans would be there for everybody to read."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as pool:

        def refuse() -> bytes:
            connection, _ = listening.accept()
            with connection:
                connection.recv(8)  # the wish for encryption
                connection.sendall(b"N")
                return connection.recv(1)

        sent = pool.submit(refuse)
        port = listening.getsockname()[1]
        bad = f"postgresql://clerk:s3cr@127.0.0.1:{port}/x?sslmode=require&gssencmode=disable"
        with pytest.raises(StoreError, match="not encrypted, or not itself, as sslmode asks"):
            PostgresStore(bad, system_clock)
        assert sent.result(LONG) == b""


def test_the_password_is_nowhere_while_all_is_well_either(
    by_password: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A debugger's view and a log of everything are places that people forget."""
    caplog.set_level(logging.DEBUG)
    with closing(PostgresStore(by_password, system_clock)) as store:
        add(store, "harbour", 0, "a")
        with closing(store.watch()) as watch, store._datastore.connections.connection() as one:
            parts = (store, store._datastore, store._datastore.connections, store._recorder)
            shown = [repr(part) for part in (*parts, watch, one, one.info)]
    assert not any("s3cr" in text for text in (*shown, caplog.text))


def test_the_library_is_not_used_without_its_lock(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With it set, a tailing reader missed 22 of 2,400 events in our trial with 8 writers."""
    for yes in ("y", "1", " True ", "whatever"):
        monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", yes)
        with pytest.raises(StoreError, match=r"POSTGRES_ENABLE_DB_FUNCTIONS is set.*miss entries"):
            PostgresStore(url, system_clock)
    for no in ("", "n", "0", "False"):
        monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", no)
        PostgresStore(url, system_clock).close()


def test_the_database_can_tell_who_is_connected(url: str, store: PostgresStore) -> None:
    """An administrator who sees a hundred connections has to know whose they are."""
    names = "SELECT application_name FROM pg_stat_activity WHERE application_name <> ''"
    with psycopg.connect(url, application_name="", autocommit=True) as admin:
        assert store.head() is None
        assert ("planledger",) in admin.execute(names).fetchall()
        with closing(PostgresStore(f"{url}&application_name=reports", system_clock)):
            assert ("reports",) in admin.execute(names).fetchall()


# -- what the database's settings may not change


def test_an_acknowledged_commit_is_on_the_disk_whatever_the_databases_default(url: str) -> None:
    """With synchronous_commit off, the last half second of answers is lost with the power."""
    server().run(f"ALTER DATABASE {name_of(url)} SET synchronous_commit = off")
    server().run(
        "CREATE TABLE seen (setting text); GRANT ALL ON seen TO PUBLIC",
        "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$",
        "CREATE TRIGGER look AFTER INSERT ON planledger.receipts EXECUTE FUNCTION look()",
        database=name_of(url),
    )
    with closing(PostgresStore(url, system_clock)) as store:
        add(store, "harbour", 0, "a")
    server().run(f"ALTER DATABASE {name_of(url)} SET synchronous_commit = remote_write")
    with closing(PostgresStore(url, system_clock)) as store:
        add(store, "harbour", 1, "b")
    with psycopg.connect(url) as admin:
        assert admin.execute("SELECT * FROM seen").fetchall() == [("on",), ("remote_write",)]


@pytest.mark.parametrize("default", ["repeatable read", "serializable"])
def test_writers_see_each_other_whatever_the_databases_default(url: str, default: str) -> None:
    """A snapshot taken before the lock would show the ledger as it was before the lock."""
    server().run(f"ALTER DATABASE {name_of(url)} SET default_transaction_isolation = '{default}'")
    with ExitStack() as exits:
        stores = [exits.enter_context(closing(PostgresStore(url, system_clock))) for _ in range(4)]
        together = Barrier(4)

        def write(number: int) -> None:
            together.wait()
            for version in range(10):
                add(stores[number], f"plan-{number}", version, f"{number}-{version}")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(4)))
        assert len(check_ledger(stores[0])) == 40


def test_a_read_only_database_is_said_to_be_one_until_it_is_not(url: str, clock: HandClock) -> None:
    """Administrators close a database for writing while they work on it."""
    server().run(f"ALTER DATABASE {name_of(url)} SET default_transaction_read_only = on")
    with closing(PostgresStore(url, clock)) as store:
        with pytest.raises(StoreError, match=r"is read-only .*Nothing was recorded\.$"):
            add(store, "harbour", 0, "a")
        server().run(f"ALTER DATABASE {name_of(url)} RESET default_transaction_read_only")
        end_connections(url)
        assert add(store, "harbour", 0, "a").first == 1


# -- while it runs


def test_a_standby_can_be_read_and_watched_but_not_written() -> None:
    """Reports may run against a copy; an answer from it must never be taken for a record."""
    with ExitStack() as exits:
        standby = Server()
        exits.callback(standby.stop)
        migrate(standby.url())
        with closing(PostgresStore(standby.url(), system_clock)) as store:
            add(store, "harbour", 0, "a", 2)
        standby.restart_as_standby()
        with closing(PostgresStore(standby.url(), system_clock)) as store:
            with closing(store.watch()) as watch:
                assert watch.wait(0, LONG) == 2
                assert watch.wait(2, 0.01) == 2
            with pytest.raises(StoreError, match=r"is read-only \(a standby.*Nothing was recorded"):
                add(store, "harbour", 2, "b")
            assert len(check_ledger(store)) == 2


def test_after_a_restart_of_the_server_no_reader_and_no_writer_notices(
    store: PostgresStore, url: str
) -> None:
    """Servers are updated at night; the first request in the morning must not fail for it."""
    add(store, "harbour", 0, "a")
    together = Barrier(4)

    def look(_: int) -> int:
        together.wait()
        return len(store.read(limit=9))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, range(4))) == [1] * 4
        end_connections(url)
        assert list(pool.map(look, range(4))) == [1] * 4
    end_connections(url)
    assert add(store, "harbour", 1, "b").first == 2


def test_too_many_connections_are_said_to_be_it_and_pass(url: str, clock: HandClock) -> None:
    """Several servers with several workers each soon ask for more than a database allows."""
    with new_login(WRITER) as clerk:
        server().run(f"ALTER ROLE {clerk} CONNECTION LIMIT 1")
        with closing(PostgresStore(as_user(url, clerk), clock)) as store:
            with pytest.raises(StoreError, match=r"too many connections\. Run fewer processes"):
                store.watch()
            with closing(PostgresStore(url, clock)) as other:
                add(other, "harbour", 0, "a")
            assert len(check_ledger(store)) == 1


def test_more_threads_than_connections_wait_for_each_other(store: PostgresStore) -> None:
    """A web server has many threads, and a database few connections to give."""
    add(store, "harbour", 0, "a")
    many = 4 * MOST_CONNECTIONS
    together = Barrier(many)

    def look(_: int) -> int:
        together.wait()
        return sum(len(store.read(limit=9)) for _ in range(10))

    with ThreadPoolExecutor(many) as pool:
        assert list(pool.map(look, range(many))) == [10] * many


def test_whoever_waits_too_long_for_a_connection_is_told_so(store: PostgresStore) -> None:
    """A server that hangs says nothing; one that says why can be put right."""
    with ExitStack() as taken:
        for _ in range(MOST_CONNECTIONS):
            taken.enter_context(store._datastore.connections.connection())
        with pytest.raises(StoreError, match="too busy in this process"):
            store.head()
    assert store.head() is None


def test_a_waiting_writer_keeps_no_reader_waiting(store: PostgresStore, url: str) -> None:
    """While one process holds the lock, every other one still answers questions."""
    many = 2 * MOST_CONNECTIONS
    with psycopg.connect(url, autocommit=True) as other, ThreadPoolExecutor(many) as pool:
        other.execute("BEGIN")
        other.execute("INSERT INTO planledger.entries VALUES (1, 1, 'school', 1, 'x.v1', '')")
        writing = [pool.submit(add, store, "harbour", 0, f"c{number}") for number in range(many)]
        assert store.head() is None
        for future in writing:
            with pytest.raises(StoreError, match=r"(another program holds its lock|too busy)"):
                future.result(LONG)
        other.execute("COMMIT")
    assert add(store, "harbour", 0, "a").first == 2


def test_a_process_that_stands_still_does_not_keep_all_others_from_recording(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that is put to sleep in the middle of an append holds the lock, for a while."""
    monkeypatch.setattr(recorder, "_IDLE_SECONDS", 1)
    asleep, awake = Event(), Event()

    def clock() -> datetime:
        asleep.set()
        assert awake.wait(LONG)
        return system_clock()

    with (
        closing(PostgresStore(url, clock)) as sleeper,
        closing(PostgresStore(url, system_clock, lock_timeout=30)) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        sleeping = pool.submit(add, sleeper, "harbour", 0, "a")
        assert asleep.wait(LONG)
        assert add(other, "school", 0, "b").first == 1
        awake.set()
        with pytest.raises(StoreError, match=r"the connection was lost.*Nothing was recorded\.$"):
            sleeping.result(LONG)
        assert add(sleeper, "harbour", 0, "a").first == 2


def test_closing_lets_whoever_is_reading_finish(store: PostgresStore) -> None:
    """A server that is told to stop has questions under way, whose answers are waited for."""
    inside, closed = Event(), Event()

    def read() -> object:
        with store._datastore.connections.connection() as connection:
            inside.set()
            assert closed.wait(LONG)
            return connection.execute("SELECT 1 AS one").fetchone()

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        assert inside.wait(LONG)
        store.close()
        closed.set()
        assert reading.result(LONG) == {"one": 1}
    with pytest.raises(StoreError, match=r"is closed\.$"):
        store.head()
    with pytest.raises(StoreError, match=r"is closed\. Nothing was recorded\.$|is closed\.$"):
        add(store, "harbour", 0, "a")


# -- watching


def test_a_watch_whose_connection_is_ended_says_so(store: PostgresStore, url: str) -> None:
    """A feed that waits for ever on a dead line looks like a quiet day."""
    watch = store.watch()
    with closing(watch), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watch.wait, 0, LONG)
        end_connections(url)
        with pytest.raises(StoreError, match="the connection was lost"):
            waiting.result(LONG)
        with pytest.raises(StoreError):
            watch.wait(0, LONG)
    with closing(store.watch()) as anew:
        add(store, "harbour", 0, "a")
        assert anew.wait(0, LONG) == 1


def test_a_watch_sees_what_it_was_not_told_of(store: PostgresStore, url: str) -> None:
    """A proxy between may swallow notifications; nothing may be missed for that."""
    with closing(store.watch()) as watch, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watch.wait, 0, LONG)
        with psycopg.connect(url, autocommit=True) as silent:
            silent.execute("SET session_replication_role = replica")  # no trigger, so no NOTIFY
            silent.execute("INSERT INTO planledger.entries VALUES (1, 1, 'school', 1, 'x.v1', '')")
        assert waiting.result(LONG) == 1


def test_a_watch_outlives_a_burst_of_news(store: EntryStore, url: str) -> None:
    """Anybody may send on the channel; noise must neither wake for nothing nor pile up."""
    with closing(store.watch()) as watch, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watch.wait, 0, LONG)
        with psycopg.connect(url, autocommit=True) as noisy:
            for number in range(500):
                noisy.execute("SELECT pg_notify('planledger', %s)", (str(number),))
        assert not waiting.done()
        add(store, "harbour", 0, "a")
        assert waiting.result(LONG) == 1
