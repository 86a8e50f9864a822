"""What stands above a thing: how changes of one area or item are told from all others."""

from planledger.events.evidence import EvidenceRegistered
from planledger.events.query import QueryRaised
from planledger.events.values import EvidenceKind, Personal, StatementKind
from planledger.projections.changes.above import items_above
from planledger.projections.changes.shapes import THE_PLAN, Kind
from tests.support.books import Book, action, area, milestone, statement


def _book() -> Book:
    """Write down two areas, a milestone, a nested outcome, and what is about them."""
    book = Book()
    book.write_all(
        [
            area("a1", "1", 1),
            area("a2", "2", 2),
            action("act", "1.1", "a1"),
            milestone("m", "act"),
            statement("s", StatementKind.OUTCOME, "a2"),
            statement("t", StatementKind.OUTCOME, "a2", parent="s"),
            EvidenceRegistered(
                evidence="e",
                title=Personal(words="Minutes"),
                kind=EvidenceKind.MINUTES,
                dated=None,
                uri="urn:board:4",
                sha256=None,
                items=("m", "t"),
            ),
            QueryRaised(
                query="q",
                item=None,
                line=1,
                question=Personal(words="Which?"),
                taken=Personal(words="This"),
                instead=Personal(words="That"),
            ),
        ]
    )
    return book


def test_an_item_lies_under_itself_and_all_above_it() -> None:
    """A move of a milestone's date is a change of its area."""
    plan = _book().folded()
    assert items_above(plan, (Kind.MILESTONE, "m")) == {"m", "act", "a1"}
    assert items_above(plan, (Kind.ACTION, "act")) == {"act", "a1"}
    assert items_above(plan, (Kind.STATEMENT, "t")) == {"t", "s", "a2"}
    assert items_above(plan, (Kind.AREA, "a1")) == {"a1"}


def test_what_is_about_several_items_lies_under_all_of_them() -> None:
    """Evidence for two areas belongs in the report of either."""
    assert items_above(_book().folded(), (Kind.EVIDENCE, "e")) == {
        *("m", "act", "a1"),
        *("t", "s", "a2"),
    }


def test_what_is_about_no_item_lies_under_none() -> None:
    """The plan, what is about all of it, and what is not there at all."""
    plan = _book().folded()
    for thing in (THE_PLAN, (Kind.QUERY, "q"), (Kind.PARTY, "nobody"), (Kind.KPI, "none")):
        assert items_above(plan, thing) == frozenset()
    assert items_above(None, (Kind.MILESTONE, "m")) == frozenset()
