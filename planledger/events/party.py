"""What happens to parties and to who leads what. Names are the storage format."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, ItemId, PartyId
from planledger.events.values import PartyKind, Personal


class PartyRegistered(Event, frozen=True, kw_only=True, gc=False, tag="party-registered.v1"):
    """A person, post, body, organisation or collective became known to the plan."""

    party: PartyId
    kind: Annotated[PartyKind, Meta(description="What the party is.")]
    name: Annotated[Personal, Meta(description="Its name as printed.")]


class PartyRenamed(Event, frozen=True, kw_only=True, gc=False, tag="party-renamed.v1"):
    """A party goes by another name; it is the same party."""

    party: PartyId
    name: Annotated[Personal, Meta(description="The name from then on.")]


class PartyAliased(Event, frozen=True, kw_only=True, gc=False, tag="party-aliased.v1"):
    """Another spelling was taken to mean the same party."""

    party: PartyId
    alias: Annotated[Personal, Meta(description="The other spelling as printed.")]


class LeadAssigned(Event, frozen=True, kw_only=True, gc=False, tag="lead-assigned.v1"):
    """A party became a lead of an action or a milestone, beside any it already has."""

    item: ItemId
    party: PartyId


class LeadReassigned(Event, frozen=True, kw_only=True, gc=False, tag="lead-reassigned.v1"):
    """The leads of an action or a milestone were replaced; nobody in `to` leaves it vacant."""

    item: ItemId
    from_parties: Annotated[tuple[str, ...], Meta(description="Ids of the leads until then.")]
    to_parties: Annotated[tuple[str, ...], Meta(description="Ids of the leads from then on.")]
