"""Rules for proposing and agreeing milestones (design page 2.2)."""

from planledger.domain.case import Case, action_of, already, milestone_of, need_authority
from planledger.domain.commands import AgreeMilestone, ProposeMilestone
from planledger.domain.finding import milestone_ref, next_ordinal
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.milestone import MilestoneAgreed, MilestoneProposed
from planledger.events.values import Definition


def propose_milestone(command: ProposeMilestone, case: Case) -> tuple[Event, ...] | Refusal:
    """Put a milestone forward at the end of an action's."""
    action = action_of(case, command.action)
    if isinstance(action, Refusal):
        return action
    siblings = [
        milestone for milestone in case.known.milestones.values() if milestone.action == action.id
    ]
    for other in siblings:
        if other.text == command.text and other.withdrawn is None:
            return already(case, milestone_ref(case.known, other), other.added_on)
    return (
        MilestoneProposed(
            milestone=case.new_id("milestone"),
            action=action.id,
            ordinal=next_ordinal(other.ordinal for other in siblings),
            text=command.text,
            definition=Definition.STATED,
        ),
    )


def agree_milestone(command: AgreeMilestone, case: Case) -> tuple[Event, ...] | Refusal:
    """Agree a milestone that says what is to be reached; needs the authority that agreed it."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    agreed_on = case.known.milestones[milestone.id].agreed_on
    if agreed_on is not None:
        return already(case, f"The agreement of {command.milestone}", agreed_on)
    if milestone.definition is not Definition.STATED:
        return Refusal(
            code=Code.MILESTONE_NOT_STATED,
            message=f"{command.milestone} does not say yet what is to be reached "
            f"({milestone.text!r}). Reword it first, then agree it.",
            path="milestone",
        )
    refusal = need_authority(command, "Agreeing a milestone makes it a promise.")
    return refusal or (MilestoneAgreed(milestone=milestone.id),)
