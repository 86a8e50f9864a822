"""What is worth a second look before it is recorded. Nothing of it stands in the way."""

from collections.abc import Iterator
from datetime import date

from planledger.domain.finding import milestone_ref
from planledger.domain.plan import Milestone, Plan
from planledger.domain.working_days import working_days_before
from planledger.events.dates import day as partial_day
from planledger.events.envelope import Envelope
from planledger.events.milestone import MilestoneSignedOff
from planledger.events.review import ReviewClosed
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)
from planledger.events.target_dates import OneOff
from planledger.projections.findings.dates import REVIEW_EVE
from planledger.projections.foreseeing import Preview


def second_look(preview: Preview, plan: Plan, today: date) -> tuple[str, ...]:
    """Say what people may want to look at again, a sentence or two each."""
    found = [said for envelope in preview.envelopes for said in _of_one(envelope, plan, today)]
    return tuple(dict.fromkeys(found))


def _of_one(envelope: Envelope, plan: Plan, today: date) -> Iterator[str]:
    on, event = envelope.effective_on, envelope.event
    yield from _of_its_day(on, plan, today)
    match event:
        case TargetDateMoved(milestone=name) | TargetDateDeferred(milestone=name):
            yield from _of_a_date(plan.milestones.get(name), plan, on, today)
            yield from _of_sharing(plan.milestones.get(name), plan)
        case TargetDateSet(milestone=name) | RecurrenceSet(milestone=name):
            yield from _of_sharing(plan.milestones.get(name), plan)
        case ReviewClosed():
            yield (
                "A review that is closed stays closed. What is recorded later does not change "
                "what it saw."
            )
        case MilestoneSignedOff(waiver=waiver) if waiver is not None:
            yield "It is accepted without evidence, which the findings list."
        case _:
            pass


def _of_its_day(on: date, plan: Plan, today: date) -> Iterator[str]:
    if on > today:
        yield f"It takes effect on {_said(on)}. Until then the plan stays as it is."
    if on >= today:
        return
    since = (today - on).days
    ago = f"{since:,} days ago" if since > 1 else "yesterday"
    told = f"It takes effect on {_said(on)}, which was {ago}."
    missed = sorted(
        (
            review
            for review in plan.reviews.values()
            if review.closed_at is not None and review.as_at >= on
        ),
        key=lambda review: (review.as_at, review.id),
    )
    if missed:
        reviews = "One review" if len(missed) == 1 else f"{len(missed):,} reviews"
        told += (
            f" {reviews} looked at the plan since then without knowing of it, the last "
            f"{missed[-1].label}. What they were told stays, and this is shown as entered late."
        )
    yield told


def _of_a_date(milestone: Milestone | None, plan: Plan, on: date, today: date) -> Iterator[str]:
    if milestone is None or not isinstance(milestone.target_date, OneOff):
        return
    was = milestone.target_date.date
    if was.latest < on:
        yield f"The date in force, {was.label}, has passed already when this takes effect."
    ahead = (review for review in plan.reviews.values() if review.closed_at is None)
    for review in sorted(ahead, key=lambda review: (review.as_at, review.id)):
        first = working_days_before(review.as_at, REVIEW_EVE)
        if any(first <= day <= review.as_at for day in (on, today)):
            yield (
                f"It comes within {REVIEW_EVE} working days before {review.label}, which looks at "
                f"the plan as at {_said(review.as_at)}."
            )


def _of_sharing(milestone: Milestone | None, plan: Plan) -> Iterator[str]:
    others = [plan.milestones.get(name) for name in milestone.shared_with] if milestone else []
    refs = ", ".join(milestone_ref(plan, other) for other in others if other is not None)
    if refs:
        yield f"One date was printed for it and {refs}. Only its own changes by this."


def _said(day: date) -> str:
    return partial_day(day).label
