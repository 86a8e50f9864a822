"""What every command states, and what the ledger stamps on it."""

from datetime import date

from msgspec import Struct

from planledger.events.values import Author, Authority, Personal


class Stamp(Struct, frozen=True, kw_only=True):
    """What the ledger puts on a command: who asks, on which civil day, under which id."""

    author: Author
    today: date
    command_id: str
    correlation_id: str | None = None
    place: int = 0
    """Its place among the commands that are recorded together, from 0."""


class Command(Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What every command states. The class name is part of a receipt's digest.

    What is left out is no part of it, so that a field with a default, added later, leaves the
    digest of a command that does not state it as it was.
    """

    plan: str
    """The plan's ref, such as "plymouth-2015"."""
    effective_on: date | None = None
    """The civil day it is true in the world; left out means the day of recording."""
    reason: Personal | None = None
    authority: Authority | None = None
