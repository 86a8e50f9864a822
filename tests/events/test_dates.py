"""Partial dates: never more precise than what was said."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.dates import (
    Day,
    Month,
    PartialDate,
    Quarter,
    Year,
    day,
    month_name,
    parse_edtf,
)
from planledger.events.envelope import EPOCH, Fact, Happening, instant, microseconds
from planledger.events.plan import PlanDrafted
from tests.support.event_strategies import PARTIAL_DATES, YEARS

DRAFTED = PlanDrafted(title="Northbridge improvement plan")
NAMED = [
    (Year(2015), "2015-01-01", "2015-12-31", "2015", "2015"),
    (Year(987), "0987-01-01", "0987-12-31", "0987", "0987"),
    (Quarter(2015, 1), "2015-01-01", "2015-03-31", "January to March 2015", "2015-33"),
    (Quarter(2015, 4), "2015-10-01", "2015-12-31", "October to December 2015", "2015-36"),
    (Month(2015, 3), "2015-03-01", "2015-03-31", "March 2015", "2015-03"),
    (Month(2015, 12), "2015-12-01", "2015-12-31", "December 2015", "2015-12"),
    (Month(2015, 2), "2015-02-01", "2015-02-28", "February 2015", "2015-02"),
    (Month(2016, 2), "2016-02-01", "2016-02-29", "February 2016", "2016-02"),
    (Month(1900, 2), "1900-02-01", "1900-02-28", "February 1900", "1900-02"),
    (Month(2000, 2), "2000-02-01", "2000-02-29", "February 2000", "2000-02"),
    (Day(2015, 3, 31), "2015-03-31", "2015-03-31", "31 March 2015", "2015-03-31"),
    (Day(2016, 2, 29), "2016-02-29", "2016-02-29", "29 February 2016", "2016-02-29"),
    (Day(987, 6, 5), "0987-06-05", "0987-06-05", "5 June 0987", "0987-06-05"),
]


@pytest.mark.parametrize(("said", "earliest", "latest", "label", "edtf"), NAMED)
def test_a_partial_date_knows_its_ends_and_its_names(
    said: PartialDate, earliest: str, latest: str, label: str, edtf: str
) -> None:
    """Late is counted from the last day: a month taken for its 1st would call plans late early."""
    assert said.earliest == date.fromisoformat(earliest)
    assert said.latest == date.fromisoformat(latest)
    assert said.label == label
    assert said.edtf == edtf


@given(PARTIAL_DATES)
def test_what_edtf_says_is_read_back_as_the_same_date(said: PartialDate) -> None:
    """A date that leaves through an interface must come back with the same precision."""
    assert parse_edtf(said.edtf) == said


@given(PARTIAL_DATES)
def test_a_partial_date_ends_on_the_day_before_the_next_one_begins(said: PartialDate) -> None:
    """A gap or an overlap between months or quarters would lose or double a deadline."""
    assert said.earliest <= said.latest
    if said.latest == date.max:
        return
    after = said.latest + timedelta(days=1)
    assert _around(after, type(said)).earliest == after


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write a year"),
        ("March 2015", "Write a year"),
        ("01/03/15", "Write a year"),
        ("2015-3", "Write a year"),
        ("2015-03-31T00:00", "Write a year"),
        ("2015-03\n", "Write a year"),
        ("-2015", "Write a year"),
        ("２０１５", "Write a year"),
        ("2015-00", "A month lies between 1 and 12, not 0."),
        ("2015-13", "A month lies between 1 and 12, not 13."),
        ("2015-32", "A month lies between 1 and 12, not 32."),
        ("2015-37", "A month lies between 1 and 12, not 37."),
        ("0000", "A year lies between 1 and 9999, not 0."),
        ("0000-01-01", "A year lies between 1 and 9999, not 0."),
        ("2015-02-29", "There is no day 2015-02-29 in the calendar."),
        ("2015-33-01", "There is no day 2015-33-01 in the calendar."),
        ("2015-04-00", "There is no day 2015-04-00 in the calendar."),
    ],
)
def test_a_text_that_is_no_date_is_refused_with_what_is(text: str, says: str) -> None:
    """A date guessed from a slip of the keyboard is worse than a question."""
    with pytest.raises(ValueError, match=re.escape(says)):
        parse_edtf(text)


@given(st.text(alphabet="0123456789-/ ", max_size=11))
def test_reading_a_date_gives_a_date_or_a_value_error_and_nothing_else(text: str) -> None:
    """Whatever a caller types must be answered, never crash the server."""
    try:
        read = parse_edtf(text)
    except ValueError:
        return
    assert read.edtf == text


@pytest.mark.parametrize(
    ("kind", "parts", "says"),
    [
        (Year, (0,), "A year lies between 1 and 9999, not 0."),
        (Year, (10_000,), "A year lies between 1 and 9999, not 10000."),
        (Quarter, (2015, 0), "A quarter lies between 1 and 4, not 0."),
        (Quarter, (2015, 5), "A quarter lies between 1 and 4, not 5."),
        (Quarter, (0, 1), "A year lies between 1 and 9999, not 0."),
        (Month, (2015, 13), "A month lies between 1 and 12, not 13."),
        (Month, (10**30, 1), "A year lies between"),
        (Day, (2015, 2, 29), "There is no day 2015-02-29 in the calendar."),
        (Day, (0, 1, 1), "A year lies between 1 and 9999, not 0."),
        (Day, (10**30, 1, 1), "A year lies between"),
        (Day, (2015, 10**30, 1), "There is no day 2015-1000"),
    ],
)
def test_an_impossible_date_cannot_be_made(
    kind: type[PartialDate], parts: tuple[int, ...], says: str
) -> None:
    """What cannot be made need not be guarded against by everything that reads it."""
    with pytest.raises(ValueError, match=re.escape(says)):
        kind(*parts)


@given(YEARS, st.integers(1, 12))
def test_a_month_is_called_by_its_english_name(year: int, month: int) -> None:
    """Papers must read the same on every machine, whatever its locale."""
    assert Month(year, month).label == f"{month_name(month)} {year:04}"


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_are_kept_to_the_microsecond(moment: datetime) -> None:
    """The order of commits hangs on the last microsecond, which a float would lose."""
    assert instant(microseconds(moment)) == moment


def test_a_moment_is_counted_from_1970_in_utc_whatever_its_offset() -> None:
    """Two servers in two zones must stamp one moment alike."""
    assert microseconds(EPOCH + timedelta(seconds=1)) == 1_000_000
    paris = datetime(1970, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    assert microseconds(paris) == 0


def _around(on: date, kind: type[PartialDate]) -> PartialDate:
    if kind is Year:
        return Year(on.year)
    if kind is Quarter:
        return Quarter(on.year, (on.month + 2) // 3)
    return Month(on.year, on.month) if kind is Month else day(on)


def test_an_entry_says_when_it_was_recorded_in_utc() -> None:
    """It is stored as a number; people and programs are given the moment."""
    fact = Fact(1, 1_000_001, "northbridge", 1, Happening(event=DRAFTED, effective_on=EPOCH.date()))
    assert fact.recorded_at == EPOCH + timedelta(seconds=1, microseconds=1)
    assert (fact.event, fact.effective_on) == (DRAFTED, date(1970, 1, 1))
