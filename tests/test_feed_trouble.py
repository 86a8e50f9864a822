"""The feed in trouble: readers wait and go on, none missed, none twice, and people are told."""

import asyncio
import logging
import random
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from planledger.ledger import feed as feed_module
from planledger.ledger.feed import FIRST_PAUSE, LONGEST_PAUSE, Feed, _pauses
from planledger.storage.memory import MemoryStore
from planledger.storage.port import Clock, EntryStore, StoredRecord, StoreError, Watch
from planledger.storage.postgres import PostgresStore
from planledger.storage.sqlite import SqliteStore
from planledger.storage.waking import HeadWatch
from tests.storage.ledger_check import add, system_clock
from tests.support.feeds import (
    PATIENCE,
    Reader,
    everything,
    record,
    run,
    short_pages,
    short_pauses,
    until,
)
from tests.support.ledgers import open_kind
from tests.support.postgres import OwnStore, server

LEFT_RIGHT = ("left", "right")


class FailingStore(MemoryStore):
    """A store that can be put into trouble and out of it: reading, watching, or both."""

    def __init__(self, clock: Clock) -> None:
        """Begin without trouble."""
        super().__init__(clock)
        self.reading: Exception | None = None
        self.watching: Exception | None = None
        self.failed = 0
        """How often reading has failed."""
        self.looked_in_vain = 0

    def break_down(self, error: Exception | None) -> None:
        """Fail in everything that only looks, from now on; None ends it."""
        self.reading = self.watching = error
        self._bell.ring()  # a lost connection is noticed while somebody waits on it

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Read, or fail."""
        if self.reading is not None:
            self.failed += 1
            raise self.reading
        return super().read(after=after, until=until, plan=plan, limit=limit)

    def watch(self) -> Watch:
        """Watch, for as long as all is well."""
        return HeadWatch(self._bell, self._last)

    def _last(self) -> int:
        if self.watching is not None:
            self.looked_in_vain += 1
            raise self.watching
        return len(self._entries)


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Give the level and the beginning of all that the feed has logged."""
    return [
        (one.levelname, " ".join(one.getMessage().split()[:3]))
        for one in caplog.records
        if one.name == "planledger.ledger.feed"
    ]


OUTAGE = [("WARNING", "Following the ledger"), ("INFO", "Following the ledger")]


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "planledger.ledger.feed")


# -- what comes and goes


def test_trouble_is_told_for_as_long_as_it_lasts(caplog: pytest.LogCaptureFixture) -> None:
    """Readiness is turned off by it, and whoever is called at night reads it: once, not a flood."""
    store = FailingStore(system_clock)
    begun = datetime.now(UTC)

    async def follow() -> None:
        with short_pauses(), Feed(store, system_clock) as feed:
            reader = Reader(feed)
            record(store, "alpha")
            await reader.reach(1)
            assert feed.trouble is None
            store.break_down(StoreError("The disk is gone."))
            await until(lambda: feed.trouble == "The disk is gone.")
            assert feed.outage is not None
            since = feed.outage.since
            store.break_down(StoreError("The disk is read-only."))
            await until(lambda: feed.trouble == "The disk is read-only.")
            assert begun <= feed.outage.since == since <= datetime.now(UTC)
            assert said(caplog) == OUTAGE[:1]
            assert not reader.task.done()
            store.break_down(None)
            await until(lambda: feed.trouble is None)
            assert said(caplog) == OUTAGE
        await reader.task

    run(follow())
    assert "The disk is gone." in caplog.text


def test_nothing_is_missed_or_doubled_however_often_there_is_trouble() -> None:
    """A network that comes and goes is the ordinary one."""
    chance = random.Random(20150612)  # noqa: S311 - what happens when, not a secret
    store = FailingStore(system_clock)
    trouble = StoreError("The network is down.")
    versions = dict.fromkeys(LEFT_RIGHT, 0)

    def shake() -> None:
        for _ in range(200):
            match chance.randrange(4):
                case 0:
                    store.break_down(trouble)
                case 1:
                    store.reading, store.watching = None, trouble
                case _:
                    store.break_down(None)
            plan = chance.choice(LEFT_RIGHT)
            size = chance.randint(1, 4)
            add(store, plan, versions[plan], f"{plan}-{versions[plan]}", size)
            versions[plan] += size
        store.break_down(None)

    async def follow() -> None:
        with short_pages(), short_pauses(), Feed(store, system_clock) as feed:
            readers = [Reader(feed, plan=plan) for plan in (None, *LEFT_RIGHT)]
            await asyncio.to_thread(shake)
            every = everything(store)
            wanted = [every, *([e for e in every if e.plan == plan] for plan in LEFT_RIGHT)]
            for reader, entries in zip(readers, wanted, strict=True):
                await reader.reach(entries[-1].position)
            assert [reader.entries for reader in readers] == wanted
        for reader in readers:
            await reader.task

    run(follow())


