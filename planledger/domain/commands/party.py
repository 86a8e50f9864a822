"""Commands about parties and leads."""

from planledger.domain.commands.base import Command
from planledger.events.values import PartyKind, Personal


class RegisterParty(Command, frozen=True, kw_only=True):
    """Make a person, post, body, organisation or collective known to the plan."""

    kind: PartyKind
    name: Personal


class RenameParty(Command, frozen=True, kw_only=True):
    """Give a party another name; it stays the same party."""

    party: str
    name: Personal


class AliasParty(Command, frozen=True, kw_only=True):
    """Record another spelling of a party's name."""

    party: str
    alias: Personal


class AssignLead(Command, frozen=True, kw_only=True):
    """Make a party lead an action or a milestone; `jointly` beside those who lead already."""

    item: str
    party: str
    jointly: bool = False


class ReassignLead(Command, frozen=True, kw_only=True):
    """Replace the leads of an action or a milestone; nobody in `to_parties` leaves it vacant."""

    item: str
    from_parties: tuple[str, ...]
    to_parties: tuple[str, ...]
