"""What a plan may become: a command and the plan in, events or a refusal out. Pure."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, cast

from planledger.domain import commands
from planledger.domain.case import Case, bad_name, is_closed, unusable
from planledger.domain.commands import (
    Command,
    CorrectEntry,
    DraftPlan,
    ImportPlan,
    PlanCommand,
    Stamp,
    VoidEntry,
)
from planledger.domain.decided import Decided
from planledger.domain.plan import Plan
from planledger.domain.record import Record, Timeline
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules import (
    challenge,
    delivery,
    evidence,
    inspection,
    kpi,
    milestone,
    party,
    query,
    rating,
    reference,
    review,
    structure,
    target_date,
    version,
)
from planledger.domain.rules.plan import draft_plan, import_plan
from planledger.domain.rules.record import correct_entry, void_entry
from planledger.events.base import Event
from planledger.events.catalogue import PlanEvent

FURTHEST_AHEAD = timedelta(days=20 * 366)
"""A day further ahead than this is taken for a slip of the keyboard."""

Rule = Callable[[Any, Case], tuple[Event | Decided, ...] | Refusal]

RULES: Mapping[type[Command], Rule] = {
    commands.IssueVersion: version.issue_version,
    commands.ApproveVersion: version.approve_version,
    commands.SubmitVersion: version.submit_version,
    commands.SetBaseline: version.set_baseline,
    commands.ClosePlan: version.close_plan,
    commands.ReceiveReport: inspection.receive_report,
    commands.AddArea: structure.add_area,
    commands.AddStatement: structure.add_statement,
    commands.AddAction: structure.add_action,
    commands.RenumberItem: structure.renumber_item,
    commands.RewordItem: structure.reword_item,
    commands.ResolvePlaceholder: structure.resolve_placeholder,
    commands.WithdrawItem: structure.withdraw_item,
    commands.ProposeMilestone: milestone.propose_milestone,
    commands.AgreeMilestone: milestone.agree_milestone,
    commands.ReportProgress: delivery.report_progress,
    commands.ReportComplete: delivery.report_complete,
    commands.SignOffMilestone: delivery.sign_off_milestone,
    commands.RefuseSignOff: delivery.refuse_sign_off,
    commands.ReopenMilestone: delivery.reopen_milestone,
    commands.SetTargetDate: target_date.set_target_date,
    commands.DeferTargetDate: target_date.defer_target_date,
    commands.MoveTargetDate: target_date.move_target_date,
    commands.SetRecurrence: target_date.set_recurrence,
    commands.RegisterParty: party.register_party,
    commands.RenameParty: party.rename_party,
    commands.AliasParty: party.alias_party,
    commands.AssignLead: party.assign_lead,
    commands.ReassignLead: party.reassign_lead,
    commands.DefineKpi: kpi.define_kpi,
    commands.SetKpiTarget: kpi.set_kpi_target,
    commands.RecordKpiReading: kpi.record_kpi_reading,
    commands.ReviseKpiReading: kpi.revise_kpi_reading,
    commands.EstablishForum: review.establish_forum,
    commands.OpenReview: review.open_review,
    commands.CloseReview: review.close_review,
    commands.AdoptRatingKey: rating.adopt_rating_key,
    commands.GiveRating: rating.give_rating,
    commands.RaiseChallenge: challenge.raise_challenge,
    commands.AnswerChallenge: challenge.answer_challenge,
    commands.RegisterEvidence: evidence.register_evidence,
    commands.WithdrawEvidence: evidence.withdraw_evidence,
    commands.RaiseQuery: query.raise_query,
    commands.ResolveQuery: query.resolve_query,
    commands.RecordReference: reference.record_reference,
    commands.CorrectEntry: correct_entry,
    commands.VoidEntry: void_entry,
}

ABOUT_THE_RECORD = (CorrectEntry, VoidEntry)
"""What may still be asked of a plan that is closed."""


def decide(
    command: PlanCommand,
    *,
    plan: Plan | None,
    record: Record,
    timeline: Timeline | None,
    stamp: Stamp,
) -> tuple[Decided, ...] | Refusal:
    """Decide what a command records: events, nothing because it is already so, or a refusal.

    `plan` is the plan at the head of the ledger on the command's effective day, None where there
    was none. `record` is every entry of the plan; `timeline` has those of them about the world that
    stand, and folds to the plan with everything recorded, whatever its day.
    """
    known = timeline.after(len(timeline.order)) if timeline is not None else None
    on = command.effective_on or stamp.today
    refusal = bad_name(command.plan, "plan") or unusable(command)
    if refusal is None and on > stamp.today + FURTHEST_AHEAD:
        refusal = Refusal(
            code=Code.EFFECTIVE_TOO_LATE,
            message=f"{on} is more than 20 years ahead. Check the year of the effective day.",
            path="effectiveOn",
        )
    if refusal is not None:
        return refusal
    if isinstance(command, DraftPlan):
        return draft_plan(command, known)
    if isinstance(command, ImportPlan):
        return import_plan(command, known)
    if isinstance(command, ABOUT_THE_RECORD):
        plan = known  # a record that was wrong was wrong on every day
    if known is None or plan is None or timeline is None:
        return _no_plan(command, known)
    case = Case(plan=plan, known=known, record=record, timeline=timeline, stamp=stamp, on=on)
    outcome = RULES[type(command)](command, case)
    return outcome if isinstance(outcome, Refusal) else _recorded(command, plan, outcome)


def _recorded(
    command: Command, plan: Plan, outcome: tuple[Event | Decided, ...]
) -> tuple[Decided, ...] | Refusal:
    """Give what a rule decided; a closed plan has nothing recorded, but what was is so still."""
    if outcome and plan.closed is not None and not isinstance(command, ABOUT_THE_RECORD):
        return is_closed(plan.ref, plan.closed)
    return tuple(
        found if isinstance(found, Decided) else Decided(event=cast("PlanEvent", found))
        for found in outcome
    )


def _no_plan(command: Command, known: Plan | None) -> Refusal:
    if known is None:
        return Refusal(
            code=Code.UNKNOWN_PLAN,
            message=f"There is no plan {command.plan!r}. Check the ref, or import or draft it.",
            path="plan",
        )
    return Refusal(
        code=Code.EFFECTIVE_TOO_EARLY,
        message=f"{known.ref} began on {known.drafted_on}; nothing in it is effective before. "
        "Give a later effective day.",
        path="effectiveOn",
    )
