"""Histories by chance: as many entries as were asked for, and all that makes a ledger hard."""

from collections import Counter

import pytest

from planledger.domain.record import is_amendment
from planledger.events.review import ReviewClosed
from planledger.ledger import Ledger
from planledger.projections.points import civil_day
from planledger.simulation.chance.office import BEGINS
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import Made, NotEmptyError, make_by_chance
from planledger.storage.memory import MemoryStore
from tests.support.simulated import digest

MANY = 3_000


def made(entries: int, seed: int = 1) -> tuple[Ledger, MemoryStore, Made]:
    """Make a ledger in memory."""
    clock = SimulatedClock()
    store = MemoryStore(clock)
    ledger = Ledger(store, clock)
    done = make_by_chance(
        ledger, clock, plan="some", entries=entries, seed=seed, watch=lambda _done, _of: None
    )
    return ledger, store, done


@pytest.mark.parametrize("entries", [1, 2, 25, 100, 397, 1_000])
def test_it_has_exactly_as_many_entries_as_were_asked_for(entries: int) -> None:
    """A benchmark names its size; about as many is another size each time."""
    ledger, store, done = made(entries)
    assert len(store.read(limit=2 * MANY)) == done.entries == done.commands == entries
    assert ledger.history("some").version == entries


def test_it_goes_on_for_ten_years_with_reviews_in_every_quarter() -> None:
    """Slippage, vintages and late entries take years, however few the entries are."""
    ledger, _, done = made(MANY)
    entries = ledger.events(limit=MANY)
    assert (done.first, done.last.year) == (BEGINS, 2025)
    quarters = {
        (entry.effective_on.year, (entry.effective_on.month + 2) // 3)
        for entry in entries
        if isinstance(entry.event, ReviewClosed)
    }
    # Not in the first quarters, in which the plan is still being written.
    assert len(quarters) >= 35


def test_some_entries_are_late_and_some_put_the_record_right() -> None:
    """These are what makes a past plan hard to find; without them a benchmark flatters."""
    ledger, _, _ = made(MANY)
    entries = ledger.events(limit=MANY)
    late = [
        entry
        for entry in entries
        if not is_amendment(entry) and entry.effective_on < civil_day(entry.recorded_at)
    ]
    assert 0.01 < len(late) / MANY < 0.03
    amendments = [entry for entry in entries if is_amendment(entry)]
    assert 0.005 < len(amendments) / MANY < 0.02
    assert len(Counter(type(entry.event) for entry in entries)) >= 30


def test_almost_nothing_that_the_office_asks_for_is_refused() -> None:
    """An office that is refused at every step would measure refusals."""
    assert made(MANY)[2].refused < MANY / 100


def test_the_seed_decides() -> None:
    """The same seed repeats a measurement; another one shows whether it was luck."""
    assert digest(made(600, seed=5)[1]) == digest(made(600, seed=5)[1])
    assert digest(made(600, seed=5)[1]) != digest(made(600, seed=6)[1])


def test_few_entries_hold_only_the_beginning_of_a_plan() -> None:
    """What so few can hold is said, so that nobody looks for a review in it."""
    ledger, _, done = made(20)
    assert done.reviews == 0
    assert not ledger.history("some").record.amendments
    assert made(MANY)[2].reviews > 70


def test_a_ledger_that_holds_something_is_left_alone() -> None:
    """A simulated clock in a ledger of real entries would make nonsense of every date."""
    ledger, store, _ = made(3)
    clock = SimulatedClock()
    with pytest.raises(NotEmptyError, match="ledger of its own"):
        make_by_chance(
            ledger, clock, plan="other", entries=3, seed=1, watch=lambda _done, _of: None
        )
    assert len(store.read(limit=10)) == 3
