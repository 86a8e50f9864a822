"""How much is done, and out of what."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planledger.events.dates import Day, Month
from planledger.events.milestone import MilestoneAgreed
from planledger.events.structure import PlaceholderResolved
from planledger.events.values import Definition, SignOffLevel
from planledger.projections.findings import Denominator
from tests.support.books import Book, action, area, milestone
from tests.support.deeds import complete, found, recurring, reopened, signed_off, withdrawn

ON = date(2026, 6, 30)
MARCH = Month(2026, 3)


def counts(book: Book) -> dict[Denominator, tuple[str, str, str]]:
    """Give what is agreed, reported complete and signed off, in words."""
    return {
        one.out_of: (one.agreed.label, one.reported_complete.label, one.signed_off.label)
        for one in found(book, ON).completeness
    }


def test_each_percentage_names_what_it_is_out_of() -> None:
    """Of one plan 48 actions, 59 stated milestones and 70 slots give three percentages."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), action("b2", "1.2", "a1")])
    book.write_all([milestone("m1", "b1"), milestone("m2", "b1", 2)])
    book.write(milestone("m3", "b2", 1, Definition.UNDEFINED))
    book.write_all([MilestoneAgreed(milestone="m1"), MilestoneAgreed(milestone="m2")])
    book.write_all([complete("m1", Day(2026, 3, 1)), complete("m2", Day(2026, 3, 1))])
    book.write(signed_off("m2", level=SignOffLevel.ASSURED))
    assert counts(book) == {
        Denominator.ACTIONS: ("1 of 2 actions", "1 of 2 actions", "0 of 2 actions"),
        Denominator.STATED_MILESTONES: (
            "2 of 2 stated milestones",
            "2 of 2 stated milestones",
            "1 of 2 stated milestones",
        ),
        Denominator.MILESTONE_SLOTS: (
            "2 of 3 milestone slots",
            "2 of 3 milestone slots",
            "1 of 3 milestone slots",
        ),
    }
    slots = found(book, ON).completeness[2]
    assert (slots.agreed.percent, slots.signed_off.percent) == (Decimal("66.7"), Decimal("33.3"))


def test_what_was_reopened_or_withdrawn_is_not_complete() -> None:
    """A percentage that only ever rises reports nothing."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1")])
    book.write_all([milestone("m1", "b1"), milestone("m2", "b1", 2)])
    for name in ("m1", "m2"):
        book.write_all([complete(name, Day(2026, 3, 1)), signed_off(name)])
    book.write_all([reopened("m1"), withdrawn("m2")])
    assert counts(book)[Denominator.ACTIONS][1:] == ("0 of 1 actions", "0 of 1 actions")
    assert counts(book)[Denominator.MILESTONE_SLOTS][2] == "0 of 1 milestone slots"


def test_a_recurring_milestone_is_complete_once_every_time_of_it_is() -> None:
    """One report out of two is half a promise kept."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    book.write(recurring("m1", MARCH, 3, Month(2026, 6)))
    book.write(complete("m1", Day(2026, 3, 1), occurrence=MARCH))
    assert counts(book)[Denominator.MILESTONE_SLOTS][1] == "0 of 1 milestone slots"
    book.write(complete("m1", Day(2026, 6, 1), occurrence=Month(2026, 6)))
    assert counts(book)[Denominator.MILESTONE_SLOTS][1:] == (
        "1 of 1 milestone slots",
        "0 of 1 milestone slots",
    )


def test_a_resolved_placeholder_is_not_counted_beside_what_took_its_place() -> None:
    """One promise would else be counted twice."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1", placeholder=True)])
    book.write_all([action("b2", "1.2", "a1"), action("b3", "1.3", "a1")])
    book.write_all([milestone("m1", "b1"), milestone("m2", "b2")])
    book.write(milestone("m3", "b1", 2, Definition.UNDEFINED))
    assert [one.agreed.out_of for one in found(book, ON).completeness] == [3, 2, 3]
    book.write(PlaceholderResolved(action="b1", replaced_by=("b2", "b3")))
    assert [one.agreed.out_of for one in found(book, ON).completeness] == [2, 1, 1]


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=6))
def test_percentages_lie_between_nothing_and_everything(
    milestones: list[tuple[int, bool]],
) -> None:
    """Also of an empty plan: nothing out of nothing is no percentage, and no crash."""
    book = Book()
    book.write_all([area("a1", "1", 1), *(action(f"b{n}", f"1.{n}", "a1") for n in range(3))])
    for n, (under, done) in enumerate(milestones):
        book.write(milestone(f"m{n}", f"b{under}", n))
        if done:
            book.write(complete(f"m{n}", Day(2026, 3, 1)))
    if not milestones:
        book.write_all(withdrawn(f"b{n}") for n in range(3))
    for one in found(book, ON).completeness:
        for share in (one.agreed, one.reported_complete, one.signed_off):
            assert 0 <= share.count <= share.out_of
            assert (share.percent is None) == (share.out_of == 0)
            if share.percent is not None:
                assert abs(share.percent - Decimal(100 * share.count) / share.out_of) <= Decimal(
                    "0.05"
                )
        assert one.signed_off.count <= one.reported_complete.count
