"""What is overdue and what falls due soon."""

from datetime import date, timedelta

from planledger.domain.delivery import Delivery
from planledger.events.dates import PartialDate
from planledger.events.target_dates import OneOff, Recurring
from planledger.projections.findings.matter import (
    Finding,
    Matter,
    NamedItem,
    Placed,
    is_reached,
    name_action,
)
from planledger.projections.timing import outstanding
from planledger.projections.view import PartyView, RatingView

HORIZON = timedelta(days=31)
"""How far ahead one looks for what falls due, unless told."""


class DueItem(Finding, frozen=True, kw_only=True, gc=False):
    """A milestone, or one time of a recurring one, that is overdue or falls due."""

    milestone: NamedItem
    action: NamedItem
    occurrence: PartialDate | None
    """Which time of a recurring milestone."""
    due_by: date
    days_overdue: int
    """Days since its last day; 0 where that has not passed."""
    leads: tuple[PartyView, ...]
    leads_inherited: bool
    lead_to_be_confirmed: str | None
    delivery: Delivery
    agreed: bool
    rating: RatingView | None


def due(matter: Matter, until: date | None = None) -> tuple[DueItem, ...]:
    """List what is overdue or due by a day (inclusive), the longest overdue first.

    Left out, that day is 31 days on. What a claim stands for is not listed, nor what is withdrawn
    or stands under a placeholder that is resolved.
    """
    last = until if until is not None else matter.on + HORIZON
    found = [item for placed in matter.open for item in _due(placed, matter.on, last)]
    return tuple(sorted(found, key=lambda item: item.due_by))


def _due(placed: Placed, on: date, last: date) -> list[DueItem]:
    state = placed.state
    times: list[tuple[PartialDate | None, date]] = []
    match state.target_date:
        case OneOff(date=partial):
            if not is_reached(placed.milestone) and partial.latest <= last:
                times.append((None, partial.latest))
        case Recurring() as target:
            times = [(time, time.latest) for time in outstanding(target, state.completions, last)]
        case _:
            pass
    milestone = placed.milestone
    return [
        DueItem(
            milestone=placed.named,
            action=name_action(placed.action),
            occurrence=time,
            due_by=due_by,
            days_overdue=max(0, (on - due_by).days),
            leads=milestone.leads,
            leads_inherited=milestone.leads_inherited,
            lead_to_be_confirmed=milestone.lead_to_be_confirmed,
            delivery=milestone.delivery,
            agreed=milestone.agreed_on is not None,
            rating=milestone.rating,
        )
        for time, due_by in times
    ]
