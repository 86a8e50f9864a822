"""The office that works by chance: day after day, until a ledger has its entries."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from planledger.domain.refusals import Refusal
from planledger.events.envelope import Entry
from planledger.events.values import Period
from planledger.ledger import Ledger
from planledger.simulation.chance.opening import opening
from planledger.simulation.chance.quarters import close_quarter, quarter_of
from planledger.simulation.chance.work import turn
from planledger.simulation.chance.world import Size, Steps, Wish, World
from planledger.simulation.clock import SimulatedClock

BEGINS = date(2016, 1, 4)
DAYS = 3_646
"""Ten years less a week, whatever the number of entries."""
MOST_ENTRIES = 1_000_000
"""More would not fit into the hours of so many days."""


class Counted(NamedTuple):
    """How many commands recorded something, and how many were refused or so already."""

    carried_out: int
    refused: int


def work(  # noqa: PLR0913 - what a history is made from, each by name
    ledger: Ledger,
    clock: SimulatedClock,
    *,
    plan: str,
    entries: int,
    seed: int,
    watch: Callable[[int], None],
) -> Counted:
    """Work until `entries` are recorded, 1 to MOST_ENTRIES; `watch` is told how many there are."""
    world = World(plan, Size.of_history(entries), Random(seed))  # noqa: S311 - dice, no secrets
    steps = _history(world)
    answer: Entry | None = None
    recorded = asked = 0
    while recorded < entries:
        world.today = BEGINS + timedelta(days=recorded * DAYS // entries)
        clock.move_on(world.today)
        wish = next(steps) if asked == 0 else steps.send(answer)
        asked += 1
        answer = _carried_out(ledger, wish, plan, asked)
        if answer is not None:
            recorded += 1
            watch(recorded)
    return Counted(recorded, asked - recorded)


def _history(world: World) -> Steps:
    yield from opening(world)
    now = quarter_of(world.today)
    before: Period | None = None
    while True:
        today = quarter_of(world.today)
        if today != now:
            yield from close_quarter(world, now, before)
            before, now = now, today
        yield from turn(world)


def _carried_out(ledger: Ledger, wish: Wish, plan: str, number: int) -> Entry | None:
    outcome = ledger.submit(
        wish.command,
        author=wish.who,
        command_id=f"{plan}:{number}",
        correlation_id=f"simulation:{plan}",
    )
    if isinstance(outcome, Refusal) or not outcome.entries:
        return None
    (entry,) = outcome.entries
    return entry
