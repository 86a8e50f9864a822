"""The grammar of target date cells, case by case."""

from datetime import date

import pytest

from planledger.documents.date_cells import read_date_cell
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year
from planledger.events.target_dates import OneOff, Ongoing, Recurring, ToBeConfirmed

STATED_ON = date(2024, 3, 3)


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("March 2024", Month(2024, 3)),
        ("march 2024", Month(2024, 3)),
        ("Sept. 2024", Month(2024, 9)),
        ("Mar-24", Month(2024, 3)),
        ("Mar ’24", Month(2024, 3)),
        ("03/2024", Month(2024, 3)),
        ("End of March 2024", Month(2024, 3)),
        ("by the end of March 2024", Month(2024, 3)),
        ("31 March 2024", Day(2024, 3, 31)),
        ("31st March, 2024", Day(2024, 3, 31)),
        ("by 31st May 2016", Day(2016, 5, 31)),
        ("31 Mar 24", Day(2024, 3, 31)),
        ("31/03/2024", Day(2024, 3, 31)),
        ("01/03/24", Day(2024, 3, 1)),
        ("1.3.2024", Day(2024, 3, 1)),
        ("2024-03-31", Day(2024, 3, 31)),
        ("March 31, 2024", Day(2024, 3, 31)),
        ("Q1 2015/16", Quarter(2015, 2)),
        ("Quarter 4 2015-16", Quarter(2016, 1)),
        ("by end of 2025", Year(2025)),
        ("<p>May 2024</p>", Month(2024, 5)),
    ],
)
def test_a_date_is_read_no_more_precisely_than_it_is_printed(
    printed: str, when: PartialDate
) -> None:
    """Days are read day first, and a month is never its first day."""
    cell = read_date_cell(printed, STATED_ON)
    assert [each.target for each in cell.dates] == [
        OneOff(as_printed=printed.removeprefix("<p>").removesuffix("</p>"), date=when)
    ]
    assert cell.unread == ""
    assert cell.dates[0].doubt == ""


@pytest.mark.parametrize(
    "printed",
    ["Q1 2015", "Summer 2024", "2024/25", "Mar 15", "31/02/2024", "13/2024", "bi-monthly", "may"],
)
def test_what_could_mean_two_things_is_no_date(printed: str) -> None:
    """A wrong date looks as certain as a right one; it is left for a person instead."""
    cell = read_date_cell(printed, STATED_ON)
    assert cell.dates == ()
    assert cell.unread == printed


@pytest.mark.parametrize(
    ("printed", "when"),
    [("March", Month(2024, 3)), ("Feb", Month(2025, 2)), ("1 April", Day(2024, 4, 1))],
)
def test_a_year_that_is_not_printed_is_the_coming_one_and_doubted(
    printed: str, when: PartialDate
) -> None:
    """The plan looks ahead from its own date; a person confirms the year."""
    (reading,) = read_date_cell(printed, STATED_ON).dates
    assert reading.target == OneOff(as_printed=printed, date=when)
    assert reading.doubt == "the year is not printed"


@pytest.mark.parametrize("printed", ["early May 2024", "mid May 2024", "from May 2024"])
def test_a_word_left_out_of_account_is_doubted(printed: str) -> None:
    """The beginning of May is earlier than May's last day, by which a month is due."""
    (reading,) = read_date_cell(printed, STATED_ON).dates
    assert reading.target == OneOff(as_printed=printed, date=Month(2024, 5))
    assert printed.split(maxsplit=1)[0] in reading.doubt


@pytest.mark.parametrize("printed", ["TBC", "tbc", "T.B.C.", "TBA", "TBD", "To be confirmed"])
def test_to_be_confirmed_has_many_spellings(printed: str) -> None:
    """Each is kept as printed and means the same."""
    (reading,) = read_date_cell(printed, STATED_ON).dates
    assert reading.target == ToBeConfirmed(as_printed=printed, decide_by=None, decider=None)


