"""A plan opened from a snapshot answers as the whole history does, or says that it cannot."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import pytest

from planledger.domain.record import is_amendment
from planledger.events.envelope import Fact
from planledger.ledger import Ledger
from planledger.projections.history import History
from planledger.projections.snapshots import Opening
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import make_by_chance
from planledger.storage.memory import MemoryStore
from tests.support.books import START, Book, area
from tests.support.depth import rounds
from tests.support.simulated import northbridge
from tests.support.snapshots import snapshot_of

DAY = timedelta(days=1)


@cache
def _by_chance(seed: int) -> Sequence[Fact]:
    clock = SimulatedClock()
    ledger = Ledger(MemoryStore(clock), clock)
    make_by_chance(ledger, clock, plan="some", entries=600, seed=seed, watch=lambda *_: None)
    return ledger.history("some").record.facts


def _facts(of: str) -> Sequence[Fact]:
    if of == "northbridge":
        return northbridge()[0].history(of).record.facts
    return _by_chance(int(of))


def _follow(facts: Sequence[Fact], chance: random.Random, cut: int, window: int) -> Counter[str]:
    """Open a snapshot of the first facts, add the rest in steps, and hold all it answers."""
    met: Counter[str] = Counter()
    history = History(facts[:cut])
    opening = Opening(snapshot_of(history, window), stride=chance.choice((1, 7, 64)))
    while True:
        first = max(opening.first_day, date.min + DAY)
        days = [None, date.max, first - DAY, first, first + DAY]
        days += chance.sample([fact.effective_on for fact in facts], 5)
        positions = {history.position, chance.randint(1, history.position), history.position + 9}
        for position in positions:
            for day in days:
                if not opening.answers(position, day):
                    met["not answered"] += 1
                    continue
                met["answered" if position >= history.position else "answered for before"] += 1
                assert opening.state(position, day) == history.state(position, day)
        step = facts[cut : cut + chance.choice((1, 2, 10, 60))]
        if not step:
            return met
        cut += len(step)
        history.extend(step)
        before = opening.position
        if not opening.extend(step):
            met["not carried"] += 1
            assert opening.position == before
            return met
        met["carried"] += 1
        assert (opening.position, opening.version) == (history.position, history.version)


@pytest.mark.parametrize("of", ["northbridge", *map(str, range(1, rounds(ci=4, deep=60)))])
@pytest.mark.parametrize("window", [0, 1, 20, 500])
def test_whatever_it_answers_is_what_the_whole_history_answers(of: str, window: int) -> None:
    """The same question must not be answered in two ways, by whether a process just started."""
    facts, chance = _facts(of), random.Random(window)  # noqa: S311 - the same every time
    met: Counter[str] = Counter()
    for _ in range(20):
        met += _follow(facts, chance, chance.randint(1, len(facts)), window)
    if of == "northbridge":  # which is always the same, and meets every way there is
        assert min(met["answered"], met["carried"], met["not answered"]) > 0, met
        assert window == 500 or met["not carried"] > 0, met
        assert window <= 1 or met["answered for before"] > 0, met


def _opened(book: Book, window: int) -> Opening:
    return Opening(snapshot_of(History(book.entries), window, "alpha"))


def test_an_entry_keyed_in_late_finds_its_place_among_those_kept_ahead() -> None:
    """Late entries are daily work; a snapshot that each of them made useless would be of no use."""
    book = Book()
    for number in range(1, 6):
        on = START + number * DAY
        book.write(area(f"a{number}", str(number), number), on, recorded_on=on)
    opening = _opened(book, window=3)
    assert opening.first_day == START + 2 * DAY
    late = book.write(area("late", "9", 9), on=START + 3 * DAY)
    assert opening.extend([late])
    history = History(book.entries)
    for day in (None, *(START + number * DAY for number in range(2, 7))):
        assert opening.state(late.position, day) == history.state(late.position, day)
    # What the plan was before the late entry came is not told from here any more.
    assert not opening.answers(late.position - 1)


def test_an_entry_from_before_the_base_is_not_carried() -> None:
    """Put on top it would come after what it comes before."""
    book = Book()
    for number in range(1, 6):
        on = START + number * DAY
        book.write(area(f"a{number}", str(number), number), on, recorded_on=on)
    opening = _opened(book, window=3)
    same_day = book.write(area("same", "8", 8), on=START + 2 * DAY)
    assert opening.first_day == START + 2 * DAY
    assert opening.extend([same_day])
    assert not opening.extend([book.write(area("late", "9", 9), on=START + DAY)])


def test_an_entry_that_puts_another_right_is_not_carried() -> None:
    """It may be about anything, also about what is folded already."""
    book = Book()
    first = book.write(area("a", "1", 1))
    opening = _opened(book, window=500)
    void = book.void(first.position)
    assert is_amendment(void)
    assert not opening.extend([void])


def test_a_missing_entry_is_noticed() -> None:
    """A store that broke its promise must not be answered from, with a snapshot or without."""
    book = Book()
    opening = _opened(book, window=1)
    book.write(area("a", "1", 1))
    after = book.write(area("b", "2", 2))
    with pytest.raises(ValueError, match="not one after the other"):
        opening.extend([after])
