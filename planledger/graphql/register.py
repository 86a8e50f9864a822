"""The register: milestones across all plans, cut by what one looks for."""

from datetime import date
from enum import Enum
from typing import Annotated, TypeVar

import strawberry

from planledger.domain.delivery import Delivery
from planledger.events.values import Definition, Rating
from planledger.graphql.about import local_id
from planledger.graphql.connection import After, Counted, First, page
from planledger.graphql.errors import declined
from planledger.graphql.milestone import Milestone
from planledger.graphql.scalars import PlanRef
from planledger.ledger import LedgerAt
from planledger.projections.register import RegisterFilter, RegisterRow, is_wanted
from planledger.projections.timing import Timeliness

LONGEST_TEXT = 100
"""Characters of a text that is looked for, at the most."""

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
    plan: PlanRef | None = strawberry.field(default=None, description="Ref of the plan.")
    area: str | None = strawberry.field(
        default=None, description="Ref or number of the area, in each plan."
    )
    action: str | None = strawberry.field(
        default=None, description="Ref of the action, in each plan."
    )
    lead: str | None = strawberry.field(
        default=None, description="Id of a party that leads it, itself or by its action."
    )
    vacant: bool | None = strawberry.field(
        default=None, description="Nobody leads it, itself or by its action, or somebody does."
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
    due_from: date | None = strawberry.field(
        default=None, description="Its due day (`dueBy`) is this day or a later one."
    )
    due_before: date | None = strawberry.field(
        default=None, description="Its due day (`dueBy`) lies before this day, done or not."
    )
    withdrawn: bool | None = strawberry.field(
        default=None,
        description="Withdrawn, itself or with what it stands under, or not; left out, both.",
    )
    text: str | None = strawberry.field(
        default=None,
        description="Words that are all in its wording or its action's, in any order, up to "
        f"{LONGEST_TEXT} characters. Small letters and capitals are alike.",
    )


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
) -> Counted[Milestone]:
    """Give a page of the register."""
    wanted = _asked(filter or MilestoneFilter())
    rows = root.register()
    if order is MilestoneOrder.DUE:
        rows = tuple(sorted(rows, key=lambda row: row.due_by or date.max))
    return page(
        rows,
        lambda row: f"{row.plan.ref}/{local_id(row.milestone)}",
        first,
        after,
        wanted=lambda row: is_wanted(row, wanted),
        shown=_milestone,
    )


def _milestone(row: RegisterRow) -> object:
    return row.milestone


def _any_of(values: list[T] | None) -> frozenset[T] | None:
    return None if values is None else frozenset(values)


def _asked(filter: MilestoneFilter) -> RegisterFilter:
    if filter.text is not None and len(filter.text) > LONGEST_TEXT:
        raise declined(
            "ARGUMENT_OUT_OF_BOUNDS",
            f"text has {len(filter.text)} characters; give {LONGEST_TEXT} at the most.",
        )
    return RegisterFilter(
        plan=filter.plan,
        area=filter.area,
        action=filter.action,
        lead=filter.lead,
        vacant=filter.vacant,
        definition=filter.definition,
        timeliness=_any_of(filter.timeliness),
        delivery=_any_of(filter.delivery),
        rating=_any_of(filter.rating),
        agreed=filter.agreed,
        due_from=filter.due_from,
        due_before=filter.due_before,
        withdrawn=filter.withdrawn,
        text=filter.text,
    )
