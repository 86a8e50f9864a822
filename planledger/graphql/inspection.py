"""Inspections, and the mutation that records their reports."""

from datetime import date
from typing import Annotated

import strawberry

from planledger.domain.commands import ReceiveReport
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated


@strawberry.type(description="An inspection report that the plan is the answer to.")
class Inspection(Node):
    ref: str = described("Its short name in the plan.")
    framework: str = described('The framework it was made under, such as "SIF".')
    judgement: str = described("The overall judgement as printed.")
    received_on: date = described("The civil day the council received it.")
    published_on: date | None = described("The civil day it was published, if it was.")
    working_days: int = described("Working days allowed for the statement of action.")
    statement_due_on: date = described(
        "The last civil day for the statement of action. Calculated when the report was recorded, "
        "and never again."
    )


@strawberry.type(description="An inspection report was recorded, or had been already.")
class InspectionRecorded(Recorded):
    inspection: Inspection | None = described("The inspection afterwards.")


InspectionResult = Annotated[
    InspectionRecorded | Refused | Conflict,
    strawberry.union("InspectionResult", description="What came of a command about a report."),
]


@strawberry.input(
    description="Record an inspection report; the day the statement of action is due by is "
    "worked out from it."
)
class InspectionReportReceiveInput(CommandInput):
    inspection: str = described("A short name for it: lower-case letters, digits and hyphens.")
    framework: str = described('The framework it was made under, such as "SIF".')
    judgement: str = described("The overall judgement as printed.")
    received_on: date = described("The civil day the council received it; not after today.")
    published_on: date | None = strawberry.field(
        default=None,
        description="The civil day it was published; not before it was received, nor after today.",
    )
    working_days: int = strawberry.field(
        default=70,
        description="Working days allowed for the statement, 1 to 260: 70, or 20 for a draft.",
    )

    def command(self) -> ReceiveReport:
        """Give what it asks."""
        return ReceiveReport(
            **stated(self),
            inspection=self.inspection,
            framework=self.framework,
            judgement=self.judgement,
            received_on=self.received_on,
            published_on=self.published_on,
            working_days=self.working_days,
        )


def inspection_report_receive(info: Info, input: InspectionReportReceiveInput) -> InspectionResult:
    """Record that an inspection report was received."""
    return record(info, input, InspectionRecorded, "inspection", input.inspection)
