"""The root of every question: the ledger at one point, and nothing below takes a time."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, cast

import strawberry
from graphql import GraphQLError

from planledger.events.envelope import Entry
from planledger.events.values import Definition
from planledger.graphql.about import local_id
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.event import EventType, PlanEvent
from planledger.graphql.milestone import Milestone
from planledger.graphql.plan import Plan
from planledger.graphql.scalars import Position
from planledger.ledger import LedgerAt, QuestionError
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
)
from planledger.projections.timing import Timeliness
from planledger.projections.view import AreaView, MilestoneView, PlanView

MOST = 100
"""The most that one page of a connection holds."""
_FEED = 1_000
"""Entries read at a time while looking for those of some types."""

First = Annotated[int, strawberry.argument(description=f"How many at the most, 1 to {MOST}.")]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor.")]

T = TypeVar("T")


@strawberry.type(description="Where a page of a connection ends.")
class PageInfo:
    has_next_page: bool = described("Whether there is more after it.")
    end_cursor: str | None = described("Give it as `after` for the next page; null if empty.")


@strawberry.type(description="One of a connection, with its place.")
class Edge(Generic[T]):
    cursor: str = described("Give it as `after` to go on from here.")
    node: T = described("The thing itself.")


@strawberry.type(description="A page of things, in order.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = described("The things with their places.")
    nodes: list[T] = described("The things alone.")
    page_info: PageInfo = described("Where the page ends.")


@strawberry.input(
    one_of=True, description="A point in the life of the ledger: exactly one of these."
)
class LedgerPoint:
    review: strawberry.Maybe[str] = described(
        'What a closed review saw, "plan/review": exact, never a clock.'
    )
    recorded_at: strawberry.Maybe[datetime] = described(
        "Everything recorded at or before this moment."
    )
    end_of: strawberry.Maybe[date] = described(
        "Everything recorded before the midnight (Europe/London) that ends this day."
    )
    position: strawberry.Maybe[Position] = described(
        "Everything up to this position and the rest of its commit."
    )


@strawberry.type(description="What an answer was read from.")
class Basis:
    position: Position = described("Everything up to here was known; 0 in an empty ledger.")
    recorded_at: datetime | None = described("When the entry there was recorded.")
    review: str | None = described("The review asked for, if one was.")
    effective_on: date = described("Everything effective by this civil day counted.")
    final: bool = described("The same question will be given the same answer for ever.")


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


def _plan(
    root: LedgerAt, ref: Annotated[str, strawberry.argument(description="The plan's ref.")]
) -> Plan | None:
    return cast("Plan | None", root.plan(ref))


def _plans(root: LedgerAt, first: First, after: After = None) -> Connection[Plan]:
    return page(root.plans(), lambda plan: plan.ref, first, after)


def _milestones(
    root: LedgerAt,
    first: First,
    filter: Annotated[
        MilestoneFilter | None, strawberry.argument(description="Which; left out, all.")
    ] = None,
    after: After = None,
) -> Connection[Milestone]:
    found = [
        _Found(plan, area, milestone)
        for plan in root.plans()
        for area in plan.areas
        for action in area.actions
        for milestone in action.milestones
    ]
    return page(
        found,
        lambda one: f"{one.plan.ref}/{local_id(one.milestone)}",
        first,
        after,
        wanted=lambda one: filter is None or _matches(filter, one),
        shown=lambda one: one.milestone,
    )


class _Found(NamedTuple):
    plan: PlanView
    area: AreaView
    milestone: MilestoneView


def _matches(wanted: MilestoneFilter, found: _Found) -> bool:
    plan, area, milestone = found
    agreed = milestone.agreed_on is not None
    return all(
        (
            wanted.plan in (None, plan.ref),
            wanted.area in (None, area.ref, area.number),
            wanted.lead is None or any(lead.party == wanted.lead for lead in milestone.leads),
            wanted.definition in (None, milestone.definition),
            wanted.timeliness is None or milestone.timeliness in wanted.timeliness,
            wanted.agreed in (None, agreed),
        )
    )


@strawberry.type(description="The ledger as known at one point and effective on one day.")
class Ledger:
    basis: Basis = described("What this answer was read from.")
    plan: Plan | None = strawberry.field(
        resolver=_plan, description="One plan; null where there was none of this ref by then."
    )
    plans: Connection[Plan] = strawberry.field(
        resolver=_plans, description="Every plan begun by then, the oldest first."
    )
    milestones: Connection[Milestone] = strawberry.field(
        resolver=_milestones,
        description="Milestones across all plans, in the order of each plan.",
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
    try:
        return cast("Ledger", info.context.ledger.at(_point(known_at), effective_on))
    except QuestionError as error:
        raise GraphQLError(str(error), extensions={"code": error.code}) from error


def entries(
    info: Info,
    after: Annotated[
        Position | None,
        strawberry.argument(description="Only entries after this position; left out, all."),
    ] = None,
    plan: Annotated[str | None, strawberry.argument(description="Only this plan's.")] = None,
    types: Annotated[
        list[EventType] | None, strawberry.argument(description="Only these; left out, all.")
    ] = None,
    first: First = MOST,
) -> Connection[PlanEvent]:
    """Give entries in the order they were recorded."""
    wanted = None if types is None else frozenset(kind.value for kind in types)
    found: list[Entry] = []
    limit = _bounded(first) + 1
    read_to = after or 0
    while len(found) < limit:
        more = info.context.ledger.events(after=read_to, plan=plan, limit=_FEED)
        found.extend(e for e in more if wanted is None or type(e.event) in wanted)
        if len(more) < _FEED:
            break
        read_to = more[-1].position
    return page(found, lambda entry: str(entry.position), first, None)


def page(  # noqa: PLR0913 - the last two for those who look at more than they show
    things: Sequence[T],
    cursor_of: Callable[[T], str],
    first: int,
    after: str | None,
    *,
    wanted: Callable[[T], bool] = lambda _: True,
    shown: Callable[[T], object] = lambda thing: thing,
) -> Connection[Any]:
    """Cut one page of those wanted out of things in order, after the one with cursor `after`.

    That one need not be wanted itself: what a filter lets through may change between two pages.
    """
    start = 0 if after is None else _place_after(things, cursor_of, after)
    rest = [thing for thing in things[start:] if wanted(thing)]
    chosen = rest[: _bounded(first)]
    edges = [Edge(cursor=cursor_of(thing), node=shown(thing)) for thing in chosen]
    return Connection(
        edges=edges,
        nodes=[edge.node for edge in edges],
        page_info=PageInfo(
            has_next_page=len(chosen) < len(rest),
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )


def _place_after(things: Sequence[T], cursor_of: Callable[[T], str], after: str) -> int:
    for place, thing in enumerate(things, start=1):
        if cursor_of(thing) == after:
            return place
    raise GraphQLError(
        f"{after[:80]!r} is no cursor here. Give the endCursor of a page of the same list, asked "
        "at the same point, or leave after out to begin again.",
        extensions={"code": "CURSOR_UNKNOWN"},
    )


def _bounded(first: int) -> int:
    if 1 <= first <= MOST:
        return first
    raise GraphQLError(
        f"first is {first}; ask for 1 to {MOST}, and use after for more.",
        extensions={"code": "PAGE_SIZE"},
    )


def _point(point: LedgerPoint | None) -> Point:
    if point is None:
        return AtHead()
    if point.review is not None:
        return AtReview(point.review.value)
    if point.end_of is not None:
        return AtEndOf(point.end_of.value)
    if point.position is not None:
        return AtPosition(point.position.value)
    if point.recorded_at is not None:
        return AtInstant(point.recorded_at.value)
    raise AssertionError("the schema lets no point through that names nothing")
