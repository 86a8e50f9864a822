"""Several commands recorded together, as one commit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from planledger.domain.commands import PlanCommand
from planledger.domain.patching import shown_name
from planledger.domain.refusals import Code, Refusal
from planledger.graphql import (
    action,
    area,
    challenge,
    delivery_mutations,
    evidence,
    inspection,
    item,
    kpi,
    milestone,
    party,
    plan,
    query,
    rating,
    record,
    review,
    target_date_mutations,
    version,
)
from planledger.graphql.common import ExactlyOne, described
from planledger.graphql.context import Info
from planledger.graphql.plan import Plan
from planledger.graphql.recording import (
    CommandInput,
    Conflict,
    Recorded,
    Refused,
    answered,
    refused,
    seen_after,
    submitted,
)
from planledger.graphql.scalars import PlanRef, Position
from planledger.ledger import Recorded as Outcome
from planledger.ledger.deciding import of_several

INPUTS: tuple[type[CommandInput], ...] = (
    plan.PlanDraftInput,
    version.PlanVersionIssueInput,
    version.PlanVersionApproveInput,
    version.PlanVersionSubmitInput,
    version.PlanBaselineSetInput,
    plan.PlanCloseInput,
    inspection.InspectionReportReceiveInput,
    area.AreaAddInput,
    area.StatementAddInput,
    action.ActionAddInput,
    action.PlaceholderResolveInput,
    item.ItemRewordInput,
    item.ItemRenumberInput,
    item.ItemWithdrawInput,
    item.LeadAssignInput,
    item.LeadReassignInput,
    milestone.MilestoneProposeInput,
    milestone.MilestoneAgreeInput,
    delivery_mutations.MilestoneProgressReportInput,
    delivery_mutations.MilestoneReportCompleteInput,
    delivery_mutations.MilestoneSignOffInput,
    delivery_mutations.MilestoneSignOffRefuseInput,
    delivery_mutations.MilestoneReopenInput,
    target_date_mutations.TargetDateSetInput,
    target_date_mutations.TargetDateDeferInput,
    target_date_mutations.TargetDateMoveInput,
    target_date_mutations.RecurrenceSetInput,
    party.PartyRegisterInput,
    party.PartyRenameInput,
    party.PartyAliasInput,
    kpi.KpiDefineInput,
    kpi.KpiTargetSetInput,
    kpi.KpiReadingRecordInput,
    kpi.KpiReadingReviseInput,
    review.ForumEstablishInput,
    review.ReviewOpenInput,
    review.ReviewCloseInput,
    rating.RatingKeyAdoptInput,
    rating.RatingGiveInput,
    challenge.ChallengeRaiseInput,
    challenge.ChallengeAnswerInput,
    evidence.EvidenceRegisterInput,
    evidence.EvidenceWithdrawInput,
    query.QueryRaiseInput,
    query.QueryResolveInput,
    query.ReferenceRecordInput,
    record.EntryVoidInput,
)
"""What can be asked with others. Not an import, which is a commit of its own, nor a correction,
which is put together from the entry as it stands when it is carried out."""

_OF_THE_BATCH = ("command_id", "correlation_id", "expected_position")
"""What is stated once, for all of them."""


def _name(kind: type) -> str:
    """Give the name of the act that an input is for: AreaAddInput -> area_add."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("Input")).lower()


def _act_input() -> type:
    fields = {_name(kind): described("What this mutation takes.") for kind in INPUTS}
    maybe: Any = strawberry.Maybe  # for types that are known only as we start
    hints = {_name(kind): maybe[kind] for kind in INPUTS}
    made = type("ActInput", (), {**fields, "__annotations__": hints})
    return strawberry.input(
        made,
        directives=[ExactlyOne()],
        description="One command: exactly one of these, each what the mutation of its name takes. "
        "The command id, the correlation id and the expected position are left out: those of the "
        "batch hold for all.",
    )


if TYPE_CHECKING:

    class ActInput:
        """One command."""

else:
    ActInput = _act_input()


