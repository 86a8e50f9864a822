"""A plan's timelines say at every position and on every day what the plan itself says there."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import assume, given

from planledger.events.envelope import Entry
from planledger.events.structure import StatementAdded
from planledger.projections.changes.index import said as events_of
from planledger.projections.history import History
from planledger.projections.view import view_plan
from planledger.readmodel.plans import PlanTimelines
from planledger.readmodel.rows import COLUMNS, Lead
from planledger.readmodel.seeing import seen_in
from planledger.readmodel.stretches import Stretch
from tests.projections.changes.books import books

Said = Mapping[str, tuple[Mapping[str, Any], tuple[Lead, ...]]]

BY_SQL = {"timeliness", "days_overdue"}
"""What only SQL works out, for a day; see `test_register.py`."""
HELPERS = {"sort_key", "due_month", "overdue_from", "done"}
"""What no view shows."""


def said(stretches: Sequence[Stretch], on: date) -> Said:
    """Give what stretches say on a day, by milestone."""
    rows = [
        stretch.row
        for stretch in stretches
        if stretch.effective_from <= on
        and (stretch.effective_until is None or on < stretch.effective_until)
    ]
    named = [
        {column.name: value for column, value in zip(COLUMNS, row.values(), strict=True)}
        for row in rows
    ]
    assert len({row["milestone"] for row in named}) == len(named)
    return {
        row["milestone"]: (without(row, HELPERS), of.led_by)
        for row, of in zip(named, rows, strict=True)
    }


def without(row: Mapping[str, Any], names: set[str]) -> Mapping[str, Any]:
    """Give a row without some of its columns."""
    return {name: value for name, value in row.items() if name not in names}


def shown(history: History, position: int, on: date) -> Said:
    """Give what the plan itself says at a point, by milestone."""
    plan = history.state(position, on)
    return {
        row["milestone"]: (without(row, BY_SQL), led_by)
        for row, led_by in seen_in([view_plan(plan, on)] if plan else [], on)
    }


@given(books(longest=20))
def test_timelines_say_what_the_plan_says_at_every_position_on_every_day(
    entries: list[Entry],
) -> None:
    """The law of the whole register: rows by touches and days are those of `state(r, v)`.

    Entries of every type, late, corrected and voided, also such as no rule would let through; but
    no statement that lies under itself, which no view can show.
    """
    assume(
        not any(isinstance(event, StatementAdded) and event.parent for event in events_of(entries))
    )
    timelines, numbers, now = PlanTimelines(), count(1), dict[int, Stretch]()
    history = History(entries)
    near = (timedelta(days=-1), timedelta())
    days = sorted({entry.effective_on + step for entry in entries for step in near})
    for entry in entries:
        closed, opened = timelines.commit([entry], numbers)
        for stretch in closed:
            del now[stretch.number]
        now |= {stretch.number: stretch for stretch in opened}
        for day in days:
            assert said(list(now.values()), day) == shown(history, entry.position, day)


@given(books(longest=20))
def test_timelines_that_are_taken_up_again_go_on_as_if_never_left(entries: list[Entry]) -> None:
    """A process ends at any commit, and the next one knows only the ledger and what is stored."""
    numbers, again = count(1), count(1)
    timelines, now = PlanTimelines(), dict[int, Stretch]()
    for index, entry in enumerate(entries):
        taken_up = PlanTimelines(entries[:index], sorted(now.values(), key=_by_day))
        closed, opened = timelines.commit([entry], numbers)
        assert taken_up.commit([entry], again) == (closed, opened)
        for stretch in closed:
            del now[stretch.number]
        now |= {stretch.number: stretch for stretch in opened}


def _by_day(stretch: Stretch) -> tuple[str, date]:
    return (stretch.row.item.milestone, stretch.effective_from)
