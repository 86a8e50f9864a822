"""What is not where it was looked for: it goes by another number, or belongs to another plan."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from planledger.domain.commands import AddStatement, CloseReview, OpenReview, RenumberItem
from planledger.events.values import StatementKind
from planledger.ledger import Ledger
from planledger.storage.sqlite import SqliteStore
from tests.support.filled_in import NOW, begin
from tests.support.ledgers import SettableClock, recorded
from tests.support.reading_room import Room, reading_file

AS_AT = date(2026, 2, 1)


@pytest.fixture(name="two", scope="module")
def _two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Give two plans, each with a review that closed; all of the first is then renumbered."""
    clock, path = SettableClock(NOW), tmp_path_factory.mktemp("two") / "two.db"
    with closing(SqliteStore(path, clock, create=True)) as store:
        ledger = Ledger(store, clock)
        _two_plans(ledger)
    with reading_file(path, clock) as room:
        yield room


def _two_plans(ledger: Ledger) -> None:
    for plan in ("alpha", "beta"):
        begin(ledger, plan)
        review = f"{plan}-q1"
        opened = OpenReview(plan=plan, forum="board", review=review, label="Q1", as_at=AS_AT)
        recorded(ledger, opened)
        recorded(ledger, CloseReview(plan=plan, review=review))
    outcome = StatementKind.OUTCOME
    recorded(ledger, AddStatement(plan="alpha", area="1", kind=outcome, text="It is safe"))
    recorded(ledger, RenumberItem(plan="alpha", item="1.1", to="2.7"))
    recorded(ledger, RenumberItem(plan="alpha", item="1", to="2"))


def test_a_plan_was_reported_to_its_own_reviews_only(two: Room) -> None:
    """To say that a board was told of a plan it never saw would be false."""
    other = two.get("/plans/alpha?known=beta/beta-q1").text
    assert "As known when Improvement Board, Q1 of beta closed: everything known by" in other
    assert "As reported to" not in other
    own = two.get("/plans/alpha?known=alpha-q1").text
    assert "As reported to Improvement Board, Q1: everything known by" in own
    everywhere = two.get("/search?q=board&known=alpha/alpha-q1").text
    assert "As known when Improvement Board, Q1 of alpha closed" in everywhere


def test_a_review_of_another_plan_makes_no_paper(two: Room) -> None:
    """It never will, so nobody should be told to wait for it."""
    page = two.get("/plans/alpha/reviews/beta/beta-q1/report.json", status=400)
    assert "'beta/beta-q1' is no review of alpha" in page.text
    assert two.client.get("/plans/alpha/reviews/alpha/alpha-q1/report.json").status_code == 200


def test_a_review_may_be_named_with_its_plan(two: Room) -> None:
    """Its paper takes it so, and people copy one address to make the other."""
    whole = "/plans/alpha/reviews/alpha/alpha-q1?after=x"
    moved = two.client.get(whole, follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"].endswith("/plans/alpha/reviews/alpha-q1?after=x")
    other = two.get("/plans/alpha/reviews/beta/beta-q1", status=404)
    assert "beta/beta-q1 is no review of alpha" in other.text


@pytest.mark.parametrize("under", ["items", "history"])
@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("1.1", "2.7", "1.1 is 2.7 now."),
        ("1.1/2", "2.7/2", "1.1 is 2.7 now."),
        ("1", "2", "1 is 2 now."),
        ("1/outcome/1", "2/outcome/1", "1 is 2 now."),
    ],
)
def test_what_was_renumbered_is_said_to_be_called_otherwise_now(
    two: Room, under: str, was: str, now: str, says: str
) -> None:
    """Minutes and links name the number that it had; at no later point would it be there."""
    page = two.get(f"/plans/alpha/{under}/{was}", status=404)
    assert says in page.text
    there = two.get(page.links[f"Look at {now}"])
    assert now in there.heading


def test_it_is_found_at_the_point_that_is_looked_at(two: Room) -> None:
    """Before it was renumbered it is there by the number that it had, and by no later one."""
    assert two.get("/plans/alpha/items/1.1?known=alpha-q1").heading == "Action 1.1 Lead"
    later = two.get("/plans/alpha/items/2.7?known=alpha-q1", status=404)
    assert "There is no '2.7' in alpha at this point." in later.text
    found = two.get(later.links["Search alpha as it is now for 2.7"])
    assert "Action 2.7" in found.text


def test_an_area_says_which_number_it_had_and_is_found_by_it(two: Room) -> None:
    """As an action is."""
    assert "Formerly numbered 1." in two.get("/plans/alpha/items/2").text
    assert "Area 2" in two.get("/search?q=1&plan=alpha").text
    (area,) = two.ask('{ ledger { plan(ref: "alpha") { areas { formerRefs formerNumbers } } } }')[
        "ledger"
    ]["plan"]["areas"]
    assert area == {"formerRefs": ["1"], "formerNumbers": ["1"]}


def test_a_paper_of_changes_without_a_point_leads_to_where_points_are_chosen(two: Room) -> None:
    """Who reads on a page has no command line."""
    page = two.get("/plans/alpha/changes/report.pdf", status=400)
    assert page.links["Choose the two points on the page of changes"] == "/plans/alpha/changes"
