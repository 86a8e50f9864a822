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

from planledger.domain.evolve import STEPS, evolve
from planledger.domain.plan import Plan
from planledger.events.envelope import Fact

STRIDE = 64
"""Every so many facts the plan they fold to is kept; between, so many at most are folded again."""
ANSWERS_KEPT = 64
"""How many folds in between a spine keeps, the least recently asked for going first."""
OLDER_SPINES = 16
"""How many spines between past late entries are kept, the least recently asked for going first."""


def fold(facts: Iterable[Fact], plan: Plan | None = None) -> Plan | None:
    """Fold facts in the order given, onto a plan or from nothing; None where none is drafted."""
    for fact in facts:
        if plan is None:
            plan = evolve(plan, fact)
        else:  # what `evolve` does, without a call more for every fact ever read
            event = fact.envelope.event
            plan = STEPS[type(event)](plan, event, fact)
    return plan


class _Spine:
    """Facts in effective order, with what they fold to after every so many of them."""

    def __init__(self) -> None:
        """Begin without any fact."""
        self.order: list[Fact] = []
        self.days: list[date] = []
        """The effective day of each."""
        self.reach: list[int] = []
        """The greatest position among the facts up to and including each."""
        self._kept: list[Plan | None] = [None]
        """The plan after the first 0, STRIDE, 2 STRIDE … facts."""
        self._last: Plan | None = None
        self._asked: OrderedDict[int, Plan | None] = OrderedDict()

    def beginning(self, count: int) -> "_Spine":
        """Give a spine of the first `count` facts that shares what they fold to."""
        other = _Spine()
        other.order = self.order[:count]
        other.days = self.days[:count]
        other.reach = self.reach[:count]
        other._kept = self._kept[: count // STRIDE + 1]
        other._last = self.after(count)
        return other

    def grow(self, facts: Sequence[Fact], days: Sequence[date]) -> None:
        """Add facts with their days, in effective order, that come after all there are."""
        plan, start = self._last, 0
        while start < len(facts):
            stop = start + STRIDE - (len(self.order) + start) % STRIDE
            plan = fold(facts[start:stop], plan)
            if stop <= len(facts):
                self._kept.append(plan)
            start = stop
        self._last = plan
        self.order += facts
        self.days += days
        reached = self.reach[-1] if self.reach else 0
        for fact in facts:
            if fact.position > reached:  # noqa: PLR1730 - a call for every fact ever read
                reached = fact.position
            self.reach.append(reached)

    def after(self, count: int) -> Plan | None:
        """Give the plan after the first `count` facts; the same object when asked again."""
        if count == len(self.order):
            return self._last
        if count % STRIDE == 0:
            return self._kept[count // STRIDE]
        plan = self._asked.pop(count, None)
        if plan is None:
            plan = fold(self.order[count - count % STRIDE : count], self._kept[count // STRIDE])
        self._asked[count] = plan
        if len(self._asked) > ANSWERS_KEPT:
            self._asked.popitem(last=False)
        return plan


class History:
    """One plan's facts and every state they give. Not safe for use by two threads at once."""

    def __init__(self, facts: Sequence[Fact] = ()) -> None:
        """Begin with facts in ledger order; more are added by `extend`."""
        self._positions: list[int] = []
        self._late: list[int] = []
        """Positions of the late ones, in ledger order."""
        self._head = _Spine()
        self._older: OrderedDict[int, _Spine] = OrderedDict()
        """Spines that end before the n-th late one, by n from 0."""
        self.version = 0
        """Version of the last fact in the plan's stream; 0 where there is none."""
        self.extend(facts)

    @property
    def position(self) -> int:
        """Position of the last fact; 0 where there is none."""
        return self._positions[-1] if self._positions else 0

    def extend(self, facts: Sequence[Fact]) -> None:
        """Add facts that follow the last one, in ledger order.

        Raises ValueError where a version is missing or comes twice: the store broke its promise.
        """
        versions = [fact.version for fact in facts]
        if versions != list(range(self.version + 1, self.version + 1 + len(facts))):
            raise ValueError(
                f"The entries of {facts[0].plan} after version {self.version} are not one "
                "after the other. Check the ledger."
            )
        days = [fact.envelope.effective_on for fact in facts]
        late = []
        latest = self._head.days[-1] if self._head.days else date.min
        for index, day in enumerate(days):
            if day < latest:
                late.append(index)
            else:
                latest = day
        in_order = late[0] if late else len(facts)
        self._head.grow(facts[:in_order], days[:in_order])
        if late:
            self._remember(len(self._late), self._head)
            self._late += [facts[index].position for index in late]
            self._head = self._merged(facts[in_order:], days[in_order:])
        self._positions += [fact.position for fact in facts]
        self.version += len(facts)

    def state(self, position: int, effective_on: date | None = None) -> Plan | None:
        """Give the plan as known at `position` (inclusive) and effective on that day (inclusive).

        Without a day, everything known counts whatever its day. None before the plan began.
        """
        spine = self._spine_at(position)
        count = bisect_right(self._positions, position)
        if effective_on is not None:
            count = min(count, bisect_right(spine.days, effective_on))
        return spine.after(count)

    def _merged(self, facts: Sequence[Fact], days: Sequence[date]) -> _Spine:
        """Give a spine of all there are with more of them in their places."""
        head = self._head
        shared = bisect_right(head.days, min(days))
        spine = head.beginning(shared)
        all_facts, all_days = [*head.order[shared:], *facts], [*head.days[shared:], *days]
        # Those of one day keep the order they are in here, which is that of their positions.
        places = sorted(range(len(all_days)), key=all_days.__getitem__)
        spine.grow([all_facts[place] for place in places], [all_days[place] for place in places])
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
        """Give a spine of the facts before `position`, sharing most with the next one kept."""
        next_kept = min((kept for kept in self._older if kept > segment), default=-1)
        donor = self._older.get(next_kept, self._head)
        shared = bisect_right(donor.reach, position - 1)
        spine = donor.beginning(shared)
        facts = [fact for fact in donor.order[shared:] if fact.position < position]
        spine.grow(facts, [fact.envelope.effective_on for fact in facts])
        return spine

    def _remember(self, segment: int, spine: _Spine) -> None:
        self._older[segment] = spine
        self._older.move_to_end(segment)
        while len(self._older) > OLDER_SPINES:
            self._older.popitem(last=False)
