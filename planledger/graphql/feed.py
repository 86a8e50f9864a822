"""The feed: the entries themselves, in the order they were recorded."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated

import strawberry

from planledger.events.envelope import Entry
from planledger.graphql.connection import MOST, Connection, First, bounded, glimpse
from planledger.graphql.context import Info
from planledger.graphql.errors import declined
from planledger.graphql.event import EventType, PlanEvent
from planledger.graphql.point import answering
from planledger.graphql.scalars import PlanRef, Position
from planledger.ledger import Ledger
from planledger.projections.changes.shapes import Kind

_FEED = 1_000
"""Entries read at a time while looking for those that are wanted."""

AnArea = Annotated[
    str | None,
    strawberry.argument(
        description="Only entries about this area of the plan or anything under it: its ref, "
        "number or id. Needs `plan`."
    ),
]
AThing = Annotated[
    str | None,
    strawberry.argument(
        description="Only entries about this item of the plan or anything under it: its ref or "
        "id. It may also be another thing of the plan, such as a KPI by its short name. Needs "
        "`plan`."
    ),
]


def entries(  # noqa: PLR0913, PLR0917 - the arguments of the field
    info: Info,
    after: Annotated[
        Position | None,
        strawberry.argument(description="Only entries after this position; left out, all."),
    ] = None,
    plan: Annotated[PlanRef | None, strawberry.argument(description="Only this plan's.")] = None,
    types: Annotated[
        list[EventType] | None, strawberry.argument(description="Only these; left out, all.")
    ] = None,
    area: AnArea = None,
    item: AThing = None,
    author: Annotated[
        strawberry.ID | None,
        strawberry.argument(description="Only entries by this account; see `Author.account`."),
    ] = None,
    newest_first: Annotated[  # noqa: FBT002 - an argument of the field
        bool,
        strawberry.argument(
            description="From the last entry backwards; `after` then gives only entries before it. "
            "Needs `plan`."
        ),
    ] = False,
    first: First = MOST,
) -> Connection[PlanEvent]:
    """Give entries in the order they were recorded, or the other way round."""
    ledger = info.context.ledger
    wanted = _wanted(types, author)
    about = _about(ledger, plan, area, item)
    limit = bounded(first) + 1
    if newest_first:
        return _backwards(info, plan, about, wanted, first, after)
    found = _first_wanted(_read(ledger, after or 0, plan, about), wanted, limit)
    # A full page stays as it is. What is about an area or an item may be told otherwise later.
    info.context.grounds.note(final=about is None and len(found) >= limit)
    look_back = partial(_begins_by, ledger, after or 0, plan, about, wanted)
    return glimpse(found, lambda entry: str(entry.position), first, look_back)


def _backwards(  # noqa: PLR0913, PLR0917 - as the field has them
    info: Info,
    plan: str | None,
    about: list[int] | None,
    wanted: Callable[[Entry], bool] | None,
    first: int,
    after: int | None,
) -> Connection[PlanEvent]:
    """Give a plan's entries from the last one backwards, or from before a position."""
    ledger = info.context.ledger
    if plan is None:
        raise declined("PLAN_REQUIRED", "Only a plan's entries come newest first. Say which plan.")
    if about is None:
        about = [fact.position for fact in ledger.record(plan).facts]
    newest = about[::-1]
    before = [position for position in newest if after is None or position < after]
    limit = bounded(first) + 1
    size = limit if wanted is None else _FEED
    found = _first_wanted(_read_at(ledger, before, size), wanted, limit)
    info.context.grounds.note(final=False)
    newer = newest[: len(newest) - len(before)]
    look_back = lambda: bool(_first_wanted(_read_at(ledger, newer, size), wanted, 1))  # noqa: E731
    return glimpse(found, lambda entry: str(entry.position), first, look_back)


def _first_wanted(
    read: Iterator[list[Entry]], wanted: Callable[[Entry], bool] | None, limit: int
) -> list[Entry]:
    """Give what is wanted of what is read; reads no more once there are so many."""
    found: list[Entry] = []
    for more in read:
        found.extend(entry for entry in more if wanted is None or wanted(entry))
        if len(found) >= limit:
            break
    return found


def _read(
    ledger: Ledger, after: int, plan: str | None, about: list[int] | None
) -> Iterator[list[Entry]]:
    """Read entries after a position, some at a time; where it is said about what, only those."""
    if about is not None:
        left = [position for position in about if position > after]
        yield from _read_at(ledger, left, _FEED)
        return
    more = list(ledger.events(after=after, plan=plan, limit=_FEED))
    yield more
    while len(more) == _FEED:
        more = list(ledger.events(after=more[-1].position, plan=plan, limit=_FEED))
        yield more


def _read_at(ledger: Ledger, positions: list[int], size: int) -> Iterator[list[Entry]]:
    """Read entries at positions, in that order, so many at a time."""
    for start in range(0, len(positions), size):
        some = positions[start : start + size]
        read = ledger.entries_at(some)
        yield [read[position] for position in some if position in read]


def _begins_by(
    ledger: Ledger,
    position: int,
    plan: str | None,
    about: list[int] | None,
    wanted: Callable[[Entry], bool] | None,
) -> bool:
    """Tell whether the first entry that is wanted lies at a position or before it."""
    if wanted is None and about is not None:
        return any(each <= position for each in about)
    if wanted is None:
        first = ledger.events(after=0, plan=plan, limit=1)
        return bool(first) and first[0].position <= position
    for more in _read(ledger, 0, plan, about) if position else ():
        if any(entry.position <= position and wanted(entry) for entry in more):
            return True
        if more and more[-1].position >= position:
            break
    return False


def _wanted(types: list[EventType] | None, author: str | None) -> Callable[[Entry], bool] | None:
    """Give what tells the entries that are asked for from others; None for any."""
    if types is None and author is None:
        return None
    kinds = None if types is None else frozenset(kind.value for kind in types)
    return lambda entry: (
        (kinds is None or type(entry.event) in kinds) and author in {None, entry.envelope.author.id}
    )


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
