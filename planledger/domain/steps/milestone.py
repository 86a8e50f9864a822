"""How milestones are proposed, agreed and delivered."""

from msgspec.structs import replace

from planledger.domain.delivery import (
    Completion,
    Delivery,
    Reopening,
    SignOff,
    SignOffRefusal,
    standing_claim,
)
from planledger.domain.plan import Milestone, Plan
from planledger.domain.steps.common import Steps
from planledger.events import milestone
from planledger.events.dates import PartialDate
from planledger.events.envelope import Fact
from planledger.events.target_dates import NotStated
from planledger.events.values import SignOffLevel

_UNPRINTED = NotStated(as_printed="")


def _milestone_proposed(plan: Plan, event: milestone.MilestoneProposed, entry: Fact) -> Plan:
    proposed = Milestone(
        id=event.milestone,
        action=event.action,
        ordinal=event.ordinal,
        text=event.text,
        definition=event.definition,
        added_on=entry.effective_on,
        source=entry.envelope.source,
        target_date=_UNPRINTED,
    )
    return replace(plan, milestones=plan.milestones.set(proposed.id, proposed))


def _milestone_agreed(plan: Plan, event: milestone.MilestoneAgreed, entry: Fact) -> Plan:
    agreed = plan.milestones.get(event.milestone)
    if agreed is None:
        return plan
    agreed = replace(agreed, agreed_on=entry.envelope.effective_on)
    return replace(plan, milestones=plan.milestones.set(agreed.id, agreed))


def _progress_reported(plan: Plan, event: milestone.MilestoneProgressReported, entry: Fact) -> Plan:
    known = plan.milestones.get(event.milestone)
    if known is None:
        return plan
    # A claim stands until it is refused or taken back, also one that was entered late.
    claimed = standing_claim(known.completions, None) is not None
    known = replace(
        known,
        delivery=known.delivery if claimed else Delivery(event.state.value),
        narrative=event.narrative,
        forecast=event.forecast,
        progress_on=entry.effective_on,
    )
    return replace(plan, milestones=plan.milestones.set(known.id, known))


def _reported_complete(plan: Plan, event: milestone.MilestoneReportedComplete, entry: Fact) -> Plan:
    known = plan.milestones.get(event.milestone)
    if known is None:
        return plan
    claim = Completion(
        occurrence=event.occurrence,
        achieved_on=event.achieved_on,
        on=entry.effective_on,
        at=entry.position,
        reporter=event.reporter,
        account=event.reporter_account,
        summary=event.summary,
        evidence=event.evidence,
    )
    known = replace(known, completions=(*known.completions, claim))
    return _with_delivery(plan, known, event.occurrence, Delivery.REPORTED_COMPLETE)


def _signed_off(plan: Plan, event: milestone.MilestoneSignedOff, entry: Fact) -> Plan:
    found = _claim(plan, event.milestone, event.occurrence)
    if found is None:
        return plan
    known, claim = found
    sign_off = SignOff(
        level=event.level,
        on=entry.effective_on,
        at=entry.position,
        signer=event.signer,
        account=event.signer_account,
        evidence=event.evidence,
        waiver=event.waiver,
    )
    known = _with_claim(known, claim, replace(claim, sign_offs=(*claim.sign_offs, sign_off)))
    assured = event.level is SignOffLevel.ASSURED or known.delivery is Delivery.ASSURED
    to = Delivery.ASSURED if assured else Delivery.SIGNED_OFF
    return _with_delivery(plan, known, event.occurrence, to)


def _sign_off_refused(plan: Plan, event: milestone.MilestoneSignOffRefused, entry: Fact) -> Plan:
    found = _claim(plan, event.milestone, event.occurrence)
    if found is None:
        return plan
    known, claim = found
    refused = SignOffRefusal(on=entry.effective_on, at=entry.position, missing=event.missing)
    known = _with_claim(known, claim, replace(claim, refused=refused))
    return _with_delivery(plan, known, event.occurrence, Delivery.IN_PROGRESS)


def _reopened(plan: Plan, event: milestone.MilestoneReopened, entry: Fact) -> Plan:
    found = _claim(plan, event.milestone, event.occurrence)
    if found is None:
        return plan
    known, claim = found
    reopened = Reopening(on=entry.effective_on, at=entry.position, trigger=event.trigger)
    known = _with_claim(known, claim, replace(claim, reopened=reopened))
    return _with_delivery(plan, known, event.occurrence, Delivery.IN_PROGRESS)


def _claim(
    plan: Plan, name: str, occurrence: PartialDate | None
) -> tuple[Milestone, Completion] | None:
    known = plan.milestones.get(name)
    claim = standing_claim(known.completions, occurrence) if known else None
    return (known, claim) if known and claim else None


def _with_claim(known: Milestone, before: Completion, after: Completion) -> Milestone:
    completions = tuple(after if claim is before else claim for claim in known.completions)
    return replace(known, completions=completions)


def _with_delivery(
    plan: Plan, known: Milestone, occurrence: PartialDate | None, delivery: Delivery
) -> Plan:
    # One time of a recurring milestone done does not complete it: it goes on.
    to = delivery if occurrence is None else Delivery.IN_PROGRESS
    return replace(plan, milestones=plan.milestones.set(known.id, replace(known, delivery=to)))


STEPS: Steps = {
    milestone.MilestoneProposed: _milestone_proposed,
    milestone.MilestoneAgreed: _milestone_agreed,
    milestone.MilestoneProgressReported: _progress_reported,
    milestone.MilestoneReportedComplete: _reported_complete,
    milestone.MilestoneSignedOff: _signed_off,
    milestone.MilestoneSignOffRefused: _sign_off_refused,
    milestone.MilestoneReopened: _reopened,
}
