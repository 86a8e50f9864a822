"""How target dates change."""

from msgspec.structs import replace

from planledger.domain.plan import Plan
from planledger.domain.steps.common import Steps
from planledger.events.envelope import Fact
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)
from planledger.events.target_dates import OneOff, TargetDate


def _target_date_given(
    plan: Plan, event: TargetDateDeferred | TargetDateSet | RecurrenceSet, _: Fact
) -> Plan:
    return _with_date(plan, event.milestone, event.target_date, event.shared_with)


def _target_date_moved(plan: Plan, event: TargetDateMoved, _: Fact) -> Plan:
    return _with_date(plan, event.milestone, event.to_target_date, ())


def _with_date(plan: Plan, of: str, target_date: TargetDate, shared: tuple[str, ...]) -> Plan:
    due = plan.milestones.get(of)
    if due is None:
        return plan
    original = due.original
    if original is None and isinstance(target_date, OneOff):
        original = target_date
    due = replace(due, target_date=target_date, shared_with=shared, original=original)
    return replace(plan, milestones=plan.milestones.set(of, due))


STEPS: Steps = {
    TargetDateDeferred: _target_date_given,
    TargetDateSet: _target_date_given,
    TargetDateMoved: _target_date_moved,
    RecurrenceSet: _target_date_given,
}
