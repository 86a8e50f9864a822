"""Commands about the record itself. They change no plan; they put right what was recorded of it."""

from planledger.domain.commands.base import Command
from planledger.events.world import WorldEvent


class CorrectEntry(Command, frozen=True, kw_only=True):
    """Have an entry say what it should have said, for a reason.

    `effective_on` left out is the day of the entry that was wrong.
    """

    entry: int
    """Position of the entry."""
    event: WorldEvent
    """What it should have said, whole: an event of the same type about the same thing."""


class VoidEntry(Command, frozen=True, kw_only=True):
    """Say, for a reason, that what an entry says never happened.

    Refused where entries that stand depend on it. A correction or a void can itself be voided,
    unless what comes back by that could not be recorded beside what was recorded since.
    """

    entry: int
    """Position of the entry."""
