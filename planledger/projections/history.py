"""A plan's entries, and the plan as they leave it at any known-at and effective-on.

    state(r, v) = fold of the entries up to position r that are effective by day v,
                  ordered by (effective day, position); v left out = no cut by day

This is design page 3.2. Entries mostly come in effective order; one that is effective before an
entry already there is *late*. Between two late entries the effective order only grows at its
end, so one fold (`_Spine`) answers for every position in between, and every cut by day, with a
bisection. The spine that ends at the head is kept; a few older ones are kept as they are asked for.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date

from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.events.envelope import Entry

OLDER_SPINES = 16
"""How many spines between past late entries are kept, the least recently asked for going first."""


def fold(entries: Iterable[Entry]) -> Plan | None:
    """Fold entries in the order given; None where they draft no plan."""
    plan: Plan | None = None
    for entry in entries:
        plan = evolve(plan, entry)
    return plan


def effective_order(entry: Entry) -> tuple[date, int]:
    """Give what entries are folded by: the effective day, and within it the position."""
    return (entry.envelope.effective_on, entry.position)


class _Spine:
    """Entries in effective order, with the plan after each of them."""

    def __init__(self, base: "_Spine | None" = None, upto: int = 0) -> None:
        """Share the first `upto` entries, and what they were folded to, with `base`."""
        self.order: list[Entry] = base.order[:upto] if base else []
        self.days: list[date] = base.days[:upto] if base else []
        self.reach: list[int] = base.reach[:upto] if base else []
        """The greatest position among the entries up to and including each."""
        self.states: list[Plan | None] = base.states[: upto + 1] if base else [None]
        """The plan after the first 0, 1, 2 … entries."""

    def grow(self, entries: Iterable[Entry]) -> None:
        """Add entries that are in effective order and come after all there are."""
        plan = self.states[-1]
        reach = self.reach[-1] if self.reach else 0
        for entry in entries:
            plan = evolve(plan, entry)
            reach = max(reach, entry.position)
            self.order.append(entry)
            self.days.append(entry.envelope.effective_on)
            self.reach.append(reach)
            self.states.append(plan)


class History:
    """One plan's entries and every state they give. Not safe for use by two threads at once."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        """Begin with entries in ledger order; more are added by `extend`."""
        self._positions: list[int] = []
        self._late: list[int] = []
        self._head = _Spine()
        self._older: OrderedDict[int, _Spine] = OrderedDict()
        self.version = 0
        """Version of the last entry in the plan's stream; 0 where there is none."""
        self.extend(entries)

    @property
    def position(self) -> int:
        """Position of the last entry; 0 where there is none."""
        return self._positions[-1] if self._positions else 0

    def extend(self, entries: Sequence[Entry]) -> None:
        """Add entries that follow the last one, in ledger order.

        Raises ValueError where a version is missing or comes twice: the store broke its promise.
        """
        if not entries:
            return
        numbers = [entry.version for entry in entries]
        if numbers != list(range(self.version + 1, self.version + 1 + len(entries))):
            raise ValueError(
                f"The entries of {entries[0].plan} after version {self.version} are not one "
                "after the other. Check the ledger."
            )
        in_order, late = self._part(entries)
        self._head.grow(in_order)
        if late:
            self._remember(len(self._late), self._head)
            self._late.extend(_late_among(late, self._head.days[-1]))
            self._head = self._merged(late)
        self._positions.extend(entry.position for entry in entries)
        self.version = entries[-1].version

    def state(self, position: int, effective_on: date | None = None) -> Plan | None:
        """Give the plan as known at `position` (inclusive) and effective on that day (inclusive).

        Without a day, everything known counts whatever its day. None before the plan began.
        """
        spine = self._spine_at(position)
        count = bisect_right(self._positions, position)
        if effective_on is not None:
            count = min(count, bisect_right(spine.days, effective_on))
        return spine.states[count]

    def entries(self) -> Sequence[Entry]:
        """Give every entry, in ledger order."""
        return sorted(self._head.order, key=lambda entry: entry.position)

    def _part(self, entries: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """Part entries before the first that is late."""
        latest = self._head.days[-1] if self._head.days else date.min
        for index, entry in enumerate(entries):
            if entry.envelope.effective_on < latest:
                return entries[:index], entries[index:]
            latest = entry.envelope.effective_on
        return entries, ()

    def _merged(self, late: Sequence[Entry]) -> _Spine:
        """Give a spine of all there are with the late ones in their places."""
        head = self._head
        first = min(entry.envelope.effective_on for entry in late)
        shared = bisect_right(head.days, first)
        spine = _Spine(head, shared)
        spine.grow(sorted([*head.order[shared:], *late], key=effective_order))
        return spine

    def _spine_at(self, position: int) -> _Spine:
        segment = bisect_right(self._late, position)
        if segment == len(self._late):
            return self._head
        spine = self._older.get(segment)
        if spine is None:
            spine = self._before(self._late[segment], segment)
        self._remember(segment, spine)
        return spine

    def _before(self, position: int, segment: int) -> _Spine:
        """Give a spine of the entries before `position`, sharing most with the next one kept."""
        donor = self._older.get(
            min((s for s in self._older if s > segment), default=-1), self._head
        )
        shared = bisect_right(donor.reach, position - 1)
        spine = _Spine(donor, shared)
        spine.grow(entry for entry in donor.order[shared:] if entry.position < position)
        return spine

    def _remember(self, segment: int, spine: _Spine) -> None:
        self._older[segment] = spine
        self._older.move_to_end(segment)
        while len(self._older) > OLDER_SPINES:
            self._older.popitem(last=False)


def _late_among(entries: Sequence[Entry], latest: date) -> list[int]:
    """Give the positions of entries effective before `latest`, or before one ahead of them."""
    late = []
    for entry in entries:
        if entry.envelope.effective_on < latest:
            late.append(entry.position)
        else:
            latest = entry.envelope.effective_on
    return late
