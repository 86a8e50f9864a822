"""What can be found in a plan at a point: every finding by its name."""

from datetime import date
from typing import Annotated, cast

import strawberry

from planledger.graphql.common import described, resolved
from planledger.graphql.connection import Counted
from planledger.graphql.context import Info
from planledger.graphql.findings import entry_lists, lists
from planledger.graphql.findings.entries import (
    AmendmentFinding,
    DateMove,
    FirstSetting,
    LateEntry,
    LeadInterval,
    Slipped,
    TbcAge,
)
from planledger.graphql.findings.filters import at_least
from planledger.graphql.findings.finding import (
    AreaCoverage,
    ChallengeFinding,
    ClaimFinding,
    Completeness,
    DateConflict,
    DueItem,
    LeadLoad,
    NamedItem,
    OpenQuery,
    RatingTrail,
    ReopenedChain,
    Stalled,
    Unconfirmed,
)
from planledger.graphql.scalars import PlanRef
from planledger.ledger import LedgerAt
from planledger.projections import findings as found


def _lead_on(
    root: found.Findings,
    info: Info,
    item: Annotated[
        str, strawberry.argument(description="Ref or global id of an action or milestone.")
    ],
    on: Annotated[
        date, strawberry.argument(description="A civil day up to the effective day of the ledger.")
    ],
) -> LeadInterval | None:
    led = root.led(item, on)
    told = entry_lists.told(info, led) if led is not None else None
    return cast("LeadInterval | None", told)


def _lead_loads(
    root: found.Findings,
    min_actions: Annotated[
        int, strawberry.argument(description="Only who leads at least so many actions, from 0.")
    ] = 0,
) -> list[LeadLoad]:
    least = at_least(0, "minActions", min_actions)
    return [cast("LeadLoad", load) for load in root.lead_loads if load.actions >= least]


@strawberry.type(
    description="Everything the plan leaves open, each in the order of the plan. What is withdrawn "
    "is not in it, nor placeholders that are resolved, with what stands under them; what is "
    "claimed to be reached needs no date any more."
)
class Undefined:
    placeholders: Counted[NamedItem] = resolved(
        lists.left_open(lambda left: left.placeholders),
        "Actions that promise something not yet defined.",
    )
    milestones: Counted[NamedItem] = resolved(
        lists.left_open(lambda left: left.milestones),
        "Milestones that say only that one will be defined.",
    )
    without_date: Counted[NamedItem] = resolved(
        lists.left_open(lambda left: left.without_date),
        "Milestones for which no date is stated, and recurring ones without a first date.",
    )
    to_be_confirmed: Counted[Unconfirmed] = resolved(
        lists.to_be_confirmed, "Milestones whose date is to be confirmed."
    )
    vacant_actions: Counted[NamedItem] = resolved(
        lists.left_open(lambda left: left.vacant_actions), "Actions that nobody leads."
    )
    vacant_milestones: Counted[NamedItem] = resolved(
        lists.left_open(lambda left: left.vacant_milestones),
        "Milestones that nobody leads, by themselves or by their action.",
    )


@strawberry.type(
    description="What can be found in one plan. All of it is calculated by planledger from what "
    "was recorded, for the effective day, and none of it is a council's judgement. What grows with "
    "the plan comes in pages; a list that is given whole has one for each area, party or count."
)
class Findings:
    on: date = described("The civil day everything is found for.")
    overdue: Counted[DueItem] = resolved(
        lists.overdue, "What is overdue; unless ordered otherwise, the longest first."
    )
    due: Counted[DueItem] = resolved(
        lists.due,
        "What is overdue or falls due by a day (inclusive); unless ordered otherwise, the longest "
        "overdue first.",
    )
    undefined: Undefined = resolved(lambda root: root, "What the plan leaves open.")
    tbc_ages: Counted[TbcAge] = resolved(
        lists.tbc_ages, "Stretches in which a date was to be confirmed.", work=1_000
    )
    first_settings: Counted[FirstSetting] = resolved(
        entry_lists.first_settings,
        "The first dates set, by the day they took effect.",
        work=1_500,
    )
    date_moves: Counted[DateMove] = resolved(
        entry_lists.date_moves,
        "Every move of a date, by the day it took effect.",
        work=6_000,
    )
    slipped: Counted[Slipped] = resolved(
        lists.slipped,
        "Milestones whose date lies elsewhere than the original or a baseline's.",
        work=1_600,
    )
    lead_intervals: Counted[LeadInterval] = resolved(
        entry_lists.lead_intervals,
        "Who led every action and milestone, and when, without a gap; in the order of the plan, "
        "the first stretch of each first.",
        work=2_000,
    )
    lead_on: LeadInterval | None = resolved(
        _lead_on,
        "Who led an item on a day; null where it was not in the plan, or the day is later.",
    )
    lead_loads: list[LeadLoad] = resolved(
        _lead_loads,
        "How much each party leads, who leads most first; last what nobody leads.",
        about=30,
    )
    claims: Counted[ClaimFinding] = resolved(
        lists.claims,
        "Claims that milestones are reached, by the day they were reported; those that fell too.",
    )
    reopened: Counted[ReopenedChain] = resolved(
        lists.reopened,
        "Milestones of which a claim did not stand, in the order of the plan.",
    )
    late_entries: Counted[LateEntry] = resolved(
        entry_lists.late_entries,
        "Entries recorded after their day; unless ordered otherwise, the latest first.",
        work=4_000,
    )
    amendments: Counted[AmendmentFinding] = resolved(
        entry_lists.amendments, "Corrections and voids, by when they were recorded."
    )
    conflicts: Counted[DateConflict] = resolved(
        lists.conflicts,
        "Dates that do not go with those of what must come first, in the order of the plan.",
        work=1_000,
    )
    completeness: list[Completeness] = described(
        "How much is agreed, reported complete and signed off, out of each of three counts.",
        about=3,
    )
    stalled: Counted[Stalled] = resolved(
        lists.stalled,
        "What partners lead and nobody reported on, the longest silence first.",
    )
    challenges: Counted[ChallengeFinding] = resolved(
        lists.challenges, "Challenges open or answered late, by when they were raised."
    )
    open_queries: Counted[OpenQuery] = resolved(
        lists.open_queries, "Queries nobody has resolved, by line of the document."
    )
    rating_trails: Counted[RatingTrail] = resolved(
        lists.rating_trails,
        "What each forum judged of each item, review by review, in the order of the plan.",
    )
    coverage: list[AreaCoverage] = described("How far every area in the plan is covered.", about=12)


def findings(
    root: LedgerAt, plan: Annotated[PlanRef, strawberry.argument(description="The plan's ref.")]
) -> Findings | None:
    """Give what can be found in a plan."""
    return cast("Findings | None", root.findings(plan))