def test_a_feed_that_begins_in_trouble_serves_when_it_is_over() -> None:
    """A server may start before its database does."""
    store = FailingStore(system_clock)
    record(store, "alpha")
    store.break_down(StoreError("Nobody listens there."))

    async def follow() -> None:
        with short_pauses(), Feed(store, system_clock) as feed:
            reader = Reader(feed, 0)
            with pytest.raises(StoreError, match="Nobody"):
                await asyncio.to_thread(store.read, limit=1)
            await until(lambda: feed.trouble is not None)
            assert feed.head == 0
            store.break_down(None)
            await reader.reach(1)
        await reader.task
        assert len(reader.entries) == 1

    run(follow())


def test_readers_wait_as_long_as_the_trouble_lasts_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A database may be away for a night; nobody comes back to open all the pages again."""
    store = FailingStore(system_clock)
    record(store, "alpha")
    patient = threading.Event()

    def pauses() -> Iterator[float]:
        reader = threading.current_thread() is threading.main_thread()
        while True:
            yield 10 * PATIENCE if reader and patient.is_set() else 0.001

    monkeypatch.setattr(feed_module, "_pauses", pauses)

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            store.break_down(StoreError("The disk is gone."))
            await until(lambda: feed.trouble is not None)
            reader = Reader(feed)
            await until(lambda: store.failed > 2 * feed_module.TRIES)
            patient.set()
            failed = store.failed
            await until(lambda: store.failed > failed)
            failed, looked = store.failed, store.looked_in_vain
            await until(lambda: store.looked_in_vain > looked + 20)
            assert store.failed <= failed + 1, "A reader must not hammer a store in trouble."
            store.break_down(None)  # and the reader's pause is far from over
            await reader.reach(1)
        await reader.task
        assert reader.entries == everything(store)

    run(follow())


class RustyStore(MemoryStore):
    """Fails at every read but each `TRIES`th."""

    reads = 0

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Fail, or read."""
        self.reads += 1
        if self.reads % feed_module.TRIES:
            raise StoreError("It is too busy. Try again in a moment.")
        return super().read(after=after, until=until, plan=plan, limit=limit)


def test_a_reader_tries_each_page_several_times() -> None:
    """A busy store refuses now and then; only one that always does is worth telling."""
    store = RustyStore(system_clock)
    for number in range(12):
        add(store, "alpha", number, f"a{number}")

    async def follow() -> None:
        with short_pages(), short_pauses(), Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await reader.reach(12)
            assert feed.trouble is None
        await reader.task
        assert [entry.position for entry in reader.entries] == list(range(1, 13))
        assert store.reads == 4 * feed_module.TRIES

    run(follow())


def test_a_bug_does_not_end_the_feed(caplog: pytest.LogCaptureFixture) -> None:
    """A thread that ends without a word leaves every reader waiting for ever."""
    store = FailingStore(system_clock)

    async def follow() -> None:
        with short_pauses(), Feed(store, system_clock) as feed:
            reader = Reader(feed)
            store.break_down(ZeroDivisionError("nobody thought of it"))
            await until(lambda: feed.trouble is not None)
            assert "ZeroDivisionError" in (feed.trouble or "")
            store.break_down(None)
            await asyncio.to_thread(record, store, "alpha")
            await reader.reach(1)
        await reader.task

    run(follow())
    assert "Traceback" in caplog.text


def test_closing_in_trouble_does_not_wait_for_its_end() -> None:
    """A server must stop when it is told to, above all when its database is gone."""
    store = FailingStore(system_clock)
    store.break_down(StoreError("The disk is gone."))

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await until(lambda: feed.trouble is not None)
        await reader.task
        assert reader.pages == []

    run(follow())


def test_pauses_grow_and_no_two_readers_come_back_at_once() -> None:
    """A server that comes up again must not be knocked over by all who waited for it."""
    pauses = list(islice(_pauses(), 12))
    full = [min(FIRST_PAUSE * 2**n, LONGEST_PAUSE) for n in range(12)]
    assert all(most / 2 <= pause <= most for pause, most in zip(pauses, full, strict=True))
    assert pauses != list(islice(_pauses(), 12))


# -- what does not pass by waiting


@contextmanager
def damaged(path: Path, damage: Callable[[sqlite3.Connection], None]) -> Iterator[SqliteStore]:
    """Open a ledger of thirty entries after `damage` was done to its file by another program."""
    with closing(SqliteStore(path, system_clock, create=True)) as store:
        record(store, *["alpha"] * 30)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {trigger}")
        damage(raw)
    with closing(SqliteStore(path, system_clock, create=False)) as store:
        yield store


