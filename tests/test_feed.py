"""The feed: past first, then live; nothing missed, nothing twice, nobody held up by another."""

import asyncio
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, aclosing, closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.codec import UnreadableEntryError
from planledger.events.envelope import Entry
from planledger.ledger import feed as feed_module
from planledger.ledger.basis import QuestionError
from planledger.ledger.feed import Feed
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore, NewRecord, StoredRecord
from planledger.storage.postgres import watching
from tests.storage.ledger_check import add, system_clock
from tests.support.depth import rounds
from tests.support.feeds import (
    PATIENCE,
    Reader,
    everything,
    record,
    run,
    short_pages,
    until,
)
from tests.support.ledgers import SettableClock, open_kind

PLANS = ("alpha", "beta", "gamma")


@pytest.fixture(name="store", params=["memory", "sqlite", "postgres"])
def _store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EntryStore]:
    """Give an empty store, of each kind in turn."""
    with ExitStack() as exits:
        store = open_kind(request.param, tmp_path, system_clock)
        exits.callback(store.close)
        yield store


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """Hold of every test here that a feed's thread ends with it."""
    yield
    assert "planledger-feed" not in {thread.name for thread in threading.enumerate()}


# -- what a reader is given


def test_a_reader_from_any_position_is_given_what_follows_it(store: EntryStore) -> None:
    """A client that comes back after a week, or a second, must not have to compare notes."""
    record(store, *PLANS, *PLANS, size=2)

    async def follow() -> None:
        with short_pages(), Feed(store, system_clock) as feed:
            readers = [Reader(feed, after) for after in range(13)]
            await until(lambda: feed.head == 12)
            await asyncio.to_thread(record, store, *PLANS, size=2)
            for reader in readers:
                await reader.reach(18)
        for after, reader in enumerate(readers):
            await reader.task
            assert reader.entries == everything(store)[after:]
            assert all(1 <= len(page) <= 3 for page in reader.pages)

    run(follow())


def test_a_reader_of_one_plan_is_given_its_entries_and_no_other(store: EntryStore) -> None:
    """A page about one plan must not be woken by, nor be told of, all the others."""
    record(store, *PLANS, "alpha", "beta", "alpha")

    async def follow() -> None:
        with short_pages(), Feed(store, system_clock) as feed:
            readers = [
                (Reader(feed, after, plan), after, plan)
                for after in (0, 2, 6)
                for plan in (*PLANS, "new")
            ]
            await until(lambda: feed.head == 6)
            await asyncio.to_thread(record, store, "beta", "new", *PLANS, "new", "gamma", *PLANS)
            await asyncio.to_thread(record, store, "new", *PLANS)
            for reader, _, plan in readers:
                last = [entry for entry in everything(store) if entry.plan == plan][-1]
                await reader.reach(last.position)
        for reader, after, plan in readers:
            await reader.task
            assert reader.entries == [
                entry for entry in everything(store)[after:] if entry.plan == plan
            ]

    run(follow())


_commits = st.lists(st.tuples(st.sampled_from(PLANS), st.integers(1, 4)), max_size=8)


@given(past=_commits, live=_commits, page=st.integers(1, 5), kept=st.integers(0, 9))
def test_whatever_is_recorded_and_however_it_is_cut_into_pages(
    past: Sequence[tuple[str, int]], live: Sequence[tuple[str, int]], page: int, kept: int
) -> None:
    """What is shared, what is read and what is yet to come must join without a seam, anywhere."""
    store = MemoryStore(system_clock)
    for plan, size in past:
        record(store, plan, size=size)
    head = len(everything(store))

    def go_on() -> None:
        for plan, size in live:
            record(store, plan, size=size)

    async def follow() -> None:
        with short_pages(page, kept), Feed(store, system_clock) as feed:
            readers = [
                (Reader(feed, after, plan), after, plan)
                for after in range(head + 1)
                for plan in (None, "alpha")
            ]
            await asyncio.to_thread(go_on)
            late = Reader(feed, head)
            every = everything(store)
            for reader, after, plan in [*readers, (late, head, None)]:
                wanted = [entry for entry in every[after:] if plan in {None, entry.plan}]
                await reader.reach(wanted[-1].position if wanted else 0)
                assert reader.entries == wanted
        for reader, _, _ in [*readers, (late, head, None)]:
            await reader.task

    run(follow())


