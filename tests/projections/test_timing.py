"""Due dates, timeliness and slippage: what planledger works out and a council will be asked on."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from planledger.domain.delivery import Completion, Reopening
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, day
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.events.values import ReopenTrigger
from planledger.projections.timing import (
    DONE,
    SlippageUnit,
    Timeliness,
    day_label,
    due_by,
    label,
    occurrences,
    outstanding,
    slippage,
    timeliness,
)
from tests.support.books import due

ON = date(2015, 3, 10)
UNDATED: tuple[TargetDate, ...] = (
    NotStated(as_printed=""),
    ToBeConfirmed(as_printed="TBC", decide_by=Month(2015, 1), decider="the Board"),
    Ongoing(as_printed="Ongoing"),
    Recurring(as_printed="Quarterly", first=None, every_months=3, until=None),
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def claim(achieved: PartialDate, occurrence: PartialDate | None = None) -> Completion:
    """Claim that a milestone, or one time of it, is reached."""
    return Completion(
        occurrence=occurrence,
        achieved_on=achieved,
        on=achieved.latest,
        at=1,
        reporter=None,
        account="officer-1",
        summary=None,
        evidence=(),
    )


coarse: st.SearchStrategy[PartialDate] = st.one_of(
    st.builds(Year, st.integers(1900, 2199)),
    st.builds(Quarter, st.integers(1900, 2199), st.integers(1, 4)),
    st.builds(Month, st.integers(1900, 2199), st.integers(1, 12)),
)
exact: st.SearchStrategy[PartialDate] = days.map(day)
partials = coarse | exact


def every(months: int, first: PartialDate | None, until: PartialDate | None = None) -> Recurring:
    """Give a recurring target date."""
    return Recurring(as_printed="", first=first, every_months=months, until=until)


def counted(target: Recurring, upto: date) -> list[date]:
    """List the last days of all occurrences that end by a day, month by month."""
    assert target.first is not None
    found: list[date] = []
    year, month = target.first.latest.year, target.first.latest.month
    while True:
        last = calendar.monthrange(year, month)[1]
        exact = target.first.day if isinstance(target.first, Day) else last
        due_on = date(year, month, min(exact, last))
        if due_on > upto or (target.until is not None and due_on > target.until.latest):
            return found
        found.append(due_on)
        for _ in range(target.every_months):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


@pytest.mark.parametrize(
    ("partial", "last"),
    [
        (Day(2015, 3, 31), date(2015, 3, 31)),
        (Month(2015, 2), date(2015, 2, 28)),
        (Month(2016, 2), date(2016, 2, 29)),
        (Quarter(2015, 4), date(2015, 12, 31)),
        (Year(2015), date(2015, 12, 31)),
    ],
)
def test_a_date_is_kept_until_its_last_day(partial: PartialDate, last: date) -> None:
    """March 2015 promises the end of March; taking the 1st would call half the plan late."""
    assert due_by(due(partial)) == last
    assert timeliness(due(partial), (), last) is not Timeliness.OVERDUE
    assert timeliness(due(partial), (), last + timedelta(days=1)) is Timeliness.OVERDUE


@pytest.mark.parametrize("target", UNDATED)
def test_what_has_no_date_is_never_due_nor_overdue(target: TargetDate) -> None:
    """Nothing promised for a day can be late; TBC is neither overdue nor on time."""
    assert due_by(target) is None
    assert timeliness(target, (), ON) is Timeliness.NO_DATE
    assert timeliness(target, (claim(Day(2015, 3, 1)),), ON) is Timeliness.NO_DATE


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2015, 2, 28), Timeliness.NOT_YET_DUE),
        (date(2015, 3, 1), Timeliness.DUE_THIS_MONTH),
        (date(2015, 3, 31), Timeliness.DUE_THIS_MONTH),
        (date(2015, 4, 1), Timeliness.OVERDUE),
        (date(2014, 3, 31), Timeliness.NOT_YET_DUE),
        (date(2016, 3, 1), Timeliness.OVERDUE),
    ],
)
def test_a_milestone_is_overdue_from_the_day_after(on: date, said: Timeliness) -> None:
    """One day off either way is a false accusation or a missed warning."""
    assert timeliness(due(Month(2015, 3)), (), on) is said


@given(days, days)
def test_a_milestone_is_overdue_exactly_when_its_day_has_passed(last: date, on: date) -> None:
    """Every pair of days has one answer, and the month decides only before the day."""
    said = timeliness(due(day(last)), (), on)
    assert (said is Timeliness.OVERDUE) == (last < on)
    same_month = (last.year, last.month) == (on.year, on.month)
    assert (said is Timeliness.DUE_THIS_MONTH) == (same_month and last >= on)


@pytest.mark.parametrize(
    ("target", "until", "expected"),
    [
        (
            every(1, Day(2015, 1, 31)),
            date(2015, 3, 31),
            (Day(2015, 1, 31), Day(2015, 2, 28), Day(2015, 3, 31)),
        ),
        (
            every(12, Day(2016, 2, 29)),
            date(2020, 2, 28),
            (Day(2016, 2, 29), Day(2017, 2, 28), Day(2018, 2, 28), Day(2019, 2, 28)),
        ),
        (every(3, Month(2015, 6)), date(2015, 6, 29), ()),
        (every(3, Month(2015, 6)), date(2015, 9, 30), (Month(2015, 6), Month(2015, 9))),
        (every(3, Quarter(2015, 4)), date(2016, 3, 31), (Quarter(2015, 4), Quarter(2016, 1))),
        (every(12, Year(2015)), date(2016, 12, 31), (Year(2015), Year(2016))),
        (
            every(3, Month(2015, 6), Month(2015, 9)),
            date(2199, 12, 31),
            (Month(2015, 6), Month(2015, 9)),
        ),
        (every(3, Month(2015, 6), Day(2015, 9, 29)), date(2016, 1, 1), (Month(2015, 6),)),
        (every(3, None), date(2199, 12, 31), ()),
        (every(120, Year(9999)), date.max, (Year(9999),)),
    ],
)
def test_a_recurring_milestone_falls_due_time_after_time(
    target: Recurring, until: date, expected: tuple[PartialDate, ...]
) -> None:
    """A quarterly report is due at each quarter's end, never on a day no month has."""
    assert occurrences(target, until) == expected


