"""How much was recorded of a plan, month by month."""

from typing import Annotated, cast

import strawberry

from planledger.graphql.common import described
from planledger.graphql.scalars import EdtfDate, PlanRef, Position
from planledger.ledger import LedgerAt


@strawberry.type(description="How much was recorded of a plan in a month that had any of it.")
class RecordedMonth:
    month: EdtfDate = described(
        "The civil month (Europe/London) in which the ledger learned it, whatever day it is "
        "effective on."
    )
    entries: int = described("How many entries were recorded in it.")
    last_position: Position = described(
        "Position of the last of them: the plan as known at the end of the month."
    )


def recorded_by_month(
    root: LedgerAt, plan: Annotated[PlanRef, strawberry.argument(description="The plan's ref.")]
) -> list[RecordedMonth]:
    """Give the months in which something was recorded."""
    return cast("list[RecordedMonth]", root.recorded_by_month(plan))
