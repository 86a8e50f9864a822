"""What changed between two points, and what was put right since a review."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Annotated, NamedTuple, cast

import strawberry

from planledger.domain.finding import find_any, find_area
from planledger.domain.plan import Item, Plan
from planledger.events.values import Personal
from planledger.graphql.common import described
from planledger.graphql.connection import After, Counted, First, cut, filtered
from planledger.graphql.context import Info
from planledger.graphql.entries import Entries
from planledger.graphql.errors import declined
from planledger.graphql.event import PlanEvent
from planledger.graphql.figures import Figures, Told, shown_of
from planledger.graphql.milestone import Slippage
from planledger.graphql.naming import id_of
from planledger.graphql.point import Basis, LedgerPoint, answering, named
from planledger.graphql.scalars import PlanRef, ReviewRef
from planledger.projections.changes.above import items_above
from planledger.projections.changes.public import Shows
from planledger.projections.changes.shapes import (
    CORRECTIONS,
    ChangeClass,
    ChangeSet,
    Kind,
    Track,
)
from planledger.projections.changes.shapes import Change as Difference
from planledger.projections.changes.words import say


class ChangeDetail(Enum):
    """How closely to look between two points."""

    NET = strawberry.enum_value(
        "net",
        description="The difference of the two ends: what moved out and back again is nothing.",
    )
    STEPS = strawberry.enum_value(
        "steps", description="Every move between, one entry after the other."
    )


strawberry.enum(ChangeDetail, description="How closely to look between two points.")


@strawberry.input(description="Which changes; every field given must hold.")
class ChangeFilter:
    area: str | None = strawberry.field(
        default=None,
        description="Ref, number or id of an area: what it is, is about, or lies under.",
    )
    item: str | None = strawberry.field(
        default=None, description="Ref or id of an item: what it is, is about, or lies under."
    )
    kpi: str | None = strawberry.field(
        default=None, description="Short name of a KPI: what it is, or is of a target or figure of."
    )
    kinds: list[Kind] | None = strawberry.field(
        default=None, description="Of any of these kinds of thing."
    )
    tracks: list[Track] | None = strawberry.field(
        default=None,
        description="Of any of these tracks. That a thing came to be or went has no track.",
    )
    what: list[ChangeClass] | None = strawberry.field(
        default=None, description="Any of these kinds of change."
    )
    corrections: bool | None = strawberry.field(
        default=None,
        description="Only corrections and voids of the record, or only changes; left out, both.",
    )


@strawberry.type(description="Two civil days and all between, both included.")
class Span:
    first: date = described("The first day.")
    last: date = described("The last day.")


@strawberry.type(
    description="One difference: of what a thing's track says, or of a thing that came to be or "
    "went. Before and after are in words, the same for every reader."
)
class Change:
    kind: Kind = described("What kind of thing changed.")
    thing_id: strawberry.ID | None = described(
        "Global id of the thing as it is now; null for a rating key with all its versions."
    )
    ref: str = described('What people call it: "1.4/2", "plan/review"; its id where it has no ref.')
    area: str | None = described("Ref of the area it belongs to, if to one.")
    title: Personal | None = described("Its wording, title or name, as last known.")
    track: Track | None = described("What of it; null where it came to be or went as a whole.")
    period: Span | None = described("The period, for a KPI's target or figure.")
    what: ChangeClass = described("What kind of change it is.")
    is_correction: bool = described("The record was put right; the plan did not change.")
    before: list[Personal] = described(
        "What it said before; empty where there was nothing.", about=1
    )
    after: list[Personal] = described("What it says after; empty where there is nothing.", about=1)
    slippage: Slippage | None = described("By how much a date moved, if it did.")
    late: bool = described(
        "In STEPS: learned after the day looked at, of something in force by then."
    )
    causes: list[PlanEvent] = strawberry.field(
        resolver=lambda root: [root.entries.at(position) for position in root.positions],
        description="The entries that made it, in the order of recording: who, why and by what "
        "right. Of a corrected entry, the correction too.",
        graphql_type=list[PlanEvent],
    )


class Shown(NamedTuple):
    """A change as it is shown, with the entries that its page names at hand."""

    kind: Kind
    thing_id: str | None
    ref: str
    area: str | None
    title: Personal | None
    track: Track | None
    period: Span | None
    what: ChangeClass
    is_correction: bool
    before: tuple[Personal, ...]
    after: tuple[Personal, ...]
    slippage: object
    late: bool
    positions: tuple[int, ...]
    entries: Entries


@strawberry.type(description="How many changes there are of one kind.")
class ChangeCount:
    what: ChangeClass = described("The kind of change.")
    count: int = described("How many.")


@strawberry.type(
    description="How many changes the filter lets through, on all pages together. Changes and "
    "corrections of the record are never counted together."
)
class ChangeTotals:
    changes: int = described("Changes.")
    corrections: int = described("Corrections and voids of the record.")
    counts: list[ChangeCount] = described(
        "How many of each kind there are, and of no other.", about=10
    )


@strawberry.type(
    description="A page of changes between two points. NET: what was put right first, then what "
    "changed, in the order of the plan. STEPS: in the order of the path."
)
class ChangeConnection(Counted[Change]):
    from_: Basis = strawberry.field(name="from", description="What the one end was read from.")
    to: Basis = described("What the other end was read from.")
    totals: ChangeTotals = described("How many there are.")


ThePlan = Annotated[PlanRef, strawberry.argument(description="The plan's ref.")]


def changes(  # noqa: PLR0913, PLR0917 - the arguments of the field
    info: Info,
    plan: ThePlan,
    from_: Annotated[
        LedgerPoint,
        strawberry.argument(
            name="from",
            description="The one end. It may be the later one: then all is told backwards.",
        ),
    ],
    first: First,
    to: Annotated[
        LedgerPoint | None,
        strawberry.argument(
            description="The other end; left out, the ledger as it stands. Between two pages name "
            "the position that the first was answered with, lest more comes in between."
        ),
    ] = None,
    effective_on: Annotated[
        date | None,
        strawberry.argument(
            description="The civil day that both ends are looked at for, up to the year 2199; left "
            "out, each point's own: today, the cut-off of a review, the day of a point."
        ),
    ] = None,
    detail: Annotated[
        ChangeDetail, strawberry.argument(description="How closely to look.")
    ] = ChangeDetail.NET,
    filter: Annotated[
        ChangeFilter | None, strawberry.argument(description="Which; left out, all.")
    ] = None,
    figures: Told = Figures.FULL,
    after: After = None,
) -> ChangeConnection:
    """Give what changed in a plan between two points."""
    ends = named(from_), named(to)
    steps = detail is ChangeDetail.STEPS
    with answering():
        found = info.context.ledger.changes(plan, *ends, effective_on, steps=steps)
    return _page(info, plan, found, filter or ChangeFilter(), figures, first, after)


def restatements(  # noqa: PLR0913, PLR0917 - the arguments of the field
    info: Info,
    plan: ThePlan,
    review: Annotated[
        ReviewRef,
        strawberry.argument(
            description="A closed review of the plan; its short name alone will do, too."
        ),
    ],
    first: First,
    filter: Annotated[
        ChangeFilter | None, strawberry.argument(description="Which; left out, all.")
    ] = None,
    figures: Told = Figures.FULL,
    after: After = None,
) -> ChangeConnection:
    """Give what differs from a review as reported to it as now known."""
    whole = review if review.startswith(f"{plan}/") else f"{plan}/{review}"
    with answering():
        found = info.context.ledger.restatements(plan, whole)
    return _page(info, plan, found, filter or ChangeFilter(), figures, first, after)


def shown(
    plan: str,
    found: Difference,
    known: Plan | None,
    entries: Entries,
    shows: Shows,
) -> Shown:
    """Show a change in words; `known` is that of the answer it is in."""
    said = say(known, found, shows)
    entries.name(found.causes)
    return Shown(
        kind=found.kind,
        thing_id=id_of(plan, (found.kind, found.id)),
        ref=said.ref,
        area=said.area,
        title=said.title,
        track=found.track,
        period=None if found.span is None else Span(first=found.span[0], last=found.span[1]),
        what=found.what,
        is_correction=found.what in CORRECTIONS,
        before=said.before,
        after=said.after,
        slippage=found.slippage,
        late=found.late,
        positions=found.causes,
        entries=entries,
    )


def _page(  # noqa: PLR0913, PLR0917 - what both lists have in common
    info: Info,
    plan: str,
    found: ChangeSet,
    filter: ChangeFilter,
    figures: Figures,
    first: int,
    after: str | None,
) -> ChangeConnection:
    info.context.grounds.note(final=found.start.final and found.end.final)
    entries = Entries(info.context.ledger)
    # Whoever asks for all, page by page, is not asked for each change on every page.
    wanted = None if filter == ChangeFilter() else _Wanted(found, filter)
    shows = shown_of(figures, *zip((found.start, found.end), found.states, strict=True))
    fields = cut(
        found.changes,
        lambda change: _cursor(change, steps=found.steps),
        first,
        after,
        wanted=wanted,
        shown=lambda change: shown(plan, change, found.known, entries, shows),
    )
    counted = Counter(change.what for change in filtered(found.changes, wanted))
    corrections = sum(counted[what] for what in CORRECTIONS)
    totals = ChangeTotals(
        changes=counted.total() - corrections,
        corrections=corrections,
        counts=[
            ChangeCount(what=what, count=counted[what]) for what in ChangeClass if counted[what]
        ],
    )
    return ChangeConnection(
        **fields,
        from_=cast("Basis", found.start),
        to=cast("Basis", found.end),
        totals=totals,
    )


class _Wanted:
    """Which changes a filter lets through."""

    def __init__(self, found: ChangeSet, filter: ChangeFilter) -> None:
        self._known = found.known
        self._filter = filter
        self._under = {
            _found(found.known, name, find)
            for name, find in ((filter.area, find_area), (filter.item, find_any))
            if name is not None and found.known is not None
        }
        if filter.kpi is not None and found.known is not None:
            _check_kpi(found.known, filter.kpi)

    def __call__(self, change: Difference) -> bool:
        wanted = self._filter
        return (
            (wanted.kpi is None or (change.kind, change.id) == (Kind.KPI, wanted.kpi))
            and (wanted.kinds is None or change.kind in wanted.kinds)
            and (wanted.tracks is None or change.track in wanted.tracks)
            and (wanted.what is None or change.what in wanted.what)
            and wanted.corrections in {None, change.what in CORRECTIONS}
            and (
                not self._under or self._under <= items_above(self._known, (change.kind, change.id))
            )
        )


def _found(known: Plan, name: str, find: Callable[[Plan, str], Item | None]) -> str:
    item = find(known, name)
    if item is None:
        raise declined("UNKNOWN_ITEM", f"There is no {name[:80]!r} in {known.ref}.")
    return item.id


def _check_kpi(known: Plan, name: str) -> None:
    if name not in known.kpis:
        raise declined(
            "UNKNOWN_ITEM",
            f"There is no KPI {name[:80]!r} in {known.ref}. Ask for the plan's KPIs.",
        )


def _cursor(change: Difference, *, steps: bool) -> str:
    """Tell a change from the others of its list, wherever in it the change comes to stand."""
    name = change.id if isinstance(change.id, str) else "/".join(change.id)
    track = change.track.value if change.track else ""
    days = "/".join(day.isoformat() for day in change.span or ())
    way = "corrected" if change.what in CORRECTIONS else "late" if change.late else "changed"
    entries = ".".join(map(str, change.causes)) if steps else ""
    return f"{way}:{entries}:{change.kind.value}:{name}:{track}:{days}"
