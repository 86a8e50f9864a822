"""Rules for how milestones are delivered (design page 2.2): claimed by one, accepted by another."""

from planledger.domain.case import (
    Case,
    already,
    counting,
    milestone_of,
    need_authority,
    need_reason,
    not_come,
    party_of,
)
from planledger.domain.commands import (
    RefuseSignOff,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    SignOffMilestone,
)
from planledger.domain.delivery import CLAIMED, Completion, SignOff, standing_claim
from planledger.domain.occurrences import is_occurrence
from planledger.domain.plan import Milestone, Plan
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.dates import PartialDate
from planledger.events.milestone import (
    MilestoneProgressReported,
    MilestoneReopened,
    MilestoneReportedComplete,
    MilestoneSignedOff,
    MilestoneSignOffRefused,
)
from planledger.events.target_dates import Recurring
from planledger.events.values import SignOffLevel


def report_progress(command: ReportProgress, case: Case) -> tuple[Event, ...] | Refusal:
    """Report how far the work has come, agreed or not; not while it is claimed to be complete."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    if milestone.delivery in CLAIMED:
        return Refusal(
            code=Code.MILESTONE_DONE,
            message=f"{command.milestone} is {milestone.delivery.value.replace('-', ' ')}. Refuse "
            "the sign-off, or reopen it, before more is reported.",
            path="milestone",
        )
    event = MilestoneProgressReported(
        milestone=milestone.id,
        state=command.state,
        narrative=command.narrative,
        forecast=command.forecast,
    )
    # That nothing has started yet is worth knowing, once somebody says so.
    reported = milestone.progress_on is not None
    now = (milestone.delivery.value, milestone.narrative, milestone.forecast)
    if reported and now == (event.state.value, event.narrative, event.forecast):
        return ()
    return (event,)


def report_complete(command: ReportComplete, case: Case) -> tuple[Event, ...] | Refusal:
    """Claim that an agreed milestone, or one time of it, is reached; one claim at a time stands."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    refusal = _not_agreed(command, case, milestone) or _bad_occurrence(command, milestone)
    if refusal is not None:
        return refusal
    claimed = _claimed(command, case, milestone)
    if claimed is not None:
        return claimed
    evidence = counting(case, command.evidence)
    if isinstance(evidence, Refusal):
        return evidence
    refusal = _no_party(case, command.reporter, "reporter")
    refusal = refusal or not_come(case, command.achieved_on, "achievedOn")
    return refusal or (
        MilestoneReportedComplete(
            milestone=milestone.id,
            occurrence=command.occurrence,
            achieved_on=command.achieved_on,
            reporter=command.reporter,
            reporter_account=case.stamp.author.id,
            summary=command.summary,
            evidence=evidence,
        ),
    )


def sign_off_milestone(command: SignOffMilestone, case: Case) -> tuple[Event, ...] | Refusal:
    """Accept a claim: by authority, by another than who made it, on evidence or with a waiver."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    claim = standing_claim(milestone.completions, command.occurrence)
    known = _last_claim(case, milestone, command.occurrence)
    if claim is None or known is None or known.refused is not None:
        return _nothing_claimed(command, case, known)
    for sign_off in known.sign_offs:
        if sign_off.level is command.level:
            return already(case, f"This sign-off of {command.milestone}", sign_off.on)
    if any(sign_off.level is SignOffLevel.ASSURED for sign_off in claim.sign_offs):
        return ()
    evidence = counting(case, command.evidence)
    if isinstance(evidence, Refusal):
        return evidence
    refusal = (
        _no_party(case, command.signer, "signer")
        or same_signer(claim, command.signer, case.stamp.author.id, command.milestone)
        or no_evidence(command, case.plan, milestone, claim, command.milestone)
        or need_authority(command, "A sign-off accepts what was claimed.")
    )
    return refusal or (
        MilestoneSignedOff(
            milestone=milestone.id,
            occurrence=command.occurrence,
            level=command.level,
            signer=command.signer,
            signer_account=case.stamp.author.id,
            evidence=evidence,
            waiver=command.waiver,
        ),
    )


def refuse_sign_off(command: RefuseSignOff, case: Case) -> tuple[Event, ...] | Refusal:
    """Decline a claim that nobody has accepted."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    claim = _last_claim(case, milestone, command.occurrence)
    if claim is not None and claim.refused is not None and claim.refused.missing == command.missing:
        return already(case, f"This refusal of {command.milestone}", claim.refused.on)
    if claim is None or not claim.stands:
        return _nothing_claimed(command, case, claim)
    if claim.sign_offs:
        return Refusal(
            code=Code.NOTHING_CLAIMED,
            message=f"{command.milestone} is signed off, from {claim.sign_offs[0].on} on. Reopen "
            "it instead.",
            path="milestone",
        )
    return (
        MilestoneSignOffRefused(
            milestone=milestone.id, occurrence=command.occurrence, missing=command.missing
        ),
    )


