"""The port's promises, one by one, over every store."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import product
from typing import overload

import pytest

from planledger.events.envelope import microseconds
from planledger.storage.memory import MemoryStore
from planledger.storage.port import (
    CommandAlreadyRecordedError,
    Commit,
    EntryStore,
    NewRecord,
    StoreError,
    VersionConflictError,
)
from tests.storage.ledger_check import (
    HandClock,
    add,
    check_ledger,
    digest_of,
    read_all,
    records_of,
)

HUGE = 10**30
UNKEPT = ("half a pair \ud800", "a NUL \0 in it")


class BreakingRecords(Sequence[NewRecord]):
    """Records of which the second cannot be had."""

    @overload
    def __getitem__(self, index: int) -> NewRecord: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[NewRecord]: ...
    def __getitem__(self, index: int | slice) -> NewRecord | Sequence[NewRecord]:
        raise NotImplementedError

    def __len__(self) -> int:
        return 3

    def __iter__(self) -> Iterator[NewRecord]:
        yield from records_of("broken", 1)
        raise ArithmeticError


def test_an_empty_ledger_answers_every_question(store: EntryStore) -> None:
    """The first start is a state like any other; nobody should have to treat it specially."""
    assert store.head() is None
    assert list(store.read(limit=10)) == []
    assert list(store.read(plan="harbour", limit=10)) == []
    assert list(store.plans()) == []
    assert store.receipt("never") is None
    assert store.commit_at(position=1) is None
    assert store.commit_at(recorded_us=2**60) is None


def test_positions_run_across_plans_and_versions_within_each(store: EntryStore) -> None:
    """Positions are what every answer refers to; versions are what a conflict is judged by."""
    add(store, "harbour", 0, "a", 2)
    add(store, "school", 0, "b", 1)
    add(store, "harbour", 2, "c", 3)
    assert [(e.position, e.plan, e.version) for e in check_ledger(store)] == [
        (1, "harbour", 1),
        (2, "harbour", 2),
        (3, "school", 1),
        (4, "harbour", 3),
        (5, "harbour", 4),
        (6, "harbour", 5),
    ]


def test_append_head_and_receipt_speak_of_one_commit(store: EntryStore, clock: HandClock) -> None:
    """The answer to a command, a repeat of it and a query after it must name the same point."""
    add(store, "harbour", 0, "a", 2)
    clock.now += timedelta(days=1)
    commit = add(store, "harbour", 2, "b", 3)
    assert commit == Commit(first=3, last=5, recorded_us=microseconds(clock.now))
    assert store.head() == commit
    receipt = store.receipt("b")
    assert receipt is not None
    assert receipt.commit == commit
    assert (receipt.command_id, receipt.plan, receipt.digest) == ("b", "harbour", digest_of("b"))


@pytest.mark.parametrize("data", [b"", bytes(range(256)), b"x" * 300_000, "Müller – ½".encode()])
@pytest.mark.parametrize("name", ["milestone-agreed.v1", "größe.v2", "with\nnew line"])
def test_bytes_and_names_come_back_untouched(store: EntryStore, name: str, data: bytes) -> None:
    """Proofs hash the stored bytes; one changed byte breaks every proof after it."""
    store.append(
        "plan'x", 0, [NewRecord(name=name, data=data)], command_id="c%sd", digest=data[:32]
    )
    (entry,) = store.read(limit=1)
    assert (entry.plan, entry.name, entry.data) == ("plan'x", name, data)
    assert type(entry.data) is bytes
    receipt = store.receipt("c%sd")
    assert receipt is not None
    assert receipt.digest == data[:32]
    assert store.receipt("c") is None


@pytest.mark.parametrize(
    ("plan", "expected"), [("harbour", 0), ("harbour", 1), ("harbour", 3), ("school", 1), ("x", -1)]
)
def test_a_stale_or_impossible_version_is_refused(
    store: EntryStore, plan: str, expected: int
) -> None:
    """Whoever decided on another state than the present one must look and decide again."""
    first = add(store, "harbour", 0, "a", 2)
    with pytest.raises(VersionConflictError, match=plan):
        add(store, plan, expected, "b")
    assert store.head() == first
    assert store.receipt("b") is None
    assert len(check_ledger(store)) == 2


def test_after_a_conflict_no_position_and_no_version_is_left_out(store: EntryStore) -> None:
    """Databases burn sequence numbers on failed inserts; a gap would look like a lost entry."""
    add(store, "harbour", 0, "a")
    with pytest.raises(VersionConflictError):
        add(store, "harbour", 0, "b", 3)
    assert add(store, "harbour", 1, "c").first == 2
    check_ledger(store)


@pytest.mark.parametrize(("plan", "expected"), [("harbour", 2), ("harbour", 0), ("school", 0)])
def test_a_command_is_recorded_once_whatever_else_is_asked_of_it(
    store: EntryStore, plan: str, expected: int
) -> None:
    """A client that lost the reply sends again; it must not be told of a conflict with itself."""
    first = add(store, "harbour", 0, "a", 2)
    with pytest.raises(CommandAlreadyRecordedError):
        store.append(plan, expected, records_of("other"), command_id="a", digest=b"other")
    receipt = store.receipt("a")
    assert receipt is not None
    assert (receipt.plan, receipt.digest, receipt.commit) == ("harbour", digest_of("a"), first)
    assert len(check_ledger(store)) == 2


def test_a_refused_command_may_be_sent_again(store: EntryStore) -> None:
    """A conflict records no receipt: deciding again under the same id is the normal way on."""
    add(store, "harbour", 0, "a")
    with pytest.raises(VersionConflictError):
        add(store, "harbour", 0, "b")
    assert add(store, "harbour", 1, "b").first == 2


def test_a_commit_without_records_is_refused_before_all_else(store: EntryStore) -> None:
    """It would have no position, so its receipt could point nowhere."""
    add(store, "harbour", 0, "a")
    with pytest.raises(ValueError, match="at least one"):
        store.append("harbour", 0, [], command_id="a", digest=b"")
    assert len(check_ledger(store)) == 1


@pytest.mark.parametrize("text", UNKEPT)
@pytest.mark.parametrize("where", ["plan", "command_id", "name"])
def test_text_that_some_store_cannot_keep_is_refused_and_never_found(
    store: EntryStore, where: str, text: str
) -> None:
    """Both can come in with JSON: half a surrogate pair, and a NUL, which PostgreSQL cannot keep.

    What one store takes, all must: a ledger moves from store to store.
    """
    bad = {"plan": "harbour", "command_id": "a", "name": "milestone-agreed.v1"}
    bad[where] = text
    records = [*records_of("a", 1), NewRecord(name=bad["name"], data=b""), *records_of("a", 1)]
    with pytest.raises(ValueError, match="Unicode"):
        store.append(bad["plan"], 0, records, command_id=bad["command_id"], digest=b"")
    assert store.head() is None
    assert store.receipt(text) is None
    assert list(store.read(plan=text, limit=9)) == []
    assert list(store.replay(text, limit=9)) == []
    assert add(store, "harbour", 0, "a").first == 1


def test_a_record_failing_in_the_middle_leaves_nothing(store: EntryStore) -> None:
    """Half a command is a decision that nobody took."""
    before = add(store, "harbour", 0, "a")
    with pytest.raises(ArithmeticError):
        store.append("harbour", 1, BreakingRecords(), command_id="broken", digest=b"")
    assert store.head() == before
    assert store.receipt("broken") is None
    assert add(store, "harbour", 1, "b", 2).first == 2
    check_ledger(store)


def test_a_clock_that_fails_leaves_nothing_and_blocks_nobody(
    store: EntryStore, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock is read while the lock is held; a lock kept then would stop every writer."""
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", datetime(2026, 1, 1))  # noqa: DTZ001 - the fault: no offset
        with pytest.raises(TypeError):
            add(store, "harbour", 0, "a", 2)
    assert store.head() is None
    assert add(store, "harbour", 0, "a", 2).first == 1
    check_ledger(store)


