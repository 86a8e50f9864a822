"""A ledger with a cache answers as one without: byte for byte, whatever becomes of the cache."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from planledger.domain.commands import RewordItem, VoidEntry
from planledger.events.codec import encode
from planledger.events.envelope import Envelope
from planledger.ledger import Ledger
from planledger.ledger.caching import Condition, check, rebuild
from planledger.ledger.snapshots import Sizes
from planledger.projections.points import AtHead, AtPosition, AtReview
from planledger.projections.snapshots import seal, unseal
from planledger.storage.cache import CacheError
from planledger.storage.memory import MemoryStore
from planledger.storage.port import NewRecord
from planledger.storage.sqlite import SqliteStore
from tests.support.books import area
from tests.support.depth import rounds
from tests.support.ledgers import (
    AUTHOR,
    REASON,
    SettableClock,
    begin_plan,
    recorded,
    serialised,
)
from tests.support.simulated import PLAN, northbridge
from tests.support.snapshots import MemoryCache, Openings, spoiled, upto

SMALL = Sizes(window=2, least=1, behind=3)
"""So small that a plan of a few entries meets every way there is."""


@cache
def _northbridge() -> tuple[MemoryStore, SettableClock]:
    """Give the whole story, and a clock that stands at its end."""
    ledger, _ = northbridge()
    store = ledger._store
    assert isinstance(store, MemoryStore)
    return store, SettableClock(ledger._clock())


def _commit_ends() -> list[int]:
    return [receipt.commit.last for receipt in _northbridge()[0].receipts()]


@pytest.mark.parametrize("window", [0, 3, 40, 500])
def test_answers_of_northbridge_are_the_same_byte_for_byte(window: int) -> None:
    """Snapshots are taken anywhere, and asked for at any later head: no answer may tell."""
    whole, clock = _northbridge()
    chance = random.Random(window)  # noqa: S311 - the same every time
    ends = _commit_ends()
    days = [None, date(2024, 3, 31), date(2025, 3, 31), date(2030, 1, 1)]
    openings = Openings()
    for _ in range(rounds(ci=12, deep=300)):
        cut, head = sorted(chance.sample(ends, 2))
        kept = MemoryCache()
        rebuild(upto(whole, cut, clock), kept, PLAN, Sizes(window=window))
        store = upto(whole, head, clock)
        with_cache, without = Ledger(store, clock, openings, kept), Ledger(store, clock)
        for day in days:
            assert serialised(with_cache.at(AtHead(), day)) == serialised(without.at(AtHead(), day))
        earlier = AtPosition(chance.randint(1, head))
        assert serialised(with_cache.at(earlier)) == serialised(without.at(earlier))
    assert openings.from_snapshot > 0
    assert openings.whole > 0


def test_reviews_comparisons_and_findings_are_the_same() -> None:
    """What needs the whole history reads it, also where the plan was opened from a snapshot."""
    whole, clock = _northbridge()
    kept, openings = MemoryCache(), Openings()
    cut = _commit_ends()[-5]
    rebuild(upto(whole, cut, clock), kept, PLAN)
    ledgers = (Ledger(whole, clock, openings, kept), Ledger(whole, clock))
    plan = ledgers[0].at(AtHead()).plan(PLAN)
    assert plan is not None
    review = next(each.ref for each in plan.reviews if each.closed_at is not None)
    assert ledgers[0].at(AtReview(review)).basis == ledgers[1].at(AtReview(review)).basis
    assert openings.whole == 0, "A review is found at the head, without reading the plan whole."
    answers = [
        (
            serialised(ledger.at(AtReview(review))),
            ledger.restatements(PLAN, review),
            ledger.known(PLAN),
            found.date_moves if (found := ledger.at(AtHead()).findings(PLAN)) else None,
        )
        for ledger in ledgers
    ]
    assert answers[0] == answers[1]
    assert (openings.from_snapshot, openings.whole) == (1, 1)


class Office:
    """A small ledger in a file, opened anew for every question."""

    def __init__(self, path: Path) -> None:
        """Begin a plan of four entries."""
        self.clock = SettableClock()
        self.store = SqliteStore(path, self.clock, create=True)
        self.cache = self.store.cache()
        self.files = path.with_name(f"{path.name}.cache")
        self.ledger = Ledger(self.store, self.clock)
        begin_plan(self.ledger)
        self.openings = Openings()

    def reword(self, text: str, on: date | None = None) -> int:
        """Record one more entry, and give its position."""
        command = RewordItem(plan="alpha", item="1.1/1", to=text, material=False, effective_on=on)
        return recorded(self.ledger, command).position

    def ask(self, sizes: Sizes = SMALL) -> tuple[int, int]:
        """Ask a new process at the head; give how plans were opened, from snapshots and whole."""
        openings = Openings()
        ledger = Ledger(self.store, self.clock, openings, self.cache, sizes)
        assert serialised(ledger.at(AtHead())) == serialised(self.ledger.at(AtHead()))
        return openings.from_snapshot, openings.whole

    @property
    def condition(self) -> tuple[Condition, int]:
        """Give what a check finds of the snapshot, and by how many entries it is behind."""
        found = check(self.store, self.cache, "alpha")
        return found.condition, found.behind


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Give a small ledger."""
    made = Office(tmp_path / "plans.db")
    yield made
    made.store.close()


