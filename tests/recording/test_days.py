"""Days are read as people in Britain write them, and nothing is guessed at."""

from datetime import date

import pytest

from planledger.recording.days import day, partial_date, period


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2015-03-31", "31 March 2015"),
        ("31/3/2015", "31 March 2015"),
        ("31.03.15", "31 March 2015"),
        ("31st of March 2015", "31 March 2015"),
        ("  31   March  2015 ", "31 March 2015"),
        ("March 2015", "March 2015"),
        ("2015-03", "March 2015"),
        ("3/2015", "March 2015"),
        ("2015-Q1", "January to March 2015"),
        ("Q1 2014-15", "April to June 2014"),
        ("january to march 2015", "January to March 2015"),
        ("2015-34", "April to June 2015"),
        ("2015", "2015"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_written(text: str, label: str) -> None:
    """A month must never become its first day, nor 4/3 the third of April."""
    assert partial_date(text).label == label


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Q1 2015", "could mean two things"),
        ("3/13/2015", "no day there is"),
        ("31/6/2015", "no day there is"),
        ("2015-02-30", "no day .* Write for instance"),
        ("2014-15", "between 1 and 12, not 15. Write for instance"),
        ("\u0662\u0660\u0661\u0665", "is not a date. Write for instance"),
        ("March", "Add the year"),
        ("TBC", "is not a date"),
        ("next week", "is not a date"),
        ("March 2015, April 2015", "is not a date"),
        ("x" * 200, "too long"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_is_not_made_one(text: str, says: str) -> None:
    """Who typed it knows what was meant; the program does not."""
    with pytest.raises(ValueError, match=says):
        partial_date(text)


def test_a_day_is_one_day() -> None:
    """What takes effect in March must say on which day."""
    assert day("31/3/2015") == date(2015, 3, 31)
    with pytest.raises(ValueError, match="more than one day"):
        day("March 2015")
    with pytest.raises(ValueError, match="the day before the month"):
        day("soon")


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("Q1 2014-15", "2014-04-01", "2014-06-30", "Q1 2014-15"),
        ("2014-15", "2014-04-01", "2015-03-31", "2014-15"),
        ("2014/15", "2014-04-01", "2015-03-31", "2014/15"),
        ("2011/12", "2011-04-01", "2012-03-31", "2011/12"),
        ("2014-2015", "2014-04-01", "2015-03-31", "2014-2015"),
        ("1999-00", "1999-04-01", "2000-03-31", "1999-00"),
        ("2015-03", "2015-03-01", "2015-03-31", "March 2015"),
        ("May to July 2014", "2014-05-01", "2014-07-31", "May to July 2014"),
        ("1/4/2014 to 30/6/2014", "2014-04-01", "2014-06-30", "1/4/2014 to 30/6/2014"),
        ("2014", "2014-01-01", "2014-12-31", "2014"),
    ],
)
def test_a_period_is_read_with_what_it_was_called(
    text: str, first: str, last: str, label: str
) -> None:
    """A council's quarters are not the calendar's, and papers call them as the council does."""
    found = period(text)
    assert (found.first.isoformat(), found.last.isoformat(), found.label) == (first, last, label)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2011-12", "a month or a financial year"),
        ("July to May 2014", "before it begins"),
        ("2014-16", "between 1 and 12, not 16. Write for instance “Q1 2014-15”"),
        ("2014-3015", "is no day there is"),
        ("9999/00", "is no financial year. Write"),
        ("0000/01", "is no financial year. Write"),
        ("last quarter", "Q1 2014-15"),
        ("x to y", "is not a date"),
    ],
)
def test_what_is_no_period_is_not_made_one(text: str, says: str) -> None:
    """A figure under the wrong quarter is wrong for ever."""
    with pytest.raises(ValueError, match=says):
        period(text)
