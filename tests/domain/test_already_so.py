"""What is so already, in other words or on other days than it was recorded."""

from datetime import date

import pytest
from msgspec import Struct

from planledger.domain.commands import PlanCommand, RecordKpiReading, RecordReference
from planledger.domain.refusals import Code
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.milestone import MilestoneReportedComplete
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import ReviewClosed
from planledger.events.values import Confidence, Progress, ReferenceKind, SignOffLevel
from tests.support.accepted_delivery import (
    CLAIMED,
    SHOWN,
    SIGNED,
    claim,
    complete,
    progress,
    refuse,
    refused_for,
    reopen,
    reopened_by,
    report,
    sign_off,
    signed,
)
from tests.support.accepted_governance import (
    APPROVED,
    CLOSED,
    ITS_HASH,
    approve,
    ask,
    asked,
    close,
    evidence,
    register,
    sent,
    submit,
)
from tests.support.accepted_others import COUNTED_AGAIN, REDEFINED, revise
from tests.support.accepted_reviews import (
    CHALLENGED,
    DONE,
    KEYED,
    LATE,
    WELL,
    adopt,
    adopted,
    answered,
    challenge,
    rate,
    rated,
)
from tests.support.domain_cases import (
    BEGUN,
    PLAN,
    Q4,
    REASON,
    Past,
    figure,
    reading,
    refused,
    then,
)


class So(Struct, frozen=True):
    """A past, and a command that asks for nothing new."""

    past: Past
    command: PlanCommand


BOTH = CLAIMED.happened(evidence("urn:x:1", "review", "pledge", sha256=ITS_HASH))
POINTS = CrossReferenceRecorded(
    reference="read", item="pledge", kind=ReferenceKind.DEPENDS_ON, as_printed="the above",
    printed_target=None, resolved_target="review", confidence=Confidence.LIKELY,
)  # fmt: skip

ALREADY_SO = {
    "a figure whose definition is stated now": So(
        REDEFINED.happened(reading()),
        RecordKpiReading(
            plan=PLAN, kpi="visits", period=Q4, figure=figure("71.5"), definition_version=1
        ),
    ),
    "a figure though another definition is in force": So(
        REDEFINED.happened(reading()),
        RecordKpiReading(plan=PLAN, kpi="visits", period=Q4, figure=figure("71.5")),
    ),
    "a revision to the figure that stands": So(REDEFINED.happened(reading()), revise("71.5")),
    "a revision to the figure and definition that stand": So(COUNTED_AGAIN, revise("72", 2)),
    "the same progress, whoever reports it": So(
        BEGUN.happened(progress(Progress.ON_HOLD)), report(Progress.ON_HOLD)
    ),
    "a claim with its evidence in another order": So(
        BOTH.happened(refused_for(), claim(evidence=("audit", "minutes"))),
        complete(evidence=("minutes", "audit")),
    ),
    "a claim that is signed off by now": So(SIGNED, complete(evidence=("minutes",))),
    "a claim whose evidence was withdrawn since": So(
        SHOWN.happened(EvidenceWithdrawn(evidence="minutes")), complete(evidence=("minutes",))
    ),
    "a sign-off by somebody else": So(SIGNED, sign_off(signer="ben")),
    "an acceptance of what is assured": So(
        SHOWN.happened(signed(SignOffLevel.ASSURED)), sign_off()
    ),
    "a refusal in the same words": So(CLAIMED.happened(refused_for()), refuse()),
    "a reopening by the same trigger": So(SIGNED.happened(reopened_by()), reopen()),
    "an approval by a body among several": So(APPROVED, approve()),
    "a version sent to the same in another order": So(
        APPROVED.happened(sent("Ofsted", "DfE")), submit("DfE", "Ofsted")
    ),
    "evidence with its hash in capitals and its items in another order": So(
        BOTH, register("urn:x:1", "2.1", "1.1/1", "pledge", sha256=ITS_HASH.upper())
    ),
    "a rating key in another order": So(KEYED, adopt(LATE, DONE, WELL)),
    "a rating that its closed review gave": So(
        KEYED.happened(rated(), ReviewClosed(review="q1")), rate()
    ),
    "a challenge that is answered by now": So(CHALLENGED.happened(answered()), challenge()),
    "a query with another reading": So(BEGUN.happened(asked()), ask()),
    "a dependency that a document states in its own words": So(
        BEGUN.happened(POINTS),
        RecordReference(plan=PLAN, item="2.1", kind=ReferenceKind.DEPENDS_ON, target="1.1/1"),
    ),
    "the end of a plan that is closed": So(CLOSED, close()),
    "what a closed plan holds": So(
        CLOSED.happened(progress(Progress.ON_HOLD)), report(Progress.ON_HOLD)
    ),
}


@pytest.mark.parametrize("case", ALREADY_SO.values(), ids=ALREADY_SO.keys())
def test_what_asks_for_nothing_new_records_nothing(case: So) -> None:
    """A clerk who is not sure must be able to ask again, and no list of changes grows by it."""
    then(case.past.when(case.command))


def test_an_acceptance_keyed_late_is_recorded_though_the_assurance_is_known() -> None:
    """Two sign-offs of two days are two facts, in whichever order the minutes come in."""
    assured = SHOWN.happened(signed(SignOffLevel.ASSURED), on=date(2025, 5, 20))
    then(assured.when(sign_off(on=date(2025, 5, 19))), signed())


def test_another_account_that_claims_the_same_adds_nothing() -> None:
    """Who claimed it first decides who may not sign it off; a second claim must not change that."""
    outcome = CLAIMED.when(complete())
    then(outcome)
    claims = CLAIMED.known().milestones["review"].completions
    assert [standing.account for standing in claims] == ["deputy"]


def test_claims_go_round_without_losing_what_came_of_them() -> None:
    """An auditor asks who accepted what was not so; reopening must keep the sign-off visible."""
    past = SIGNED.did(reopen()).did(complete(), command_id="second")
    first, second = past.known().milestones["review"].completions
    assert [sign_off.account for sign_off in first.sign_offs] == ["clerk"]
    assert first.reopened is not None
    assert second.stands
    assert isinstance(past.entries[-1].event, MilestoneReportedComplete)


def test_a_closed_plan_says_what_is_wrong_with_a_command_before_it_says_that_it_is_closed() -> None:
    """A misspelt name in a closed plan is still a misspelt name."""
    refused(CLOSED.when(ask("9.9")), Code.UNKNOWN_ITEM, "Check the name")


def test_versions_of_a_key_are_counted_over_all_days() -> None:
    """A version keyed in late must not bear the number of one that is known."""
    past = KEYED.happened(adopted(2, DONE), on=date(2025, 9, 1))
    then(past.when(adopt(WELL, reason=REASON)), adopted(3, WELL))
