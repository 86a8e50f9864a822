"""What every command records, and that asking for it again records nothing."""

from typing import get_args

import pytest

from planledger.domain.commands import (
    AddArea,
    AliasParty,
    AssignLead,
    Command,
    DeferTargetDate,
    EstablishForum,
    PlanCommand,
    RenumberItem,
    RewordItem,
    SetTargetDate,
)
from planledger.domain.decide import RULES
from planledger.events.catalogue import EVENT_TYPES
from planledger.events.dates import Month
from planledger.events.values import Personal
from tests.support.accepted_cases import PLANS, STRUCTURE, Accepted
from tests.support.accepted_dates import TARGET_DATES
from tests.support.accepted_delivery import DELIVERY
from tests.support.accepted_governance import GOVERNANCE
from tests.support.accepted_others import MEASURES, PARTIES, REVIEWS
from tests.support.accepted_record import RECORD
from tests.support.accepted_reviews import JUDGED
from tests.support.domain_cases import BEGUN, PLAN, then

ACCEPTED = {
    **PLANS,
    **STRUCTURE,
    **DELIVERY,
    **TARGET_DATES,
    **PARTIES,
    **MEASURES,
    **REVIEWS,
    **JUDGED,
    **GOVERNANCE,
    **RECORD,
}


@pytest.mark.parametrize("case", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_an_accepted_command_records_exactly_this(case: Accepted) -> None:
    """What is recorded can never be taken back, so it must be what was asked and no more."""
    then(case.past.when(case.command), *case.events)


@pytest.mark.parametrize("case", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_the_same_command_again_is_already_so(case: Accepted) -> None:
    """A button pressed twice, or a clerk who is not sure, must not make a second change."""
    after = case.past.did(case.command, command_id="command-1")
    then(after.when(case.command, command_id="command-2"))


def test_every_command_is_among_those_shown_to_be_accepted_and_repeated() -> None:
    """A new command without its cases would be one whose repetition nobody has looked at."""
    asked = {type(case.command) for case in ACCEPTED.values()}
    assert asked == set(get_args(PlanCommand))
    assert asked == set(Command.__subclasses__())


def test_every_command_has_a_rule_and_every_rule_a_command() -> None:
    """A command without a rule would crash when it is first used; two of them need no plan."""
    without = {command.__name__ for command in set(get_args(PlanCommand)) - RULES.keys()}
    assert without == {"DraftPlan", "ImportPlan"}
    assert RULES.keys() <= set(get_args(PlanCommand))


def test_every_event_is_recorded_by_some_command() -> None:
    """An event that nothing records is a promise of the schema that the ledger does not keep."""
    recorded = {type(event) for case in ACCEPTED.values() for event in case.events}
    assert recorded == set(EVENT_TYPES)


@pytest.mark.parametrize(
    "command",
    [
        RenumberItem(plan=PLAN, item="front-door", to="1.1"),
        RenumberItem(plan=PLAN, item="II", to="II"),
        RewordItem(plan=PLAN, item="1.1", to="Do front-door", material=True),
        SetTargetDate(plan=PLAN, milestone="1.1/1", date=Month(2025, 3), as_printed="by March"),
        DeferTargetDate(plan=PLAN, milestone="1.1/2", as_printed="tbc"),
        AliasParty(plan=PLAN, party="ada", alias=Personal(words="Ada Lark")),
        AssignLead(plan=PLAN, item="1.1/1", party="ada", jointly=True),
        AddArea(plan=PLAN, number="2", title="Children in care"),
        EstablishForum(plan=PLAN, forum="scrutiny", name="Scrutiny Panel", every_months=3),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_is_so_without_having_been_asked_for_is_already_so(command: PlanCommand) -> None:
    """A change from a thing to itself is none, and would stand in every list of changes."""
    then(BEGUN.when(command))