def test_reading_keeps_exactly_to_its_bounds(store: EntryStore) -> None:
    """A feed resumes from a position: an entry missed at a bound is missed for ever."""
    add(store, "harbour", 0, "a", 2)
    add(store, "school", 0, "b", 2)
    add(store, "harbour", 2, "c", 2)
    entries = read_all(store)
    for after, until, limit, plan in product(
        (0, 1, 3, 6, HUGE),
        (None, -1, 0, 1, 3, 6, HUGE),
        (0, 1, 2, 9, HUGE),
        (None, "harbour", "school", "unknown"),
    ):
        expected = [
            entry
            for entry in entries
            if after < entry.position
            and (until is None or entry.position <= until)
            and plan in {None, entry.plan}
        ][:limit]
        assert list(store.read(after=after, until=until, limit=limit, plan=plan)) == expected


@pytest.mark.parametrize("bounds", [{"after": -1, "limit": 1}, {"limit": -1}])
def test_negative_bounds_are_refused(store: EntryStore, bounds: dict[str, int]) -> None:
    """SQLite takes a negative limit for none at all: a slip would read the whole ledger."""
    with pytest.raises(ValueError, match="0 or more"):
        store.read(plan=None, until=None, **bounds)


def test_what_was_read_stays_as_it_was(store: EntryStore) -> None:
    """A reader may keep a page for long; later appends must not show up in it."""
    add(store, "harbour", 0, "a", 2)
    page = store.read(limit=10)
    of_plan = store.read(plan="harbour", limit=10)
    add(store, "harbour", 2, "b", 2)
    assert len(page) == len(of_plan) == 2
    assert list(store.read(until=2, limit=10)) == list(page)


