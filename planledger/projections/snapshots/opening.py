"""A plan opened from a snapshot: it answers for the head, and for nothing that lies before it."""

from collections.abc import Sequence
from datetime import date

from planledger.domain.plan import Plan
from planledger.domain.record import key_of
from planledger.events.envelope import Fact
from planledger.projections.history import check_follow
from planledger.projections.snapshots.snapshot import Snapshot, carries
from planledger.projections.spine import STRIDE, Spine


class Opening:
    """What a snapshot and the entries after it give. Not safe for use by two threads at once.

    Answers are those of a `History` of all the plan's entries, or there is none: ask `answers`.
    """

    def __init__(self, snapshot: Snapshot, *, stride: int = STRIDE) -> None:
        """Open the plan as the snapshot has it. Raises UnusableSnapshotError."""
        contents = snapshot.contents
        self.first_day = snapshot.until
        """The first day it can answer for."""
        self.spine = Spine(stride, contents.base)
        """What stands at the head, from the base on."""
        self.spine.grow_sorted(contents.ahead)
        self._since = snapshot.last.position
        """From this position on, the order of facts only grew at its end."""
        self.position = snapshot.last.position
        """Position of the plan's last entry."""
        self.version = snapshot.last.version
        """Version of the plan's last entry."""

    def extend(self, facts: Sequence[Fact]) -> bool:
        """Add facts that follow the last one, in ledger order, if they can be.

        Tell whether they were. Raises ValueError where a version is missing or comes twice.
        """
        check_follow(facts, self.version)
        if not carries(self.first_day, facts):
            return False
        if facts:
            keys = [key_of(fact) for fact in facts]
            first = self.spine.before(min(keys))
            moved = self.spine.order[first:]
            if moved:
                self.spine = self.spine.beginning(first)
            self.spine.grow_sorted([*moved, *facts])
            if moved or keys != sorted(keys):
                self._since = facts[-1].position
            self.position, self.version = facts[-1].position, facts[-1].version
        return True

    def answers(self, position: int, effective_on: date | None = None) -> bool:
        """Tell whether `state` can be asked for a position and a day."""
        known = position >= self._since
        return known and (effective_on is None or effective_on >= self.first_day)

    def state(self, position: int, effective_on: date | None = None) -> Plan | None:
        """Give the plan as known at `position` and effective on that day; see `History.state`."""
        return self.spine.after(self.spine.count(position, effective_on))
