"""What those outside the council's own officers lead, and nobody has reported on for long."""

from collections.abc import Collection
from datetime import date

from planledger.domain.delivery import Delivery
from planledger.events.values import PartyKind
from planledger.projections.findings.matter import (
    Finding,
    Matter,
    NamedItem,
    Placed,
    is_reached,
    name_action,
)
from planledger.projections.view import PartyView

SILENCE = 90
"""Days without a report after which a milestone counts as stalled, unless told."""
PARTNERS = frozenset(PartyKind) - {PartyKind.PERSON}
"""Kinds of party that can be partners: the plan does not say who belongs to the council."""


class Stalled(Finding, frozen=True, kw_only=True, gc=False):
    """A milestone that a partner leads, with no word of it for some time."""

    milestone: NamedItem
    action: NamedItem
    leads: tuple[PartyView, ...]
    """All who lead it, of whatever kind."""
    delivery: Delivery
    last_report_on: date | None
    """The last report of progress or claim; None where there never was one."""
    since: date
    """That day, or the one on which the milestone came to be."""
    days: int
    """Since then."""
    due_by: date | None


def stalled(
    matter: Matter, days: int = SILENCE, kinds: Collection[PartyKind] = PARTNERS
) -> tuple[Stalled, ...]:
    """List milestones led by parties of some kinds with no report for so many days, or more.

    The longest silence first. What is claimed to be reached is not stalled, nor what is withdrawn
    or stands under a placeholder that is resolved.
    """
    found = [
        _stalled(placed, matter.on)
        for placed in matter.open
        if not is_reached(placed.milestone)
        and any(lead.kind in kinds for lead in placed.milestone.leads)
    ]
    long = [one for one in found if one.days >= days]
    return tuple(sorted(long, key=lambda one: -one.days))


def _stalled(placed: Placed, on: date) -> Stalled:
    milestone = placed.milestone
    reports = [claim.reported_on for claim in milestone.completions]
    reports += [milestone.progress_on] if milestone.progress_on is not None else []
    last = max(reports, default=None)
    since = last or milestone.added_on
    return Stalled(
        milestone=placed.named,
        action=name_action(placed.action),
        leads=milestone.leads,
        delivery=milestone.delivery,
        last_report_on=last,
        since=since,
        days=(on - since).days,
        due_by=milestone.due_by,
    )
