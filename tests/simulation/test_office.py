"""The office carries out acts as told, and breaks loudly where a story does not go as told."""

from datetime import UTC, date, datetime

import pytest

from planledger.domain.commands import AddArea, AgreeMilestone, DraftPlan, RewordItem
from planledger.domain.refusals import Code
from planledger.ledger import Ledger
from planledger.simulation.acts import Act, act, party
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.office import Office, StoryError
from planledger.storage.memory import MemoryStore

DRAFT = act("2024-01-08", "clerk", DraftPlan, title="A plan")
AREA = act("2024-01-09", "clerk", AddArea, number="1", title="Roads", called="roads")


def carried_out(*acts: Act) -> tuple[Office, MemoryStore]:
    """Carry out acts in a new ledger."""
    clock = SimulatedClock()
    store = MemoryStore(clock)
    office = Office(Ledger(store, clock), clock, "roads", {"clerk": "Ann Officer"})
    office.carry_out(acts, lambda _done: None)
    return office, store


def test_acts_are_recorded_on_their_days_under_their_names() -> None:
    """What later acts refer to must be there under the name it was given."""
    office, _ = carried_out(DRAFT, AREA)
    entry = office.recorded("roads")
    assert entry.recorded_at == datetime(2024, 1, 9, 9, tzinfo=UTC)
    assert (entry.envelope.command_id, entry.envelope.author.id) == ("roads:roads", "roads:clerk")


@pytest.mark.parametrize(
    ("again", "part"),
    [
        (act("2024-01-10", "clerk", AddArea, number="1", title="Other"), "was refused: REF_IN_USE"),
        (act("2024-01-10", "clerk", AddArea, number="1", title="Roads"), "was so already"),
        (
            act("2024-01-10", "clerk", AddArea, number="2", title="B", refused=Code.REF_IN_USE),
            "should have been refused",
        ),
        (
            act("2024-01-10", "clerk", AgreeMilestone, milestone="1", refused=Code.REF_IN_USE),
            "was refused: UNKNOWN_ITEM",
        ),
        (act("2024-01-10", "clerk", RewordItem, item=party("Nobody"), to="x"), "No party"),
    ],
)
def test_a_story_that_does_not_go_as_told_breaks(again: Act, part: str) -> None:
    """When a rule changes, the story must say so, not quietly become another story."""
    with pytest.raises(StoryError, match=part):
        carried_out(DRAFT, AREA, again)


def test_a_refusal_that_is_meant_is_counted_and_records_nothing() -> None:
    """What the office is refused is part of the story."""
    twice = act("2024-01-10", "clerk", AddArea, number="1", title="Other", refused=Code.REF_IN_USE)
    office, store = carried_out(DRAFT, AREA, twice)
    assert (office.acts, office.refusals, len(store.read(limit=10))) == (3, 1, 2)


def test_the_clock_moves_on_within_a_day_and_never_back() -> None:
    """Two acts of one day are two moments; a day that is over does not come again."""
    clock = SimulatedClock()
    moments = []
    for day in (8, 8, 9):
        clock.move_on(date(2024, 1, day))
        moments.append(clock())
    assert moments == sorted(set(moments))
    with pytest.raises(ValueError, match="does not go back"):
        clock.move_on(date(2024, 1, 8))


def test_a_clock_follows_another_once_the_history_is_made() -> None:
    """Who goes on in a simulated ledger does so today."""
    clock = SimulatedClock()
    clock.follow(lambda: datetime(2026, 11, 25, tzinfo=UTC))
    assert clock() == datetime(2026, 11, 25, tzinfo=UTC)
