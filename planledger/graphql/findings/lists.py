"""The findings that are lists, page by page: what is due, what is left open, and so on."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

import strawberry

from planledger.events.values import PartyKind
from planledger.graphql.connection import After, Counted, First
from planledger.graphql.errors import declined
from planledger.graphql.findings.entries import Slipped, TbcAge
from planledger.graphql.findings.filters import (
    ChallengeFilter,
    ClaimFilter,
    ItemFindingFilter,
    MilestoneFindingFilter,
    RatingTrailFilter,
    TbcAgeFilter,
    about,
    asked,
    at_least,
    between,
    check_forum,
)
from planledger.graphql.findings.finding import (
    ChallengeFinding,
    ClaimFinding,
    DateConflict,
    DueItem,
    NamedItem,
    OpenQuery,
    RatingTrail,
    ReopenedChain,
    Stalled,
    Unconfirmed,
)
from planledger.graphql.findings.orders import (
    CHALLENGES,
    CLAIMS,
    CONFLICTS,
    DUE,
    ITEMS,
    OPEN_QUERIES,
    RATING_TRAILS,
    REOPENED,
    SLIPPED,
    STALLED,
    TBC_AGES,
    UNCONFIRMED,
    PlanOrSizeOrder,
    TimeOrder,
)
from planledger.graphql.register import MilestoneOrder
from planledger.projections import findings as found
from planledger.projections.findings.stalled import PARTNERS, SILENCE

HORIZON = timedelta(days=20 * 366)
"""How far one may look ahead: as far as commands may be effective ahead of their day."""

ALL = strawberry.argument(description="Which; left out, all.")
IN_ORDER = strawberry.argument(description="In which order.")

Which = Annotated[MilestoneFindingFilter | None, ALL]
WhichItems = Annotated[ItemFindingFilter | None, ALL]


def overdue(
    root: found.Findings,
    first: First,
    filter: Which = None,
    order: Annotated[MilestoneOrder, IN_ORDER] = MilestoneOrder.DUE,
    after: After = None,
) -> Counted[DueItem]:
    """Give a page of what is overdue."""
    late = root.due(root.on - timedelta(days=1))
    wanted = _of_milestones(root, filter)
    return DUE.page(late, root.places.order, first, after, order, wanted=wanted)


def due(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    first: First,
    until: Annotated[
        date | None,
        strawberry.argument(
            description="The last due day to list, up to 20 years ahead; left out, 31 days ahead. "
            "It only looks ahead: what is known and in force stays that of the ledger above."
        ),
    ] = None,
    filter: Which = None,
    order: Annotated[MilestoneOrder, IN_ORDER] = MilestoneOrder.DUE,
    after: After = None,
) -> Counted[DueItem]:
    """Give a page of what is overdue or falls due."""
    if until is not None and until > root.on + HORIZON:
        raise declined("DATE_IMPOSSIBLE", f"Look ahead from {root.on} by 20 years at the most.")
    wanted = _of_milestones(root, filter)
    return DUE.page(root.due(until), root.places.order, first, after, order, wanted=wanted)


def tbc_ages(
    root: found.Findings,
    first: First,
    filter: Annotated[TbcAgeFilter | None, ALL] = None,
    order: Annotated[PlanOrSizeOrder, IN_ORDER] = PlanOrSizeOrder.PLAN,
    after: After = None,
) -> Counted[TbcAge]:
    """Give a page of the stretches in which dates were to be confirmed."""
    wanted = filter or TbcAgeFilter()
    ids = asked(root, filter)
    least = at_least(0, "minDays", wanted.min_days or 0)

    def is_wanted(age: found.TbcAge) -> bool:
        return (
            about(ids, age.milestone)
            and age.days >= least
            and wanted.ended in {None, age.until is not None}
        )

    return TBC_AGES.page(root.tbc_ages, root.places.order, first, after, order, wanted=is_wanted)


def slipped(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    first: First,
    baseline: Annotated[
        str | None,
        strawberry.argument(description="Ref of a baseline to compare with; left out, the last."),
    ] = None,
    filter: Which = None,
    order: Annotated[
        PlanOrSizeOrder,
        strawberry.argument(
            description="In which order; the largest by days later than the original date, a month "
            "counted as 30."
        ),
    ] = PlanOrSizeOrder.PLAN,
    after: After = None,
) -> Counted[Slipped]:
    """Give a page of the milestones that slipped."""
    try:
        things = root.slipped(baseline)
    except KeyError:
        raise declined(
            "UNKNOWN_BASELINE",
            f"There is no baseline {str(baseline)[:80]!r} here. Ask for the plan's baselines.",
        ) from None
    wanted = _of_milestones(root, filter)
    return SLIPPED.page(things, root.places.order, first, after, order, wanted=wanted)


def claims(
    root: found.Findings,
    first: First,
    filter: Annotated[ClaimFilter | None, ALL] = None,
    order: Annotated[TimeOrder, IN_ORDER] = TimeOrder.OLDEST,
    after: After = None,
) -> Counted[ClaimFinding]:
    """Give a page of the claims."""
    wanted = filter or ClaimFilter()
    ids = asked(root, filter)
    is_then = between(wanted.since, wanted.until)

    def is_wanted(one: found.ClaimFinding) -> bool:
        return (
            about(ids, one.milestone)
            and is_then(one.claim.reported_on)
            and wanted.without_evidence in {None, one.without_evidence}
            and wanted.evidence_dated_after in {None, bool(one.dated_after)}
            and wanted.evidence_withdrawn in {None, bool(one.withdrawn_since)}
            and wanted.waived in {None, one.waived}
            and wanted.stands in {None, one.claim.stands}
        )

    return CLAIMS.page(root.claims, root.places.order, first, after, order, wanted=is_wanted)


def reopened(
    root: found.Findings, first: First, filter: Which = None, after: After = None
) -> Counted[ReopenedChain]:
    """Give a page of the milestones of which a claim did not stand."""
    wanted = _of_milestones(root, filter)
    return REOPENED.page(root.reopened, root.places.order, first, after, wanted=wanted)


def conflicts(
    root: found.Findings, first: First, filter: WhichItems = None, after: After = None
) -> Counted[DateConflict]:
    """Give a page of the dates in conflict."""
    wanted = _of_items(root, filter)
    return CONFLICTS.page(root.conflicts, root.places.order, first, after, wanted=wanted)


def stalled(  # noqa: PLR0913, PLR0917 - the arguments of the field
    root: found.Findings,
    first: First,
    days: Annotated[
        int, strawberry.argument(description="Days without a report, or more; from 1.")
    ] = SILENCE,
    kinds: Annotated[
        list[PartyKind] | None,
        strawberry.argument(
            description="Led by a party of any of these kinds; left out, by any that is no person: "
            "the plan does not say who belongs to the council."
        ),
    ] = None,
    filter: Which = None,
    after: After = None,
) -> Counted[Stalled]:
    """Give a page of what stalled."""
    partners = PARTNERS if kinds is None else frozenset(kinds)
    silent = root.stalled(at_least(1, "days", days), partners)
    wanted = _of_milestones(root, filter)
    return STALLED.page(silent, root.places.order, first, after, wanted=wanted)


def challenges(
    root: found.Findings,
    first: First,
    filter: Annotated[ChallengeFilter | None, ALL] = None,
    order: Annotated[TimeOrder, IN_ORDER] = TimeOrder.OLDEST,
    after: After = None,
) -> Counted[ChallengeFinding]:
    """Give a page of the challenges open or answered late."""
    wanted = filter or ChallengeFilter()
    ids = asked(root, filter)

    def is_wanted(one: found.ChallengeFinding) -> bool:
        return (
            about(ids, one.item)
            and wanted.open in {None, one.is_open}
            and wanted.late in {None, one.days_late > 0}
        )

    return CHALLENGES.page(
        root.challenges, root.places.order, first, after, order, wanted=is_wanted
    )


def open_queries(
    root: found.Findings, first: First, filter: WhichItems = None, after: After = None
) -> Counted[OpenQuery]:
    """Give a page of the queries nobody has resolved."""
    wanted = _of_items(root, filter)
    return OPEN_QUERIES.page(root.open_queries, root.places.order, first, after, wanted=wanted)


def rating_trails(
    root: found.Findings,
    first: First,
    filter: Annotated[RatingTrailFilter | None, ALL] = None,
    after: After = None,
) -> Counted[RatingTrail]:
    """Give a page of the trails of ratings."""
    wanted = filter or RatingTrailFilter()
    ids = asked(root, filter)
    if wanted.forum is not None:
        check_forum(root, wanted.forum)

    def is_wanted(trail: found.RatingTrail) -> bool:
        return (
            about(ids, trail.item)
            and (wanted.kinds is None or trail.item.kind in wanted.kinds)
            and wanted.forum in {None, trail.forum.ref}
            and wanted.changed in {None, bool(trail.changes)}
        )

    return RATING_TRAILS.page(root.rating_trails, root.places.order, first, after, wanted=is_wanted)


def left_open(of: Callable[[found.Undefined], Sequence[found.NamedItem]]) -> Callable[..., Any]:
    """Give what answers with a page of one kind of item that the plan leaves open."""

    def resolve(
        root: found.Findings, first: First, filter: Which = None, after: After = None
    ) -> Counted[NamedItem]:
        ids = asked(root, filter)
        return ITEMS.page(
            of(root.undefined),
            root.places.order,
            first,
            after,
            wanted=lambda item: about(ids, item),
        )

    return resolve


def to_be_confirmed(
    root: found.Findings, first: First, filter: Which = None, after: After = None
) -> Counted[Unconfirmed]:
    """Give a page of the milestones whose date is to be confirmed."""
    wanted = _of_milestones(root, filter)
    things = root.undefined.to_be_confirmed
    return UNCONFIRMED.page(things, root.places.order, first, after, wanted=wanted)


def _of_milestones(
    root: found.Findings, filter: MilestoneFindingFilter | None
) -> Callable[[Any], bool]:
    ids = asked(root, filter)
    return lambda one: about(ids, one.milestone)


def _of_items(root: found.Findings, filter: ItemFindingFilter | None) -> Callable[[Any], bool]:
    ids = asked(root, filter)
    return lambda one: about(ids, one.item)
