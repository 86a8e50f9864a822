"""Where a register lies, who may read it, and what its views say of today."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from eventsourcing.persistence import Tracking
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder
from hypothesis import given
from hypothesis import strategies as st
from psycopg.rows import tuple_row

from planledger.cli.common import now
from planledger.ledger import Ledger
from planledger.projections.points import civil_day
from planledger.readmodel.batch import NoRegisterError, RegisterError
from planledger.readmodel.checking import check
from planledger.readmodel.filling import Filler
from planledger.readmodel.opening import open_register
from planledger.readmodel.postgres import PostgresRegister
from planledger.readmodel.schema import SQLITE
from planledger.readmodel.sqlite import SqliteRegister, beside
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock, begin_plan, open_kind
from tests.support.postgres import OwnStore, as_user, new_database, new_login
from tests.support.registers import KINDS, copied, expected, registered
from tests.support.simulated import northbridge


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EntryStore]:
    """Give the ledger of northbridge, in a store of each kind."""
    with copied(request.param, tmp_path, northbridge()[0]._store) as store:
        yield store


def test_a_register_lies_beside_its_ledger_and_says_whose_it_is(tmp_path: Path) -> None:
    """Who sees the two files in a folder must know which is which."""
    for name, register in (
        ("plans.db", "plans.register.db"),
        ("plans", "plans.register.db"),
        ("a.b.sqlite", "a.b.register.sqlite"),
    ):
        assert beside(tmp_path / name) == tmp_path / register


def test_without_a_place_or_a_register_it_says_what_to_do(tmp_path: Path) -> None:
    """A check of what is not there must not make something empty and call it sound."""
    with pytest.raises(ValueError, match="in memory has no register"):
        open_register(MemoryStore(SettableClock()), create=True)
    for kind in KINDS:
        with (
            closing(open_kind(kind, tmp_path, SettableClock())) as store,
            pytest.raises(NoRegisterError, match="planledger register update"),
        ):
            open_register(store, create=False)
    assert list(tmp_path.glob("*.register.db")) == []


def test_who_may_not_read_the_ledger_may_not_read_its_register(tmp_path: Path) -> None:
    """It holds the same names of people."""
    with closing(SqliteStore(tmp_path / "plans.db", SettableClock(), create=True)) as store:
        (tmp_path / "plans.db").chmod(0o640)
        with registered(store):
            assert (tmp_path / "plans.register.db").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("content", [b"", b"Not a database, but a letter." * 400])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """A slip in a name must not cost anybody their data."""
    path = tmp_path / "plans.register.db"
    if content:
        path.write_bytes(content)
    else:
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE holidays (day TEXT)")
    before = path.read_bytes()
    with pytest.raises(RegisterError, match=r"not a (register|ledger)"):
        SqliteRegister(path)
    assert path.read_bytes() == before


def older_version(path: Path) -> None:
    """Make a register of an older version, with one commit in it."""
    with closing(SqliteRegister(path)) as register:
        register.show()
        with register._writing() as cursor:
            for table in ("milestones", "leads", "commits", "reviews"):
                cursor.execute(f"ALTER TABLE register_v1_{table} RENAME TO register_v0_{table}")
            cursor.execute("DROP INDEX register_v1_known_now")
            cursor.execute(
                "UPDATE tracking SET application_name = 'register_v0' "
                "WHERE application_name = 'register_v1'"
            )
            cursor.execute("INSERT INTO register_v0_commits VALUES (1, 7, '', '', 'old')")
            for view in ("milestones_now", "leads_now", "register"):
                cursor.execute(f"DROP VIEW {view}")
            cursor.execute("CREATE VIEW register AS SELECT 0 AS version, 7 AS position")
    datastore = SQLiteDatastore(str(path))
    SQLiteTrackingRecorder(datastore).insert_tracking(Tracking("register_v0", 7))
    datastore.close()


def test_a_newer_version_is_built_beside_and_shown_once_it_has_caught_up(tmp_path: Path) -> None:
    """The library has one table of tracking for all; and nobody is to see half a register."""
    older_version(tmp_path / "plans.register.db")
    with (
        copied("sqlite", tmp_path, northbridge()[0]._store) as store,
        registered(store) as register,
    ):
        filler = Filler(store, register)
        assert not filler.step()
        assert register._rows("SELECT version, position FROM register") == [(0, 7)]
        filler.catch_up()
        assert register._rows("SELECT version, position FROM register") == [(1, 1_304)]
        assert check(store, register).sound
        rows = register._rows("SELECT * FROM tracking ORDER BY application_name")
        assert [tuple(row) for row in rows][1:] == [("register_v0", 7), ("register_v1", 1_304)]
        assert register._rows("SELECT plan FROM register_v0_commits") == [("old",)]


def test_views_of_a_newer_version_are_left_to_it(store: EntryStore) -> None:
    """An older program that is still running somewhere must not take readers back."""
    with registered(store) as register:
        Filler(store, register).catch_up()
        schema = "planledger_register." if isinstance(register, PostgresRegister) else ""
        with register._writing() as cursor:
            for view in ("leads_now", "milestones_now CASCADE" if schema else "milestones_now"):
                cursor.execute(f"DROP VIEW {schema}{view}")
            cursor.execute(f"DROP VIEW {schema}register")
            cursor.execute(f"CREATE VIEW {schema}register AS SELECT 2 AS version, 9 AS position")
        Filler(store, register).catch_up()
        assert register.shown() == 2
        assert [one.table for one in check(store, register).differences] == ["views"]


def test_today_the_views_say_what_the_ledger_says_today(store: EntryStore) -> None:
    """It is what most dashboards ask for, and what nobody checks by hand."""
    with registered(store) as register:
        Filler(store, register).catch_up()
        schema = "planledger_register." if isinstance(register, PostgresRegister) else ""
        ((version, position, on),) = register._rows(
            f"SELECT version, position, today FROM {schema}register"  # noqa: S608 - a schema
        )
        today = civil_day(now())
        assert (version, position, str(on)) == (1, 1_304, str(today))
        wanted = expected(Ledger(store, SettableClock()), 1_304, today)
        found = register._rows(
            "SELECT plan, milestone, timeliness, days_overdue, leads "  # noqa: S608 - a schema
            f"FROM {schema}milestones_now"
        )
        assert {tuple(row[:2]): tuple(row[2:]) for row in found} == {
            key: (row["timeliness"], row["days_overdue"], row["leads"])
            for key, (row, _) in wanted.items()
        }
        led = register._rows(
            f"SELECT milestone, party, name, kind FROM {schema}leads_now "  # noqa: S608 - a schema
            "ORDER BY milestone, place"
        )
        assert [tuple(row) for row in led] == [
            (milestone, lead.party, lead.name, lead.kind)
            for (_, milestone), (_, leads) in sorted(wanted.items())
            for lead in leads
        ]


def test_sorted_by_its_key_a_plan_comes_in_its_own_order(store: EntryStore) -> None:
    """Tools sort "1.10" before "1.9" where nobody tells them better."""
    with registered(store) as register:
        Filler(store, register).catch_up()
        on = civil_day(now())
        schema = "planledger_register." if isinstance(register, PostgresRegister) else ""
        found = register._rows(
            f"SELECT ref FROM {schema}milestones_now ORDER BY plan, sort_key"  # noqa: S608 - a schema
        )
        shown = expected(Ledger(store, SettableClock()), 1_304, on)
        assert [ref for (ref,) in found] == [row["ref"] for row, _ in shown.values()]


def instant_of(seconds: int) -> datetime:
    """Give a moment by its seconds since 1970: any from 1996 to 2199."""
    return datetime.fromtimestamp(seconds, UTC)


TURNS = [
    datetime(year, month, day, 1, tzinfo=UTC) + step
    for year, month, day in ((2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2024, 3, 31))
    for step in (timedelta(seconds=-1), timedelta(), timedelta(hours=22), timedelta(hours=23))
]
moments = st.sampled_from(TURNS) | st.integers(820_454_400, 7_258_118_399).map(instant_of)


@given(moments)
def test_sqlite_knows_the_day_in_london(moment: datetime) -> None:
    """It has no time zones, so the rule is written out; at night in summer UTC is a day behind."""
    said_now = SQLITE.today.replace("'now'", "?")
    with closing(sqlite3.connect(":memory:")) as database:
        marks = said_now.count("?")
        text = moment.strftime("%Y-%m-%d %H:%M:%S")
        ((day,),) = database.execute(f"SELECT {said_now}", [text] * marks)
    assert day == str(civil_day(moment))


def test_a_reader_reads_the_views_and_nothing_else() -> None:
    """A dashboard's login can change nothing, and does not depend on how the tables look."""
    with new_database() as url, new_login("planledger_reader") as reader:
        with closing(PostgresStore(url, SettableClock())) as store, registered(store) as register:
            begin_plan(Ledger(store, SettableClock()))
            Filler(store, register).catch_up()
        with psycopg.connect(as_user(url, reader), autocommit=True) as connection:
            rows = connection.execute(
                "SELECT ref FROM planledger_register.milestones_at(4, '2031-01-01')"
            ).fetchall()
            assert rows == [("1.1/1",)]
            for statement in (
                "SELECT * FROM planledger_register.register_v1_milestones",
                "DELETE FROM planledger_register.leads",
                "CREATE TABLE planledger_register.mine (x int)",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)


