"""Commands tried on a plan: all that is wrong with many is found, and nothing is recorded."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from planledger.domain.commands import AddAction, AddArea, CloseReview
from planledger.domain.refusals import Refusal
from planledger.ledger import Ledger, Recorded
from planledger.storage.memory import MemoryStore
from tests.support.ledgers import AUTHOR, SettableClock, begin_plan

AREA = AddArea(plan="alpha", number="2", title="Roads")
ACTION = AddAction(plan="alpha", area="2", ref="2.1", text="Mend them")


@pytest.fixture(name="ledger")
def _ledger() -> Iterator[Ledger]:
    """Give a ledger with a small plan."""
    clock = SettableClock()
    with closing(Ledger(MemoryStore(clock), clock)) as ledger:
        begin_plan(ledger)
        yield ledger


def test_each_is_tried_on_the_plan_as_those_accepted_before_leave_it(ledger: Ledger) -> None:
    """One that is refused changes nothing, so what comes after it can be judged as well."""
    before = ledger.head
    trial = ledger.trial("alpha", author=AUTHOR, command_id="t")
    assert isinstance(trial.decide(ACTION), Refusal)
    assert not isinstance(trial.decide(AREA), Refusal)
    assert not isinstance(trial.decide(ACTION), Refusal)
    assert trial.plan is not None
    assert {action.ref for action in trial.plan.actions.values()} == {"1.1", "2.1"}
    known = ledger.known("alpha")
    assert known is not None
    assert {action.ref for action in known.actions.values()} == {"1.1"}
    assert ledger.head == before


def test_what_must_be_the_last_is_refused_where_more_comes(ledger: Ledger) -> None:
    """A batch of it would be refused as a whole, whatever else is right in it."""
    trial = ledger.trial("alpha", author=AUTHOR, command_id="t")
    refusal = trial.decide(CloseReview(plan="alpha", review="q1"), more=True)
    assert isinstance(refusal, Refusal)
    assert refusal.code.value == "BATCH_IMPOSSIBLE"


def test_new_things_have_the_ids_that_recording_gives_them(ledger: Ledger) -> None:
    """What was looked at is what is recorded, to the letter."""
    trial = ledger.trial("alpha", author=AUTHOR, command_id="once")
    tried = []
    for command in (AREA, ACTION):
        decided = trial.decide(command)
        assert not isinstance(decided, Refusal)
        tried += decided
    assert ledger.carried_out("once") is None
    recorded = ledger.submit_all((AREA, ACTION), author=AUTHOR, command_id="once")
    assert isinstance(recorded, Recorded)
    assert [entry.envelope for entry in recorded.entries] == tried
    again = ledger.carried_out("once")
    assert again is not None
    assert (again.entries, again.repeated) == (recorded.entries, True)


def test_a_plan_that_is_not_there_has_none_to_try_on(ledger: Ledger) -> None:
    """A slip in a name must not begin a plan."""
    assert ledger.trial("beta", author=AUTHOR, command_id="t").plan is None
