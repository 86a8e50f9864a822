"""What a decision yields."""

from datetime import date

from msgspec import Struct

from planledger.events.catalogue import PlanEvent
from planledger.events.values import Source


class Decided(Struct, frozen=True, kw_only=True):
    """An event to record, with the place in a document it was read from, if it was."""

    event: PlanEvent
    source: Source | None = None
    effective_on: date | None = None
    """Its effective day, where it is not the command's."""
