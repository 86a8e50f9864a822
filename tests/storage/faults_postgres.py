"""What can break between a ledger and its PostgreSQL, place by place; see `test_faults`."""

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import count

import psycopg

from planledger.storage.postgres import PostgresStore, migrate
from planledger.storage.postgres.schema import APPENDING
from tests.storage.faults import (
    AFTER_COMMIT,
    AMID_ENTRIES,
    AT_COMMIT,
    AT_ENTRY,
    AT_LOCK,
    AT_QUESTION,
    AT_RECEIPT,
    AT_START,
    BEFORE,
    BEFORE_COMMIT,
    NOT_SENT,
    NOTHING,
    PLACES,
    STRUCK,
    UNSURE,
    Bench,
    Never,
    kept,
    undone,
)
from tests.storage.ledger_check import system_clock
from tests.support.line import Line, Then
from tests.support.struck_server import PATIENCE, StruckServer

LOCK, QUESTION = "WITH settings", "SELECT digest"
ENTRIES, RECEIPT = "INSERT INTO planledger.entries", "INSERT INTO planledger.receipts"
COMMIT = "COMMIT"
LOST = f"the connection was lost. Try again in a moment. {NOTHING}"
RELOAD = "SELECT pg_reload_conf()"

_numbers = count(1)


class PostgresBench(Bench):
    """A store at the end of a line to a database of its own."""

    store: PostgresStore

    def __init__(self, server: StruckServer, exits: ExitStack) -> None:
        """Make the database, until the end of `exits`."""
        self.server = server
        self.database = f"struck_{next(_numbers)}"
        server.run(f"CREATE DATABASE {self.database}")
        exits.callback(server.run, f"DROP DATABASE {self.database} WITH (FORCE)")
        migrate(server.url(self.database))
        host = server.url().partition("host=")[2]
        self.line = exits.enter_context(Line(f"{host}/.s.PGSQL.5432"))
        self.patience = 1
        super().__init__(self._open)
        exits.callback(self.close)

    def be_patient(self) -> None:
        """Open the store anew, as one that waits until its server is back."""
        self.patience = PATIENCE
        self.reopen()

    def run(self, *statements: str) -> None:
        """Run statements in the database, past the line."""
        self.server.run(*statements, database=self.database)

    def connections(self, such: str = "") -> list[int]:
        """Give the processes that serve connections to the database, or such of them."""
        return self.server.ask(
            f"SELECT pid FROM pg_stat_activity WHERE {such} datname = '{self.database}'"  # noqa: S608 - ours
        )

    def end_connections(self, such: str = "") -> list[int]:
        """End connections to the database, as an administrator may; gives their processes."""
        return [
            process
            for process in self.connections(such)
            if self.server.ask(f"SELECT pg_terminate_backend({process}, 10000)::int")
        ]

    def _open(self) -> PostgresStore:
        url = (
            f"postgresql://postgres@127.0.0.1:{self.line.port}/{self.database}"
            "?sslmode=disable&gssencmode=disable"
        )
        return PostgresStore(url, system_clock, lock_timeout=self.patience)


# -- before it begins


def _stopped(bench: PostgresBench) -> str | None:
    bench.server.halt()
    said = bench.append()
    bench.server.go_on()
    return said


def _read_only(bench: PostgresBench) -> str | None:
    bench.run(f"ALTER DATABASE {bench.database} SET default_transaction_read_only = on")
    bench.end_connections()
    bench.line.wait_until_told()
    said = bench.append()
    bench.server.run(f"ALTER DATABASE {bench.database} RESET default_transaction_read_only")
    return said


def _restarted(bench: PostgresBench) -> str | None:
    bench.server.halt()
    bench.line.wait_until_told()
    bench.server.go_on()
    return bench.append()


def _ended(bench: PostgresBench) -> str | None:
    bench.end_connections()
    bench.line.wait_until_told()
    return bench.append()


# -- at a statement, or at the answer to it


def _cut(bench: PostgresBench, statement: str) -> str | None:
    bench.line.at(statement, then=Then.CUT)
    return bench.append()


def _cut_off(bench: PostgresBench, then: Then) -> str | None:
    """Cut the line at the commit for so long that nobody can look what became of it."""
    bench.line.at(COMMIT, do=bench.line.let_nobody_in, then=then)
    said = bench.append()
    bench.line.let_nobody_in(any_more=False)
    return said


def _ended_at(bench: PostgresBench, statement: str) -> str | None:
    bench.line.at(statement, do=bench.end_connections)
    return bench.append()


def _answer_lost(bench: PostgresBench) -> str | None:
    bench.line.at(COMMIT, then=Then.SWALLOW)
    return bench.append()


def _locked(bench: PostgresBench) -> str | None:
    with psycopg.connect(bench.server.url(bench.database), autocommit=True) as other:
        other.execute(f"SELECT pg_advisory_lock({APPENDING})")
        return bench.append()


