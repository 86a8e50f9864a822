"""NET: what differs between two points, corrections of the record told apart from changes.

Between the two points lies what is known at the earlier position, as it was amended by the later
one. What differs from the one point to there was corrected; what differs from there to the other
one changed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from planledger.domain.plan import Plan
from planledger.events.envelope import Fact
from planledger.events.record import EntryVoided
from planledger.projections.changes.compare import compare
from planledger.projections.changes.index import Index, Line
from planledger.projections.changes.shapes import Change, ChangeClass
from planledger.projections.changes.touches import DRAFTING, Touch, touches


class At(NamedTuple):
    """A point as a position and an effective day."""

    position: int
    day: date


def state(index: Index, at: At) -> Plan | None:
    """Give the plan at a point."""
    return index.history.state(at.position, at.day)


def net(index: Index, start: At, end: At) -> tuple[Change, ...]:
    """Give the difference of two points: what was corrected, then what changed.

    Where the end is known earlier than the start it is the other way round, so that either
    direction says the same backwards. Patched onto the start it gives the end.
    """
    before, after = state(index, start), state(index, end)
    if start.position <= end.position:
        amended = index.history.restated(start.position, end.position, start.day)
        corrections = _corrected(index, compare(before, amended), start, end.position)
        return (*corrections, *_changed(index, compare(amended, after), start, end))
    amended = index.history.restated(end.position, start.position, end.day)
    corrections = _corrected(index, compare(amended, after), end, start.position)
    return (*_changed(index, compare(before, amended), start, end), *corrections)


def _changed(index: Index, changes: Iterable[Change], start: At, end: At) -> Iterator[Change]:
    between = _Between(index, start, end)
    for change in changes:
        yield replace(change, causes=between.causes(change))


def _corrected(index: Index, changes: Iterable[Change], at: At, until: int) -> Iterator[Change]:
    for change in changes:
        causes = _amendments(index, change, at, until)
        voided = all(isinstance(cause.event, EntryVoided) for cause in causes)
        yield replace(
            change,
            what=ChangeClass.VOIDED if voided else ChangeClass.CORRECTED,
            slippage=None,
            causes=tuple(sorted({cause.position for cause in causes})),
        )


class _Between:
    """The entries that count at one of two points and not at the other, as known at the later."""

    def __init__(self, index: Index, start: At, end: At) -> None:
        self._index = index
        self._start = start
        self._end = end
        self._known = max(start.position, end.position)
        self._both = min(start.position, end.position)
        self._by_both = min(start.day, end.day)

    def causes(self, change: Change) -> tuple[int, ...]:
        """Give the positions of those that made a change."""
        for lines in _lines_for(self._index, change):
            found = {position for touch, line in lines for position in self._positions(touch, line)}
            if found:
                return tuple(sorted(found))
        return ()

    def _positions(self, touch: Touch, line: Line) -> Iterator[int]:
        last = bisect_right(line.positions, self._known)
        first = bisect_right(line.positions, self._both)
        if line.amended or (first and line.latest[first - 1] > self._by_both):
            first = 0
        for fact in line.facts[first:last]:
            stands = self._index.standing(fact, self._known) if line.amended else fact
            if stands is None or self._counts(stands, self._start) == self._counts(
                stands, self._end
            ):
                continue
            if not line.amended:
                yield fact.position
            elif touch in touches(stands.envelope.event):
                # A fact is in every line that it or any correction of it, known yet or not, is in.
                yield from (fact.position, stands.learned_at)

    def _counts(self, fact: Fact, at: At) -> bool:
        return fact.position <= at.position and fact.envelope.effective_on <= at.day


def _amendments(index: Index, change: Change, at: At, until: int) -> list[Fact]:
    """Give the amendments up to `until` that made a difference to a track at a point."""
    for lines in _lines_for(index, change):
        found = [
            amendment
            for touch, line in lines
            if line.amended
            for fact in line.facts[: bisect_right(line.positions, at.position)]
            if _says(index, fact, touch, at, at.position) != _says(index, fact, touch, at, until)
            for amendment in index.amendments(fact)
            if at.position < amendment.position <= until
        ]
        if found:
            return found
    return []


def _says(index: Index, fact: Fact, touch: Touch, at: At, known: int) -> int | None:
    """Say by which entry a fact touches a track at a point, as known at a position; None if not."""
    stands = index.standing(fact, known)
    if stands is None or stands.envelope.effective_on > at.day:
        return None
    return stands.learned_at if touch in touches(stands.envelope.event) else None


def _lines_for(index: Index, change: Change) -> Iterator[Iterable[tuple[Touch, Line]]]:
    """Give where causes of a change may be found: where there is one, the rest do not matter.

    The track first. A track may also come to differ since its thing came to be at another place in
    the order, or the plan itself did.
    """
    thing = (change.kind, change.id)
    if change.track is None:
        yield index.lines(thing).items()
    own = Touch(change.kind, change.id, change.track, change.span)
    for touch in (own, Touch(*thing), DRAFTING):
        line = index.line(touch)
        if line is not None:
            yield ((touch, line),)
