"""The root of every question: the ledger at one point, and nothing below takes a time."""

from datetime import date
from typing import Annotated, cast

import strawberry

from planledger.graphql.activity import RecordedMonth, recorded_by_month
from planledger.graphql.common import described, resolved, sized
from planledger.graphql.connection import After, Counted, First, page
from planledger.graphql.context import Info
from planledger.graphql.findings.findings import Findings, findings
from planledger.graphql.milestone import Milestone
from planledger.graphql.plan import Plan
from planledger.graphql.point import Basis, LedgerPoint, answering, named
from planledger.graphql.register import milestones
from planledger.graphql.scalars import PlanRef
from planledger.graphql.search import SearchConnection, found
from planledger.ledger import LedgerAt


def _plan(
    root: LedgerAt, ref: Annotated[PlanRef, strawberry.argument(description="The plan's ref.")]
) -> Plan | None:
    return cast("Plan | None", root.plan(ref))


def _plans(root: LedgerAt, first: First, after: After = None) -> Counted[Plan]:
    return page(root.plans(), lambda plan: plan.ref, first, after)


@strawberry.type(
    description="The ledger as known at one point and effective on one day. As it stands it is at "
    "least as new as every command answered before it was asked, whichever process answered that: "
    "there is nothing to wait for."
)
class Ledger:
    basis: Basis = described("What this answer was read from.")
    plan: Plan | None = strawberry.field(
        resolver=_plan, description="One plan; null where there was none of this ref by then."
    )
    plans: Counted[Plan] = strawberry.field(
        resolver=_plans, description="Every plan begun by then, the oldest first."
    )
    milestones: Counted[Milestone] = strawberry.field(
        resolver=milestones, description="The register: milestones across all plans."
    )
    findings: Findings | None = strawberry.field(
        resolver=findings,
        description="What can be found in a plan; null where there was none of this ref by then.",
    )
    recorded_by_month: list[RecordedMonth] = resolved(
        recorded_by_month,
        "How much was recorded of a plan by then, the first month first; months in which nothing "
        "was are left out, and so is every one of a plan that had not begun.",
        about=24,
    )
    search: SearchConnection = strawberry.field(
        resolver=found,
        description="What says all of some words, in one plan or in all: items, KPIs, parties, "
        "reviews, challenges, evidence and queries.",
        metadata=sized(work=2_000),
    )


def ledger_at(
    info: Info,
    known_at: Annotated[
        LedgerPoint | None,
        strawberry.argument(description="Only what was recorded by this point; left out, all."),
    ] = None,
    effective_on: Annotated[
        date | None,
        strawberry.argument(
            description="Only what is effective by this civil day, up to the year 2199; left "
            "out, the point's own day: today, the cut-off of a review, the day of a point."
        ),
    ] = None,
) -> Ledger:
    """Give the ledger at a point."""
    with answering():
        then = info.context.ledger.at(named(known_at), effective_on)
    info.context.grounds.note(final=then.basis.final)
    return cast("Ledger", then)
