"""The register says by SQL, at every position and on every day, what the ledger says there."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from planledger.ledger import Ledger
from planledger.projections.points import AtHead, AtReview
from planledger.readmodel.filling import Filler
from planledger.readmodel.register import Register
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import make_by_chance
from planledger.storage.memory import MemoryStore
from tests.support.depth import rounds
from tests.support.ledgers import SettableClock
from tests.support.registers import KINDS, copied, expected, registered, said
from tests.support.simulated import northbridge


def by_chance(entries: int, seed: int) -> MemoryStore:
    """Have an office work by chance."""
    clock = SimulatedClock()
    store = MemoryStore(clock)
    ledger = Ledger(store, clock)
    make_by_chance(ledger, clock, plan="some", entries=entries, seed=seed, watch=lambda *_: None)
    return store


def days_in(ledger: Ledger) -> Sequence[date]:
    """Give every day on which anything is effective, with the days before and after."""
    entries = ledger.events(limit=1_000_000)
    near = (timedelta(days=-1), timedelta(), timedelta(days=1))
    return sorted({entry.effective_on + step for entry in entries for step in near})


def points(ledger: Ledger, count: int) -> Iterator[tuple[int, date]]:
    """Give so many points of a ledger's life, spread over its positions and days."""
    days = [*days_in(ledger), date(2030, 6, 30)]
    last = ledger.at(AtHead()).basis.position
    for number in range(1, count + 1):
        yield last * number // count, days[number * 7919 % len(days)]


def hold(register: Register, ledger: Ledger, count: int) -> None:
    """Hold a register against its ledger at so many points."""
    compared = 0
    for position, on in points(ledger, count):
        wanted = expected(ledger, position, on) if position else {}
        assert said(register, position, on) == wanted, (position, on)
        compared += len(wanted)
    assert compared > count


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_of_northbridge_what_the_ledger_says(kind: str, tmp_path: Path) -> None:
    """Late entries, corrections, voids, dates to be confirmed, recurring ones: all of it at once.

    Texts, refs, dates, leads, delivery, ratings, timeliness and days overdue are compared.
    """
    with copied(kind, tmp_path, northbridge()[0]._store) as store, registered(store) as register:
        assert Filler(store, register).catch_up() == 1_304
        hold(register, Ledger(store, SettableClock()), rounds(120, 5_000))


@pytest.mark.parametrize("seed", range(rounds(2, 30)))
def test_it_says_of_any_office_what_the_ledger_says(seed: int, tmp_path: Path) -> None:
    """A story is told to be understood; chance does what nobody thought of."""
    made = by_chance(rounds(700, 2_500), seed)
    with copied("sqlite", tmp_path, made) as store, registered(store) as register:
        Filler(store, register).catch_up()
        hold(register, Ledger(store, SettableClock()), rounds(60, 400))


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_review_is_a_point_that_can_be_asked_for(kind: str, tmp_path: Path) -> None:
    """What was reported is asked for by the review, and nobody should have to look up its place."""
    with copied(kind, tmp_path, northbridge()[0]._store) as store, registered(store) as register:
        Filler(store, register).catch_up()
        ledger = Ledger(store, SettableClock())
        found = register._rows(
            f"SELECT plan, review, position, as_at FROM {register.prefix}reviews"  # noqa: S608 - a table
        )
        assert len(found) == 16
        for plan, review, position, as_at in found:
            basis = ledger.at(AtReview(f"{plan}/{review}")).basis
            assert (basis.position, str(basis.effective_on)) == (position, str(as_at))
