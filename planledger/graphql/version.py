"""Versions of a plan and baselines, and the mutations that issue, approve, submit and set them."""

from datetime import date
from typing import Annotated

import strawberry

from planledger.domain.commands import ApproveVersion, IssueVersion, SetBaseline, SubmitVersion
from planledger.events.values import Personal, VersionKind
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.graphql.scalars import Position


@strawberry.type(description="That a body approved a version.")
class Approval:
    body: str = described("The body.")
    on: date = described("The civil day it approved.")
    position: Position = described("Position of the entry.")


@strawberry.type(description="That a version was sent to those it is owed to.")
class Submission:
    recipients: list[Personal] = described("Whom it was sent to.", about=3)
    method: str = described("How it was sent.")
    on: date = described("The civil day it was sent.")
    position: Position = described("Position of the entry.")


@strawberry.type(description="A version of the plan, as it was given out.")
class PlanVersion(Node):
    ref: str = described("Its short name in the plan.")
    label: str = described('What people call it, such as "Version 1.0".')
    kind: VersionKind = described("What it was issued as.")
    on: date = described("The civil day it was issued.")
    position: Position = described("Ask for this position to see how the plan stood.")
    approvals: list[Approval] = described("Who approved it, the first one first.", about=2)
    submissions: list[Submission] = described(
        "When it was sent to whom, the first time first.", about=2
    )


@strawberry.type(description="How the plan stood when later slippage began to be measured from it.")
class Baseline(Node):
    ref: str = described("Its short name in the plan.")
    label: str = described("What people call it.")
    on: date = described("The civil day it was set.")
    position: Position = described("Ask for this position to see how the plan stood.")


@strawberry.type(description="A change to a version was recorded, or was so already.")
class VersionRecorded(Recorded):
    version: PlanVersion | None = described("The version afterwards.")


@strawberry.type(description="A baseline was set, or had been already.")
class BaselineRecorded(Recorded):
    baseline: Baseline | None = described("The baseline afterwards.")


VersionResult = Annotated[
    VersionRecorded | Refused | Conflict,
    strawberry.union("VersionResult", description="What came of a command about a version."),
]
BaselineResult = Annotated[
    BaselineRecorded | Refused | Conflict,
    strawberry.union("BaselineResult", description="What came of a command about a baseline."),
]


@strawberry.input(description="What a command about a version states.")
class _VersionInput(CommandInput):
    version: str = described("The version's short name in the plan, such as v1.")


@strawberry.input(description="Give out the plan as it stands as a version.")
class PlanVersionIssueInput(_VersionInput):
    label: str = described('What people call it, such as "Version 1.0".')
    kind: VersionKind = described("What it is issued as.")

    def command(self) -> IssueVersion:
        """Give what it asks."""
        return IssueVersion(**stated(self), version=self.version, label=self.label, kind=self.kind)


@strawberry.input(
    description="Record that a body approved a version. Needs authority; several bodies may."
)
class PlanVersionApproveInput(_VersionInput):
    body: str = described("The body that approved it.")

    def command(self) -> ApproveVersion:
        """Give what it asks."""
        return ApproveVersion(**stated(self), version=self.version, body=self.body)


@strawberry.input(
    description="Record that a version was sent to those it is owed to. It was approved before, "
    "or an authority is stated."
)
class PlanVersionSubmitInput(_VersionInput):
    recipients: list[Personal] = described("Whom it was sent to; at least one.")
    method: str = described("How it was sent.")

    def command(self) -> SubmitVersion:
        """Give what it asks."""
        return SubmitVersion(
            **stated(self),
            version=self.version,
            recipients=tuple(self.recipients),
            method=self.method,
        )


@strawberry.input(
    description="Make the plan as it stands what later slippage is also measured against. Needs "
    "authority."
)
class PlanBaselineSetInput(CommandInput):
    baseline: str = described("A short name for it: lower-case letters, digits and hyphens.")
    label: str = described("What people call it.")

    def command(self) -> SetBaseline:
        """Give what it asks."""
        return SetBaseline(**stated(self), baseline=self.baseline, label=self.label)


def plan_version_issue(info: Info, input: PlanVersionIssueInput) -> VersionResult:
    """Issue a version of the plan."""
    return record(info, input, VersionRecorded, "version", input.version)


def plan_version_approve(info: Info, input: PlanVersionApproveInput) -> VersionResult:
    """Record that a version was approved."""
    return record(info, input, VersionRecorded, "version", input.version)


def plan_version_submit(info: Info, input: PlanVersionSubmitInput) -> VersionResult:
    """Record that a version was submitted."""
    return record(info, input, VersionRecorded, "version", input.version)


def plan_baseline_set(info: Info, input: PlanBaselineSetInput) -> BaselineResult:
    """Set a baseline."""
    return record(info, input, BaselineRecorded, "baseline", input.baseline)
