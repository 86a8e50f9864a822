"""What a plan accepts of target dates; see `accepted_cases`."""

from datetime import date

from planledger.domain.commands import (
    DeferTargetDate,
    MoveTargetDate,
    SetRecurrence,
    SetTargetDate,
)
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)
from planledger.events.target_dates import (
    Dated,
    OneOff,
    Ongoing,
    Recurring,
    ToBeConfirmed,
)
from planledger.events.values import ReasonCode
from tests.support.accepted_cases import Accepted
from tests.support.domain_cases import BEGUN, BOARD, MARCH, PLAN, REASON

ONGOING = Ongoing(as_printed="Ongoing")
QUARTERLY = Recurring(as_printed="Every 3 months", first=Month(2025, 6), every_months=3, until=None)
MAY = Day(2025, 5, 31)


def dated(target_date: Dated, milestone: str = "review") -> TargetDateSet:
    """Give that a milestone got a date of its own."""
    return TargetDateSet(milestone=milestone, target_date=target_date, shared_with=())


def recurring(target_date: Recurring, milestone: str = "review") -> RecurrenceSet:
    """Give that a milestone came to recur."""
    return RecurrenceSet(milestone=milestone, target_date=target_date, shared_with=())


def _deferred(target_date: ToBeConfirmed, milestone: str) -> TargetDateDeferred:
    return TargetDateDeferred(milestone=milestone, target_date=target_date, shared_with=())


IS_ONGOING = BEGUN.happened(dated(ONGOING))
RECURS = BEGUN.happened(recurring(QUARTERLY))

TARGET_DATES = {
    "a date to be confirmed is set": Accepted(
        BEGUN,
        SetTargetDate(plan=PLAN, milestone="1.1/2", date=Quarter(2025, 3)),
        (
            dated(
                OneOff(as_printed="July to September 2025", date=Quarter(2025, 3)),
                milestone="to-come",
            ),
        ),
    ),
    "a date that was not stated is set as printed": Accepted(
        BEGUN,
        SetTargetDate(plan=PLAN, milestone="2.1/1", date=MAY, as_printed="end of May"),
        (dated(OneOff(as_printed="end of May", date=MAY), milestone="sign"),),
    ),
    "a milestone without a date becomes ongoing": Accepted(
        BEGUN,
        SetTargetDate(plan=PLAN, milestone="2.1/1", date=None),
        (dated(ONGOING, milestone="sign"),),
    ),
    "a milestone in date becomes ongoing for a reason": Accepted(
        BEGUN,
        SetTargetDate(plan=PLAN, milestone="1.1/1", date=None, reason=REASON),
        (dated(ONGOING),),
    ),
    "what is ongoing gets a date for a reason": Accepted(
        IS_ONGOING,
        SetTargetDate(plan=PLAN, milestone="1.1/1", date=MAY, reason=REASON),
        (dated(OneOff(as_printed="31 May 2025", date=MAY)),),
    ),
    "what recurs gets one date for a reason": Accepted(
        RECURS,
        SetTargetDate(plan=PLAN, milestone="1.1/1", date=MAY, reason=REASON),
        (dated(OneOff(as_printed="31 May 2025", date=MAY)),),
    ),
    "a date not stated is to be confirmed": Accepted(
        BEGUN,
        DeferTargetDate(plan=PLAN, milestone="2.1/1"),
        (
            _deferred(
                ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None), milestone="sign"
            ),
        ),
    ),
    "a date is to be confirmed by somebody else": Accepted(
        BEGUN,
        DeferTargetDate(
            plan=PLAN, milestone="1.1/2", decide_by=Year(2026), decider="Cabinet", as_printed="tbc"
        ),
        (
            _deferred(
                ToBeConfirmed(as_printed="tbc", decide_by=Year(2026), decider="Cabinet"),
                milestone="to-come",
            ),
        ),
    ),
    "a date in force is taken back for a reason and by authority": Accepted(
        BEGUN,
        DeferTargetDate(plan=PLAN, milestone="1.1/1", reason=REASON, authority=BOARD),
        (
            _deferred(
                ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None), milestone="review"
            ),
        ),
    ),
    "a date in force is moved": Accepted(
        BEGUN,
        MoveTargetDate(
            plan=PLAN, milestone="1.1/1", from_date=Month(2025, 3), to_date=MAY, reason=REASON,
            reason_code=ReasonCode.RECRUITMENT,
        ),
        (
            TargetDateMoved(
                milestone="review", from_target_date=MARCH,
                to_target_date=OneOff(as_printed="31 May 2025", date=MAY),
                reason_code=ReasonCode.RECRUITMENT,
            ),
        ),
    ),
    "a date is made more precise": Accepted(
        BEGUN,
        MoveTargetDate(
            plan=PLAN, milestone="1.1/1", from_date=Month(2025, 3), to_date=Day(2025, 3, 31),
            reason=REASON, as_printed="by 31.3.",
        ),
        (
            TargetDateMoved(
                milestone="review", from_target_date=MARCH,
                to_target_date=OneOff(as_printed="by 31.3.", date=Day(2025, 3, 31)),
                reason_code=None,
            ),
        ),
    ),
    "a milestone comes to recur": Accepted(
        BEGUN,
        SetRecurrence(
            plan=PLAN, milestone="1.1/2", every_months=120, first=Month(2025, 6),
            until=Day(2025, 6, 1), as_printed="every ten years",
        ),
        (
            recurring(
                Recurring(
                    as_printed="every ten years", first=Month(2025, 6), every_months=120,
                    until=Day(2025, 6, 1),
                ),
                milestone="to-come",
            ),
        ),
    ),
    "a milestone in date comes to recur for a reason": Accepted(
        BEGUN,
        SetRecurrence(
            plan=PLAN, milestone="1.1/1", every_months=3, first=Month(2025, 6), reason=REASON
        ),
        (recurring(QUARTERLY),),
    ),
    "what recurs comes to recur on a later day at another pace": Accepted(
        RECURS,
        SetRecurrence(plan=PLAN, milestone="1.1/1", every_months=1, effective_on=date(2025, 7, 1)),
        (
            recurring(
                Recurring(as_printed="Every 1 months", first=None, every_months=1, until=None)
            ),
        ),
    ),
}  # fmt: skip