def test_a_reader_begins_on_an_empty_ledger(store: EntryStore) -> None:
    """The first entry of a ledger is as live as any other."""

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await asyncio.to_thread(record, store, "alpha")
            await reader.reach(1)
            assert feed.head == 1
        await reader.task
        assert reader.entries == everything(store)

    run(follow())


def test_a_reader_comes_when_nobody_has_read_for_a_while(store: EntryStore) -> None:
    """What the feed keeps is then only the last entry here and there, and must not be mixed up."""
    record(store, "alpha")

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            for size in (1, 3, 1, 2):
                await feed.wait(0, PATIENCE)
                head = feed.head
                await asyncio.to_thread(record, store, "alpha", size=size)
                assert await feed.wait(head + size - 1, PATIENCE) == head + size
            readers = [Reader(feed, after) for after in range(8)]
            for reader in readers:
                await reader.reach(8)
        for after, reader in enumerate(readers):
            await reader.task
            assert reader.entries == everything(store)[after:]

    run(follow())


def test_readers_in_several_event_loops_are_all_told(store: EntryStore) -> None:
    """A server may run more than one loop; the feed is one for the process."""
    record(store, "alpha")

    async def follow(feed: Feed, served: threading.Barrier) -> list[Entry]:
        reader = Reader(feed)
        await reader.reach(6)
        await asyncio.to_thread(served.wait, PATIENCE)
        await reader.task  # ends with the feed
        return reader.entries

    with ThreadPoolExecutor(3) as loops:
        with Feed(store, system_clock) as feed:
            served = threading.Barrier(4)
            following = [loops.submit(asyncio.run, follow(feed, served)) for _ in range(3)]
            record(store, *["beta"] * 5)
            served.wait(PATIENCE)
        assert [done.result() for done in following] == [everything(store)] * 3


def test_an_event_loop_that_is_gone_stops_nobody(store: EntryStore) -> None:
    """A loop may end while its readers wait, and must not take the feed of the others with it."""

    async def wait(feed: Feed) -> None:
        waiting = Reader(feed)
        await asyncio.sleep(0)
        assert feed._waiting
        waiting.task.cancel()

    async def follow(feed: Feed) -> None:
        reader = Reader(feed)
        await asyncio.to_thread(record, store, "alpha")
        await reader.reach(1)
        assert feed.trouble is None
        reader.task.cancel()

    with Feed(store, system_clock) as feed:
        asyncio.run(wait(feed))
        asyncio.run(follow(feed))


def test_every_write_is_told_and_not_just_found_by_a_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A word that is lost between two looks costs a second, and looks like a slow network."""
    for module, name in ((feed_module, "LOOK_SECONDS"), (watching, "POLL_SECONDS")):
        monkeypatch.setattr(module, name, 10 * PATIENCE)
    chance = random.Random(20150612)  # noqa: S311 - how many at once, not a secret

    def write(store: EntryStore, version: int) -> int:
        for number in range(version, version + chance.randint(1, 3)):
            add(store, "alpha", number, f"a{number}")
        return number + 1

    async def follow(store: EntryStore) -> None:
        with Feed(store, system_clock) as feed:
            reader = Reader(feed)
            for _ in range(rounds(400, 4_000)):
                await reader.reach(await asyncio.to_thread(write, store, reader.position))
        await reader.task
        assert reader.entries == everything(store)

    with closing(open_kind("postgres", Path(), system_clock)) as store:
        run(follow(store))


# -- what it costs


class CountingStore(MemoryStore):
    """Counts how often entries are read."""

    reads = 0

    def read(
        self, *, after: int = 0, until: int | None = None, plan: str | None = None, limit: int
    ) -> Sequence[StoredRecord]:
        """Read, and count."""
        self.reads += 1
        return super().read(after=after, until=until, plan=plan, limit=limit)


def test_many_readers_at_the_head_cost_one_read_a_commit() -> None:
    """Five hundred open pages must not make a council's database answer five hundred times."""
    store = CountingStore(system_clock)
    add(store, "alpha", 0, "a")

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            readers = [Reader(feed, 1, None if number % 2 else "beta") for number in range(300)]
            # Those behind the head read for themselves, once, also where nothing is theirs.
            behind = [Reader(feed, 0, "beta"), Reader(feed, 0, "gamma")]
            await until(lambda: store.reads == 2)
            for number in range(20):
                add(store, "beta", 2 * number, f"b{number}", 2)
                for reader in readers:
                    await reader.reach(3 + 2 * number)
            assert store.reads == 22
        for reader in (*readers, *behind):
            await reader.task
        assert behind.pop().entries == []
        for reader in (*readers, *behind):
            assert reader.entries == everything(store)[1:]

    run(follow())


