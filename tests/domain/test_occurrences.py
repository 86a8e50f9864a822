"""The times at which a recurring milestone falls due."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.occurrences import is_occurrence, occurrence
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, parse_edtf
from planledger.events.target_dates import Recurring

FIRSTS: st.SearchStrategy[PartialDate] = st.one_of(
    st.builds(Year, st.integers(2000, 2030)),
    st.builds(Quarter, st.integers(2000, 2030), st.integers(1, 4)),
    st.builds(Month, st.integers(2000, 2030), st.integers(1, 12)),
    st.builds(Day, st.integers(2000, 2030), st.integers(1, 12), st.integers(1, 28)),
    st.sampled_from([Day(2024, 2, 29), Day(2025, 1, 31), Day(2025, 8, 30)]),
)


def recurring(
    first: PartialDate | None, every_months: int, until: PartialDate | None = None
) -> Recurring:
    """Give a recurrence."""
    return Recurring(as_printed="", first=first, every_months=every_months, until=until)


@pytest.mark.parametrize(
    ("first", "every", "number", "then"),
    [
        ("2015-06", 3, 0, "2015-06"),
        ("2015-06", 3, 1, "2015-09"),
        ("2015-06", 3, 3, "2016-03"),
        ("2015-01-31", 1, 1, "2015-02-28"),
        ("2015-01-31", 1, 2, "2015-03-31"),
        ("2024-02-29", 12, 4, "2028-02-29"),
        ("2015-34", 3, 3, "2016-33"),
        ("2015-34", 4, 0, "2015-34"),
        ("2015-34", 4, 1, "2015-10"),
        ("2015", 24, 2, "2019"),
        ("2015", 6, 1, "2016-06"),
    ],
)
def test_a_time_is_as_precise_as_the_first(first: str, every: int, number: int, then: str) -> None:
    """A quarterly report is due in a month; to say on which day would be made up."""
    assert occurrence(parse_edtf(first), every, number) == parse_edtf(then)


@given(FIRSTS, st.integers(1, 120), st.integers(0, 50))
def test_each_time_is_one_of_the_times(first: PartialDate, every: int, number: int) -> None:
    """What falls due can be claimed; a time that nobody can name could never be signed off."""
    assert is_occurrence(recurring(first, every), occurrence(first, every, number))


@given(FIRSTS, st.integers(1, 120), st.integers(0, 50))
def test_a_time_ends_so_many_months_after_the_first(
    first: PartialDate, every: int, number: int
) -> None:
    """A quarterly report that slips by a month every year is not quarterly."""
    last = occurrence(first, every, number).latest
    began = first.latest
    assert (last.year - began.year) * 12 + last.month - began.month == every * number
    to_the_end = (last + timedelta(days=1)).day == 1
    assert to_the_end or last.day == began.day


@given(FIRSTS, st.integers(1, 120), st.integers(0, 50))
def test_nothing_falls_due_after_the_last_day(first: PartialDate, every: int, number: int) -> None:
    """A recurrence that ended asks for nothing more."""
    target = recurring(first, every, until=occurrence(first, every, number))
    assert is_occurrence(target, occurrence(first, every, number))
    assert not is_occurrence(target, occurrence(first, every, number + 1))


@pytest.mark.parametrize(
    "named", ["2015-03", "2015-07", "2015-08", "2015-09-30", "2015-35", "2015"]
)
def test_what_is_no_time_or_is_said_in_another_way_is_none(named: str) -> None:
    """One time under two names would be claimed twice."""
    assert not is_occurrence(recurring(Month(2015, 6), 3), parse_edtf(named))


def test_without_a_first_date_any_time_may_be_one_until_the_last() -> None:
    """The plan promised a quarterly review and not when; the claim is the first to say it."""
    assert is_occurrence(recurring(None, 3), Day(2015, 5, 7))
    assert not is_occurrence(recurring(None, 3, until=Year(2015)), Month(2016, 1))