def test_a_login_that_may_not_make_a_register_is_told_how_one_is_made() -> None:
    """An administrator makes the schema once; the program needs no rights on the database."""
    with new_database() as url, new_login("planledger_reader") as clerk:
        with closing(PostgresStore(as_user(url, clerk), SettableClock())) as store:
            with pytest.raises(RegisterError, match="CREATE SCHEMA planledger_register AUTHORIZ"):
                open_register(store, create=True)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"CREATE SCHEMA planledger_register AUTHORIZATION {clerk}")
            with registered(store) as register:
                Filler(store, register).catch_up()
                assert check(store, register).sound
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA planledger_register CASCADE")


def test_postgres_refuses_to_say_what_the_register_cannot_know() -> None:
    """Rows of the last position it has would look like an answer."""
    with closing(OwnStore(SettableClock())) as store, registered(store) as register:
        begin_plan(Ledger(store, SettableClock()))
        Filler(store, register).catch_up()
        with psycopg.connect(store.url, row_factory=tuple_row, autocommit=True) as connection:
            for asked, told in (
                ("5, '2031-01-01'", "reaches to position 4"),
                ("NULL, '2031-01-01'", "Give a position and a day"),
                ("4, NULL", "Give a position and a day"),
            ):
                with pytest.raises(psycopg.errors.RaiseException, match=told):
                    connection.execute(
                        f"SELECT * FROM planledger_register.milestones_at({asked})"  # noqa: S608
                    )


def test_one_register_at_a_time_is_built_beside_another() -> None:
    """Two checks at once would build into the same tables."""
    with closing(OwnStore(SettableClock())) as store, registered(store) as register:
        begin_plan(Ledger(store, SettableClock()))
        Filler(store, register).catch_up()
        with register.beside(), pytest.raises(RegisterError, match="Try again when that is done"):
            check(store, register)
        assert check(store, register).sound
        tables = register._rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'planledger_register'"
        )
        assert not [name for (name,) in tables if "beside" in name]