def test_a_feed_that_nobody_reads_costs_one_entry_a_look() -> None:
    """Every worker has a feed, and most of the night nobody follows it."""
    store = CountingStore(system_clock)

    async def follow() -> None:
        with short_pages(), Feed(store, system_clock) as feed:
            await until(lambda: feed._newest is not None)
            add(store, "alpha", 0, "a", 100)
            assert await feed.wait(99, PATIENCE) == 100
            assert (store.reads, len(_kept(feed))) == (1, 1)

    run(follow())


def test_a_reader_that_stalls_holds_up_nobody_and_no_memory(store: EntryStore) -> None:
    """A browser tab put to sleep must not fill the server, nor make others wait."""
    record(store, "alpha")

    async def follow() -> None:
        with short_pages(), Feed(store, system_clock) as feed:
            async with aclosing(feed.follow(0)) as stalled:
                first = await anext(stalled)
                other = Reader(feed)
                for position in range(2, 42):
                    await asyncio.to_thread(record, store, "alpha")
                    await other.reach(position)
                assert len(_kept(feed)) == 5
                rest: list[Entry] = []
                while len(rest) < 40:
                    page = await anext(stalled)
                    assert len(page) <= 3
                    rest += page
            assert [*first, *rest] == other.entries == everything(store)
        await other.task

    run(follow())


def test_what_readers_share_is_bounded_in_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand imported paragraphs are not two thousand dates."""
    monkeypatch.setattr(feed_module, "KEPT_BYTES", 1_000)
    store = MemoryStore(system_clock)

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            reader = Reader(feed)
            await until(lambda: reader.task.done() or feed._newest is not None)
            for position in range(1, 21):
                record(store, "alpha")
                await reader.reach(position)
            sizes = [len(stored.data) for stored in store.read(limit=20)]
            assert sum(sizes[-len(_kept(feed)) :]) <= 1_000 < sum(sizes[-len(_kept(feed)) - 1 :])
        await reader.task
        assert reader.entries == everything(store)

    run(follow())


def _kept(feed: Feed) -> Sequence[object]:
    assert feed._newest is not None
    return feed._newest.entries


# -- how a reader ends


def test_closing_ends_every_reader_wherever_it_is(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that shuts down must not have to break off its connections one by one, nor wait."""
    record(store, *PLANS)
    monkeypatch.setattr(feed_module, "LOOK_SECONDS", 2 * PATIENCE)

    async def follow() -> None:
        feed = Feed(store, system_clock)
        feed.start()
        waiting, polling = Reader(feed), asyncio.ensure_future(feed.wait(3, PATIENCE))
        halfway = feed.follow(0)
        await anext(halfway)
        await waiting.reach(3)
        unstarted = feed.follow(0)
        for _ in range(2):
            async with asyncio.timeout(PATIENCE):
                await asyncio.to_thread(feed.close)
        await waiting.task
        assert await polling == 3
        for reader in (halfway, unstarted, feed.follow(3)):
            assert [page async for page in reader] == []

    run(follow())


class HastyFeed(Feed):
    """Is closed just when a reader is about to wait."""

    def _next_wake(self) -> asyncio.Event | None:
        self.close()
        return super()._next_wake()


def test_closing_is_noticed_by_a_reader_that_is_about_to_wait() -> None:
    """A reader that missed it by a hair would keep a server from ever stopping."""
    store = MemoryStore(system_clock)

    async def follow() -> None:
        feed = HastyFeed(store, system_clock)
        feed.start()
        reader = Reader(feed)
        assert await feed.wait(0, PATIENCE) == 0
        async with asyncio.timeout(PATIENCE):
            await reader.task

    run(follow())


def test_a_feed_that_was_never_started_can_be_closed(store: EntryStore) -> None:
    """Starting up may fail between making the feed and starting it."""
    Feed(store, system_clock).close()