def test_a_plan_that_was_read_whole_is_opened_from_its_snapshot_the_next_time(
    office: Office,
) -> None:
    """The point of it all."""
    assert office.condition == (Condition.MISSING, 0)
    assert office.ask() == (0, 1)
    assert office.condition == (Condition.FRESH, 0)
    assert office.ask() == (1, 0)


def test_a_small_plan_has_no_snapshot(office: Office) -> None:
    """It is read about as fast without, and every file is one more to look after."""
    assert office.ask(Sizes()) == (0, 1)
    assert not office.files.exists()


@pytest.mark.parametrize(
    ("sizes", "most"),
    [(SMALL, 3), (SMALL._replace(behind=2_000), 4), (SMALL._replace(least=2_000), 40)],
    ids=["three", "a tenth", "too small a plan"],
)
def test_a_snapshot_far_behind_is_made_anew_and_one_a_little_behind_is_not(
    office: Office, sizes: Sizes, most: int
) -> None:
    """Writing all of a plan for every new entry would cost more than it saves."""
    for number in range(40):
        office.reword(f"A board meets {number}")
    rebuild(office.store, office.cache, "alpha", sizes)
    for behind in range(1, most + 1):
        office.reword(f"A board meets often {behind}")
        assert office.ask(sizes) == (1, 0)
        assert office.condition == (Condition.BEHIND, behind)
    office.reword("A board meets at last")
    assert office.ask(sizes) == (1, 0)
    anew = sizes.least <= 40
    assert office.condition == ((Condition.FRESH, 0) if anew else (Condition.BEHIND, most + 1))


def test_an_amendment_has_the_plan_read_whole_once_and_the_snapshot_made_anew(
    office: Office,
) -> None:
    """A snapshot that a correction made useless must not cost a whole reading every time."""
    position = office.reword("A board meets twice")
    rebuild(office.store, office.cache, "alpha")
    recorded(office.ledger, VoidEntry(plan="alpha", entry=position, reason=REASON))
    assert office.condition == (Condition.BEHIND, 1)
    # Also in a plan that is too small for anybody to have made it one.
    assert office.ask(Sizes()) == (0, 1)
    assert office.condition == (Condition.FRESH, 0)
    assert office.ask(Sizes()) == (1, 0)


def test_a_snapshot_made_anew_from_a_snapshot_answers_for_no_more_days(office: Office) -> None:
    """What is folded stays folded, also for a planledger that keeps more ahead of it."""
    begun = office.ledger.today
    for number in range(5):
        office.clock.now += timedelta(days=1)
        office.reword(f"A board meets {number}")
    rebuild(office.store, office.cache, "alpha", SMALL)
    office.reword("A board meets at last")
    wide = Sizes(window=500, least=1, behind=0)
    assert office.ask(wide) == (1, 0)
    assert office.condition == (Condition.FRESH, 0)
    ledger = Ledger(office.store, office.clock, office.openings, office.cache, wide)
    for day in (begun, begun + timedelta(days=2)):
        mine, theirs = ledger.at(AtHead(), day), office.ledger.at(AtHead(), day)
        assert serialised(mine) == serialised(theirs)
    assert (office.openings.from_snapshot, office.openings.whole) == (1, 1)


def test_what_is_agreed_for_later_keeps_no_snapshot_from_answering_for_today(
    office: Office,
) -> None:
    """Today is what is asked most, however much is agreed for the months to come."""
    for number in range(1, 9):
        office.reword(f"A board meets {number}", on=office.ledger.today + timedelta(days=number))
    assert office.ask() == (0, 1)
    assert office.ask() == (1, 0)
    office.clock.now += timedelta(days=3)
    assert office.ask() == (1, 0)


def test_a_command_after_opening_reads_the_plan_whole_and_leaves_a_good_snapshot(
    office: Office,
) -> None:
    """A command is judged on the whole record; the snapshot it finds is still good."""
    office.ask()
    kept = office.cache.load("alpha")
    openings = Openings()
    ledger = Ledger(office.store, office.clock, openings, office.cache, SMALL)
    ledger.at(AtHead()).plan("alpha")
    recorded(ledger, RewordItem(plan="alpha", item="1.1/1", to="New", material=False))
    assert (openings.from_snapshot, openings.whole) == (1, 1)
    assert office.cache.load("alpha") == kept
    assert serialised(ledger.at(AtHead())) == serialised(office.ledger.at(AtHead()))


def test_what_another_process_records_is_there_at_once(office: Office) -> None:
    """An answer is at least as new as every write that was acknowledged before it."""
    office.ask()
    ledger = Ledger(office.store, office.clock, Openings(), office.cache, SMALL)
    today = ledger.today
    for on in (None, today + timedelta(days=9), today + timedelta(days=3), today):
        office.reword(f"A board meets, effective {on}", on=on)
        for day in (None, today, today + timedelta(days=10), today - timedelta(days=400)):
            mine, theirs = ledger.at(AtHead(), day), office.ledger.at(AtHead(), day)
            assert serialised(mine) == serialised(theirs)


