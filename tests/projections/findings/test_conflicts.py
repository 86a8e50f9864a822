"""Dates that do not go with what they wait for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Day, Month
from planledger.projections.findings import ConflictKind
from tests.support.books import Book, action, area, date_set, milestone
from tests.support.deeds import complete, depends, found, withdrawn

ON = date(2026, 2, 15)
MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)
EARLIER, UNDATED, OVERDUE = ConflictKind


def small() -> Book:
    """Begin a plan of two areas with an action and two milestones each."""
    book = Book()
    for n in (1, 2):
        book.write_all([area(f"a{n}", str(n), n), action(f"b{n}", f"{n}.1", f"a{n}")])
        book.write_all(milestone(f"m{n}{k}", f"b{n}", k) for k in (1, 2))
    return book


def kinds(book: Book, on: date = ON) -> list[ConflictKind]:
    """Give what is wrong."""
    return [conflict.kind for conflict in found(book, on).conflicts]


def test_a_date_before_what_it_waits_for_is_a_conflict() -> None:
    """The plan of 2015 had one: the model agreed in February waited for itself to be agreed."""
    book = small()
    book.write_all([depends("m11", "m21"), date_set("m11", MARCH), date_set("m21", APRIL)])
    (only,) = found(book, ON).conflicts
    assert (only.kind, only.item.ref, only.waits_for.ref) == (EARLIER, "1.1/1", "2.1/1")
    assert (only.due_by, only.waits_for_due_by) == (date(2026, 3, 31), date(2026, 4, 30))
    assert only.reference == "r1"


def test_what_comes_after_or_together_is_none() -> None:
    """Two steps of one month may well follow each other."""
    book = small()
    book.write_all([depends("m11", "m21"), date_set("m11", MAY), date_set("m21", Day(2026, 5, 31))])
    assert kinds(book) == []


def test_an_action_goes_by_its_latest_date() -> None:
    """An action is done when its last milestone is, and an area when its last action is."""
    book = small()
    book.write_all([date_set("m11", MARCH), date_set("m12", MAY)])
    book.write_all([date_set("m21", MARCH), date_set("m22", APRIL)])
    book.write_all([depends("b1", "b2", "r1"), depends("a2", "b1", "r2")])
    (only,) = found(book, ON).conflicts
    assert (only.kind, only.item.ref, only.waits_for.ref) == (EARLIER, "2", "1.1")


def test_what_waits_for_something_undated_or_overdue_is_warned() -> None:
    """A lead must know that what comes first is in trouble before it becomes the lead's own."""
    book = small()
    book.write_all([depends("m11", "b2"), date_set("m11", MAY), date_set("m21", MARCH)])
    assert kinds(book) == [UNDATED]
    assert kinds(book, date(2026, 4, 1)) == [UNDATED, OVERDUE]


def test_an_action_without_milestones_has_no_date_to_wait_for() -> None:
    """Nothing promised is not the same as nothing left to do."""
    book = small()
    book.write_all([action("b3", "2.2", "a2"), depends("m11", "b3"), date_set("m11", MAY)])
    assert kinds(book) == [UNDATED]


@pytest.mark.parametrize(
    "settled",
    [
        complete("m21", Day(2026, 2, 1)),
        complete("m11", Day(2026, 2, 1)),
        withdrawn("m21"),
        withdrawn("b2"),
        withdrawn("m11"),
    ],
)
def test_nothing_waits_for_what_is_done_or_gone(settled: PlanEvent) -> None:
    """A warning that is moot teaches people to look away."""
    book = small()
    book.write_all([date_set("m11", MARCH), date_set("m21", MAY), depends("m11", "m21")])
    assert kinds(book) == [EARLIER]
    book.write(settled)
    assert kinds(book) == []


months = st.none() | st.integers(1, 12).map(lambda month: Month(2026, month))


@given(months, months, st.dates(date(2026, 1, 6), date(2026, 12, 31)))
def test_a_pair_is_in_conflict_exactly_by_its_two_dates(
    own: Month | None, first: Month | None, on: date
) -> None:
    """All that matters is whether both are dated, which is later, and what has passed."""
    book = small()
    book.write(depends("m11", "m21"))
    for name, target in (("m11", own), ("m21", first)):
        if target is not None:
            book.write(date_set(name, target))
    expected = []
    if own is not None and first is not None and own.latest < first.latest:
        expected.append(EARLIER)
    if first is None:
        expected.append(UNDATED)
    elif first.latest < on:
        expected.append(OVERDUE)
    assert kinds(book, on) == expected
