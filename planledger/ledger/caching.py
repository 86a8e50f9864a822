"""The cache as a whole: every snapshot held against the entries it is of, or all made anew."""

from datetime import date
from enum import Enum

from msgspec import Struct

from planledger.ledger.loading import Histories
from planledger.ledger.snapshots import Sizes, Snapshots, tail_of
from planledger.projections.history import History
from planledger.projections.snapshots import Opening, UnusableSnapshotError
from planledger.storage.cache import Cache
from planledger.storage.port import EntryStore

DAYS = 8
"""A snapshot is compared on so many days, from the first it can answer for to the last."""


class Condition(Enum):
    """How a snapshot was found."""

    FRESH = "fresh"
    """It has all of the plan's entries."""
    BEHIND = "behind"
    """There are entries after it; they are read when the plan is opened."""
    MISSING = "missing"
    """There is none; it is made when it is worth it."""
    STALE = "stale"
    """It is of another ledger, plan or version of planledger; it is made anew."""
    DAMAGED = "damaged"
    """Its bytes are not those that were kept; it is made anew."""
    WRONG = "wrong"
    """It is read, and the plan in it is another than the entries make. It must be made anew."""


class CheckedSnapshot(Struct, frozen=True, kw_only=True, gc=False):
    """What was found of one plan's snapshot."""

    plan: str
    condition: Condition
    behind: int
    """How many of the plan's entries it does not have; 0 where it cannot be told."""
    problem: str | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; what is missing or behind is not wrong."""
        return self.condition in {Condition.FRESH, Condition.BEHIND, Condition.MISSING}


def check(store: EntryStore, cache: Cache, plan: str) -> CheckedSnapshot:
    """Hold the snapshot of a plan against the plan folded from all its entries.

    At the head, or where entries after it need the whole plan read, at the snapshot's own last
    entry; there on several days. Raises UnreadableEntryError, CacheError and StoreError.
    """
    try:
        snapshot = Snapshots(store, cache).find(plan)
        if snapshot is None:
            return CheckedSnapshot(plan=plan, condition=Condition.MISSING, behind=0)
        opening = Opening(snapshot)
    except UnusableSnapshotError as error:
        condition = Condition.DAMAGED if error.damaged else Condition.STALE
        return CheckedSnapshot(plan=plan, condition=condition, behind=0, problem=str(error))
    history = Histories(store).of(plan)
    tail = tail_of(history, snapshot)
    opening.extend(tail)
    problem = _difference(opening, history)
    if problem is not None:
        condition = Condition.WRONG
    else:
        condition = Condition.BEHIND if tail else Condition.FRESH
    return CheckedSnapshot(plan=plan, condition=condition, behind=len(tail), problem=problem)


def rebuild(store: EntryStore, cache: Cache, plan: str, sizes: Sizes = Sizes()) -> None:  # noqa: B008 - a frozen value
    """Make the snapshot of a plan anew from its entries, however few they are.

    Raises UnreadableEntryError, CacheError and StoreError.
    """
    Snapshots(store, cache, sizes).save(plan, Histories(store).of(plan))


def _difference(opening: Opening, history: History) -> str | None:
    """Say where an opening gives another plan than the whole history."""
    position = opening.position
    for day in (None, *_some_days(opening)):
        if opening.state(position, day) != history.state(position, day):
            on = f" on {day}" if day is not None else ""
            return f"At position {position} it gives another plan{on} than the entries do."
    return None


def _some_days(opening: Opening) -> list[date]:
    days = sorted({opening.first_day, *opening.spine.days})
    return days[:: max(1, len(days) // DAYS)]
