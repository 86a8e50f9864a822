"""Where what must come first is due later, has no date, or is overdue."""

from datetime import date
from enum import Enum

from planledger.domain.finding import withdrawn_above
from planledger.domain.governance import Reference
from planledger.domain.plan import find_item
from planledger.events.values import ReferenceKind
from planledger.projections.findings.matter import (
    Finding,
    Matter,
    NamedItem,
    Placed,
    is_reached,
)
from planledger.projections.timing import Timeliness
from planledger.projections.view import id_within


class ConflictKind(Enum):
    """What is wrong between two items of which one waits for the other."""

    DUE_EARLIER = "due before what it waits for"
    WAITS_WITHOUT_DATE = "waits for something with no date"
    WAITS_FOR_OVERDUE = "waits for something overdue"


class DateConflict(Finding, frozen=True, kw_only=True, gc=False):
    """One thing wrong between an item and one it depends on; a pair can have several."""

    kind: ConflictKind
    item: NamedItem
    due_by: date | None
    """The latest date under it."""
    waits_for: NamedItem
    waits_for_due_by: date | None
    """The latest date under what it waits for."""
    reference: str
    """Id of the recorded dependence, within the plan."""


def conflicts(matter: Matter) -> tuple[DateConflict, ...]:
    """List what is wrong between items that depend on each other, in the order of the plan.

    What is claimed to be reached waits for nothing, and nothing waits for it; nor for what is
    withdrawn. Actions and areas go by the milestones under them.
    """
    references = sorted(matter.plan.references.values(), key=lambda reference: reference.id)
    found = [
        conflict
        for reference in references
        if reference.kind is ReferenceKind.DEPENDS_ON
        for conflict in _between(reference, matter)
    ]
    order = matter.places.order
    return tuple(sorted(found, key=lambda conflict: order[id_within(conflict.item.id)]))


def _between(reference: Reference, matter: Matter) -> list[DateConflict]:
    item, target = matter.named(reference.item), matter.named(reference.resolved_target)
    if item is None or target is None:
        return []
    own = _under(matter, reference.item)
    first = _under(matter, reference.resolved_target)
    if own is None or first is None or _is_settled(own) or _is_settled(first):
        return []
    waiting = [placed.milestone for placed in first if not is_reached(placed.milestone)]
    due_by, target_due_by = _latest(own), _latest(first)
    earlier = due_by is not None and target_due_by is not None and due_by < target_due_by
    kinds = {
        ConflictKind.DUE_EARLIER: earlier,
        ConflictKind.WAITS_WITHOUT_DATE: not first or any(one.due_by is None for one in waiting),
        ConflictKind.WAITS_FOR_OVERDUE: any(
            one.timeliness is Timeliness.OVERDUE for one in waiting
        ),
    }
    return [
        DateConflict(
            kind=kind,
            item=item,
            due_by=due_by,
            waits_for=target,
            waits_for_due_by=target_due_by,
            reference=reference.id,
        )
        for kind, found in kinds.items()
        if found
    ]


def _under(matter: Matter, item: str | None) -> list[Placed] | None:
    """Give the milestones that an item is, or that stand under it; None where it is withdrawn."""
    found = find_item(matter.plan, item) if item is not None else None
    if found is None or withdrawn_above(matter.plan, found) is not None:
        return None
    return [
        placed
        for action in matter.live_actions
        for placed in action.live
        if found.id in {placed.state.id, action.state.id, action.state.area}
    ]


def _is_settled(milestones: list[Placed]) -> bool:
    """Say whether nothing is left of an item to wait with, or for."""
    return bool(milestones) and all(is_reached(placed.milestone) for placed in milestones)


def _latest(milestones: list[Placed]) -> date | None:
    dates = [placed.milestone.due_by for placed in milestones]
    return max((on for on in dates if on is not None), default=None)
