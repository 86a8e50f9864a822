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

    def command(self) -> ReportProgress:
        """Give what it asks."""
        return ReportProgress(
            **stated(self),
            milestone=self.milestone,
            state=self.state,
            narrative=self.narrative,
            forecast=self.forecast,
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

    def command(self) -> ReportComplete:
        """Give what it asks."""
        return ReportComplete(
            **stated(self),
            milestone=self.milestone,
            achieved_on=self.achieved_on,
            occurrence=self.occurrence,
            reporter=self.reporter,
            summary=self.summary,
            evidence=tuple(self.evidence),
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

    def command(self) -> SignOffMilestone:
        """Give what it asks."""
        return SignOffMilestone(
            **stated(self),
            milestone=self.milestone,
            level=self.level,
            occurrence=self.occurrence,
            signer=self.signer,
            evidence=tuple(self.evidence),
            waiver=self.waiver,
        )


@strawberry.input(description="Decline a claim and say what is missing; the work goes on.")
class MilestoneSignOffRefuseInput(_ClaimInput):
    missing: Personal = described("What is missing.")

    def command(self) -> RefuseSignOff:
        """Give what it asks."""
        return RefuseSignOff(
            **stated(self),
            milestone=self.milestone,
            missing=self.missing,
            occurrence=self.occurrence,
        )


@strawberry.input(
    description="Take back what was signed off. Needs a reason; the sign-off stays visible."
)
class MilestoneReopenInput(_ClaimInput):
    trigger: ReopenTrigger = described("What showed that it is not complete.")

    def command(self) -> ReopenMilestone:
        """Give what it asks."""
        return ReopenMilestone(
            **stated(self),
            milestone=self.milestone,
            trigger=self.trigger,
            occurrence=self.occurrence,
        )


def milestone_progress_report(info: Info, input: MilestoneProgressReportInput) -> MilestoneResult:
    """Report progress on a milestone."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def milestone_report_complete(info: Info, input: MilestoneReportCompleteInput) -> MilestoneResult:
    """Report that a milestone is complete."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def milestone_sign_off(info: Info, input: MilestoneSignOffInput) -> MilestoneResult:
    """Sign a milestone off."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def milestone_sign_off_refuse(info: Info, input: MilestoneSignOffRefuseInput) -> MilestoneResult:
    """Refuse to sign a milestone off."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def milestone_reopen(info: Info, input: MilestoneReopenInput) -> MilestoneResult:
    """Reopen a milestone."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)