@given(st.builds(every, st.integers(1, 120), partials, st.none() | partials), days)
def test_times_are_found_as_by_counting_months(target: Recurring, until: date) -> None:
    """However far the day, no time is left out and none is made up."""
    assert [time.latest for time in occurrences(target, until)] == counted(target, until)


def test_a_recurring_milestone_is_overdue_once_a_time_passes_unclaimed() -> None:
    """A report that never came must not be forgotten since the next one is still to come."""
    quarterly = every(3, Month(2015, 3))
    on = date(2015, 8, 1)
    assert due_by(quarterly) == date(2015, 3, 31)
    assert timeliness(quarterly, (), on) is Timeliness.OVERDUE
    first = claim(Day(2015, 3, 2), Month(2015, 3))
    assert due_by(quarterly, (first,)) == date(2015, 6, 30)
    assert timeliness(quarterly, (first,), on) is Timeliness.OVERDUE
    second = claim(Day(2015, 7, 30), Month(2015, 6))
    assert due_by(quarterly, (first, second)) == date(2015, 9, 30)
    assert timeliness(quarterly, (first, second), on) is Timeliness.NOT_YET_DUE
    assert outstanding(quarterly, (second,), date(2015, 9, 30)) == (Month(2015, 3), Month(2015, 9))


def test_a_recurrence_that_has_ended_is_done_only_if_each_time_was() -> None:
    """Done on time is said of the whole promise: one late report makes it late."""
    target = every(3, Month(2015, 3), Month(2015, 6))
    early, late = claim(Month(2015, 3), Month(2015, 3)), claim(Day(2015, 7, 1), Month(2015, 6))
    in_time = claim(Day(2015, 6, 30), Month(2015, 6))
    on = date(2016, 1, 1)
    assert timeliness(target, (early,), on) is Timeliness.OVERDUE
    assert timeliness(target, (early, late), on) is Timeliness.DONE_LATE
    assert timeliness(target, (early, in_time), on) is Timeliness.DONE_ON_TIME
    assert due_by(target, (early, in_time)) == date(2015, 6, 30)


