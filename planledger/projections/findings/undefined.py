"""What the plan still leaves open: undefined, undated, to be confirmed, without a lead."""

from datetime import date

from planledger.events.dates import PartialDate
from planledger.events.values import Definition
from planledger.projections.findings.matter import (
    Finding,
    Matter,
    NamedItem,
    Placed,
    is_reached,
)
from planledger.projections.view import NotStatedView, RecurringView, ToBeConfirmedView


class Unconfirmed(Finding, frozen=True, kw_only=True, gc=False):
    """A milestone whose date is to be confirmed."""

    milestone: NamedItem
    decide_by: PartialDate | None
    """When it is to be decided, if that is known: a decision due, not a target date."""
    decider: str | None
    decision_overdue: bool
    """Whether the last day for deciding has passed."""


class Undefined(Finding, frozen=True, kw_only=True, gc=False):
    """Everything left open, each in the order of the plan.

    What is withdrawn is not in it, nor placeholders that are resolved, with what stands under them.
    """

    placeholders: tuple[NamedItem, ...]
    """Actions that promise something not yet defined."""
    milestones: tuple[NamedItem, ...]
    """Milestones that say only that something will be defined."""
    without_date: tuple[NamedItem, ...]
    """Milestones for which no date is stated, and recurring ones without a first date."""
    to_be_confirmed: tuple[Unconfirmed, ...]
    vacant_actions: tuple[NamedItem, ...]
    """Actions that nobody leads."""
    vacant_milestones: tuple[NamedItem, ...]
    """Milestones that nobody leads, by themselves or by their action."""


def undefined(matter: Matter) -> Undefined:
    """Find what is left open. What is claimed to be reached needs no date any more."""
    live = matter.open
    actions = [placed for placed in matter.live_actions if not placed.is_resolved]
    return Undefined(
        placeholders=tuple(placed.named for placed in actions if placed.action.placeholder),
        milestones=tuple(
            placed.named for placed in live if placed.milestone.definition is Definition.UNDEFINED
        ),
        without_date=tuple(placed.named for placed in live if _is_undated(placed)),
        to_be_confirmed=tuple(
            unconfirmed for placed in live for unconfirmed in _unconfirmed(placed, matter.on)
        ),
        vacant_actions=tuple(placed.named for placed in actions if not placed.action.leads),
        vacant_milestones=tuple(placed.named for placed in live if not placed.milestone.leads),
    )


def _is_undated(placed: Placed) -> bool:
    target = placed.milestone.target_date
    no_first = isinstance(target, RecurringView) and target.first is None
    return (isinstance(target, NotStatedView) or no_first) and not is_reached(placed.milestone)


def _unconfirmed(placed: Placed, on: date) -> list[Unconfirmed]:
    target = placed.milestone.target_date
    if not isinstance(target, ToBeConfirmedView) or is_reached(placed.milestone):
        return []
    return [
        Unconfirmed(
            milestone=placed.named,
            decide_by=target.decide_by,
            decider=target.decider,
            decision_overdue=target.decide_by is not None and target.decide_by.latest < on,
        )
    ]
