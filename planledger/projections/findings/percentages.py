"""How much of a plan is agreed, reported complete and signed off, and out of what.

A percentage always names its denominator (design page 2.3): actions, stated milestones and all
slots give three different answers.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum

from planledger.events.values import Definition
from planledger.projections.findings.matter import (
    Finding,
    Matter,
    Placed,
    is_accepted,
    is_reached,
)
from planledger.projections.suppression import percentage
from planledger.projections.view import MilestoneView


class Denominator(Enum):
    """What a percentage is out of."""

    ACTIONS = "actions"
    STATED_MILESTONES = "stated milestones"
    MILESTONE_SLOTS = "milestone slots"


class Share(Finding, frozen=True, kw_only=True, gc=False):
    """So many out of so many."""

    count: int
    out_of: int
    percent: Decimal | None
    """To one decimal place, halves up; None out of nothing."""
    label: str
    """In words: "12 of 48 actions"."""


class Completeness(Finding, frozen=True, kw_only=True, gc=False):
    """How far everything of one kind has come. What is further has come as far as this, too."""

    out_of: Denominator
    agreed: Share
    reported_complete: Share
    """Claimed to be reached, signed off or not; of a recurring milestone, every time of it."""
    signed_off: Share
    """Claimed and accepted."""


def completeness(matter: Matter) -> tuple[Completeness, ...]:
    """Count by actions, by stated milestones and by all slots.

    What is withdrawn does not count; nor do placeholders that are resolved, with the milestones
    under them, since what took their place does. The plan's totals count these: so many fewer are
    there here. An action has come as far as all of its milestones have, and nowhere without any.
    """
    actions = [action.live for action in matter.live_actions if not action.is_resolved]
    slots = [(placed,) for placed in matter.open]
    stated = [one for one in slots if one[0].milestone.definition is Definition.STATED]
    return (
        _completeness(Denominator.ACTIONS, actions),
        _completeness(Denominator.STATED_MILESTONES, stated),
        _completeness(Denominator.MILESTONE_SLOTS, slots),
    )


def _completeness(out_of: Denominator, groups: Sequence[tuple[Placed, ...]]) -> Completeness:
    def share(has_come: Callable[[MilestoneView], bool]) -> Share:
        count = sum(
            bool(group) and all(has_come(placed.milestone) for placed in group) for group in groups
        )
        return Share(
            count=count,
            out_of=len(groups),
            percent=percentage(Decimal(count), Decimal(len(groups))),
            label=f"{count} of {len(groups)} {out_of.value}",
        )

    return Completeness(
        out_of=out_of,
        agreed=share(lambda milestone: milestone.agreed_on is not None),
        reported_complete=share(is_reached),
        signed_off=share(is_accepted),
    )
