"""What is recorded with every event. Names are the storage format; see `events.base`."""

from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from planledger.events.catalogue import PlanEvent
from planledger.events.values import Author, Authority, Personal, Source

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Happening(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """All that a fold needs of an entry: what happened, from which day on, where it is printed.

    Read alone, it passes over the rest of the stored bytes, which makes folds fast and plans
    small in memory. A new field of `Envelope` that folds must heed is a new storage format.
    """

    event: PlanEvent
    effective_on: date
    """The civil day (Europe/London) on which it is true in the world."""
    source: Source | None = None


class Envelope(
    Happening,
    frozen=True,
    kw_only=True,
    gc=False,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """An event with who, when in the world, why and by what right: the stored bytes hold this.

    What was not stated is left out of the bytes; that is the only use of defaults in storage.
    """

    author: Author
    command_id: str
    """The command that recorded it; all entries of one command are one commit."""
    correlation_id: str | None = None
    """Set by a caller to follow one piece of work across commands."""
    reason: Personal | None = None
    authority: Authority | None = None


class Fact(Struct, frozen=True, gc=False):
    """A happening in its place in the ledger: what plans are folded from."""

    position: int
    """Place in the whole ledger: 1, 2, 3 … without gaps."""
    recorded_us: int
    """When the ledger learned it: microseconds since 1970-01-01 UTC, one value a commit."""
    plan: str
    version: int
    """Place in the plan's own stream: 1, 2, 3 … without gaps."""
    envelope: Happening

    @property
    def event(self) -> PlanEvent:
        """What happened."""
        return self.envelope.event

    @property
    def effective_on(self) -> date:
        """The civil day on which it is true in the world."""
        return self.envelope.effective_on

    @property
    def recorded_at(self) -> datetime:
        """When the ledger learned it, UTC."""
        return instant(self.recorded_us)

    @property
    def learned_at(self) -> int:
        """Position of the entry that has it say what it says: its own, or its last correction's."""
        return self.position


class AmendedFact(Fact, frozen=True, gc=False):
    """A fact as a later correction has it say, in the place of the fact that was wrong."""

    amended_by: int
    """Position of the correction."""

    @property
    def learned_at(self) -> int:
        """Position of the correction."""
        return self.amended_by


class Entry(Fact, frozen=True, gc=False):
    """An entry of the ledger, whole: a fact with who recorded it, why and by what right."""

    envelope: Envelope


def instant(microseconds: int) -> datetime:
    """Turn microseconds since 1970-01-01 UTC into a moment, exactly."""
    return EPOCH + timedelta(microseconds=microseconds)


def microseconds(moment: datetime) -> int:
    """Turn a moment with an offset into microseconds since 1970-01-01 UTC, exactly."""
    return (moment - EPOCH) // timedelta(microseconds=1)