SPOILED: dict[str, tuple[Callable[[bytes], bytes | None], Condition]] = {
    "one byte": (lambda data: spoiled(data, "alpha", "damaged"), Condition.DAMAGED),
    "cut short": (lambda data: data[: len(data) // 2], Condition.DAMAGED),
    "empty": (lambda _: b"", Condition.DAMAGED),
    "zeros": (lambda data: bytes(len(data)), Condition.DAMAGED),
    "newer format": (lambda data: data.replace(b" 1\n", b" 2\n", 1), Condition.STALE),
    "older fold": (lambda data: spoiled(data, "alpha", "stale"), Condition.STALE),
    "of another plan": (
        lambda data: seal(replace(unseal(data, "alpha"), plan="beta")),
        Condition.STALE,
    ),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_snapshot_is_noticed_and_made_anew(office: Office, how: str) -> None:
    """Whatever happens to the file, the entries are read and the file is mended by itself."""
    office.ask()
    (file,) = office.files.iterdir()
    spoil, condition = SPOILED[how]
    file.write_bytes(spoil(file.read_bytes()) or b"")
    assert office.condition == (condition, 0)
    # Also where the plan is too small for anybody to have made it one.
    assert office.ask(Sizes()) == (0, 1)
    assert office.condition == (Condition.FRESH, 0)
    assert office.ask() == (1, 0)


def test_the_snapshot_of_another_ledger_is_noticed(office: Office, tmp_path: Path) -> None:
    """A ledger is restored, or made anew under the old name: the cache beside it stays."""
    office.ask()
    (theirs,) = office.files.iterdir()
    other = Office(tmp_path / "other.db")
    other.clock.now += timedelta(days=1)
    other.reword("Another word")
    other.ask()
    (ours,) = other.files.iterdir()
    ours.write_bytes(theirs.read_bytes())
    assert other.condition == (Condition.STALE, 0)
    assert other.ask() == (0, 1)
    assert other.condition == (Condition.FRESH, 0)
    other.store.close()


def test_a_snapshot_from_the_future_of_a_restored_ledger_is_noticed(office: Office) -> None:
    """A backup ends before the snapshot does: what the snapshot knows was never recorded here."""
    earlier = MemoryStore(office.clock)
    earlier.adopt(office.store.read(limit=100), office.store.receipts())
    office.reword("Lost with the disk")
    office.ask()
    assert check(earlier, office.cache, "alpha").condition is Condition.STALE
    ledger = Ledger(earlier, office.clock, cache=office.cache, sizes=SMALL)
    assert serialised(ledger.at(AtHead())) == serialised(Ledger(earlier, office.clock).at(AtHead()))
    assert check(earlier, office.cache, "alpha").condition is Condition.FRESH


def test_a_snapshot_with_a_wrong_plan_is_found_by_a_check(office: Office) -> None:
    """A step of the fold was changed and nobody raised its version: this is how to find out."""
    office.ask()
    (file,) = office.files.iterdir()
    file.write_bytes(spoiled(file.read_bytes(), "alpha", "wrong") or b"")
    found = check(office.store, office.cache, "alpha")
    assert found.condition is Condition.WRONG
    assert not found.sound
    assert found.problem == "At position 4 it gives another plan than the entries do."


class Broken:
    """A cache that fails every time."""

    def load(self, plan: str) -> bytes | None:
        """Fail."""
        raise CacheError(f"{plan} cannot be loaded.")

    def save(self, plan: str, data: bytes) -> None:
        """Fail."""
        raise CacheError(f"{plan} with {len(data)} bytes cannot be saved.")

    def forget(self) -> None:
        """Fail."""
        raise CacheError("Nothing can be forgotten.")


def test_a_cache_that_fails_costs_no_answer(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder without rights, a full disk: the ledger itself has nothing to do with it."""
    ledger = Ledger(office.store, office.clock, cache=Broken(), sizes=SMALL)
    assert serialised(ledger.at(AtHead())) == serialised(office.ledger.at(AtHead()))
    assert "alpha cannot be loaded." in caplog.text
    office.files.write_text("no folder")
    assert office.ask() == (0, 1)
    assert "plans.db.cache cannot be used" in caplog.text


def test_a_number_too_large_for_a_snapshot_costs_no_answer(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """Entries are text and hold numbers of any size; a snapshot holds those of 64 bits."""
    strange = Envelope(
        event=area("strange", "9", 2**70),
        effective_on=office.ledger.today,
        author=AUTHOR,
        command_id="strange",
    )
    record = NewRecord(name="area-added.v1", data=encode(strange))
    office.store.append("alpha", 4, [record], command_id="strange", digest=bytes(32))
    assert office.ask() == (0, 1)
    assert "No snapshot can be made of alpha" in caplog.text
