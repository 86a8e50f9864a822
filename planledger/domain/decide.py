"""What a plan may become: a command and the plan in, events or a refusal out. Pure."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, cast

from planledger.domain import commands
from planledger.domain.case import Case, bad_name, unusable
from planledger.domain.commands import Command, DraftPlan, ImportPlan, PlanCommand, Stamp
from planledger.domain.decided import Decided
from planledger.domain.plan import Plan
from planledger.domain.record import Record
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules import kpi, milestone, party, query, review, structure, target_date
from planledger.domain.rules.plan import draft_plan, import_plan
from planledger.events.base import Event
from planledger.events.catalogue import PlanEvent

FURTHEST_AHEAD = timedelta(days=20 * 366)
"""A day further ahead than this is taken for a slip of the keyboard."""

Rule = Callable[[Any, Case], tuple[Event, ...] | Refusal]

RULES: Mapping[type[Command], Rule] = {
    commands.AddArea: structure.add_area,
    commands.AddStatement: structure.add_statement,
    commands.AddAction: structure.add_action,
    commands.RenumberItem: structure.renumber_item,
    commands.RewordItem: structure.reword_item,
    commands.ResolvePlaceholder: structure.resolve_placeholder,
    commands.WithdrawItem: structure.withdraw_item,
    commands.ProposeMilestone: milestone.propose_milestone,
    commands.AgreeMilestone: milestone.agree_milestone,
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
    commands.ResolveQuery: query.resolve_query,
}


def decide(
    command: PlanCommand,
    *,
    plan: Plan | None,
    known: Plan | None,
    record: Record,
    stamp: Stamp,
) -> tuple[Decided, ...] | Refusal:
    """Decide what a command records: events, nothing because it is already so, or a refusal.

    `plan` is the plan at the head of the ledger on the command's effective day, `known` the plan
    with everything recorded whatever its day; both None where there is no such plan. `record` is
    every entry of the plan.
    """
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
    if known is None or plan is None:
        return _no_plan(command, known)
    outcome = RULES[type(command)](
        command, Case(plan=plan, known=known, record=record, stamp=stamp, on=on)
    )
    if isinstance(outcome, Refusal):
        return outcome
    return tuple(Decided(event=cast("PlanEvent", event)) for event in outcome)


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
