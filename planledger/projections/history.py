"""A plan's entries, and the plan as they leave it at any known-at and effective-on.

    state(r, v) = fold of the entries that stand at position r and are effective by day v,
                  ordered by (effective day, position); v left out = no cut by day

This is design page 3.2. Entries mostly come in effective order; one that is effective before an
entry already there is *late*, and one that corrects or voids another changes what stood before.
Either *breaks* the order from some place on. Between two breaks the effective order only grows at
its end, so one fold (`Spine`) answers for every position in between, and every cut by day, with a
bisection. The spine that ends at the head is kept; a few older ones are kept as they are asked for.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planledger.domain.plan import Plan
from planledger.domain.record import Key, Record, is_amendment, key_of
from planledger.events.envelope import Fact
from planledger.projections.recent import Recent
from planledger.projections.spine import STRIDE, Spine

OLDER_SPINES = 16
"""How many spines between past breaks are kept, the least recently asked for going first."""


class _Break(NamedTuple):
    """Where the effective order stops growing at its end."""

    position: int
    """The entry that breaks it."""
    key: Key
    """From this place in effective order on, what was before may not be as it was."""


class History:
    """One plan's facts and every state they give. Not safe for use by two threads at once."""

    def __init__(self, facts: Sequence[Fact] = (), *, stride: int = STRIDE) -> None:
        """Begin with facts in ledger order; more are added by `extend`.

        `stride` is after how many facts a folded plan is kept: no answer depends on it.
        """
        self.record = Record()
        self._breaks: list[_Break] = []
        self._stride = stride
        self._head = Spine(stride)
        self._older: Recent[int, Spine] = Recent(OLDER_SPINES)
        """Spines that end before the n-th break, by n from 0."""
        self._restated: Recent[tuple[int, int], Spine] = Recent(OLDER_SPINES)
        """Spines of what was known at one position as it was amended by another."""
        self.version = 0
        """Version of the last fact in the plan's stream; 0 where there is none."""
        self.extend(facts)

    @property
    def position(self) -> int:
        """Position of the last fact; 0 where there is none."""
        return self.record.positions[-1] if self.record.positions else 0

    def extend(self, facts: Sequence[Fact]) -> None:
        """Add facts that follow the last one, in ledger order.

        Raises ValueError where a version is missing or comes twice: the store broke its promise.
        """
        check_follow(facts, self.version)
        amended = len(self.record.amendments)
        self.record.extend(facts)
        breaks = self._breaks_among(facts, amending=len(self.record.amendments) > amended)
        in_order = len(facts)
        if breaks:
            positions = [fact.position for fact in facts]
            in_order = bisect_right(positions, breaks[0].position - 1)
        self._grow(facts[:in_order])
        if breaks:
            self._older.keep(len(self._breaks), self._head)
            self._breaks += breaks
            shared = self._head.before(min(found.key for found in breaks))
            self._head = self._respun(self._head, shared, self.record.standing(), facts[in_order:])
        self.version += len(facts)

    def supposing(self) -> "History":
        """Give a history of its own that begins with the same facts.

        For facts that may never be recorded: what it is extended by, this one does not have.
        """
        other = History(stride=self._stride)
        other.record = self.record.copy()
        other._breaks = list(self._breaks)
        other._head = self._head.beginning(len(self._head.order))
        other.version = self.version
        return other

    def state(self, position: int, effective_on: date | None = None) -> Plan | None:
        """Give the plan as known at `position` (inclusive) and effective on that day (inclusive).

        Without a day, everything known counts whatever its day. None before the plan began.
        """
        spine = self._spine_at(position)
        return spine.after(spine.count(position, effective_on))

    def spine(self, position: int) -> Spine:
        """Give the facts that stand at a position, in effective order, at the front of a spine.

        How many of them are learned by then and effective on a day is said by `Spine.count`.
        """
        return self._spine_at(position)

    def restated(self, position: int, as_of: int, effective_on: date | None = None) -> Plan | None:
        """Give `state(position, effective_on)` with the amendments that are known at `as_of`.

        What differs from the state as it was then is due to corrections and voids alone. `as_of`
        is not before `position`.
        """
        position, as_of = min(position, self.position), min(as_of, self.position)
        known = bisect_right(self.record.amendments, position, key=_position)
        if known == bisect_right(self.record.amendments, as_of, key=_position):
            return self.state(position, effective_on)
        key = (position, as_of)
        spine = self._restated.again(key) or self._restated.keep(key, self._restate(*key))
        count = len(spine.order)
        if effective_on is not None:
            count = bisect_right(spine.days, effective_on)
        return spine.after(count)

    def _grow(self, facts: Sequence[Fact]) -> None:
        days = [fact.envelope.effective_on for fact in facts]
        # All that is in the spine was learned before these were recorded.
        self._head.grow(facts, days, [fact.position for fact in facts])

    def _breaks_among(self, facts: Sequence[Fact], *, amending: bool) -> list[_Break]:
        """Find the facts that are late, or, where any is `amending`, that amend another."""
        breaks: list[_Break] = []
        latest = self._head.days[-1] if self._head.days else date.min
        days = [latest, *(fact.envelope.effective_on for fact in facts)]
        if not amending and days == sorted(days):
            return breaks
        for fact in facts:
            day = fact.envelope.effective_on
            if amending and is_amendment(fact):
                root = self.record.root(fact)
                if root is not None:
                    # Wherever it ever stood, from the first such place on. What follows may be
                    # taken for late that is not: that costs a break, and no answer.
                    stood = [other.effective_on for other in self.record.amended[root.position]]
                    breaks.append(_Break(fact.position, (min(stood), root.position)))
                    latest = max(latest, *stood)
            elif day < latest:
                breaks.append(_Break(fact.position, (day, fact.position)))
            else:
                latest = day
        return breaks

    def _spine_at(self, position: int) -> Spine:
        segment = bisect_right(self._breaks, position, key=lambda found: found.position)
        if segment == len(self._breaks):
            return self._head
        return self._older.again(segment) or self._older.keep(segment, self._before(segment))

    def _before(self, segment: int) -> Spine:
        """Give the spine that ends before a break, sharing most with the next one kept."""
        until = self._breaks[segment].position - 1
        next_kept = min((kept for kept in self._older if kept > segment), default=None)
        donor = self._head if next_kept is None else self._older[next_kept]
        moved = min(found.key for found in self._breaks[segment:next_kept])
        shared = min(donor.before(moved), bisect_right(donor.reach, until))
        return self._respun(donor, shared, self.record.standing(until), (), until)

    def _restate(self, position: int, as_of: int) -> Spine:
        """Give the spine at a position as amended by a later one."""
        donor = self._spine_at(position)
        first = bisect_right(self._breaks, position, key=lambda found: found.position)
        last = bisect_right(self._breaks, as_of, key=lambda found: found.position)
        moved = min(found.key for found in self._breaks[first:last])
        shared = min(donor.before(moved), bisect_right(donor.reach, position))
        return self._respun(donor, shared, self.record.standing(as_of), (), position)

    def _respun(
        self,
        donor: Spine,
        shared: int,
        standing: Mapping[int, Fact | None],
        added: Iterable[Fact],
        until: int | None = None,
    ) -> Spine:
        """Give a spine that shares a donor's beginning and has the rest as it stands.

        `added` are facts the donor does not have; what was recorded after `until` is left out.
        """
        spine = donor.beginning(shared)
        end = key_of(spine.order[-1]) if spine.order else (date.min, 0)
        amended = self.record.amended
        rest = [*donor.order[shared:], *added]
        if self.record.amendments:
            rest = [
                fact for fact in rest if fact.position not in amended and not is_amendment(fact)
            ]
        if until is not None:
            rest = [fact for fact in rest if fact.position <= until]
        for position, (root, *_) in amended.items():
            stands = standing.get(position, root)
            known = until is None or position <= until
            if stands is not None and known and key_of(stands) > end:
                rest.append(stands)
        spine.grow_sorted(rest)
        return spine


def check_follow(facts: Sequence[Fact], version: int) -> None:
    """Check that facts follow version `version` of their plan, none missing, none twice.

    Raises ValueError: the store broke its promise.
    """
    versions = [fact.version for fact in facts]
    if versions != list(range(version + 1, version + 1 + len(facts))):
        raise ValueError(
            f"The entries of {facts[0].plan} after version {version} are not one after the other. "
            "Check the ledger."
        )


def _position(fact: Fact) -> int:
    return fact.position
