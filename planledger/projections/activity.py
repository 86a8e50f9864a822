"""How much was recorded of a plan, month by month."""

from bisect import bisect_right
from datetime import date, timedelta

from planledger.domain.record import Record
from planledger.events.dates import Month
from planledger.projections.points import day_of, end_of
from planledger.projections.view.base import View


class MonthView(View, frozen=True, kw_only=True, gc=False):
    """How much was recorded in a month that had any of it."""

    month: Month
    """The civil month (Europe/London) in which the ledger learned it."""
    entries: int
    last_position: int


class Activity:
    """Counts of a plan's entries, kept up with its record. Not safe for two threads at once."""

    def __init__(self, record: Record) -> None:
        """Count what is in `record`, and what is added to it later."""
        self.record = record
        self._months: list[Month] = []
        self._ends: list[int] = []
        """How many entries were recorded up to the end of each month."""
        self._last_us = 0
        """The last microsecond of the last month there is."""

    def by(self, position: int) -> tuple[MonthView, ...]:
        """Give the months in which something was recorded up to a position, the first one first."""
        self._catch_up()
        positions = self.record.positions
        count = bisect_right(positions, position)
        shown, before = [], 0
        for month, end in zip(self._months, self._ends, strict=True):
            last = min(end, count)
            if last > before:
                shown.append(
                    MonthView(month=month, entries=last - before, last_position=positions[last - 1])
                )
            before = last
        return tuple(shown)

    def _catch_up(self) -> None:
        """Find where months end among the facts that are new; commits only go on in time."""
        facts = self.record.facts
        counted = self._ends[-1] if self._ends else 0
        while counted < len(facts):
            fact = facts[counted]
            if fact.recorded_us > self._last_us:
                first = day_of(fact.recorded_us).replace(day=1)
                self._months.append(Month(first.year, first.month))
                self._ends.append(counted)
                self._last_us = end_of(_last_day(first))
            counted = bisect_right(
                facts, self._last_us, lo=counted, key=lambda each: each.recorded_us
            )
            self._ends[-1] = counted


def _last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