def test_plans_come_in_the_order_in_which_they_began(store: EntryStore) -> None:
    """The list of plans is the same on every store and at every start."""
    for number, plan in enumerate(["school", "harbour", "allotment"]):
        add(store, plan, 0, f"c{number}", 2)
    add(store, "school", 2, "again")
    assert list(store.plans()) == [("school", 1), ("harbour", 3), ("allotment", 5)]


def test_many_threads_leave_no_gap_and_lose_nothing(store: EntryStore) -> None:
    """A server works in threads; each acknowledged command must be there, once and whole."""
    writers, each = 6, 12

    def write(writer: int) -> None:
        for number in range(each):
            command = f"{writer}-{number}"
            while True:
                plan = f"own-{writer}" if number % 2 else "shared"
                entries = store.read(plan=plan, limit=10_000)
                with suppress(VersionConflictError):
                    add(store, plan, len(entries), command, 1 + number % 3)
                    break

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    entries = check_ledger(store)
    assert len({entry.recorded_us for entry in entries}) == writers * each


def test_a_reader_among_writers_never_sees_a_gap_or_half_a_commit(store: EntryStore) -> None:
    """Readers that follow the ledger by position would never come back for what they skipped."""
    size, commits = 3, 60
    done = threading.Event()

    def follow() -> int:
        seen = 0
        while not done.is_set() or seen < size * commits:
            page = store.read(after=seen, limit=1000)
            assert [entry.position for entry in page] == list(range(seen + 1, seen + len(page) + 1))
            assert len(page) % size == 0
            seen += len(page)
            head = store.head()
            assert (head.last if head else 0) >= seen
        return seen

    def write(writer: int) -> None:
        for number in range(commits // 3):
            add(store, f"p{writer}", number * size, f"{writer}-{number}", size)

    with ThreadPoolExecutor(5) as pool:
        followers = [pool.submit(follow) for _ in range(2)]
        for writing in [pool.submit(write, writer) for writer in range(3)]:
            writing.result()
        done.set()
        assert [follower.result() for follower in followers] == [size * commits] * 2


def test_one_command_sent_by_many_threads_is_recorded_once(store: EntryStore) -> None:
    """An impatient client sends again while the first attempt is still under way."""
    together = threading.Barrier(8)

    def send(_: int) -> bool:
        together.wait()
        try:
            add(store, "harbour", 0, "same", 2)
        except CommandAlreadyRecordedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 1
    assert len(check_ledger(store)) == 2


def test_closing_twice_is_safe(store: EntryStore) -> None:
    """Shutting down runs from several places: a signal, a context's end, the test's own end."""
    add(store, "harbour", 0, "a")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: store.close(), range(8)))
    store.close()
    if not isinstance(store, MemoryStore):
        with pytest.raises(StoreError, match="closed"):
            store.head()
