"""Due dates, timeliness and slippage: what planledger works out and a council will be asked on."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, day
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.projections.timing import (
    SlippageUnit,
    Timeliness,
    day_label,
    due_by,
    label,
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


def occurrences(target: Recurring, upto: date) -> list[date]:
    """List the last days of all occurrences, month by month, until one ends on `upto` or after."""
    assert target.first is not None
    found: list[date] = []
    year, month = target.first.latest.year, target.first.latest.month
    while True:
        last = calendar.monthrange(year, month)[1]
        exact = target.first.day if isinstance(target.first, Day) else last
        found.append(date(year, month, min(exact, last)))
        if found[-1] >= upto:
            return found
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
    assert due_by(due(partial), ON) == last
    assert due_by(due(partial), last + timedelta(days=400)) == last


@pytest.mark.parametrize("target", UNDATED)
def test_what_has_no_date_is_never_due_nor_overdue(target: TargetDate) -> None:
    """Nothing promised for a day can be late; TBC is neither overdue nor on time."""
    assert due_by(target, ON) is None
    assert timeliness(due_by(target, ON), ON) is Timeliness.NO_DATE


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
    assert timeliness(due_by(due(Month(2015, 3)), on), on) is said


@given(days, days)
def test_a_milestone_is_overdue_exactly_when_its_day_has_passed(last: date, on: date) -> None:
    """Every pair of days has one answer, and the month decides only before the day."""
    said = timeliness(last, on)
    assert (said is Timeliness.OVERDUE) == (last < on)
    same_month = (last.year, last.month) == (on.year, on.month)
    assert (said is Timeliness.DUE_THIS_MONTH) == (same_month and last >= on)


@pytest.mark.parametrize(
    ("target", "on", "expected"),
    [
        (every(1, Day(2015, 1, 31)), date(2015, 2, 1), date(2015, 2, 28)),
        (every(1, Day(2015, 1, 31)), date(2015, 3, 1), date(2015, 3, 31)),
        (every(1, Day(2016, 1, 31)), date(2016, 2, 29), date(2016, 2, 29)),
        (every(1, Day(2015, 1, 15)), date(2015, 3, 15), date(2015, 3, 15)),
        (every(1, Day(2015, 1, 15)), date(2015, 3, 16), date(2015, 4, 15)),
        (every(12, Day(2016, 2, 29)), date(2017, 1, 1), date(2017, 2, 28)),
        (every(12, Day(2016, 2, 29)), date(2019, 3, 1), date(2020, 2, 29)),
        (every(3, Month(2015, 6)), date(2014, 1, 1), date(2015, 6, 30)),
        (every(3, Month(2015, 6)), date(2015, 7, 1), date(2015, 9, 30)),
        (every(3, Quarter(2015, 1)), date(2015, 4, 1), date(2015, 6, 30)),
        (every(12, Year(2015)), date(2016, 1, 1), date(2016, 12, 31)),
        (every(3, Month(2015, 6), Month(2015, 12)), date(2015, 12, 31), date(2015, 12, 31)),
        (every(3, Month(2015, 6), Month(2015, 12)), date(2016, 1, 1), None),
        (every(3, Month(2015, 6), Day(2015, 12, 30)), date(2015, 10, 1), None),
        (every(120, Month(2015, 6)), date(2199, 12, 31), date(2205, 6, 30)),
    ],
)
def test_the_next_occurrence_is_due(target: Recurring, on: date, expected: date | None) -> None:
    """A quarterly report is due at each quarter's end, never on a day no month has."""
    assert due_by(target, on) == expected


@given(
    st.builds(every, st.integers(1, 120), partials, st.none() | partials),
    days,
)
def test_an_occurrence_is_found_as_by_counting_months(target: Recurring, on: date) -> None:
    """However far the day, the first occurrence ending on it or after is the one due."""
    expected = occurrences(target, on)[-1]
    gone = target.until is not None and expected > target.until.latest
    assert due_by(target, on) == (None if gone else expected)


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