def reopen_milestone(command: ReopenMilestone, case: Case) -> tuple[Event, ...] | Refusal:
    """Take back what was signed off, for a reason."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    claim = _last_claim(case, milestone, command.occurrence)
    reopened = claim.reopened if claim is not None else None
    if reopened is not None and reopened.trigger is command.trigger:
        return already(case, f"This reopening of {command.milestone}", reopened.on)
    signed_off = standing_claim(milestone.completions, command.occurrence)
    if reopened is not None or signed_off is None or not signed_off.sign_offs:
        which = f" for {command.occurrence.label}" if command.occurrence else ""
        return Refusal(
            code=Code.NOT_SIGNED_OFF,
            message=f"{command.milestone} is not signed off{which} on {case.on}, or reopened "
            "already. Refuse the sign-off of a claim that stands; else there is nothing to reopen.",
            path="milestone",
        )
    later = [known.on for known in claim.sign_offs if known.on > case.on] if claim else []
    if later:
        # That sign-off would accept a claim that is taken back by then.
        return Refusal(
            code=Code.EFFECTIVE_TOO_EARLY,
            message=f"{command.milestone} was signed off again on {max(later)}. Give an effective "
            f"day from {max(later)} on.",
            path="effectiveOn",
        )
    refusal = need_reason(command, "Reopening takes back what was accepted.")
    return refusal or (
        MilestoneReopened(
            milestone=milestone.id, occurrence=command.occurrence, trigger=command.trigger
        ),
    )


def _not_agreed(command: ReportComplete, case: Case, milestone: Milestone) -> Refusal | None:
    if milestone.agreed_on is not None:
        return None
    return Refusal(
        code=Code.NOT_AGREED,
        message=f"{command.milestone} was not agreed by {case.on}. Agree it first, or give a later "
        "effective day.",
        path="milestone",
    )


def _no_party(case: Case, name: str | None, path: str) -> Refusal | None:
    found = party_of(case, name, path) if name is not None else None
    return found if isinstance(found, Refusal) else None


def _bad_occurrence(command: ReportComplete, milestone: Milestone) -> Refusal | None:
    target, named = milestone.target_date, command.occurrence
    if not isinstance(target, Recurring):
        if named is None:
            return None
        return Refusal(
            code=Code.OCCURRENCE_UNEXPECTED,
            message=f"{command.milestone} does not recur. Leave the occurrence out, or set its "
            "recurrence first.",
            path="occurrence",
        )
    if named is not None and is_occurrence(target, named):
        return None
    first = target.first.label if target.first else "a date to be confirmed"
    until = f" until {target.until.label}" if target.until else ""
    return Refusal(
        code=Code.OCCURRENCE_REQUIRED,
        message=f"{command.milestone} is due again and again, from {first} every "
        f"{target.every_months} months{until}. Name which of these times is reached.",
        path="occurrence",
    )


def _claimed(
    command: ReportComplete, case: Case, milestone: Milestone
) -> tuple[()] | Refusal | None:
    """Say that it is claimed already on the day, or that it comes to be claimed after it."""
    claim = standing_claim(milestone.completions, command.occurrence)
    if claim is None:
        # One that comes later would stand on top of this one, and nobody could settle this.
        claim = next(
            (
                later
                for later in case.known.milestones[milestone.id].completions
                if later.occurrence == command.occurrence and later.on > case.on
            ),
            None,
        )
    if claim is None:
        return None
    stated = (command.achieved_on, command.reporter, command.summary, frozenset(command.evidence))
    now = (claim.achieved_on, claim.reporter, claim.summary, frozenset(claim.evidence))
    if now == stated:
        return already(case, f"This claim of {command.milestone}", claim.on)
    return Refusal(
        code=Code.CLAIM_STANDS,
        message=f"{command.milestone} is claimed to be reached, from {claim.on} on. Sign that off "
        "or refuse it, or correct its entry if it is wrong.",
        path="milestone",
    )


def _last_claim(
    case: Case, milestone: Milestone, occurrence: PartialDate | None
) -> Completion | None:
    """Give the last claim there was on the day, with all that is known to have come of it."""
    there = [claim.at for claim in milestone.completions if claim.occurrence == occurrence]
    known = case.known.milestones[milestone.id].completions
    return next((claim for claim in known if there and claim.at == there[-1]), None)


def _nothing_claimed(
    command: SignOffMilestone | RefuseSignOff, case: Case, last: Completion | None
) -> Refusal:
    which = f" for {command.occurrence.label}" if command.occurrence else ""
    what = f"No claim that {command.milestone} is reached{which} stands on {case.on}"
    if last is not None and last.refused is not None:
        what = f"The claim that {command.milestone} is reached{which} was refused on "
        what += str(last.refused.on)
    return Refusal(
        code=Code.NOTHING_CLAIMED,
        message=f"{what}. Report it complete first, or name the occurrence or the day of a claim "
        "that stands.",
        path="milestone",
    )


def same_signer(
    claim: Completion, signer: str | None, account: str, milestone: str
) -> Refusal | None:
    """Refuse a sign-off by who made the claim: the parties named, or else the accounts."""
    if signer is not None and claim.reporter is not None:
        same = signer == claim.reporter
    else:
        same = account == claim.account
    if not same:
        return None
    return Refusal(
        code=Code.SAME_SIGNER,
        message=f"Who claims that {milestone} is reached cannot sign it off. Have another "
        "sign; where one clerk records both, name the party who reported and the one who signs.",
        path="signer",
    )


def no_evidence(
    sign_off: SignOffMilestone | SignOff,
    plan: Plan,
    milestone: Milestone,
    claim: Completion,
    name: str,
) -> Refusal | None:
    """Refuse a sign-off that no evidence stands for, and that no waiver explains."""
    named = {*sign_off.evidence, *claim.evidence}
    items = {milestone.id, milestone.action}
    found = any(
        evidence.withdrawn_on is None
        and (evidence.id in named or not items.isdisjoint(evidence.items))
        for evidence in plan.evidence.values()
    )
    if found or sign_off.waiver is not None:
        return None
    return Refusal(
        code=Code.EVIDENCE_REQUIRED,
        message=f"Nothing shows that {name} is reached. Register the evidence and "
        "name it, or say in a waiver why it is accepted without.",
        path="evidence",
    )
