"""What is overdue and what falls due."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planledger.events.dates import Day, Month, PartialDate
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadAssigned
from planledger.events.structure import PlaceholderResolved
from planledger.projections.timing import Timeliness
from planledger.projections.view import view_plan
from tests.support.books import START, Book, action, area, date_set, milestone, party
from tests.support.deeds import complete, deferred, found, recurring, withdrawn

ON = date(2026, 4, 15)
MARCH = Month(2026, 3)


def small(*names: str) -> Book:
    """Begin a plan of one action with milestones of these names."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), party("ann")])
    book.write_all(milestone(name, "b1", n) for n, name in enumerate(names, start=1))
    return book


def test_what_is_overdue_comes_first_and_what_is_due_soon_after() -> None:
    """A lead asks what is owed this month; what was owed last month is owed still."""
    book = small("m1", "m2", "m3", "m4", "m5")
    book.write_all(
        [
            LeadAssigned(item="b1", party="ann"),
            MilestoneAgreed(milestone="m2"),
            date_set("m1", Month(2026, 5)),
            date_set("m2", MARCH),
            date_set("m3", Day(2026, 4, 20)),
            date_set("m4", Day(2026, 5, 16)),
            deferred("m5"),
        ]
    )
    late, soon, *more = found(book, ON).due()
    assert [(item.milestone.ref, item.due_by, item.days_overdue) for item in (late, soon)] == [
        ("1.1/2", date(2026, 3, 31), 15),
        ("1.1/3", date(2026, 4, 20), 0),
    ]
    assert [item.milestone.ref for item in more] == ["1.1/4"]
    assert (late.agreed, soon.agreed) == (True, False)
    assert [lead.party for lead in late.leads] == ["ann"]
    assert late.leads_inherited
    assert (late.milestone.text, late.action.ref) == ("Reach m2", "1.1")
    until = found(book, ON).due(date(2026, 5, 31))
    assert [item.milestone.ref for item in until] == ["1.1/2", "1.1/3", "1.1/4", "1.1/1"]


def test_every_unclaimed_time_of_a_recurring_milestone_is_owed() -> None:
    """Two quarterly reports that never came are two, not one."""
    book = small("m1")
    book.write(recurring("m1", Month(2025, 9), 3))
    book.write(complete("m1", Day(2025, 12, 30), occurrence=Month(2025, 12)))
    owed = found(book, ON).due(date(2026, 6, 30))
    assert [(item.occurrence, item.days_overdue) for item in owed] == [
        (Month(2025, 9), 197),
        (MARCH, 15),
        (Month(2026, 6), 0),
    ]


def test_what_is_claimed_or_withdrawn_or_promised_elsewhere_is_not_owed() -> None:
    """Nobody should be chased for what is done or no longer promised."""
    book = small("m1", "m2")
    book.write_all([date_set("m1", MARCH), date_set("m2", MARCH)])
    book.write_all([action("b2", "1.2", "a1", placeholder=True), milestone("m3", "b2")])
    book.write(date_set("m3", MARCH))
    assert len(found(book, ON).due()) == 3
    book.write_all([complete("m1", Day(2026, 3, 3)), withdrawn("m2")])
    book.write(PlaceholderResolved(action="b2", replaced_by=("b1",)))
    assert found(book, ON).due() == ()


months = st.builds(Month, st.just(2026), st.integers(1, 12))


@given(st.lists(st.tuples(months, st.booleans()), min_size=1, max_size=6), st.dates(START, ON))
def test_overdue_is_what_the_plan_shows_as_overdue(
    dates: list[tuple[PartialDate, bool]], on: date
) -> None:
    """Two answers of one ledger to one question would cost it all trust."""
    book = small(*(f"m{n}" for n in range(len(dates))))
    for n, (target, done) in enumerate(dates):
        book.write(date_set(f"m{n}", target))
        if done:
            book.write(complete(f"m{n}", Day(2026, 1, 6)))
    overdue = [item.milestone.id for item in found(book, on).due() if item.days_overdue]
    plan = view_plan(book.folded(), on)
    shown = {m.id for m in plan.milestones if m.timeliness is Timeliness.OVERDUE}
    assert set(overdue) == shown
    assert len(overdue) == plan.totals.overdue
