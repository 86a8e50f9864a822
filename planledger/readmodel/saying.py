"""What the register says of a milestone, worked out from the plan.

A row follows from a few things only: the milestone and what it stands under, who leads it, and
what reviews judged of it. As long as these are as before, so is the row.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from planledger.answers import reveal
from planledger.domain.delivery import Completion
from planledger.domain.finding import area_ref
from planledger.domain.governance import GivenRating, Review
from planledger.domain.plan import Action, Area, Milestone, Party, Withdrawal
from planledger.events.values import Definition
from planledger.projections.timing import DONE, due_by, slippage, timeliness
from planledger.projections.view import show_target_date
from planledger.readmodel.rows import BETWEEN_LEADS, Item, Lead, Progress, Row, Target


class Sources(NamedTuple):
    """All that a milestone's row follows from."""

    plan: str
    title: str
    area: Area
    action: Action
    milestone: Milestone
    leads: tuple[Party, ...]
    ratings: tuple[tuple[GivenRating, Review | None], ...]

    @property
    def withdrawn(self) -> Withdrawal | None:
        """How the milestone, or the nearest thing above it, was withdrawn, if any was."""
        return self.milestone.withdrawn or self.action.withdrawn or self.area.withdrawn


def say(of: Sources) -> Row:
    """Say what the register says of a milestone."""
    led_by = tuple(Lead(party.id, reveal(party.name), party.kind.value) for party in of.leads)
    return Row(_item(of), _target(of), _progress(of, led_by), led_by)


def _item(of: Sources) -> Item:
    area, action, milestone, gone = of.area, of.action, of.milestone, of.withdrawn
    ref = f"{action.ref}/{milestone.ordinal}"
    stated = milestone.definition is Definition.STATED
    return Item(
        plan=of.plan,
        plan_title=of.title,
        area=area_ref(area),
        area_number=area.number,
        area_title=area.title,
        action=action.ref,
        action_text=action.text,
        milestone=milestone.id,
        ref=ref,
        sort_key=f"{area.ordinal:06}/{_padded(ref)}",
        text=milestone.text if stated else f"{milestone.text}: {action.text}",
        definition=milestone.definition.value,
        added_on=milestone.added_on,
        agreed_on=milestone.agreed_on,
        withdrawn=gone is not None,
        withdrawn_on=gone.on if gone else None,
    )


def _target(of: Sources) -> Target:
    target, claims = of.milestone.target_date, of.milestone.completions
    original = of.milestone.original
    shown = show_target_date(target)
    moved = slippage(original, target)
    due = None if of.withdrawn else due_by(target, claims)
    # Whether it is done does not depend on the day; everything else of its timeliness does.
    stands = None if due is None else timeliness(target, claims, due)
    return Target(
        target_kind=str(type(target).__struct_config__.tag),
        target_date=shown.label,
        target_as_printed=shown.as_printed,
        target_earliest=shown.earliest,
        target_latest=shown.latest,
        original_latest=original.date.latest if original else None,
        slipped=moved.amount if moved else None,
        slipped_unit=moved.unit.value if moved else None,
        due_by=due,
        due_month=due.replace(day=1) if due else None,
        overdue_from=due + timedelta(days=1) if due and due != date.max else None,
        done=stands.value if stands in DONE else None,
    )


def _progress(of: Sources, led_by: Iterable[Lead]) -> Progress:
    milestone = of.milestone
    claim = _standing(milestone.completions)
    forecast = milestone.forecast
    judged = max(of.ratings, key=_judged_when, default=None)
    return Progress(
        leads=BETWEEN_LEADS.join(lead.name for lead in led_by),
        leads_inherited=milestone.leads is None,
        delivery=milestone.delivery.value,
        progress_on=milestone.progress_on,
        forecast=forecast.label if forecast else None,
        forecast_latest=forecast.latest if forecast else None,
        reported_on=claim.on if claim else None,
        achieved=claim.achieved_on.label if claim else None,
        achieved_latest=claim.achieved_on.latest if claim else None,
        signed_off_on=claim.sign_offs[-1].on if claim and claim.sign_offs else None,
        rating=judged[0].rating.value if judged else None,
        rated_at=f"{of.plan}/{judged[0].review}" if judged else None,
    )


def _standing(claims: tuple[Completion, ...]) -> Completion | None:
    return next((claim for claim in reversed(claims) if claim.stands), None)


def _judged_when(judged: tuple[GivenRating, Review | None]) -> tuple[date, int]:
    given, review = judged
    return (review.as_at if review else given.on, given.at)


def _padded(ref: str) -> str:
    return re.sub("[0-9]+", lambda digits: digits[0].zfill(6), ref)