@pytest.mark.parametrize("printed", ["Ongoing", "on-going", "On going", "continuous"])
def test_ongoing_has_no_end(printed: str) -> None:
    """Nothing falls due, so nothing can be late."""
    (reading,) = read_date_cell(printed, STATED_ON).dates
    assert reading.target == Ongoing(as_printed=printed)


@pytest.mark.parametrize(
    ("printed", "every", "first", "until"),
    [
        ("Monthly", 1, None, None),
        ("quarterly", 3, None, None),
        ("every six months", 6, None, None),
        ("every 2 months", 2, None, None),
        ("six-monthly", 6, None, None),
        ("twice a year", 6, None, None),
        ("Annually", 12, None, None),
        ("every quarter", 3, None, None),
        ("quarterly from June 2024", 3, Month(2024, 6), None),
        ("monthly from June 2024 until June 2025", 1, Month(2024, 6), Month(2025, 6)),
        ("June 2024 and quarterly thereafter", 3, Month(2024, 6), None),
        ("First report June 2024 and then quarterly", 3, Month(2024, 6), None),
    ],
)
def test_a_recurrence_counts_in_months(
    printed: str, every: int, first: PartialDate | None, until: PartialDate | None
) -> None:
    """A recurrence read as one date would fall due once and never again."""
    cell = read_date_cell(printed, STATED_ON)
    assert [each.target for each in cell.dates] == [
        Recurring(as_printed=printed, first=first, every_months=every, until=until)
    ]
    assert cell.unread == ""


def test_weekly_is_ongoing_and_doubted() -> None:
    """The ledger counts in months; a week is no part of one."""
    (reading,) = read_date_cell("Weekly", STATED_ON).dates
    assert reading.target == Ongoing(as_printed="Weekly")
    assert reading.doubt


@pytest.mark.parametrize("months", [0, 99])
def test_a_number_of_months_is_taken_only_within_bounds(months: int) -> None:
    """Every nought months is never; a stored recurrence is every 1 to 120 months."""
    cell = read_date_cell(f"every {months} months", STATED_ON)
    assert len(cell.dates) == (1 if months else 0)


@pytest.mark.parametrize(
    ("printed", "decider", "decide_by"),
    [
        ("TBC by the Roads Board", "Roads Board", None),
        ("To be agreed by Roads Board in June 2024", "Roads Board", Month(2024, 6)),
        ("May Roads Board to agree target dates", "Roads Board", Month(2024, 5)),
        ("Roads Board to set date by 1 May 2024", "Roads Board", Day(2024, 5, 1)),
        ("Roads Board to agree", "Roads Board", None),
    ],
)
def test_a_body_that_is_to_decide_is_named(
    printed: str, decider: str, decide_by: PartialDate | None
) -> None:
    """It is a decision due, by somebody, and no target date."""
    cell = read_date_cell(printed, STATED_ON)
    assert [each.target for each in cell.dates] == [
        ToBeConfirmed(as_printed=printed, decide_by=decide_by, decider=decider)
    ]
    assert cell.each


@pytest.mark.parametrize(
    ("printed", "tokens"),
    [
        ("February 2015 TBC", ["February 2015", "TBC"]),
        ("TBC TBC", ["TBC", "TBC"]),
        ("<p>March 2015</p> <p>TBC</p>", ["March 2015", "TBC"]),
        ("Dec 2014 Jan 2015", ["Dec 2014", "Jan 2015"]),
        ("31 March 2015; 30 April 2015", ["31 March 2015", "30 April 2015"]),
        ("March 2015 and May 2015", ["March 2015", "May 2015"]),
        ("March 2015<br>Ongoing", ["March 2015", "Ongoing"]),
        ("▪ March 2015 ▪ May 2015", ["March 2015", "May 2015"]),
        ("March 2015, quarterly from May 2015", ["March 2015", "quarterly from May 2015"]),
        ("", []),
    ],
)
def test_several_dates_are_told_apart(printed: str, tokens: list[str]) -> None:
    """Their number decides which milestone each belongs to."""
    cell = read_date_cell(printed, STATED_ON)
    assert [each.target.as_printed for each in cell.dates] == tokens
    assert cell.unread == ""
