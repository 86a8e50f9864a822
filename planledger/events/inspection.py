"""What happens with inspections of the service. Names are the storage format."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event


class InspectionReportReceived(
    Event, frozen=True, kw_only=True, gc=False, tag="inspection-report-received.v1"
):
    """A report was received, which the plan is the answer to.

    The statement of action is due within so many working days of it (Education and Inspections
    Act 2006, section 137, and SI 2007/462). The day was computed when this was recorded and is
    never computed again, whatever becomes of bank holidays.
    """

    inspection: Annotated[str, Meta(description="The inspection's short name in the plan.")]
    framework: Annotated[str, Meta(description='The framework it was made under: "SIF".')]
    judgement: Annotated[str, Meta(description="The overall judgement as printed.")]
    received_on: Annotated[date, Meta(description="The civil day the council received it.")]
    published_on: Annotated[date | None, Meta(description="The civil day it was published.")]
    working_days: Annotated[int, Meta(description="Working days allowed for the statement.")]
    statement_due_on: Annotated[
        date, Meta(description="The last civil day for the statement of action.")
    ]
