"""Milestones, and the mutations that propose and agree them."""

from datetime import date
from typing import Annotated, Any

import strawberry

from planledger.domain.commands import AgreeMilestone, ProposeMilestone
from planledger.domain.delivery import Delivery
from planledger.events.values import Definition, Personal
from planledger.graphql.about import find, living
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.delivery import Completion
from planledger.graphql.item import Item
from planledger.graphql.party import Party
from planledger.graphql.recording import (
    CommandInput,
    Conflict,
    Recorded,
    Refused,
    record,
    stated,
)
from planledger.graphql.scalars import EdtfDate
from planledger.graphql.target_date import TargetDate
from planledger.projections.timing import SlippageUnit, Timeliness
from planledger.projections.view import PlanView


@strawberry.type(description="How much later than promised before. Calculated by planledger.")
class Slippage:
    amount: int = described("How many days or months; negative is earlier.")
    unit: SlippageUnit = described("What it is counted in.")
    label: str = described('In words, such as "2 months later".')


@strawberry.type(description='One promised step of an action. Its ref is "1.4/2".')
class Milestone(Item):
    ordinal: int = described("Its place among the action's milestones, from 1.")
    text: str = described("Its wording.")
    definition: Definition = described("How far it is defined.")
    agreed_on: date | None = described("The civil day it was agreed; null while only proposed.")
    target_date: TargetDate = described("When it is due, as far as the plan says.")
    original_target_date: TargetDate | None = described("The first date set; it never changes.")
    due_by: date | None = described(
        "The last day in time; for a recurring one, of the first time not claimed to be reached."
    )
    timeliness: Timeliness | None = described("On the effective day; null once withdrawn.")
    slippage: Slippage | None = described("Against the original date; null where it has not moved.")
    shares_date_with: list[str] = described(
        "Refs of other milestones that the one printed date governs.", about=1
    )
    leads: list[Party] = described("Who leads it; empty where nobody does.", about=2)
    leads_inherited: bool = described("The leads are the action's, as it has none of its own.")
    lead_to_be_confirmed: str | None = described(
        "What its action has there, as long as its leads are the action's."
    )
    delivery: Delivery = described("How far it has been delivered, whatever its date.")
    forecast: EdtfDate | None = described(
        "When its lead last expected it to be done. Says nothing of when it is due."
    )
    narrative: Personal | None = described("What the last report of progress said of it.")
    progress_on: date | None = described("The civil day of the last report of progress.")
    completions: list[Completion] = described(
        "Every claim that it is reached, the oldest first; also those refused or taken back.",
        about=2,
    )
    depends_on: list[str] = described(
        "Refs of what it, or its action, cannot be done before.", about=1
    )


@strawberry.type(description="A change to a milestone was recorded, or was so already.")
class MilestoneRecorded(Recorded):
    milestone: Milestone | None = described("The milestone afterwards.")


MilestoneResult = Annotated[
    MilestoneRecorded | Refused | Conflict,
    strawberry.union("MilestoneResult", description="What came of a command about a milestone."),
]


@strawberry.input(description="Put a milestone forward at the end of an action's.")
class MilestoneProposeInput(CommandInput):
    action: str = described("The action's ref or id.")
    text: str = described("What is to be reached.")

    def command(self) -> ProposeMilestone:
        """Give what it asks."""
        return ProposeMilestone(**stated(self), action=self.action, text=self.text)


@strawberry.input(description="Agree a proposed milestone. Needs authority.")
class MilestoneAgreeInput(CommandInput):
    milestone: str = described("The milestone's ref or id.")

    def command(self) -> AgreeMilestone:
        """Give what it asks."""
        return AgreeMilestone(**stated(self), milestone=self.milestone)


def milestone_propose(info: Info, input: MilestoneProposeInput) -> MilestoneResult:
    """Propose a milestone."""

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        action = find(plan, "action", input.action)
        return living(m for m in action.milestones if m.text == input.text) if action else None

    return record(info, input, MilestoneRecorded, "milestone", same)


def milestone_agree(info: Info, input: MilestoneAgreeInput) -> MilestoneResult:
    """Agree a milestone."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)
