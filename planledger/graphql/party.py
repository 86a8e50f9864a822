"""Parties, and the mutations that register, rename and alias them."""

from typing import Annotated, Any

import strawberry

from planledger.domain.commands import AliasParty, RegisterParty, RenameParty
from planledger.events.values import PartyKind, Personal
from planledger.graphql.about import living
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import (
    CommandInput,
    Conflict,
    Recorded,
    Refused,
    record,
    stated,
)
from planledger.projections.view import PlanView


@strawberry.type(description="A person, post, body, organisation or collective.")
class Party(Node):
    party: str = strawberry.field(
        name="ref", description="Its id within the plan; what commands accept."
    )
    kind: PartyKind = described("What it is.")
    name: Personal = described("Its name at this point.")
    aliases: list[Personal] = described("Other spellings and former names.", about=1)


@strawberry.type(description="A change to a party was recorded, or was so already.")
class PartyRecorded(Recorded):
    party: Party | None = described("The party afterwards.")


PartyResult = Annotated[
    PartyRecorded | Refused | Conflict,
    strawberry.union("PartyResult", description="What came of a command about a party."),
]


@strawberry.input(description="Make a party known to the plan.")
class PartyRegisterInput(CommandInput):
    kind: PartyKind = described("What it is.")
    name: Personal = described("Its name.")

    def command(self) -> RegisterParty:
        """Give what it asks."""
        return RegisterParty(**stated(self), kind=self.kind, name=self.name)


@strawberry.input(description="Give a party another name; it stays the same party.")
class PartyRenameInput(CommandInput):
    party: str = described("The party's id within the plan.")
    name: Personal = described("The name from then on.")

    def command(self) -> RenameParty:
        """Give what it asks."""
        return RenameParty(**stated(self), party=self.party, name=self.name)


@strawberry.input(description="Record another spelling of a party's name.")
class PartyAliasInput(CommandInput):
    party: str = described("The party's id within the plan.")
    alias: Personal = described("The other spelling.")

    def command(self) -> AliasParty:
        """Give what it asks."""
        return AliasParty(**stated(self), party=self.party, alias=self.alias)


def party_register(info: Info, input: PartyRegisterInput) -> PartyResult:
    """Register a party."""

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        return living(p for p in plan.parties if (p.kind, p.name) == (input.kind, input.name))

    return record(info, input, PartyRecorded, "party", same)


def party_rename(info: Info, input: PartyRenameInput) -> PartyResult:
    """Rename a party."""
    return record(info, input, PartyRecorded, "party", input.party)


def party_alias(info: Info, input: PartyAliasInput) -> PartyResult:
    """Alias a party."""
    return record(info, input, PartyRecorded, "party", input.party)
