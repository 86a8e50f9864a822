"""Taking turns: whoever waits for long is told so, and nobody waits for ever."""

from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import pytest

from planledger.domain.commands import DraftPlan
from planledger.ledger import Ledger, StoreError, turns
from planledger.ledger.turns import Turns
from planledger.projections.points import AtHead
from planledger.storage.memory import MemoryStore
from tests.support.ledgers import AUTHOR, SettableClock, begin_plan
from tests.support.stuck import StruckStore


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.05)


def test_who_has_the_turn_may_take_it_again() -> None:
    """One question is made of others."""
    turn = Turns()
    with turn, turn:
        pass


def test_who_waits_too_long_is_told_and_the_next_has_its_turn() -> None:
    """The row must not grow while the first in it waits for a disk."""
    turn, taken, leave = Turns(), Event(), Event()

    def hold() -> None:
        with turn:
            taken.set()
            leave.wait()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold)
        taken.wait()
        for _ in range(3):
            with pytest.raises(StoreError, match="too busy"), turn:
                pass
        leave.set()
    with turn:
        pass


def test_a_store_that_hangs_holds_up_one_and_the_others_are_told() -> None:
    """Else every question asked since would still be in the row when it is back."""
    clock = SettableClock()
    struck = StruckStore(MemoryStore(clock))
    ledger = Ledger(struck.store, clock)
    begin_plan(ledger)
    with ThreadPoolExecutor(8) as pool:
        struck.free.clear()
        draft = DraftPlan(plan="beta", title="B")
        asked = [pool.submit(ledger.at, AtHead()) for _ in range(4)]
        given = [pool.submit(ledger.submit, draft, author=AUTHOR) for _ in range(4)]
        told = []
        row: list[Future[Any]] = [*asked, *given]
        for done in as_completed(row, timeout=30):
            told.append(done.exception())
            if len(told) == 6:  # in each of the two rows the first may hang
                struck.free.set()
    assert {type(error) for error in told[:6]} == {StoreError}
    assert ledger.at(AtHead()).plan("alpha") is not None
