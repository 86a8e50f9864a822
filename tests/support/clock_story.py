"""A history told across the awkward days of the calendar, and everything it answers.

As a program, `python -m tests.support.clock_story URL …`, it tells the story into new ledgers and
prints what it comes to in each: the same wherever, and in whatever language, it runs.
"""

import hashlib
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec

from planledger.domain.commands import (
    AddAction,
    AddArea,
    CloseReview,
    DraftPlan,
    EstablishForum,
    ImportPlan,
    MoveTargetDate,
    OpenReview,
    PlanCommand,
    ProposeMilestone,
    SetTargetDate,
)
from planledger.events.dates import Day
from planledger.ledger import Ledger
from planledger.projections.changes.words import say
from planledger.projections.points import AtEndOf, AtInstant, AtPosition, AtReview, Point
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore
from tests.storage.ledger_check import read_all
from tests.support.ledgers import (
    AUTHORITY,
    MICROSECOND,
    NOON,
    REASON,
    SettableClock,
    recorded,
    serialised,
    small_draft,
)

PLAN = "alpha"
HOUR, DAY, TEN_YEARS = timedelta(hours=1), timedelta(days=1), timedelta(days=3_652)
SPRING, AUTUMN, LEAP = date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)
"""Clocks go forward, clocks go back, and a day that there is every four years."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Give a moment by its time in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def area(number: int, effective_on: date | None = None) -> PlanCommand:
    """Add an area, by default effective on the day of recording."""
    return AddArea(plan=PLAN, number=str(number), title=f"Area {number}", effective_on=effective_on)


def step(text: str) -> PlanCommand:
    """Propose a milestone."""
    return ProposeMilestone(plan=PLAN, action="1.1", text=text)


STORY: tuple[tuple[datetime, PlanCommand], ...] = (
    (NOON, DraftPlan(plan=PLAN, title="Plan alpha")),
    (NOON, AddArea(plan=PLAN, number="1", title="Leadership")),
    (NOON, AddAction(plan=PLAN, area="1", ref="1.1", text="Lead")),
    (NOON, step("A board meets")),
    (NOON, EstablishForum(plan=PLAN, forum="board", name="Improvement Board")),
    # The last microsecond of a day; the next commit has the same reading, and falls on the next.
    (at(SPRING, 0) - MICROSECOND, area(2)),
    (at(SPRING, 0) - MICROSECOND, area(3)),
    # The hour that is not there in spring: 00:59:59.999999 is followed by 02:00.
    (at(SPRING, 1) - MICROSECOND, step("Before the clocks go forward")),
    (at(SPRING, 1), step("After the clocks went forward")),
    (at(SPRING, 22), OpenReview(plan=PLAN, review="q1", forum="board", label="Q1", as_at=SPRING)),
    # Half past midnight in London: the next day, though not yet by UTC.
    (at(SPRING, 23, 30), area(4)),
    (at(SPRING, 23, 45), CloseReview(plan=PLAN, review="q1")),
    # Half past one twice: first in summer time, then an hour later in winter time.
    (at(AUTUMN, 0, 30), step("Half past one")),
    (at(AUTUMN, 1, 30), step("Half past one again")),
    (at(AUTUMN, 23, 30), area(5)),
    (at(LEAP, 12), SetTargetDate(plan=PLAN, milestone="1.1/1", date=Day(2028, 2, 29))),
    (at(LEAP + DAY, 0) - MICROSECOND, area(6)),
    # The clock is set back by an hour, by ten years, and then put right.
    (at(LEAP, 23), area(7, LEAP)),
    (at(LEAP, 12) - TEN_YEARS, ImportPlan(plan="beta", draft=small_draft(), effective_on=LEAP)),
    (
        at(LEAP, 12) + 366 * DAY,
        MoveTargetDate(
            plan=PLAN, milestone="1.1/1", from_date=Day(2028, 2, 29), to_date=Day(2029, 2, 28),
            reason=REASON, authority=AUTHORITY,
        ),
    ),
)  # fmt: skip
"""When the clock is read, and what is then recorded."""

POINTS: tuple[Point, ...] = (
    *(AtEndOf(day + n * DAY) for day in (SPRING, AUTUMN, LEAP) for n in (-1, 0, 1)),
    *(AtInstant(moment + n * MICROSECOND) for moment, _ in STORY for n in (-1, 0, 1)),
    AtReview(f"{PLAN}/q1"),
)


def tell(ledger: Ledger, clock: SettableClock) -> None:
    """Record the story, and then some time goes by; `clock` is the ledger's."""
    for number, (moment, command) in enumerate(STORY):
        clock.now = moment
        recorded(ledger, command, f"command-{number}")
    clock.now += DAY  # so that all of it is past


def answers(ledger: Ledger, last: int) -> list[bytes]:
    """Give all that is answered at the awkward points, and at every position up to `last`."""
    by_position = (ledger.at(AtPosition(position)) for position in range(1, last + 1))
    at_points = [ledger.at(point) for point in POINTS]
    changes = (
        ledger.changes(PLAN, start, end, steps=True)
        for start, end in pairwise(POINTS)
        if ledger.at(start).basis.position <= ledger.at(end).basis.position
    )
    return [
        *map(serialised, by_position),
        *map(serialised, at_points),
        *(
            msgspec.json.encode((change.what, change.causes, change.late, say(found.known, change)))
            for found in changes
            for change in found.changes
        ),
    ]


def sum_of(store: EntryStore, clock: SettableClock) -> str:
    """Tell the story into an empty store; give a digest of each byte it holds and answers."""
    ledger = Ledger(store, clock)
    tell(ledger, clock)
    entries = read_all(store)
    everything = [msgspec.json.encode(entries), *answers(ledger, len(entries))]
    return hashlib.sha256(b"\n".join(everything)).hexdigest()


def main(*urls: str) -> None:
    """Tell the story into the ledgers at `urls`, and print what it comes to."""
    for url in urls:
        clock = SettableClock()
        with closing(open_store(url, clock, create=True)) as store:
            sys.stdout.write(f"{sum_of(store, clock)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
