"""Clocks that are wrong, and the days on which the calendar is awkward: no answer may change.

What a single day or reading does is tested in `test_points`, `test_ledger` and
`storage/test_contract_times`; here a whole history goes across them, over every store.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, pairwise
from pathlib import Path

import msgspec
import pytest

from planledger.domain.commands import SetTargetDate
from planledger.domain.working_days import working_days_after, working_days_before
from planledger.events.dates import Day
from planledger.ledger import Ledger
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
)
from planledger.storage.memory import MemoryStore
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore
from tests.storage.ledger_check import system_clock
from tests.support.clock_story import (
    AUTUMN,
    DAY,
    HOUR,
    LEAP,
    SPRING,
    STORY,
    TEN_YEARS,
    answers,
    area,
    at,
    sum_of,
    tell,
)
from tests.support.ledgers import MICROSECOND, SettableClock, begin_plan, open_kind, recorded
from tests.support.load import Promises, Task, Writer
from tests.support.postgres import name_of, new_database, server

ROOT = Path(__file__).parent.parent
STORES = ("memory", "sqlite", "postgres")
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> SettableClock:
    """Give the clock of the store under test."""
    return SettableClock()


@pytest.fixture(params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock
) -> Iterator[EntryStore]:
    """Give an empty store of each kind in turn."""
    with closing(open_kind(request.param, tmp_path, clock)) as store:
        yield store


class MadClock(SettableClock):
    """A clock that is off by something else every time it is read."""

    def __init__(self) -> None:
        """Begin."""
        super().__init__()
        self._off = cycle([-HOUR, timedelta(minutes=3), -TEN_YEARS, timedelta(0), DAY / 3])

    def __call__(self) -> datetime:
        """Read it."""
        return self.now + next(self._off)


# -- a whole history


def test_the_story_comes_to_the_same_over_every_store(
    store: EntryStore, clock: SettableClock
) -> None:
    """A ledger that is moved to another store has to give the answers it gave."""
    beside = SettableClock()
    assert sum_of(store, clock) == sum_of(MemoryStore(beside), beside)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_the_story_comes_to_the_same_in_any_part_of_the_world(tmp_path: Path, kind: str) -> None:
    """The council's server may stand anywhere; its plan is kept by the civil day in London."""
    clock = SettableClock()
    expected = sum_of(MemoryStore(clock), clock)
    with ExitStack() as exits:
        for zone, language in (("Pacific/Auckland", "C"), ("America/St_Johns", "tr_TR.UTF-8")):
            url = f"sqlite:///{tmp_path}/{language}.db"
            if kind == "postgres":
                url = exits.enter_context(new_database())
                server().run(f"ALTER DATABASE {name_of(url)} SET timezone = '{zone}'")
            done = subprocess.run(
                [sys.executable, "-m", "tests.support.clock_story", "memory:", url],
                cwd=ROOT,
                env=os.environ | {"TZ": zone, "LC_ALL": language},
                check=True,
                capture_output=True,
                text=True,
            )
            assert done.stdout.split() == [expected, expected]


def test_no_answer_changes_when_a_clock_is_set_back(
    store: EntryStore, clock: SettableClock
) -> None:
    """What was printed for a board is asked again after the server's clock was put right."""
    ledger = Ledger(store, clock)
    tell(ledger, clock)
    clock.now = LONG_AFTER
    last = recorded(ledger, area(8)).position
    before = answers(ledger, last)
    for number, back in enumerate((HOUR, TEN_YEARS), start=9):
        clock.now = LONG_AFTER - back
        position = recorded(ledger, area(number, LONG_AFTER.date())).position
        assert ledger.at(AtPosition(position)).basis.recorded_at == LONG_AFTER + (
            (position - last) * MICROSECOND
        )
        assert answers(ledger, last) == before
    assert answers(Ledger(store, clock), last) == before


@pytest.mark.parametrize("kind", STORES)
def test_a_clock_that_reads_otherwise_every_time_changes_nothing_but_times(
    tmp_path: Path, kind: str
) -> None:
    """It may jump between two commits and within one: order, commits and answers stay."""
    right, mad = SettableClock(), MadClock()
    with closing(open_kind(kind, tmp_path, mad)) as store:
        expected, found = Ledger(MemoryStore(right), right), Ledger(store, right)
        for number, (moment, command) in enumerate(STORY):
            right.now = mad.now = moment
            for ledger in (expected, found):
                recorded(ledger, command, f"command-{number}")
        log = found.events(limit=99)
        assert [(e.position, e.version, e.envelope) for e in log] == [
            (e.position, e.version, e.envelope) for e in expected.events(limit=99)
        ]
        for before, after in pairwise(log):
            same = before.envelope.command_id == after.envelope.command_id
            assert (before.recorded_us == after.recorded_us) == same
            assert before.recorded_us <= after.recorded_us
        for position in range(len(log) + 1):
            for day in (SPRING, AUTUMN, LEAP, LONG_AFTER.date()):
                assert _plans(found, position, day) == _plans(expected, position, day)