def test_a_cancelled_reader_leaves_nothing_behind(store: EntryStore) -> None:
    """People close tabs all day long; none may cost anything afterwards."""
    record(store, *PLANS)

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            waiting, staying = Reader(feed), Reader(feed)
            await waiting.reach(3)
            reading = Reader(feed)
            await asyncio.sleep(0)  # it has asked a thread to read
            polling = asyncio.ensure_future(feed.wait(3, PATIENCE))
            await asyncio.sleep(0)
            tasks = [waiting.task, reading.task, polling]
            for task in tasks:
                task.cancel()
            assert all(
                isinstance(end, asyncio.CancelledError)
                for end in await asyncio.gather(*tasks, return_exceptions=True)
            )
            assert feed._readers == 1
            await asyncio.to_thread(record, store, "alpha")
            await staying.reach(4)
            await until(lambda: len(feed._waiting) <= 1)
        await staying.task
        assert staying.entries == everything(store)
        assert (feed._readers, feed._waiting) == (0, {})

    run(follow())


# -- what is refused


def test_a_position_that_the_ledger_has_not_reached_is_refused(store: EntryStore) -> None:
    """It is another ledger's, or this is an older copy: waiting would skip what is in between."""
    record(store, *PLANS)

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            for call in (anext(feed.follow(4)), anext(feed.follow(10**30)), feed.wait(4, 0)):
                with pytest.raises(QuestionError, match=r"no position .* yet; its last is 3") as no:
                    await call
                assert no.value.code == "POINT_IN_FUTURE"
            for negative in (anext(feed.follow(-1)), feed.wait(-1, 0)):
                with pytest.raises(ValueError, match="from a position of 0 or more, not from -1"):
                    await negative

    run(follow())


def test_a_position_that_another_process_has_just_given_out_is_taken(tmp_path: Path) -> None:
    """A client that recorded through one worker may follow through another the next moment."""
    with ExitStack() as exits:
        store, other = (open_kind("sqlite", tmp_path, system_clock) for _ in range(2))
        exits.callback(store.close)
        exits.callback(other.close)
        record(store, "alpha")

        async def follow() -> None:
            with Feed(store, system_clock) as feed:
                await until(lambda: feed.head == 1)
                record(other, "alpha")
                reader = Reader(feed, 2)
                await asyncio.to_thread(record, other, "alpha")
                await reader.reach(3)
            await reader.task
            assert reader.entries == everything(store)[2:]

        run(follow())


def test_an_entry_that_cannot_be_read_is_told_to_whoever_comes_to_it(store: EntryStore) -> None:
    """It is passed over by nobody in silence, and must not stop those who are past it."""
    record(store, "alpha")
    unknown = NewRecord(name="milestone-teleported.v1", data=b"{}")

    async def follow() -> None:
        with Feed(store, system_clock) as feed:
            before = Reader(feed, 1)
            await until(lambda: feed.head == 1)
            await asyncio.to_thread(
                store.append, "alpha", 1, [unknown], command_id="x", digest=bytes(32)
            )
            with pytest.raises(UnreadableEntryError, match="does not know"):
                await before.task
            past = Reader(feed, 2)
            await asyncio.to_thread(add, store, "beta", 0, "b")
            await past.reach(3)
            assert feed.trouble is None
        await past.task
        assert [entry.position for entry in past.entries] == [3]

    run(follow())


# -- long polls and figures


def test_a_long_poll_ends_when_there_is_something_or_its_time_is_up(store: EntryStore) -> None:
    """A client without a stream asks again and again, and should neither hammer nor hang."""
    record(store, *PLANS)

    async def poll() -> None:
        with Feed(store, system_clock) as feed:
            assert await feed.wait(2, PATIENCE) == 3
            assert await feed.wait(3, 0.01) == 3
            assert await feed.wait(3, 0) == 3
            polling = asyncio.ensure_future(feed.wait(3, PATIENCE))
            await asyncio.to_thread(record, store, "alpha")
            assert await polling == 4

    run(poll())


def test_the_lag_is_between_the_clock_of_who_recorded_and_of_who_noticed(tmp_path: Path) -> None:
    """It says how old news is; entries from before the start are no news, and no lag is below 0."""
    writing, noticing = SettableClock(), SettableClock()
    store = open_kind("memory", tmp_path, writing)
    record(store, "alpha")

    async def follow() -> None:
        with Feed(store, noticing) as feed:
            await feed.wait(0, PATIENCE)
            assert feed.lag is None
            noticing.now = writing.now + timedelta(seconds=2.5, microseconds=2)
            record(store, "alpha")
            await feed.wait(1, PATIENCE)
            assert feed.lag == pytest.approx(2.5, abs=1e-5)
            noticing.now = writing.now - timedelta(hours=1)
            record(store, "alpha")
            await feed.wait(2, PATIENCE)
            assert feed.lag == 0

    run(follow())
