"""Parties as they are shown."""

from planledger.events.values import PartyKind, Personal
from planledger.projections.view.base import View


class PartyView(View, frozen=True, kw_only=True, gc=False):
    """A party under its present name."""

    id: str
    party: str
    """What commands call it."""
    kind: PartyKind
    name: Personal
    aliases: tuple[Personal, ...]
