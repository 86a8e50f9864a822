"""For which days a row holds, and since when that is known: one milestone's timeline.

A stretch is a row with the days it holds for. What is known now of a milestone is its timeline:
stretches one after the other, with gaps where it is not in the plan. What comes to be known later
closes some stretches and opens others; what was closed stays, and says what was known before.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest

from msgspec import Struct

from planledger.readmodel.rows import Row

Segment = tuple[date, Row | None]
"""From which day on a row holds, up to the next segment's; None where there is none."""


class Stretch(Struct, frozen=True, gc=False):
    """A row that holds from a day on, known from a position on."""

    number: int
    """1, 2, 3 … through the whole register, in the order in which they were opened."""
    known_from: int
    """First position of the commit that brought it."""
    effective_from: date
    effective_until: date | None
    """The first day it does not hold for; None where no end is known."""
    row: Row


Opener = Callable[[date, date | None, Row], Stretch]
"""Makes a stretch that holds from a day until another."""


class Timeline:
    """What is known of one milestone, for every day."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        """Begin with stretches that are open, in the order of their days."""
        self.stretches = list(stretches)

    def change(
        self, segments: Sequence[Segment], opened: Opener
    ) -> tuple[Sequence[Stretch], Sequence[Stretch]]:
        """Have it say something else from the first segment's day on; nothing changes before.

        Gives the stretches that are closed, and those made by `opened` in their place.
        """
        since, _ = segments[0]
        kept = bisect_left(self.stretches, since, key=_from)
        before: list[Segment] = []
        if kept and (self._until(kept - 1) or since) >= since:
            # It reaches up to the change or beyond it, so it may end there, or go on for longer.
            kept -= 1
            before = [(self.stretches[kept].effective_from, self.stretches[kept].row)]
        were = {stretch.effective_from: stretch for stretch in self.stretches[kept:]}
        now, fresh = [], []
        for start, until, row in _joined([*before, *segments]):
            was = were.get(start)
            if was is not None and was.effective_until == until and was.row == row:
                now.append(were.pop(start))
            else:
                fresh.append(opened(start, until, row))
                now.append(fresh[-1])
        self.stretches[kept:] = now
        return list(were.values()), fresh

    def _until(self, index: int) -> date | None:
        return self.stretches[index].effective_until


def _joined(segments: Iterable[Segment]) -> Iterator[tuple[date, date | None, Row]]:
    """Give each row with its days, segments that say the same joined."""
    steps: list[Segment] = []
    for start, row in segments:
        if not steps or steps[-1][1] != row:
            steps.append((start, row))
    ends = [start for start, _ in steps[1:]]
    for (start, row), until in zip_longest(steps, ends):
        if row is not None:
            yield start, until, row


def _from(stretch: Stretch) -> date:
    return stretch.effective_from
