"""What kind of change a difference is: invariant 14 of design page 3.7, and by example."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.dates import Day, Month, PartialDate, Quarter, Year
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.projections.changes.classes import INVERSE, of_dates
from planledger.projections.changes.shapes import ChangeClass
from planledger.projections.timing import SlippageUnit, slippage

YEARS = st.integers(2025, 2026)
PARTIAL: st.SearchStrategy[PartialDate] = st.one_of(
    st.builds(Year, YEARS),
    st.builds(Quarter, YEARS, st.integers(1, 4)),
    st.builds(Month, YEARS, st.integers(1, 12)),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(lambda on: Day(on.year, on.month, on.day)),
)
PRINTED = st.sampled_from(["", "TBC", "by then"])
TARGETS: st.SearchStrategy[TargetDate] = st.one_of(
    st.builds(NotStated, as_printed=PRINTED),
    st.builds(
        ToBeConfirmed,
        as_printed=PRINTED,
        decide_by=st.none() | PARTIAL,
        decider=st.sampled_from([None, "the Board"]),
    ),
    st.builds(OneOff, as_printed=PRINTED, date=PARTIAL),
    st.builds(
        Recurring,
        as_printed=PRINTED,
        first=st.none() | PARTIAL,
        every_months=st.sampled_from([1, 3]),
        until=st.none() | PARTIAL,
    ),
    st.builds(Ongoing, as_printed=PRINTED),
)
DATED = (OneOff, Recurring, Ongoing)


def once(on: PartialDate, printed: str = "") -> OneOff:
    """Give a date due once."""
    return OneOff(as_printed=printed, date=on)


@given(TARGETS, TARGETS)
def test_a_step_between_any_two_dates_is_the_inverse_of_the_step_back(
    before: TargetDate, after: TargetDate
) -> None:
    """Invariant 14: whatever is counted as slipped one way is brought forward the other."""
    there, by = of_dates(before, after)
    back, by_back = of_dates(after, before)
    assert back is INVERSE[there]
    assert (by and by.amount) == (by_back and -by_back.amount)


@given(TARGETS, TARGETS)
def test_only_a_date_in_force_slips(before: TargetDate, after: TargetDate) -> None:
    """A first setting counted as slippage would punish a council for answering at last."""
    what, by = of_dates(before, after)
    moved = {ChangeClass.SLIPPED, ChangeClass.BROUGHT_FORWARD}
    assert (what in moved) == (slippage(before, after) is not None)
    assert by == slippage(before, after)
    if isinstance(before, DATED) != isinstance(after, DATED):
        set_now = isinstance(after, DATED)
        assert what is (ChangeClass.DATE_SET if set_now else ChangeClass.DATE_WITHDRAWN)


@given(PARTIAL, PARTIAL)
def test_what_narrows_lies_inside_and_ends_in_the_same_month(
    before: PartialDate, after: PartialDate
) -> None:
    """To say a date more exactly is no move, but no move may hide behind it."""
    what, _ = of_dates(once(before), once(after))
    if what is ChangeClass.NARROWED:
        assert before.earliest <= after.earliest <= after.latest <= before.latest
        assert (before.latest.year, before.latest.month) == (after.latest.year, after.latest.month)
        assert before != after


def test_the_table_of_inverses_is_total_and_its_own_inverse() -> None:
    """A class without an inverse would stop a diff that is asked backwards."""
    assert set(INVERSE) == set(ChangeClass)
    assert all(INVERSE[INVERSE[what]] is what for what in ChangeClass)


TBC = ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None)
QUARTERLY = Recurring(as_printed="quarterly", first=None, every_months=3, until=None)
MARCH = Month(2026, 3)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (TBC, once(MARCH), ChangeClass.DATE_SET),
        (NotStated(as_printed=""), Ongoing(as_printed=""), ChangeClass.DATE_SET),
        (TBC, QUARTERLY, ChangeClass.DATE_SET),
        (once(MARCH), TBC, ChangeClass.DATE_WITHDRAWN),
        (once(MARCH), once(Month(2026, 5)), ChangeClass.SLIPPED),
        (once(MARCH), once(Month(2026, 1)), ChangeClass.BROUGHT_FORWARD),
        (once(MARCH), once(Day(2026, 3, 15)), ChangeClass.NARROWED),
        (once(Day(2026, 3, 15)), once(MARCH), ChangeClass.WIDENED),
        (once(Quarter(2026, 1)), once(MARCH), ChangeClass.NARROWED),
        (once(MARCH), once(Year(2026)), ChangeClass.SLIPPED),
        (once(Day(2026, 3, 1)), once(Day(2026, 3, 31)), ChangeClass.SLIPPED),
        (QUARTERLY, once(MARCH), ChangeClass.RECURRENCE_CHANGED),
        (
            QUARTERLY,
            Recurring(as_printed="", first=None, every_months=6, until=None),
            ChangeClass.RECURRENCE_CHANGED,
        ),
        (
            QUARTERLY,
            Recurring(as_printed="every quarter", first=None, every_months=3, until=None),
            ChangeClass.DATE_RESTATED,
        ),
        (once(MARCH, "March"), once(MARCH, "Mar 2026"), ChangeClass.DATE_RESTATED),
        (
            TBC,
            ToBeConfirmed(as_printed="TBC", decide_by=MARCH, decider="the Board"),
            ChangeClass.DATE_RESTATED,
        ),
    ],
)
def test_a_date_changes_as_people_say_it(
    before: TargetDate, after: TargetDate, what: ChangeClass
) -> None:
    """The words of the report are decided here, once for every face."""
    assert of_dates(before, after)[0] is what


@pytest.mark.parametrize(
    ("after", "amount", "unit"),
    [
        (Month(2026, 5), 2, SlippageUnit.MONTHS),
        (Day(2026, 5, 1), 2, SlippageUnit.MONTHS),
        (Year(2026), 9, SlippageUnit.MONTHS),
        (Month(2025, 12), -3, SlippageUnit.MONTHS),
    ],
)
def test_a_month_slips_by_months(after: PartialDate, amount: int, unit: SlippageUnit) -> None:
    """The coarser of two dates decides what is counted: days would pretend to know more."""
    _, by = of_dates(once(MARCH), once(after))
    assert by is not None
    assert (by.amount, by.unit) == (amount, unit)
