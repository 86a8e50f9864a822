"""Whole ledgers on their way from store to store, over every store."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from planledger.storage.memory import MemoryStore
from planledger.storage.port import (
    CommandAlreadyRecordedError,
    Commit,
    EntryStore,
    NewRecord,
    NotEmptyError,
    Receipt,
    StoredRecord,
)
from tests.storage.conftest import KINDS
from tests.storage.ledger_check import HandClock, add, check_ledger, digest_of, read_all

Entries = list[StoredRecord]
Receipts = list[Receipt]


@pytest.fixture
def other(clock: HandClock) -> MemoryStore:
    """Give another ledger: three commits of one and two entries, in two plans."""
    other = MemoryStore(clock)
    fill(other)
    return other


def fill(store: EntryStore) -> None:
    """Record three commits."""
    add(store, "harbour", 0, "a", 2)
    add(store, "school", 0, "b")
    add(store, "harbour", 2, "c", 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_ledger_moves_from_any_store_to_any_other(
    store: EntryStore, kind: str, clock: HandClock, tmp_path: Path
) -> None:
    """Proofs are over positions and bytes: a copy that differs in one is another ledger."""
    (tmp_path / "other").mkdir()
    with closing(KINDS[kind](tmp_path / "other", clock)) as other:
        fill(other)
        last = store.adopt(iter(other.read(limit=99)), iter(other.receipts()))
        assert last == 5
        assert check_ledger(store) == check_ledger(other)
        assert list(store.receipts()) == list(other.receipts())
        assert store.head() == other.head()


def test_an_adopted_ledger_goes_on_as_if_it_had_been_there_all_along(
    store: EntryStore, other: MemoryStore
) -> None:
    """Whoever moves to another database goes on the same afternoon, with the same clients."""
    store.adopt(read_all(other), other.receipts())
    with pytest.raises(CommandAlreadyRecordedError):
        add(store, "school", 1, "b")
    head = store.head()
    assert head is not None
    after = add(store, "school", 1, "d")
    assert (after.first, after.recorded_us) == (6, head.recorded_us + 1)
    assert len(check_ledger(store)) == 6


def test_an_empty_ledger_can_be_adopted_too(store: EntryStore) -> None:
    """Moving before the first entry is no special case for whoever does it."""
    assert store.adopt([], []) == 0
    assert add(store, "harbour", 0, "a").first == 1
    check_ledger(store)


def test_a_ledger_with_entries_takes_no_other_one_in(store: EntryStore, other: MemoryStore) -> None:
    """Two histories in one ledger would be a third one, that nobody ever recorded."""
    add(store, "allotment", 0, "x")
    with pytest.raises(NotEmptyError, match=r"has entries already; nothing was changed\."):
        store.adopt(read_all(other), other.receipts())
    assert [entry.plan for entry in check_ledger(store)] == ["allotment"]


@pytest.mark.parametrize("trouble", [ArithmeticError, FileNotFoundError])
def test_what_fails_on_the_way_leaves_an_empty_ledger(
    store: EntryStore, other: MemoryStore, trouble: type[Exception]
) -> None:
    """A file that ends half-way is the usual case; half a ledger looks much like a whole one."""

    def breaking(rows: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
        yield from rows
        raise trouble

    def breaking_receipts(rows: Iterable[Receipt]) -> Iterator[Receipt]:
        yield from rows
        raise trouble

    with pytest.raises(trouble):
        store.adopt(breaking(read_all(other)), other.receipts())
    with pytest.raises(trouble):
        store.adopt(read_all(other), breaking_receipts(other.receipts()))
    assert store.head() is None
    assert list(store.receipts()) == []
    assert store.adopt(read_all(other), other.receipts()) == 5


def _without(rows: Sequence[StoredRecord], position: int) -> Entries:
    return [entry for entry in rows if entry.position != position]


FLAWS: dict[str, Callable[[Entries, Receipts], tuple[Entries, Receipts]]] = {
    "an entry is missing": lambda e, r: (_without(e, 3), r),
    "the first one is missing": lambda e, r: (e[1:], r),
    "the last one is missing": lambda e, r: (e[:-1], r),
    "one comes twice": lambda e, r: ([e[0], *e], r),
    "two are exchanged": lambda e, r: ([e[1], e[0], *e[2:]], r),
    "a version is left out": lambda e, r: ([e[0], replace(e[1], version=3), *e[2:]], r),
    "a time runs back": lambda e, r: ([*e[:4], replace(e[4], recorded_us=0)], r),
    "a commit is of two plans": lambda e, r: (
        [*e[:2], replace(e[2], recorded_us=e[1].recorded_us), *e[3:]],
        r,
    ),
    "a plan has a NUL in its name": lambda e, r: ([*e[:2], replace(e[2], plan="a\0b"), *e[3:]], r),
    "a name is not Unicode": lambda e, r: ([*e[:4], replace(e[4], name="\ud800")], r),
    "a receipt is missing": lambda e, r: (e, r[1:]),
    "the last receipt is missing": lambda e, r: (e, r[:-1]),
    "there is one receipt too many": lambda e, r: (e, [*r, r[-1]]),
    "a receipt is of another plan": lambda e, r: (e, [replace(r[0], plan="school"), *r[1:]]),
    "a receipt is of a part of a commit": lambda e, r: (
        e,
        [replace(r[0], commit=replace(r[0].commit, last=1)), *r[1:]],
    ),
    "two receipts are of one command": lambda e, r: (
        e,
        [r[0], replace(r[1], command_id="a"), r[2]],
    ),
    "a command id has a NUL in it": lambda e, r: (e, [replace(r[0], command_id="a\0"), *r[1:]]),
    "there are receipts and no entries": lambda _e, r: ([], r),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_what_is_no_whole_ledger_is_refused_and_leaves_nothing(
    store: EntryStore, other: MemoryStore, flaw: str
) -> None:
    """A copy is often made because something was wrong: it must not carry the wrong on."""
    entries, receipts = FLAWS[flaw](read_all(other), list(other.receipts()))
    with pytest.raises(ValueError, match=r"\.$"):
        store.adopt(entries, receipts)
    assert store.head() is None
    assert list(store.receipts()) == []
    assert add(store, "harbour", 0, "a").first == 1


def test_receipts_come_in_the_order_of_their_commits(store: EntryStore) -> None:
    """Checks walk entries and receipts side by side, in one pass."""
    assert list(store.receipts()) == []
    for number, command in enumerate(("z", "m", "a", "größe", "Z")):
        store.append(
            f"plan-{number % 2}",
            number // 2,
            [NewRecord(name="x.v1", data=b"")],
            command_id=command,
            digest=digest_of(command),
        )
    receipts = list(store.receipts())
    assert [receipt.command_id for receipt in receipts] == ["z", "m", "a", "größe", "Z"]
    assert [receipt.commit.first for receipt in receipts] == [1, 2, 3, 4, 5]
    assert receipts == [store.receipt(receipt.command_id) for receipt in receipts]
    assert isinstance(receipts[0].commit, Commit)