@strawberry.type(description="All were recorded as one commit, or each was so already.")
class BatchRecorded(Recorded):
    plan: Plan | None = described("The plan afterwards.")


BatchResult = Annotated[
    BatchRecorded | Refused | Conflict,
    strawberry.union("BatchResult", description="What came of several commands together."),
]


@strawberry.input(
    description="Record several commands on one plan together: all of them, or none. Each is "
    "judged on the plan as those before it leave it."
)
class BatchRecordInput:
    plan: PlanRef = described("The plan's ref; that of every command.")
    commands: list[ActInput] = described(
        "The commands in their order, 1 to 500. What says how the plan stood (a review closed, a "
        "version issued, a baseline set) must be the last."
    )
    command_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="An id of your own for all of them together, up to 100 characters. Sending "
        "the same commands again with it is safe and records nothing more.",
    )
    correlation_id: str | None = strawberry.field(
        default=None, description="As of a single command; kept with every entry."
    )
    expected_position: Position | None = strawberry.field(
        default=None,
        description="The position you looked at; a plan changed after it answers Conflict.",
    )


def batch_record(info: Info, input: BatchRecordInput) -> BatchResult:
    """Record several commands together."""
    acts = list(map(_stated, input.commands))
    names = [name for name, _ in acts]
    commands: list[PlanCommand] = []
    for place, (_, act) in enumerate(acts):
        command = next(_misplaced(input, act), None) or act.command()
        if isinstance(command, Refusal):
            return _with_name(refused(of_several(place, command)), names)
        commands.append(command)
    outcome = submitted(
        info,
        commands,
        command_id=input.command_id,
        correlation_id=input.correlation_id,
        expected_position=input.expected_position,
    )
    if isinstance(outcome, Refused):
        return _with_name(outcome, names)
    if isinstance(outcome, Conflict):
        return outcome
    return BatchRecorded(**answered(outcome), plan=_seen(info, input, commands, outcome))


def _stated(act: Any) -> tuple[str, CommandInput]:  # noqa: ANN401 - an ActInput, made as we start
    """Give the one act that is stated, with the name that the schema has for it."""
    for kind in INPUTS:
        stated = getattr(act, _name(kind))
        if stated is not None:
            return shown_name(_name(kind)), stated.value
    raise AssertionError("the schema lets no command through that says nothing")


def _misplaced(input: BatchRecordInput, act: CommandInput) -> Iterator[Refusal]:
    """Refuse what a command may not state of its own."""
    if act.plan != input.plan:
        yield Refusal(
            code=Code.BATCH_IMPOSSIBLE,
            message=f"It is about {act.plan[:80]!r}, and all must be about {input.plan!r}. Send "
            "it apart.",
            path="plan",
        )
    for name in _OF_THE_BATCH:
        if getattr(act, name) is not None:
            yield Refusal(
                code=Code.BATCH_IMPOSSIBLE,
                message="That of the batch holds for all of them. Leave it out here.",
                path=shown_name(name),
            )


def _with_name(refusal: Refused, names: Sequence[str]) -> Refused:
    """Have its path say which act: "commands.1.ref" -> "commands.1.areaAdd.ref", as the input."""
    path = refusal.path
    parts = (path or "").split(".")
    if parts[0] == "commands" and len(parts) > 1:
        path = ".".join((*parts[:2], names[int(parts[1])], *parts[2:]))
    elif path is not None and len(names) == 1:
        path = _alone(path, names[0])
    return replace(refusal, path=path)


def _alone(path: str, name: str) -> str:
    """Give the path of the only command's own refusal, which does not say which it is of."""
    whole = ("commandId", "correlationId", "commands")
    return path if path in whole else f"commands.0.{name}.{path}"


def _seen(
    info: Info, input: BatchRecordInput, commands: Sequence[PlanCommand], outcome: Outcome
) -> Plan | None:
    ledger = info.context.ledger
    days: list[date] = [command.effective_on or ledger.today for command in commands]
    return cast("Plan | None", seen_after(ledger, outcome, input.plan, max(days)))
