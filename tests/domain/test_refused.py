"""Everything a plan says no to: the code callers match on, and what people are told to do."""

from typing import get_args

import pytest

from planledger.domain.commands import PlanCommand
from planledger.domain.refusals import Code
from tests.support import (
    refused_cases,
    refused_delivery,
    refused_governance,
    refused_others,
    refused_record,
    refused_reviews,
)
from tests.support.domain_cases import refused
from tests.support.refused_cases import Refused
from tests.support.refused_everywhere import ANY_COMMAND
from tests.support.refused_withdrawn import WITHDRAWN

REFUSED = {
    **ANY_COMMAND,
    **refused_cases.PLANS,
    **refused_cases.STRUCTURE,
    **refused_cases.MILESTONES,
    **refused_cases.TARGET_DATES,
    **refused_others.PARTIES,
    **refused_others.MEASURES,
    **refused_others.REVIEWS,
    **refused_delivery.DELIVERY,
    **refused_reviews.JUDGED,
    **refused_governance.GOVERNANCE,
    **refused_record.RECORD,
    **WITHDRAWN,
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_plan_refuses_and_says_what_to_do(case: Refused) -> None:
    """A no without a way on leaves people to ring up whoever wrote the program."""
    refused(case.past.when(case.command), case.code, case.says, case.path)


def test_every_code_is_one_that_a_plan_can_give() -> None:
    """A code that nothing gives is a promise to callers that is never kept."""
    given = {case.code for case in REFUSED.values()}
    by_the_ledger = {Code.BATCH_IMPOSSIBLE, Code.COMMAND_ID_REUSED}
    by_patching = {Code.FIELD_UNKNOWN, Code.VALUE_UNUSABLE}  # before there is a command
    assert set(Code) - given == by_the_ledger | by_patching


def test_every_command_is_shown_to_be_refused_for_something() -> None:
    """A command that can never be refused would be one whose guards nobody has looked at."""
    asked = {type(case.command) for case in REFUSED.values()}
    assert asked == set(get_args(PlanCommand))


def test_a_code_is_spelled_as_it_is_named() -> None:
    """Callers match on the value; the two must never part."""
    assert [code.value for code in Code] == [code.name for code in Code]