@pytest.mark.parametrize(
    ("achieved", "said"),
    [
        (Day(2015, 3, 31), Timeliness.DONE_ON_TIME),
        (Day(2015, 4, 1), Timeliness.DONE_LATE),
        (Month(2015, 3), Timeliness.DONE_ON_TIME),
        (Month(2015, 4), Timeliness.DONE_LATE),
        (Quarter(2015, 1), Timeliness.DONE_ON_TIME),
        (Year(2015), Timeliness.DONE_ON_TIME),
        (Year(2016), Timeliness.DONE_LATE),
    ],
)
def test_a_claim_is_late_only_if_it_is_for_certain(achieved: PartialDate, said: Timeliness) -> None:
    """Reached "in 2015" may have been in time: a doubt is no accusation."""
    on = date(2016, 6, 1)
    assert timeliness(due(Month(2015, 3)), (claim(achieved),), on) is said


def test_a_claim_that_fell_leaves_the_milestone_overdue() -> None:
    """A refused or reopened milestone is not done, however long ago it was claimed."""
    standing = claim(Day(2015, 3, 1))
    fallen = replace(standing, reopened=Reopening(on=ON, at=9, trigger=ReopenTrigger.AUDIT))
    target, on = due(Month(2015, 3)), date(2015, 5, 1)
    assert timeliness(target, (standing,), on) is Timeliness.DONE_ON_TIME
    assert timeliness(target, (fallen,), on) is Timeliness.OVERDUE
    assert timeliness(target, (fallen, claim(Day(2015, 4, 2))), on) is Timeliness.DONE_LATE


targets: st.SearchStrategy[TargetDate] = st.one_of(
    partials.map(due),
    st.builds(every, st.integers(1, 120), st.none() | partials, st.none() | partials),
    st.sampled_from(UNDATED),
)


@given(targets, st.lists(st.tuples(partials, st.none() | partials), max_size=3), days)
def test_every_milestone_has_one_timeliness_that_agrees_with_its_date(
    target: TargetDate, claims: list[tuple[PartialDate, PartialDate | None]], on: date
) -> None:
    """Columns of a report must add up: no date and a due day never go together."""
    made = tuple(claim(achieved, of) for achieved, of in claims)
    said, last = timeliness(target, made, on), due_by(target, made)
    assert (said is Timeliness.NO_DATE) == (last is None)
    if said is Timeliness.OVERDUE:
        assert last is not None
        assert last < on
    if not made:
        assert said not in DONE


