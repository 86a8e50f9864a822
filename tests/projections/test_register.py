"""The register across all plans."""

from datetime import date

import pytest

from planledger.domain.delivery import Delivery
from planledger.events.dates import Day, Month
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadAssigned
from planledger.events.values import Definition
from planledger.projections.register import RegisterFilter, register
from planledger.projections.timing import Timeliness
from planledger.projections.view import PlanView, view_plan
from tests.support.books import Book, action, area, date_set, milestone, party
from tests.support.deeds import complete, withdrawn

ON = date(2026, 4, 15)


def plans() -> tuple[PlanView, ...]:
    """Show two plans, the first with four milestones, the second with one."""
    first, second = Book("alpha"), Book("beta")
    first.write_all(
        [
            area("a1", "I", 1),
            action("b1", "1.1", "a1"),
            party("ann"),
            LeadAssigned(item="b1", party="ann"),
            milestone("m1", "b1", 1),
            milestone("m2", "b1", 2, Definition.UNDEFINED),
            milestone("m3", "b1", 3),
            milestone("m4", "b1", 4),
            date_set("m1", Month(2026, 3)),
            date_set("m3", Month(2026, 5)),
            MilestoneAgreed(milestone="m3"),
            complete("m3", Day(2026, 4, 1)),
            withdrawn("m4"),
        ]
    )
    second.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    return tuple(view_plan(book.folded(), ON) for book in (first, second))


ALL = ["alpha 1.1/1", "alpha 1.1/2", "alpha 1.1/3", "alpha 1.1/4", "beta 1.1/1"]


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        (None, ALL),
        (RegisterFilter(), ALL),
        (RegisterFilter(plan="beta"), ALL[4:]),
        (RegisterFilter(plan="gamma"), []),
        (RegisterFilter(area="1"), ALL),
        (RegisterFilter(area="I"), ALL[:4]),
        (RegisterFilter(lead="ann"), ALL[:4]),
        (RegisterFilter(definition=Definition.UNDEFINED), ALL[1:2]),
        (RegisterFilter(timeliness=frozenset((Timeliness.OVERDUE,))), ALL[:1]),
        (
            RegisterFilter(timeliness=frozenset((Timeliness.NO_DATE, Timeliness.DONE_ON_TIME))),
            [ALL[1], ALL[2], ALL[4]],
        ),
        (RegisterFilter(delivery=frozenset((Delivery.REPORTED_COMPLETE,))), ALL[2:3]),
        (RegisterFilter(agreed=True), ALL[2:3]),
        (RegisterFilter(due_before=date(2026, 5, 31)), ALL[:1]),
        (RegisterFilter(due_before=date(2026, 6, 1)), [ALL[0], ALL[2]]),
        (RegisterFilter(withdrawn=True), ALL[3:4]),
        (RegisterFilter(withdrawn=False, plan="alpha"), ALL[:3]),
    ],
)
def test_the_register_lists_what_is_wanted_of_every_plan(
    wanted: RegisterFilter | None, listed: list[str]
) -> None:
    """Whoever answers for several plans looks for one thing in all of them."""
    assert [f"{row.plan.ref} {row.milestone.ref}" for row in register(plans(), wanted)] == listed


def test_a_row_says_what_it_is_about_where_the_milestone_does_not() -> None:
    """A list that reads "TBC" eight times tells nobody anything."""
    stated, undefined, *_ = register(plans())
    assert (stated.text, undefined.text) == ("Reach m1", "Reach m2: Do 1.1")
    assert (stated.target_date, stated.due_by) == ("March 2026", date(2026, 3, 31))
    assert (stated.timeliness, stated.delivery) == (Timeliness.OVERDUE, Delivery.NOT_STARTED)
    assert ([lead.party for lead in stated.leads], stated.rating) == (["ann"], None)
