"""The mutations that work on items of any kind: reword, renumber, withdraw, and who leads."""

from typing import Annotated

import strawberry

from planledger.domain.commands import (
    AssignLead,
    ReassignLead,
    RenumberItem,
    RewordItem,
    WithdrawItem,
)
from planledger.graphql.common import Item, described
from planledger.graphql.context import Info
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated


@strawberry.type(description="A change to an item was recorded, or was so already.")
class ItemRecorded(Recorded):
    item: Item | None = described("The item afterwards.")


ItemResult = Annotated[
    ItemRecorded | Refused | Conflict,
    strawberry.union("ItemResult", description="What came of a command about an item."),
]


@strawberry.input(description="What a command about an item states.")
class _ItemInput(CommandInput):
    item: str = described("The item's ref or id.")


@strawberry.input(description="Change an item's wording. A material change needs authority.")
class ItemRewordInput(_ItemInput):
    to: str = described("The wording from then on.")
    material: bool = described("Whether what is promised changes with the words.")


@strawberry.input(description="Give an action another ref, or an area another number.")
class ItemRenumberInput(_ItemInput):
    to: str = described("The ref or number from then on.")


@strawberry.input(description="Take an item out of the plan. Needs reason and authority.")
class ItemWithdrawInput(_ItemInput):
    replaced_by: list[str] = strawberry.field(
        default_factory=list, description="Refs or ids of what takes its place."
    )


@strawberry.input(description="Make a party lead an action or a milestone.")
class LeadAssignInput(_ItemInput):
    party: str = described("The party's id within the plan.")
    jointly: bool = strawberry.field(
        default=False, description="Beside those who lead already; otherwise they are in the way."
    )


@strawberry.input(
    description="Replace the leads of an action or a milestone, or leave it vacant. Needs a reason."
)
class LeadReassignInput(_ItemInput):
    from_parties: list[str] = described("Ids of the leads in place; others are refused.")
    to_parties: list[str] = described("Ids of the leads from then on; none leaves it vacant.")


def item_reword(info: Info, input: ItemRewordInput) -> ItemResult:
    """Reword an item."""
    command = RewordItem(**stated(input), item=input.item, to=input.to, material=input.material)
    return record(info, input, command, ItemRecorded, "item", input.item)


def item_renumber(info: Info, input: ItemRenumberInput) -> ItemResult:
    """Renumber an item."""
    command = RenumberItem(**stated(input), item=input.item, to=input.to)
    return record(info, input, command, ItemRecorded, "item", input.to)


def item_withdraw(info: Info, input: ItemWithdrawInput) -> ItemResult:
    """Withdraw an item."""
    command = WithdrawItem(**stated(input), item=input.item, replaced_by=tuple(input.replaced_by))
    return record(info, input, command, ItemRecorded, "item", input.item)


def lead_assign(info: Info, input: LeadAssignInput) -> ItemResult:
    """Assign a lead."""
    command = AssignLead(**stated(input), item=input.item, party=input.party, jointly=input.jointly)
    return record(info, input, command, ItemRecorded, "item", input.item)


def lead_reassign(info: Info, input: LeadReassignInput) -> ItemResult:
    """Reassign or vacate a lead."""
    command = ReassignLead(
        **stated(input),
        item=input.item,
        from_parties=tuple(input.from_parties),
        to_parties=tuple(input.to_parties),
    )
    return record(info, input, command, ItemRecorded, "item", input.item)
