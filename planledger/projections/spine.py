"""Facts in effective order, with the plan they fold to after any number of them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from planledger.domain.evolve import fold
from planledger.domain.plan import Plan
from planledger.domain.record import Key, key_of
from planledger.events.envelope import Fact
from planledger.projections.recent import Recent

STRIDE = 64
"""Every so many facts the plan they fold to is kept; between, so many at most are folded again."""
ANSWERS_KEPT = 64
"""How many folds in between a spine keeps, the least recently asked for going first."""

_DAY, _POSITION = attrgetter("envelope.effective_on"), attrgetter("position")


class Spine:
    """Facts about the world in effective order, each as it stands, and what they fold to."""

    def __init__(self, stride: int = STRIDE, base: Plan | None = None) -> None:
        """Begin without any fact, from a `base`: the plan that facts before these fold to.

        The folded plan is kept after every `stride` facts.
        """
        self.order: list[Fact] = []
        self.days: list[date] = []
        """The effective day of each."""
        self.reach: list[int] = []
        """The position by which each and all before it were learned, corrections included."""
        self._stride = stride
        self._kept: list[Plan | None] = [base]
        """The plan after the first 0, stride, 2 strides … facts."""
        self._last = base
        self._asked: Recent[int, Plan | None] = Recent(ANSWERS_KEPT)

    def beginning(self, count: int) -> "Spine":
        """Give a spine of the first `count` facts that shares what they fold to."""
        other = Spine(self._stride)
        other.order = self.order[:count]
        other.days = self.days[:count]
        other.reach = self.reach[:count]
        other._kept = self._kept[: count // self._stride + 1]
        other._last = self.after(count)
        return other

    def grow(self, facts: Sequence[Fact], days: Sequence[date], reach: Iterable[int]) -> None:
        """Add facts that come after all there are, with their days and how far each reaches."""
        plan, start, stride = self._last, 0, self._stride
        while start < len(facts):
            stop = start + stride - (len(self.order) + start) % stride
            plan = fold(facts[start:stop], plan)
            if stop <= len(facts):
                self._kept.append(plan)
            start = stop
        self._last = plan
        self.order += facts
        self.days += days
        self.reach += reach

    def grow_sorted(self, facts: Iterable[Fact]) -> None:
        """Add facts in whatever order they come; all come after those there are."""
        # As by `key_of`, in two steps that are quicker than a call for every fact ever read.
        ordered = sorted(sorted(facts, key=_POSITION), key=_DAY)
        days = [fact.envelope.effective_on for fact in ordered]
        reach = []
        reached = self.reach[-1] if self.reach else 0
        for fact in ordered:
            learned = fact.learned_at
            if learned > reached:  # noqa: PLR1730 - a call for every fact ever read
                reached = learned
            reach.append(reached)
        self.grow(ordered, days, reach)

    def before(self, key: Key) -> int:
        """Count the facts that come before a place in effective order."""
        count = bisect_right(self.days, key[0])
        while count and key_of(self.order[count - 1]) >= key:
            count -= 1
        return count

    def count(self, position: int, effective_on: date | None = None) -> int:
        """Count the facts that were learned by a position and are effective on a day."""
        known = bisect_right(self.reach, position)
        return known if effective_on is None else min(known, bisect_right(self.days, effective_on))

    def after(self, count: int) -> Plan | None:
        """Give the plan after the first `count` facts; the same object when asked again."""
        if count == len(self.order):
            return self._last
        stride = self._stride
        if count % stride == 0:
            return self._kept[count // stride]
        plan = self._asked.again(count)
        if plan is not None:
            return plan
        facts = self.order[count - count % stride : count]
        return self._asked.keep(count, fold(facts, self._kept[count // stride]))
