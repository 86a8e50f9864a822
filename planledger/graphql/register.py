"""The register: milestones across all plans, cut by what one looks for."""

from datetime import date
from enum import Enum
from typing import Annotated, TypeVar

import strawberry

from planledger.domain.delivery import Delivery
from planledger.events.values import Definition, Rating
from planledger.graphql.about import local_id
from planledger.graphql.common import described
from planledger.graphql.connection import After, Connection, First, cut
from planledger.graphql.milestone import Milestone
from planledger.ledger import LedgerAt
from planledger.projections.register import RegisterFilter, RegisterRow, is_wanted
from planledger.projections.timing import Timeliness

T = TypeVar("T")


class MilestoneOrder(Enum):
    """In which order milestones are listed."""

    PLAN = strawberry.enum_value("plan", description="As the plans have them, the oldest first.")
    DUE = strawberry.enum_value(
        "due",
        description="By due day, what has none last; those of one day as the plans have them.",
    )


strawberry.enum(MilestoneOrder, description="In which order milestones are listed.")


@strawberry.input(description="Which milestones; every field given must hold.")
class MilestoneFilter:
    plan: str | None = strawberry.field(default=None, description="Ref of the plan.")
    area: str | None = strawberry.field(
        default=None, description="Ref or number of the area, in each plan."
    )
    lead: str | None = strawberry.field(
        default=None, description="Id of a party that leads it, itself or by its action."
    )
    definition: Definition | None = strawberry.field(
        default=None, description="How far it is defined."
    )
    timeliness: list[Timeliness] | None = strawberry.field(
        default=None, description="Any of these on the effective day."
    )
    agreed: bool | None = strawberry.field(default=None, description="Agreed, or only proposed.")
    delivery: list[Delivery] | None = strawberry.field(
        default=None, description="Any of these on the effective day."
    )
    rating: list[Rating] | None = strawberry.field(
        default=None, description="Any of these, given at the last review that rated it."
    )
    due_before: date | None = strawberry.field(
        default=None, description="Its due day (`dueBy`) lies before this day, done or not."
    )
    withdrawn: bool | None = strawberry.field(
        default=None,
        description="Withdrawn, itself or with what it stands under, or not; left out, both.",
    )


@strawberry.type(description="A page of milestones, in order, and how many there are in all.")
class MilestoneConnection(Connection[Milestone]):
    total_count: int = described("How many the filter lets through, on all pages together.")


def milestones(
    root: LedgerAt,
    first: First,
    filter: Annotated[
        MilestoneFilter | None, strawberry.argument(description="Which; left out, all.")
    ] = None,
    order: Annotated[
        MilestoneOrder, strawberry.argument(description="In which order.")
    ] = MilestoneOrder.PLAN,
    after: After = None,
) -> MilestoneConnection:
    """Give a page of the register."""
    wanted = _asked(filter or MilestoneFilter())
    rows = root.register()
    if order is MilestoneOrder.DUE:
        rows = tuple(sorted(rows, key=lambda row: row.due_by or date.max))
    fields = cut(
        rows,
        lambda row: f"{row.plan.ref}/{local_id(row.milestone)}",
        first,
        after,
        wanted=lambda row: is_wanted(row, wanted),
        shown=_milestone,
    )
    return MilestoneConnection(**fields, total_count=sum(is_wanted(row, wanted) for row in rows))


def _milestone(row: RegisterRow) -> object:
    return row.milestone


def _any_of(values: list[T] | None) -> frozenset[T] | None:
    return None if values is None else frozenset(values)


def _asked(filter: MilestoneFilter) -> RegisterFilter:
    return RegisterFilter(
        plan=filter.plan,
        area=filter.area,
        lead=filter.lead,
        definition=filter.definition,
        timeliness=_any_of(filter.timeliness),
        delivery=_any_of(filter.delivery),
        rating=_any_of(filter.rating),
        agreed=filter.agreed,
        due_before=filter.due_before,
        withdrawn=filter.withdrawn,
    )
