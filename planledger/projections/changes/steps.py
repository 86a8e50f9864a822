"""STEPS: every move between two points, one entry after the other.

From (r1, v1) the path first learns, in ledger order, what was recorded up to r2 of the time up to
v1: late entries, corrections and voids. Then it lives, in effective order, from v1 to v2. Backwards
is the same path from the other end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from planledger.domain.evolve import evolve, fold
from planledger.domain.plan import Plan
from planledger.domain.record import is_amendment, key_of
from planledger.events.envelope import Fact
from planledger.events.record import EntryVoided
from planledger.projections.changes import tracks
from planledger.projections.changes.compare import compare, compare_thing, inverted
from planledger.projections.changes.index import Index
from planledger.projections.changes.net import At, state
from planledger.projections.changes.places import Places
from planledger.projections.changes.shapes import THE_PLAN, Change, ChangeClass
from planledger.projections.changes.touches import DRAFTING, Touch, Touches, touches
from planledger.projections.points import day_of

Step = tuple[Change, ...]
"""What one entry changed."""


def steps(index: Index, start: At, end: At) -> tuple[Change, ...]:
    """Give every move from one point to another; patched onto the start they give the end.

    The changes of one entry stand together, and have it as their cause (and, where it was
    corrected since, its correction). An entry comes up twice only where positions and days go
    different ways: learned, and then too late for the day.
    """
    return tuple(change for step in path(index, start, end) for change in step)


def path(index: Index, start: At, end: At) -> list[Step]:
    """Give the same, the changes of each entry together; one that changes nothing is left out."""
    if start.position > end.position:
        return _backwards(path(index, end, start))
    learned = _Learning(index, start).until(end.position)
    if start.day > end.day:
        lived = _backwards(_lived(index, end.position, end.day, start.day))
    else:
        lived = list(_lived(index, end.position, start.day, end.day))
    return [step for step in (*learned, *lived) if step]


def _backwards(path: Iterable[Step]) -> list[Step]:
    """Go a path from its end; of the changes of one entry, the thing itself still comes first."""
    return [inverted(step) for step in reversed(list(path))]


def _moved(before: Plan | None, after: Plan | None, found: Touches) -> Step:
    """Give what one entry changed, told in order."""
    if DRAFTING in found:
        return compare(before, after)
    changes = [
        change
        for thing in {touch.thing for touch in found}
        for change in compare_thing(thing, tracks.read(before, thing), tracks.read(after, thing))
    ]
    return tuple(sorted(changes, key=Places(after, before).of) if len(changes) > 1 else changes)


def _lived(index: Index, position: int, first: date, last: date) -> Iterator[Step]:
    """Give what happened after one day and up to another, as known at a position."""
    spine = index.history.spine(position)
    start, stop = spine.count(position, first), spine.count(position, last)
    plan = spine.after(start)
    for fact in spine.order[start:stop]:
        after = evolve(plan, fact)
        causes = tuple(sorted({fact.position, fact.learned_at}))
        moved = _moved(plan, after, touches(fact.envelope.event))
        yield tuple(replace(change, causes=causes) for change in moved)
        plan = after


class _Learning:
    """What is known of the time up to a day, as more and more is learned."""

    def __init__(self, index: Index, start: At) -> None:
        self._index = index
        self._from = start.position
        self._day = start.day
        self._plan = state(index, start)
        spine = index.history.spine(start.position)
        count = spine.count(start.position, start.day)
        self._last = key_of(spine.order[count - 1]) if count else (date.min, 0)
        """The last place in effective order there is, or one further on."""

    def until(self, position: int) -> Iterator[Step]:
        """Learn all that was recorded up to a position."""
        record = self._index.history.record
        first = bisect_right(record.positions, self._from)
        last = bisect_right(record.positions, position)
        for fact in record.facts[first:last]:
            if is_amendment(fact):
                yield self._amended(fact)
            elif fact.envelope.effective_on <= self._day:
                yield self._learned(fact)

    def _learned(self, fact: Fact) -> Step:
        before, found = self._plan, touches(fact.envelope.event)
        if key_of(fact) > self._last:
            self._plan, self._last = evolve(before, fact), key_of(fact)
        else:
            self._plan = self._refolded(found, fact.position)
        late = day_of(fact.recorded_us) > self._day
        return tuple(
            replace(change, causes=(fact.position,), late=late)
            for change in _moved(before, self._plan, found)
        )

    def _amended(self, amendment: Fact) -> Step:
        root = self._index.history.record.root(amendment)
        if root is None:
            return ()
        forms = [
            self._index.standing(root, position)
            for position in (amendment.position - 1, amendment.position)
        ]
        counted = [
            form for form in forms if form is not None and form.envelope.effective_on <= self._day
        ]
        found = tuple(touch for form in counted for touch in touches(form.envelope.event))
        self._last = max([self._last, *map(key_of, counted)])
        before = self._plan
        self._plan = self._refolded(found, amendment.position)
        voided = isinstance(amendment.event, EntryVoided)
        what = ChangeClass.VOIDED if voided else ChangeClass.CORRECTED
        return tuple(
            replace(change, what=what, slippage=None, causes=(amendment.position,))
            for change in _moved(before, self._plan, found)
        )

    def _refolded(self, found: Iterable[Touch], position: int) -> Plan | None:
        """Give the plan with what is touched folded anew, and nothing else."""
        things = {touch.thing for touch in found}
        if THE_PLAN in things:
            return self._index.history.state(position, self._day)
        plan = self._plan
        for thing in things:
            folded = fold(self._index.facts(self._index.lines(thing), position, self._day))
            plan = tracks.write(plan, thing, tracks.read(folded, thing))
        return plan
