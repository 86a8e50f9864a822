"""Items of any kind, and the mutations on them: reword, renumber, withdraw, and who leads."""

from datetime import date
from typing import Annotated

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
from planledger.graphql.node import Node
from planledger.graphql.rating import GivenRating
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated


@strawberry.interface(description="An item of a plan.")
class Item(Node):
    ref: str = described("What people call it, and commands accept; see each kind.")
    added_on: date = described("The civil day from which it is in the plan.")
    withdrawn: Withdrawal | None = described("Set once it is no longer in the plan.")
    source: Source | None = described("Where a document states it, if one does.")
    rating: GivenRating | None = described(
        "What the last review that rated it judged; the last is the one with the latest cut-off."
    )
    ratings: list[GivenRating] = described("What every review judged, the oldest first.", about=6)
    evidence: list[Evidence] = described(
        "What was registered for it; also what was withdrawn.", about=2
    )


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

    def command(self) -> RewordItem:
        """Give what it asks."""
        return RewordItem(**stated(self), item=self.item, to=self.to, material=self.material)


@strawberry.input(description="Give an action another ref, or an area another number.")
class ItemRenumberInput(_ItemInput):
    to: str = described("The ref or number from then on.")

    def command(self) -> RenumberItem:
        """Give what it asks."""
        return RenumberItem(**stated(self), item=self.item, to=self.to)


@strawberry.input(description="Take an item out of the plan. Needs reason and authority.")
class ItemWithdrawInput(_ItemInput):
    replaced_by: list[str] = strawberry.field(
        default_factory=list, description="Refs or ids of what takes its place."
    )

    def command(self) -> WithdrawItem:
        """Give what it asks."""
        return WithdrawItem(**stated(self), item=self.item, replaced_by=tuple(self.replaced_by))


@strawberry.input(description="Make a party lead an action or a milestone.")
class LeadAssignInput(_ItemInput):
    party: str = described("The party's id within the plan.")
    jointly: bool = strawberry.field(
        default=False, description="Beside those who lead already; otherwise they are in the way."
    )

    def command(self) -> AssignLead:
        """Give what it asks."""
        return AssignLead(**stated(self), item=self.item, party=self.party, jointly=self.jointly)


@strawberry.input(
    description="Replace the leads of an action or a milestone, or leave it vacant. Needs a reason."
)
class LeadReassignInput(_ItemInput):
    from_parties: list[str] = described("Ids of the leads in place; others are refused.")
    to_parties: list[str] = described("Ids of the leads from then on; none leaves it vacant.")

    def command(self) -> ReassignLead:
        """Give what it asks."""
        return ReassignLead(
            **stated(self),
            item=self.item,
            from_parties=tuple(self.from_parties),
            to_parties=tuple(self.to_parties),
        )


def item_reword(info: Info, input: ItemRewordInput) -> ItemResult:
    """Reword an item."""
    return record(info, input, ItemRecorded, "item", input.item)


def item_renumber(info: Info, input: ItemRenumberInput) -> ItemResult:
    """Renumber an item."""
    return record(info, input, ItemRecorded, "item", input.to)


def item_withdraw(info: Info, input: ItemWithdrawInput) -> ItemResult:
    """Withdraw an item."""
    return record(info, input, ItemRecorded, "item", input.item)


def lead_assign(info: Info, input: LeadAssignInput) -> ItemResult:
    """Assign a lead."""
    return record(info, input, ItemRecorded, "item", input.item)


def lead_reassign(info: Info, input: LeadReassignInput) -> ItemResult:
    """Reassign or vacate a lead."""
    return record(info, input, ItemRecorded, "item", input.item)
