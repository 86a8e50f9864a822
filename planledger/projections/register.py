"""The register: the milestones of every plan as one list, to be cut by what one looks for."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from planledger.domain.delivery import Delivery
from planledger.events.values import Definition, Rating
from planledger.projections.timing import Timeliness
from planledger.projections.view import (
    ActionView,
    AreaView,
    MilestoneView,
    PartyView,
    PlanView,
    RatingView,
)


class RegisterFilter(Struct, frozen=True, kw_only=True):
    """Which milestones to list; everything stated must hold."""

    plan: str | None = None
    """Ref of the plan."""
    area: str | None = None
    """Ref or printed number of the area, in each plan."""
    action: str | None = None
    """Ref of the action, in each plan."""
    lead: str | None = None
    """Id of a party that leads it, itself or by its action; ids are a plan's own."""
    vacant: bool | None = None
    """Nobody leads it, or somebody does."""
    definition: Definition | None = None
    timeliness: frozenset[Timeliness] | None = None
    """Any of these."""
    delivery: frozenset[Delivery] | None = None
    """Any of these."""
    rating: frozenset[Rating] | None = None
    """Any of these, given at the last review that rated it."""
    agreed: bool | None = None
    due_from: date | None = None
    """Due by this day or a later one; what has no date is not listed then."""
    due_before: date | None = None
    """Due by an earlier day than this; what has no date is not listed then."""
    withdrawn: bool | None = None
    """Withdrawn, itself or with what it stands under, or not; left out, both."""
    text: str | None = None
    """Words that are all in its wording or its action's; small letters and capitals are alike."""


class RegisterRow(Struct, frozen=True, kw_only=True, gc=False):
    """One milestone of the register, with what it stands under."""

    plan: PlanView
    area: AreaView
    action: ActionView
    milestone: MilestoneView

    @property
    def text(self) -> str:
        """Its wording, or its action's where it says only "TBC"."""
        milestone = self.milestone
        is_stated = milestone.definition is Definition.STATED
        return milestone.text if is_stated else f"{milestone.text}: {self.action.text}"

    @property
    def target_date(self) -> str:
        """Its target date in words."""
        return self.milestone.target_date.label

    @property
    def due_by(self) -> date | None:
        """The last day on which it is in time."""
        return self.milestone.due_by

    @property
    def leads(self) -> tuple[PartyView, ...]:
        """Who leads it, itself or by its action."""
        return self.milestone.leads

    @property
    def timeliness(self) -> Timeliness | None:
        """How it stands to its date; None for what is withdrawn."""
        return self.milestone.timeliness

    @property
    def delivery(self) -> Delivery:
        """How far it has come."""
        return self.milestone.delivery

    @property
    def rating(self) -> RatingView | None:
        """What the last review judged of it."""
        return self.milestone.rating


def register(
    plans: Iterable[PlanView], wanted: RegisterFilter | None = None
) -> tuple[RegisterRow, ...]:
    """List the milestones that are wanted, in the order of the plans and of each plan."""
    which = wanted or RegisterFilter()
    rows = (
        RegisterRow(plan=plan, area=area, action=action, milestone=milestone)
        for plan in plans
        if which.plan in {None, plan.ref}
        for area in plan.areas
        if which.area is None or which.area in {area.ref, area.number}
        for action in area.actions
        for milestone in action.milestones
    )
    return tuple(row for row in rows if is_wanted(row, which))


def is_wanted(row: RegisterRow, wanted: RegisterFilter) -> bool:
    """Say whether a row is one of those wanted."""
    milestone = row.milestone
    return (
        wanted.plan in {None, row.plan.ref}
        and (wanted.area is None or wanted.area in {row.area.ref, row.area.number})
        and wanted.action in {None, row.action.ref}
        and (wanted.lead is None or any(lead.party == wanted.lead for lead in milestone.leads))
        and wanted.vacant in {None, not milestone.leads}
        and wanted.definition in {None, milestone.definition}
        and (wanted.timeliness is None or milestone.timeliness in wanted.timeliness)
        and (wanted.delivery is None or milestone.delivery in wanted.delivery)
        and (wanted.rating is None or _rating(milestone) in wanted.rating)
        and wanted.agreed in {None, milestone.agreed_on is not None}
        and _is_due_then(milestone, wanted)
        and wanted.withdrawn in {None, milestone.timeliness is None}
        and (wanted.text is None or _says(row, wanted.text))
    )


def _is_due_then(milestone: MilestoneView, wanted: RegisterFilter) -> bool:
    due = milestone.due_by
    return (wanted.due_from is None or (due is not None and due >= wanted.due_from)) and (
        wanted.due_before is None or (due is not None and due < wanted.due_before)
    )


def _says(row: RegisterRow, text: str) -> bool:
    said = f"{row.milestone.text}\n{row.action.text}".casefold()
    return all(word in said for word in text.casefold().split())


def _rating(milestone: MilestoneView) -> Rating | None:
    return milestone.rating.rating if milestone.rating else None