@pytest.mark.parametrize(
    ("was", "now", "amount", "unit", "said"),
    [
        (Day(2015, 3, 31), Day(2015, 4, 1), 1, SlippageUnit.DAYS, "1 day later"),
        (Day(2015, 3, 31), Day(2015, 3, 1), -30, SlippageUnit.DAYS, "30 days earlier"),
        (Month(2015, 3), Month(2015, 4), 1, SlippageUnit.MONTHS, "1 month later"),
        (Month(2014, 12), Month(2015, 2), 2, SlippageUnit.MONTHS, "2 months later"),
        (Month(2015, 3), Day(2015, 5, 1), 2, SlippageUnit.MONTHS, "2 months later"),
        (Day(2015, 5, 31), Month(2015, 3), -2, SlippageUnit.MONTHS, "2 months earlier"),
        (Quarter(2015, 1), Quarter(2015, 2), 3, SlippageUnit.MONTHS, "3 months later"),
        (Year(2015), Year(2016), 12, SlippageUnit.MONTHS, "12 months later"),
    ],
)
def test_slippage_is_counted_by_the_coarser_date(
    was: PartialDate, now: PartialDate, amount: int, unit: SlippageUnit, said: str
) -> None:
    """Days counted between months would claim a precision that nobody promised."""
    slip = slippage(due(was), due(now))
    assert slip is not None
    assert (slip.amount, slip.unit, slip.label) == (amount, unit, said)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (Month(2015, 3), Month(2015, 3)),
        (Month(2015, 3), Day(2015, 3, 15)),
        (Quarter(2015, 1), Month(2015, 3)),
        (Quarter(2015, 1), Day(2015, 3, 31)),
        (Year(2015), Month(2015, 12)),
        (Day(2015, 3, 15), Month(2015, 3)),
    ],
)
def test_a_date_said_more_closely_has_not_slipped(was: PartialDate, now: PartialDate) -> None:
    """To name the day within the month promised keeps the promise."""
    assert slippage(due(was), due(now)) is None


@pytest.mark.parametrize("target", UNDATED)
def test_only_one_date_slips_from_another(target: TargetDate) -> None:
    """From TBC to a date is a first setting; a date withdrawn is reported as that, not as moved."""
    assert slippage(None, due(Month(2015, 3))) is None
    assert slippage(due(Month(2015, 3)), target) is None


@given(partials, partials)
def test_slippage_there_and_back_is_nothing(was: PartialDate, now: PartialDate) -> None:
    """Later one way is as much earlier the other way, in the same unit."""
    there, back = slippage(due(was), due(now)), slippage(due(now), due(was))
    if there is None or back is None:
        assert there is back
        return
    assert there.amount == -back.amount != 0
    assert there.unit is back.unit
    assert there.label.replace("later", "earlier") == back.label.replace("later", "earlier")
    assert there.label.endswith("later") == (there.amount > 0)


@given(st.lists(coarse, min_size=3, max_size=3) | st.lists(exact, min_size=3, max_size=3))
def test_slippage_adds_up_over_dates_of_one_precision(dates: list[PartialDate]) -> None:
    """The steps of a date that moves twice come to its whole move."""

    def moved(was: PartialDate, now: PartialDate) -> int:
        slip = slippage(due(was), due(now))
        return slip.amount if slip else 0

    first, second, third = dates
    assert moved(first, second) + moved(second, third) == moved(first, third)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (NotStated(as_printed=""), "No date stated"),
        (ToBeConfirmed(as_printed="tbc", decide_by=None, decider=None), "To be confirmed"),
        (
            ToBeConfirmed(as_printed="", decide_by=Month(2015, 1), decider="the Board"),
            "To be confirmed by the Board, decision due January 2015",
        ),
        (OneOff(as_printed="Dec", date=Month(2014, 12)), "December 2014"),
        (OneOff(as_printed="", date=Day(2015, 1, 6)), "6 January 2015"),
        (every(3, Month(2015, 6)), "Every 3 months from June 2015"),
        (every(1, None, Year(2016)), "Every month from a date to be confirmed until 2016"),
        (Ongoing(as_printed="Ongoing"), "Ongoing"),
    ],
)
def test_a_target_date_is_said_in_full(target: TargetDate, said: str) -> None:
    """Papers say "March 2015" and "to be confirmed"; no 01/03/15, no TBC (design 2.4)."""
    assert label(target) == said


def test_a_day_is_written_the_same_on_every_machine() -> None:
    """The machine's locale must not change what a paper says."""
    assert day_label(date(2015, 3, 1)) == "1 March 2015"
