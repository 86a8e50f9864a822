"""Points as people write them, and civil days as they end in London."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planledger.events.envelope import EPOCH, instant, microseconds
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
    civil_day,
    day_of,
    end_of,
    last_instant,
    parse_point,
)

LONDON = ZoneInfo("Europe/London")
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("head", AtHead()),
        ("@0", AtPosition(0)),
        ("@123", AtPosition(123)),
        ("@999999999999999", AtPosition(999_999_999_999_999)),
        ("2015-03-31", AtEndOf(date(2015, 3, 31))),
        ("2016-02-29", AtEndOf(date(2016, 2, 29))),
        ("2015-03-31T17:00:00Z", AtInstant(datetime(2015, 3, 31, 17, tzinfo=UTC))),
        ("2015-03-31T18:00:00+01:00", AtInstant(datetime(2015, 3, 31, 17, tzinfo=UTC))),
        ("2015-03-31 17:00:00.000001Z", AtInstant(datetime(2015, 3, 31, 17, 0, 0, 1, tzinfo=UTC))),
        ("review:plymouth-2015/q1", AtReview("plymouth-2015/q1")),
    ],
)
def test_a_point_is_read_as_people_write_it(text: str, point: Point) -> None:
    """These forms stand in links and minutes; each must always mean the same point."""
    assert parse_point(text) == point


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HEAD",
        "tomorrow",
        "@",
        "@-1",
        "@1.5",
        "@1 ",
        "@1234567890123456",
        "12",
        "2015-03",
        "2015-02-29",
        "2015-03-32",
        "31/03/2015",
        "2015-03-31T17:00:00",
        "2015-03-31T25:00:00Z",
        " 2015-03-31",
        "plymouth-2015/q1",
    ],
)
def test_what_is_no_point_is_refused_with_what_is_accepted(text: str) -> None:
    """A guess at a time of day without an offset would give another ledger in summer."""
    with pytest.raises(ValueError, match=r"Write review:PLAN/REVIEW"):
        parse_point(text)


numerals = st.text("0123456789-+:.TZ@ Ww", max_size=32)
instants = st.datetimes(timezones=st.timezones() | st.just(timezone.max)).map(str)


@given(st.text() | numerals | instants | st.builds("review:{}".format, st.text()))
@example("0001-01-01T00:00:00+14:00")
@example("9999-12-31T23:59:59-14:00")
@example("2015-03-31\ud80017:00:00Z")
@example("@٣")
def test_reading_a_point_raises_nothing_but_value_error(text: str) -> None:
    """Whatever is typed gets an answer or one clear line, never a crash."""
    try:
        point = parse_point(text)
    except ValueError:
        return
    if isinstance(point, AtInstant):
        assert point.moment.utcoffset() is not None
        assert isinstance(civil_day(point.moment), date)
        assert timedelta(microseconds=last_instant(point)) == point.moment - EPOCH


@given(st.dates(date(1850, 1, 1), date(9998, 12, 31)))
@example(date(2026, 3, 29))  # the clocks go forward: a day of 23 hours
@example(date(2026, 10, 25))  # the clocks go back: a day of 25 hours
@example(date(2026, 12, 31))
@example(date(2028, 2, 28))
@example(date(2028, 2, 29))
@example(date(1968, 10, 27))  # the first day of three years of British Standard Time
def test_a_day_ends_one_microsecond_before_local_midnight(day: date) -> None:
    """Ending days at midnight UTC puts an hour of every summer day in the wrong quarter."""
    following = day + timedelta(days=1)
    last = instant(end_of(day))
    midnight = (last + MICROSECOND).astimezone(LONDON)
    assert (midnight.date(), midnight.time()) == (following, time())
    assert civil_day(last) == day
    assert civil_day(last + MICROSECOND) == following
    assert day_of(end_of(day)) == day


@pytest.mark.parametrize(
    ("day", "end", "hours"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 29, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC), 23),
        (date(2026, 3, 31), datetime(2026, 3, 31, 23, tzinfo=UTC), 24),
        (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC), 25),
        (date(2026, 12, 31), datetime(2027, 1, 1, tzinfo=UTC), 24),
        (date(2028, 2, 29), datetime(2028, 3, 1, tzinfo=UTC), 24),
    ],
)
def test_a_day_ends_when_london_says(day: date, end: datetime, hours: int) -> None:
    """Days of 23 and 25 hours, written out, so that no zone library is its own witness."""
    assert end_of(day) == microseconds(end) - 1
    length = end_of(day) - end_of(day - timedelta(days=1))
    assert length == hours * 3_600_000_000


@given(st.dates(date(1900, 1, 1), date(9000, 12, 31)))
def test_days_end_one_after_the_other(day: date) -> None:
    """Every microsecond belongs to one civil day: none is in two quarters, none in no quarter."""
    assert end_of(day) < end_of(day + timedelta(days=1))
    assert day_of(end_of(day) + 1) == day + timedelta(days=1)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("hours", [-14, 0, 14])
def test_a_moment_at_the_calendars_ends_has_a_day(day: date, hours: int) -> None:
    """No zone can be applied there, but a question must not crash the ledger."""
    there = datetime.combine(day, time(12), timezone(timedelta(hours=hours)))
    assert abs(civil_day(there) - day) <= timedelta(days=1)