# -- among the statements


def _refusing(bench: PostgresBench, when: str, state: str = "P0001") -> str | None:
    bench.run(
        "CREATE FUNCTION of_theirs() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE 'no' USING ERRCODE = '{state}'; END $$",
        f"CREATE TRIGGER of_theirs BEFORE INSERT ON planledger.{when} EXECUTE FUNCTION of_theirs()",
    )
    said = bench.append()
    bench.run("DROP FUNCTION of_theirs CASCADE")
    return said


def _first(bench: PostgresBench) -> str | None:
    return _refusing(bench, f"entries FOR EACH ROW WHEN (NEW.version = {BEFORE + 1})")


def _last(bench: PostgresBench) -> str | None:
    return _refusing(bench, f"entries FOR EACH ROW WHEN (NEW.version = {BEFORE + STRUCK})")


def _disk_full(bench: PostgresBench) -> str | None:
    when = f"entries FOR EACH ROW WHEN (NEW.version = {BEFORE + STRUCK // 2})"
    return _refusing(bench, when, state="53100")  # as PostgreSQL says that the disk is full


# -- during the commit


def _server_killed(bench: PostgresBench) -> str | None:
    def kill() -> None:
        bench.server.kill()
        bench.server.go_on()

    bench.be_patient()
    bench.line.at(COMMIT, do=kill)
    return bench.append()


def _log_unwritable(bench: PostgresBench) -> str | None:
    """Have the commit fail as PostgreSQL writes its own log: it ends itself, and recovers."""

    def no_room() -> None:
        for process in bench.connections():
            resource.prlimit(process, resource.RLIMIT_FSIZE, (0, -1))

    bench.be_patient()
    bench.line.at(COMMIT, do=no_room)
    return bench.append()


def _waits_for_standby(bench: PostgresBench) -> str | None:
    """End the connection when the commit is on the disk, and waits to be on another one too."""
    waiting = "wait_event = 'SyncRep' AND"

    def end() -> None:
        deadline = time.monotonic() + PATIENCE
        while not bench.end_connections(waiting):
            assert time.monotonic() < deadline
            time.sleep(0.01)

    bench.be_patient()
    bench.server.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", RELOAD)
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(end)
        said = bench.append()
        ending.result()
    bench.server.run("ALTER SYSTEM RESET synchronous_standby_names", RELOAD)
    return said


FAULTS = (
    undone(AT_START, "the server is stopped", "cannot be reached", _stopped),
    undone(AT_START, "the database is read-only", "is read-only", _read_only),
    kept(AT_START, "the server was restarted", None, _restarted),
    kept(AT_START, "the connection was ended", None, _ended),
    undone(AT_LOCK, "another program holds it", "another program holds", _locked),
    undone(AT_LOCK, "the line is cut", LOST, partial(_cut, statement=LOCK)),
    undone(AT_QUESTION, "the line is cut", LOST, partial(_cut, statement=QUESTION)),
    undone(AT_QUESTION, "the session is ended", LOST, partial(_ended_at, statement=QUESTION)),
    undone(AT_ENTRY, "the line is cut", LOST, partial(_cut, statement=ENTRIES)),
    undone(AT_ENTRY, "the session is ended", LOST, partial(_ended_at, statement=ENTRIES)),
    undone(AT_ENTRY, "the database refuses it", NOTHING, _first),
    undone(AMID_ENTRIES, "the database refuses one", NOTHING, _last),
    undone(AMID_ENTRIES, "the disk is full", "disk of the database is full", _disk_full),
    undone(AT_RECEIPT, "the line is cut", LOST, partial(_cut, statement=RECEIPT)),
    undone(AT_RECEIPT, "the database refuses it", NOTHING, partial(_refusing, when="receipts")),
    undone(BEFORE_COMMIT, "the line is cut", LOST, partial(_cut, statement=COMMIT)),
    undone(BEFORE_COMMIT, "the line stays cut", UNSURE, partial(_cut_off, then=Then.CUT)),
    undone(AT_COMMIT, "the session is ended", LOST, partial(_ended_at, statement=COMMIT)),
    undone(AT_COMMIT, "the server is killed", LOST, _server_killed),
    undone(AT_COMMIT, "the server cannot write", LOST, _log_unwritable),
    kept(AT_COMMIT, "ended while it waits for a standby", None, _waits_for_standby),
    kept(AFTER_COMMIT, "the line is cut", None, _answer_lost),
    kept(AFTER_COMMIT, "the line stays cut", UNSURE, partial(_cut_off, then=Then.SWALLOW)),
)
IMPOSSIBLE = (
    *(Never(place, kept=True, reason=NOT_SENT) for place in PLACES[1:7]),
    Never(AFTER_COMMIT, kept=False, reason="it is on the disk"),
)
