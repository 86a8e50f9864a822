"""What the register should say at a point, read off the views that every other answer comes from.

It shares nothing with what fills the register but the views' own parts, so a check against it finds
what both building it and building it again would get wrong.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planledger.answers import reveal
from planledger.projections.register import RegisterRow, register
from planledger.projections.timing import Timeliness
from planledger.projections.view import MilestoneView, OneOffView, PlanView, RecurringView
from planledger.projections.view.target_date import (
    NotStatedView,
    OngoingView,
    TargetDateView,
    ToBeConfirmedView,
)
from planledger.readmodel.rows import BETWEEN_LEADS, Lead

Seen = Mapping[str, Any]
"""Columns of one milestone by name, with its timeliness and how many days it is overdue."""

_KINDS: Mapping[type[TargetDateView], str] = {
    NotStatedView: "not-stated",
    ToBeConfirmedView: "to-be-confirmed",
    OneOffView: "one-off",
    RecurringView: "recurring",
    OngoingView: "ongoing",
}


def seen_in(plans: Iterable[PlanView], on: date) -> list[tuple[Seen, tuple[Lead, ...]]]:
    """Give what the register should say of every milestone on a day, with its leads."""
    return [(_seen(row, on), _leads(row)) for row in register(plans)]


def _leads(row: RegisterRow) -> tuple[Lead, ...]:
    return tuple(Lead(lead.party, reveal(lead.name), lead.kind.value) for lead in row.leads)


def _seen(row: RegisterRow, on: date) -> Seen:
    milestone, rating = row.milestone, row.rating
    withdrawn = milestone.withdrawn or row.action.withdrawn or row.area.withdrawn
    overdue = milestone.timeliness is Timeliness.OVERDUE and milestone.due_by is not None
    return {
        "plan": row.plan.ref,
        "plan_title": row.plan.title,
        "area": row.area.ref,
        "area_number": row.area.number,
        "area_title": row.area.title,
        "action": row.action.ref,
        "action_text": row.action.text,
        # Of "Milestone:plan/id@point", where the point may be left out.
        "milestone": milestone.id.partition("/")[2].partition("@")[0],
        "ref": milestone.ref,
        "text": row.text,
        "definition": milestone.definition.value,
        "added_on": milestone.added_on,
        "agreed_on": milestone.agreed_on,
        "withdrawn": milestone.timeliness is None,
        "withdrawn_on": withdrawn.on if withdrawn else None,
        "leads": BETWEEN_LEADS.join(reveal(lead.name) for lead in row.leads),
        "leads_inherited": milestone.leads_inherited,
        "rating": rating.rating.value if rating else None,
        "rated_at": rating.review if rating else None,
        "timeliness": milestone.timeliness.value if milestone.timeliness else None,
        "days_overdue": (on - milestone.due_by).days if overdue and milestone.due_by else None,
        **_dated(milestone),
        **_delivered(milestone),
    }


def _dated(milestone: MilestoneView) -> Seen:
    target, original, moved = (
        milestone.target_date,
        milestone.original_target_date,
        milestone.slippage,
    )
    return {
        "target_kind": _KINDS[type(target)],
        "target_date": target.label,
        "target_as_printed": target.as_printed,
        "target_earliest": target.earliest,
        "target_latest": target.latest,
        "original_latest": original.latest if original else None,
        "slipped": moved.amount if moved else None,
        "slipped_unit": moved.unit.value if moved else None,
        "due_by": milestone.due_by,
    }


def _delivered(milestone: MilestoneView) -> Seen:
    forecast = milestone.forecast
    standing = [claim for claim in milestone.completions if claim.stands]
    claim = standing[-1] if standing else None
    return {
        "delivery": milestone.delivery.value,
        "progress_on": milestone.progress_on,
        "forecast": forecast.label if forecast else None,
        "forecast_latest": forecast.latest if forecast else None,
        "reported_on": claim.reported_on if claim else None,
        "achieved": claim.achieved_on.label if claim else None,
        "achieved_latest": claim.achieved_on.latest if claim else None,
        "signed_off_on": claim.sign_offs[-1].on if claim and claim.sign_offs else None,
    }
