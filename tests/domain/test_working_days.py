"""Working days in England, by which a statement of action is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.working_days import (
    is_working_day,
    working_days_after,
    working_days_before,
)

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
COUNTS = st.integers(min_value=1, max_value=260)


@pytest.mark.parametrize(
    "day",
    [
        date(2015, 4, 3),  # Good Friday
        date(2015, 4, 6),  # Easter Monday
        date(2015, 1, 1),
        date(2015, 5, 4),  # early May
        date(2015, 5, 25),  # spring
        date(2015, 8, 31),  # summer
        date(2015, 12, 25),
        date(2015, 12, 28),  # for Boxing Day, which was a Saturday
        date(2021, 12, 27),  # for Christmas Day, which was a Saturday
        date(2021, 12, 28),  # for Boxing Day, which was a Sunday
        date(2022, 1, 3),  # for New Year's Day, which was a Saturday
        date(2022, 6, 2),  # the spring holiday, moved to the jubilee
        date(2022, 6, 3),  # the jubilee
        date(2022, 9, 19),  # the Queen's funeral
        date(2022, 12, 27),  # for Christmas Day, which was a Sunday
        date(2023, 5, 8),  # the coronation
        date(2020, 5, 8),  # early May, moved to VE day
        date(1999, 12, 31),  # the millennium
    ],
    ids=str,
)
def test_nobody_works_on_a_bank_holiday(day: date) -> None:
    """A statement counted with one day too many is late by law."""
    assert day.weekday() < 5
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2015, 1, 2),  # a bank holiday in Scotland only
        date(2015, 3, 17),  # a bank holiday in Northern Ireland only
        date(2015, 4, 2),  # Maundy Thursday
        date(2020, 5, 4),  # what would have been early May
        date(2022, 5, 30),  # what would have been the spring holiday
        date(2015, 12, 24),
        date(2015, 12, 29),
    ],
    ids=str,
)
def test_people_in_england_work_on_every_other_weekday(day: date) -> None:
    """A day given away for nothing is a day less for the council's answer."""
    assert is_working_day(day)


def test_the_plymouth_statement_was_due_on_14_april() -> None:
    """The one date of this kind that is known from the papers of the time (background, 4)."""
    assert working_days_after(date(2015, 1, 2), 70) == date(2015, 4, 14)


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (date(2015, 4, 2), date(2015, 4, 7)),  # over Easter
        (date(2021, 12, 24), date(2021, 12, 29)),  # over a Christmas at a weekend
        (date(2022, 12, 23), date(2022, 12, 28)),  # over a Christmas on a Sunday
        (date(2022, 6, 1), date(2022, 6, 6)),  # over the jubilee
        (date(2015, 4, 4), date(2015, 4, 7)),  # from a day off
        (date(2015, 6, 8), date(2015, 6, 9)),
    ],
)
def test_the_first_working_day_is_the_next_one(after: date, first: date) -> None:
    """The day of receipt is not counted, and neither is a day off."""
    assert working_days_after(after, 1) == first
    assert working_days_before(first, 1) <= after


def test_the_five_working_days_before_a_review_skip_easter() -> None:
    """A date moved in that week is flagged, so the week must be the one that people worked."""
    assert working_days_before(date(2015, 4, 10), 5) == date(2015, 4, 1)


@given(DAYS, COUNTS)
def test_counting_gives_a_working_day_with_as_many_up_to_it(day: date, count: int) -> None:
    """The law counts days; so does this test, one by one."""
    due = working_days_after(day, count)
    between = [day + timedelta(days=ahead) for ahead in range(1, (due - day).days + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == count


@given(DAYS, COUNTS)
def test_counting_back_and_on_comes_to_the_same_day(day: date, count: int) -> None:
    """Both ways must mean the same days, or a flag and a deadline would disagree."""
    due = working_days_after(day, count)
    assert working_days_before(due + timedelta(days=1), 1) == due
    assert working_days_after(working_days_before(due, count), count) == due


@given(DAYS)
def test_nobody_is_taken_to_work_at_a_weekend_or_at_christmas(day: date) -> None:
    """These are days off by the regulations themselves, whatever a calendar of holidays says."""
    if day.weekday() >= 5 or (day.month, day.day) == (12, 25):
        assert not is_working_day(day)
