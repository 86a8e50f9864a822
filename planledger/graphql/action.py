"""Actions, and the mutations that add them and resolve placeholders."""

from typing import Annotated

import strawberry

from planledger.domain.commands import AddAction, ResolvePlaceholder
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.item import Item
from planledger.graphql.milestone import Milestone
from planledger.graphql.party import Party
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated


@strawberry.type(description='A numbered row under an area. Its ref is as printed: "1.4".')
class Action(Item):
    text: str = described("Its wording.")
    placeholder: bool = described("It promises something that is not yet defined.")
    replaced_by: list[str] = described(
        "Once a placeholder is resolved: refs of what defines it.", about=1
    )
    former_refs: list[str] = described(
        "Refs it had before it was renumbered, the oldest first.", about=1
    )
    leads: list[Party] = described("Who leads it; empty where nobody does.", about=2)
    lead_to_be_confirmed: str | None = described(
        'What is printed in place of a lead that is still to be confirmed: "TBC". Null once '
        "somebody leads it or it was left vacant, and where nobody is awaited."
    )
    milestones: list[Milestone] = described("Its milestones, in order.", about=3)


@strawberry.type(description="A change to an action was recorded, or was so already.")
class ActionRecorded(Recorded):
    action: Action | None = described("The action afterwards.")


ActionResult = Annotated[
    ActionRecorded | Refused | Conflict,
    strawberry.union("ActionResult", description="What came of a command about an action."),
]


@strawberry.input(description="Add an action under an area.")
class ActionAddInput(CommandInput):
    area: str = described("The area's ref, number or id.")
    ref: str = described('Its reference, such as "1.5"; no other action in the plan may have it.')
    text: str = described("Its wording.")
    placeholder: bool = strawberry.field(
        default=False, description="It promises something that is not yet defined."
    )

    def command(self) -> AddAction:
        """Give what it asks."""
        return AddAction(
            **stated(self),
            area=self.area,
            ref=self.ref,
            text=self.text,
            placeholder=self.placeholder,
        )


@strawberry.input(description="Say which actions define what a placeholder promised.")
class PlaceholderResolveInput(CommandInput):
    action: str = described("The placeholder's ref or id.")
    replaced_by: list[str] = described("Refs or ids of the actions; none if it was dropped.")

    def command(self) -> ResolvePlaceholder:
        """Give what it asks."""
        return ResolvePlaceholder(
            **stated(self), action=self.action, replaced_by=tuple(self.replaced_by)
        )


def action_add(info: Info, input: ActionAddInput) -> ActionResult:
    """Add an action."""
    return record(info, input, ActionRecorded, "action", input.ref)


def placeholder_resolve(info: Info, input: PlaceholderResolveInput) -> ActionResult:
    """Resolve a placeholder."""
    return record(info, input, ActionRecorded, "action", input.action)
