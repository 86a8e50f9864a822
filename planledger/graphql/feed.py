"""The feed: the entries themselves, in the order they were recorded."""

from collections.abc import Iterator
from typing import Annotated

import strawberry

from planledger.events.envelope import Entry
from planledger.graphql.connection import MOST, Connection, First, bounded, page
from planledger.graphql.context import Info
from planledger.graphql.errors import declined
from planledger.graphql.event import EventType, PlanEvent
from planledger.graphql.point import answering
from planledger.graphql.scalars import Position
from planledger.ledger import Ledger
from planledger.projections.changes.shapes import Kind

_FEED = 1_000
"""Entries read at a time while looking for those that are wanted."""


def entries(  # noqa: PLR0913, PLR0917 - the arguments of the field
    info: Info,
    after: Annotated[
        Position | None,
        strawberry.argument(description="Only entries after this position; left out, all."),
    ] = None,
    plan: Annotated[str | None, strawberry.argument(description="Only this plan's.")] = None,
    types: Annotated[
        list[EventType] | None, strawberry.argument(description="Only these; left out, all.")
    ] = None,
    area: Annotated[
        str | None,
        strawberry.argument(
            description="Only entries about this area of the plan or anything under it: its ref, "
            "number or id. Needs `plan`."
        ),
    ] = None,
    item: Annotated[
        str | None,
        strawberry.argument(
            description="Only entries about this item of the plan or anything under it: its ref or "
            "id. It may also be another thing of the plan, such as a KPI by its short name. Needs "
            "`plan`."
        ),
    ] = None,
    first: First = MOST,
) -> Connection[PlanEvent]:
    """Give entries in the order they were recorded."""
    ledger = info.context.ledger
    wanted = None if types is None else frozenset(kind.value for kind in types)
    found: list[Entry] = []
    limit = bounded(first) + 1
    for more in _read(ledger, after or 0, plan, _about(ledger, plan, area, item)):
        found.extend(e for e in more if wanted is None or type(e.event) in wanted)
        if len(found) >= limit:
            break
    return page(found, lambda entry: str(entry.position), first, None)


def _read(
    ledger: Ledger, after: int, plan: str | None, about: list[int] | None
) -> Iterator[list[Entry]]:
    """Read entries after a position, some at a time; where it is said about what, only those."""
    if about is not None:
        left = [position for position in about if position > after]
        for start in range(0, len(left), _FEED):
            read = ledger.entries_at(left[start : start + _FEED])
            yield [read[position] for position in sorted(read)]
        return
    more = list(ledger.events(after=after, plan=plan, limit=_FEED))
    yield more
    while len(more) == _FEED:
        more = list(ledger.events(after=more[-1].position, plan=plan, limit=_FEED))
        yield more


def _about(
    ledger: Ledger, plan: str | None, area: str | None, item: str | None
) -> list[int] | None:
    """Give the positions of the entries that are about an area and an item; None for any."""
    if area is None and item is None:
        return None
    if plan is None:
        raise declined("PLAN_REQUIRED", "Areas and items are a plan's own. Say which plan.")
    found: set[int] | None = None
    for name, kind in ((area, Kind.AREA), (item, None)):
        if name is not None:
            with answering():
                history = ledger.item_history(plan, name, inside=True)
            if kind not in {None, history.kind}:
                raise declined("UNKNOWN_ITEM", f"There is no area {name[:80]!r} in {plan}.")
            positions = {entry.position for entry in history.entries}
            found = positions if found is None else found & positions
    return sorted(found or ())