def _cut_out(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM entries WHERE position IN (11, 12)")


def test_a_gap_is_told_and_never_passed_over(tmp_path: Path) -> None:
    """A copy that follows would go on without the entries, and nobody would ever know."""

    async def follow(store: EntryStore) -> None:
        with short_pages(), short_pauses(), Feed(store, system_clock) as feed:
            reader, past = Reader(feed), Reader(feed, 12)
            with pytest.raises(StoreError, match=r"after position 9 are missing.*from a backup"):
                await reader.task
            assert [entry.position for entry in reader.entries] == list(range(1, 10))
            await past.reach(30)
            assert feed.trouble is None
        await past.task

    with damaged(tmp_path / "plans.db", _cut_out) as store:
        run(follow(store))


def test_a_damaged_page_of_the_past_is_told_to_who_reads_it(tmp_path: Path) -> None:
    """Waiting for it to mend itself would hang the reader, and say nothing to anybody."""
    path = tmp_path / "plans.db"

    def tear(raw: sqlite3.Connection) -> None:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with path.open("r+b") as file:
            place = file.read().index(b'"command_id":"alpha-9"')
            file.seek(place // 4096 * 4096)
            file.write(bytes(4096))

    async def follow(store: EntryStore) -> None:
        with short_pages(), short_pauses(), Feed(store, system_clock) as feed:
            reader, live = Reader(feed), Reader(feed, 30)
            with pytest.raises(StoreError, match=r"is damaged\. Restore it from a backup"):
                await reader.task
            assert feed.trouble is None
        await live.task

    with damaged(path, tear) as store:
        run(follow(store))


def test_a_ledger_that_has_grown_shorter_is_trouble(tmp_path: Path) -> None:
    """It is an older copy: its next entries would be taken for those that were read before."""
    path = tmp_path / "plans.db"

    async def follow(store: EntryStore) -> None:
        with short_pauses(), Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await reader.reach(30)
            with closing(sqlite3.connect(path, isolation_level=None)) as raw:
                raw.execute("CREATE TABLE aside AS SELECT * FROM entries WHERE position > 20")
                raw.execute("DELETE FROM entries WHERE position > 20")
                await until(lambda: feed.trouble is not None)
                assert "ends at position 20, but has been seen to reach 30" in (feed.trouble or "")
                raw.execute("INSERT INTO entries SELECT * FROM aside")
            await until(lambda: feed.trouble is None)
            await asyncio.to_thread(record, store, "beta")
            await reader.reach(31)
        await reader.task
        assert reader.entries == everything(store)

    with damaged(path, lambda _: None) as store:
        run(follow(store))


# -- real trouble


def test_a_file_that_is_moved_away_and_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody tidies up, or a drive is unmounted and mounted again."""
    store = open_kind("sqlite", tmp_path, system_clock)
    record(store, "alpha")
    path, away = tmp_path / "plans.db", tmp_path / "elsewhere.db"

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await reader.reach(1)
            path.rename(away)
            fresh = Reader(feed)  # which has to read from the store
            await until(lambda: feed.trouble is not None)
            assert "plans.db was moved or deleted" in (feed.trouble or "")
            away.rename(path)
            await until(lambda: feed.trouble is None)
            await asyncio.to_thread(record, store, "alpha")
            for one in (reader, fresh):
                await one.reach(2)
        for one in (reader, fresh):
            await one.task
            assert one.entries == everything(store)

    with closing(store):
        run(follow())
    assert said(caplog) == OUTAGE


@pytest.mark.parametrize("how", ["connections ended", "server restarted"])
def test_a_database_that_goes_and_comes_back(how: str, caplog: pytest.LogCaptureFixture) -> None:
    """Servers are updated, fail over, and drop who was idle; nobody restarts the readers then."""

    async def follow(store: OwnStore) -> None:
        database = store.url.partition("?")[0].rpartition("/")[2]
        with short_pages(), Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await asyncio.to_thread(record, store, *["alpha"] * 7)
            await reader.reach(7)
            for number in range(1, 4):
                interrupt = _end_connections if how == "connections ended" else _restart
                await asyncio.to_thread(interrupt, database)
                await until(lambda: len(said(caplog)) == 2 * number)  # noqa: B023 - at once
                fresh = Reader(feed, 3)
                with closing(PostgresStore(store.url, system_clock)) as other:
                    await asyncio.to_thread(record, other, "beta")
                for one in (reader, fresh):
                    await one.reach(7 + number)
                assert fresh.entries == everything(store)[3:]
        await reader.task
        assert reader.entries == everything(store)

    with closing(OwnStore(system_clock)) as store:
        run(follow(store))
    assert said(caplog) == OUTAGE * 3


def _end_connections(database: str) -> None:
    others = f"datname = '{database}' AND pid <> pg_backend_pid()"
    server().run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608 - the test's own text


def _restart(_: str) -> None:
    server()._server.stop()
    server()._server.ensure_postgres_running()
