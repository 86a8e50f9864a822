"""Whether everything asked for has an action, and every action an owner and a period.

The inspector's question: does each recommendation have an action with an owner and a period?
"""

from planledger.projections.findings.matter import (
    Finding,
    Matter,
    NamedItem,
    PlacedAction,
    name_area,
)
from planledger.projections.view import OngoingView


class AreaCoverage(Finding, frozen=True, kw_only=True, gc=False):
    """How far an area is covered."""

    area: NamedItem
    actions: int
    """Actions in the plan, placeholders that are resolved left out."""
    placeholders: tuple[NamedItem, ...]
    """Those that promise something not yet defined."""
    without_owner: tuple[NamedItem, ...]
    """Actions that nobody leads, neither the action nor all of its milestones."""
    without_period: tuple[NamedItem, ...]
    """Actions of which no milestone has a date, or is ongoing."""
    is_covered: bool
    """Whether there is an action, and none of the above."""


def coverage(matter: Matter) -> tuple[AreaCoverage, ...]:
    """Say of every area in the plan how far it is covered, in the order of the plan."""
    return tuple(
        _coverage(
            name_area(area),
            [
                action
                for action in matter.live_actions
                if action.area is area and not action.is_resolved
            ],
        )
        for area in matter.view.areas
        if area.withdrawn is None
    )


def _coverage(area: NamedItem, actions: list[PlacedAction]) -> AreaCoverage:
    placeholders = tuple(action.named for action in actions if action.action.placeholder)
    without_owner = tuple(action.named for action in actions if not _has_owner(action))
    without_period = tuple(action.named for action in actions if not _has_period(action))
    return AreaCoverage(
        area=area,
        actions=len(actions),
        placeholders=placeholders,
        without_owner=without_owner,
        without_period=without_period,
        is_covered=bool(actions) and not (placeholders or without_owner or without_period),
    )


def _has_owner(action: PlacedAction) -> bool:
    live = action.live
    return bool(action.action.leads) or (
        bool(live) and all(placed.milestone.leads for placed in live)
    )


def _has_period(action: PlacedAction) -> bool:
    return any(
        placed.milestone.due_by is not None or isinstance(placed.milestone.target_date, OngoingView)
        for placed in action.live
    )
