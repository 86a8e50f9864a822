"""The mutations that report progress, claim, accept and refuse. They answer with the milestone."""

import strawberry

from planledger.domain.commands import (
    RefuseSignOff,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    SignOffMilestone,
)
from planledger.events.values import Personal, Progress, ReopenTrigger, SignOffLevel
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.milestone import MilestoneRecorded, MilestoneResult
from planledger.graphql.recording import CommandInput, record, stated
from planledger.graphql.scalars import EdtfDate


@strawberry.input(description="What a command about a milestone's delivery states.")
class _DeliveryInput(CommandInput):
    milestone: str = described("The milestone's ref or id.")


@strawberry.input(description="What a command about a claim states.")
class _ClaimInput(_DeliveryInput):
    occurrence: EdtfDate | None = strawberry.field(
        default=None,
        description="Which time of a recurring milestone; left out for one that is due once.",
    )


@strawberry.input(
    description="Report how far the work has come. A forecast never moves the target date."
)
class MilestoneProgressReportInput(_DeliveryInput):
    state: Progress = described("How far it has come.")
    narrative: Personal | None = strawberry.field(
        default=None, description="What is to be said of it."
    )
    forecast: EdtfDate | None = strawberry.field(
        default=None, description="When it is expected to be done."
    )


@strawberry.input(description="Claim that an agreed milestone is reached.")
class MilestoneReportCompleteInput(_ClaimInput):
    achieved_on: EdtfDate = described("When it was reached; not after today.")
    reporter: str | None = strawberry.field(
        default=None, description="Id of the party that claims it; left out, who records it does."
    )
    summary: Personal | None = strawberry.field(
        default=None, description="What was reached, in words."
    )
    evidence: list[str] = strawberry.field(
        default_factory=list, description="Ids of the evidence the claim rests on."
    )


@strawberry.input(
    description="Accept a claim, by another than who made it, on evidence or with a waiver. Needs "
    "authority."
)
class MilestoneSignOffInput(_ClaimInput):
    level: SignOffLevel = described("What it vouches for.")
    signer: str | None = strawberry.field(
        default=None, description="Id of the party that signs; left out, who records it does."
    )
    evidence: list[str] = strawberry.field(
        default_factory=list, description="Ids of the evidence it rests on."
    )
    waiver: Personal | None = strawberry.field(
        default=None, description="Why it is accepted without evidence, if it is."
    )


@strawberry.input(description="Decline a claim and say what is missing; the work goes on.")
class MilestoneSignOffRefuseInput(_ClaimInput):
    missing: Personal = described("What is missing.")


@strawberry.input(
    description="Take back what was signed off. Needs a reason; the sign-off stays visible."
)
class MilestoneReopenInput(_ClaimInput):
    trigger: ReopenTrigger = described("What showed that it is not complete.")


def milestone_progress_report(info: Info, input: MilestoneProgressReportInput) -> MilestoneResult:
    """Report progress on a milestone."""
    command = ReportProgress(
        **stated(input),
        milestone=input.milestone,
        state=input.state,
        narrative=input.narrative,
        forecast=input.forecast,
    )
    return record(info, input, command, MilestoneRecorded, "milestone", input.milestone)


def milestone_report_complete(info: Info, input: MilestoneReportCompleteInput) -> MilestoneResult:
    """Report that a milestone is complete."""
    command = ReportComplete(
        **stated(input),
        milestone=input.milestone,
        achieved_on=input.achieved_on,
        occurrence=input.occurrence,
        reporter=input.reporter,
        summary=input.summary,
        evidence=tuple(input.evidence),
    )
    return record(info, input, command, MilestoneRecorded, "milestone", input.milestone)


def milestone_sign_off(info: Info, input: MilestoneSignOffInput) -> MilestoneResult:
    """Sign a milestone off."""
    command = SignOffMilestone(
        **stated(input),
        milestone=input.milestone,
        level=input.level,
        occurrence=input.occurrence,
        signer=input.signer,
        evidence=tuple(input.evidence),
        waiver=input.waiver,
    )
    return record(info, input, command, MilestoneRecorded, "milestone", input.milestone)


def milestone_sign_off_refuse(info: Info, input: MilestoneSignOffRefuseInput) -> MilestoneResult:
    """Refuse to sign a milestone off."""
    command = RefuseSignOff(
        **stated(input),
        milestone=input.milestone,
        missing=input.missing,
        occurrence=input.occurrence,
    )
    return record(info, input, command, MilestoneRecorded, "milestone", input.milestone)


def milestone_reopen(info: Info, input: MilestoneReopenInput) -> MilestoneResult:
    """Reopen a milestone."""
    command = ReopenMilestone(
        **stated(input),
        milestone=input.milestone,
        trigger=input.trigger,
        occurrence=input.occurrence,
    )
    return record(info, input, command, MilestoneRecorded, "milestone", input.milestone)