def _plans(ledger: Ledger, position: int, day: date) -> bytes:
    return msgspec.json.encode(ledger.at(AtPosition(position), day).plans())


# -- the awkward days


def test_each_half_past_one_of_an_autumn_night_is_a_moment_of_its_own(
    store: EntryStore, clock: SettableClock
) -> None:
    """By the clock on the wall they are the same; a commit between them came after one of them."""
    ledger = Ledger(store, clock)
    tell(ledger, clock)
    in_summer_time, in_winter_time = (
        AtInstant(datetime.fromisoformat(f"2026-10-25T01:30:00{offset}"))
        for offset in ("+01:00", "+00:00")
    )
    assert ledger.at(in_summer_time).basis.position == 13
    assert ledger.at(in_winter_time).basis.position == 14
    assert ledger.at(in_summer_time).basis.effective_on == AUTUMN
    assert ledger.at(in_winter_time).basis.effective_on == AUTUMN
    assert ledger.at(AtEndOf(AUTUMN - DAY)).basis.position == 12
    assert ledger.at(AtEndOf(AUTUMN)).basis.position == 15


def test_half_past_midnight_in_summer_is_the_next_day(
    store: EntryStore, clock: SettableClock
) -> None:
    """By UTC it is still the day of the review's cut-off, and it would be in its figures."""
    ledger = Ledger(store, clock)
    tell(ledger, clock)
    (entry,) = [entry for entry in ledger.events(limit=99) if entry.position == 11]
    assert entry.recorded_at == at(SPRING, 23, 30)
    assert entry.envelope.effective_on == SPRING + DAY
    assert ledger.at(AtEndOf(SPRING)).basis.position == 10
    assert ledger.at(AtPosition(11)).basis.effective_on == SPRING + DAY
    reported = ledger.at(AtReview("alpha/q1"))
    assert (reported.basis.position, reported.basis.effective_on) == (12, SPRING)
    plan = reported.plan("alpha")
    assert plan is not None
    assert [area.number for area in plan.areas] == ["1", "2", "3"]


def test_what_is_due_on_a_leap_day_is_overdue_the_day_after_and_ages_by_the_calendar() -> None:
    """The day is there once in four years, and a year later it is not."""
    clock = SettableClock(at(LEAP, 12))
    ledger = Ledger(MemoryStore(clock), clock)
    begin_plan(ledger)
    recorded(ledger, SetTargetDate(plan="alpha", milestone="1.1/1", date=Day(2028, 2, 29)))
    ages = {}
    for day in (LEAP, LEAP + DAY, date(2029, 2, 28), date(2029, 3, 1), date(2032, 2, 29)):
        findings = ledger.at(AtHead(), day).findings("alpha")
        assert findings is not None
        (item,) = findings.due()
        ages[day.isoformat()] = item.days_overdue
    assert ages == {
        "2028-02-29": 0,
        "2028-03-01": 1,
        "2029-02-28": 365,
        "2029-03-01": 366,
        "2032-02-29": 1461,
    }


def test_a_leap_day_is_a_working_day_like_any_other() -> None:
    """A statement of action is due so many working days after a report."""
    assert working_days_after(date(2028, 2, 28), 1) == LEAP
    assert working_days_before(date(2028, 3, 1), 1) == LEAP
    assert working_days_after(LEAP, 1) == date(2028, 3, 1)


# -- clocks that differ


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_processes_whose_clocks_differ_by_minutes_share_one_time(tmp_path: Path, kind: str) -> None:
    """Each machine is sure of its clock; the ledger has one order, and times that follow it."""
    with ExitStack() as exits:
        url = f"sqlite:///{tmp_path}/plans.db"
        if kind == "postgres":
            url = exits.enter_context(new_database())
        with closing(open_store(url, system_clock, create=True)) as store:
            begin_plan(Ledger(store, system_clock))
        promises = Promises()
        writers = [
            Writer(Task(url, f"w{number}", "alpha", seed=number, clock_off=minutes * 60))
            for number, minutes in enumerate((-7, 0, 9))
        ]
        for _ in range(10):
            promises.made(writer.next_answer() for writer in writers)
        for writer in writers:
            writer.kill()
            promises.made(writer.answers())
        with closing(open_store(url, system_clock, create=False)) as store:
            promises.check(store)
    # Once the fast clock has recorded, all go by it: none before it, none far after it.
    ahead = [entry.recorded_at - system_clock() for entry in promises.entries[4:]]
    assert max(ahead) <= timedelta(minutes=9)
    assert promises.entries[-1].recorded_at > system_clock() + timedelta(minutes=8)
