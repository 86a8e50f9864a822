"""Items of any kind, and the mutations on them: reword, renumber, withdraw, and who leads."""

from datetime import date
from typing import Annotated, Any

import strawberry

from planledger.domain.commands import (
    AssignLead,
    ReassignLead,
    RenumberItem,
    RewordItem,
    WithdrawItem,
)
from planledger.graphql.common import Source, Withdrawal, described
from planledger.graphql.context import Info
from planledger.graphql.evidence import Evidence
from planledger.graphql.rating import GivenRating
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.projections import view

_ITEMS: dict[type, str] = {
    view.AreaView: "Area",
    view.StatementView: "Statement",
    view.ActionView: "Action",
    view.MilestoneView: "Milestone",
}


@strawberry.interface(description="An item of a plan.")
class Item:
    id: strawberry.ID = described("Global id of the item at this basis.")
    ref: str = described("What people call it, and commands accept; see each kind.")
    added_on: date = described("The civil day from which it is in the plan.")
    withdrawn: Withdrawal | None = described("Set once it is no longer in the plan.")
    source: Source | None = described("Where a document states it, if one does.")
    rating: GivenRating | None = described(
        "What the last review that rated it judged; the last is the one with the latest cut-off."
    )
    ratings: list[GivenRating] = described("What every review judged, the oldest first.")
    evidence: list[Evidence] = described("What was registered for it; also what was withdrawn.")

    @classmethod
    def resolve_type(cls, shown: object, *_: Any) -> str:
        """Name the type for a view of an item."""
        return _ITEMS[type(shown)]

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        """Trust `resolve_type`: what is shown are plain objects, not instances of the type."""
        return True


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
