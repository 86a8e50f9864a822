"""What was claimed, and what it rests on."""

from datetime import date

from planledger.events.dates import Day, Month
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.values import ReopenTrigger, SignOffLevel
from tests.support.books import Book, action, area, milestone, party
from tests.support.deeds import complete, evidence, found, refused, reopened, signed_off

ON = date(2026, 6, 30)
APRIL = date(2026, 4, 1)


def small() -> Book:
    """Begin a plan of one action with three milestones."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), party("ann")])
    book.write_all(milestone(f"m{n}", "b1", n) for n in (1, 2, 3))
    return book


def names(*pieces: object) -> list[str]:
    """Name pieces of evidence."""
    return [getattr(piece, "evidence", "") for piece in pieces]


def test_a_claim_without_evidence_is_told_from_one_that_has_some() -> None:
    """A completion that nothing shows is what an auditor looks for first."""
    book = small()
    book.write_all([evidence("e1"), evidence("e2", "m2")])
    book.write(complete("m1", Day(2026, 3, 1), evidence=("e1",)), on=APRIL)
    book.write(complete("m2", Day(2026, 3, 1)), on=APRIL)
    book.write(complete("m3", Day(2026, 3, 1)), on=APRIL)
    found_claims = found(book, ON).claims
    assert [(one.milestone.ref, one.without_evidence) for one in found_claims] == [
        ("1.1/1", False),
        ("1.1/2", False),
        ("1.1/3", True),
    ]
    assert [names(*one.evidence) for one in found_claims] == [["e1"], ["e2"], []]


def test_evidence_of_the_action_counts_for_its_milestones() -> None:
    """The rule for sign-offs accepts it, so the audit must not call it missing."""
    book = small()
    book.write_all([evidence("e1", "b1"), complete("m1", Day(2026, 3, 1))])
    (only,) = found(book, ON).claims
    assert not only.without_evidence


def test_evidence_dated_after_the_sign_off_is_flagged() -> None:
    """Minutes of May cannot have shown in April that something was done."""
    book = small()
    book.write_all(
        [
            evidence("late", dated=Day(2026, 4, 10)),
            evidence("unsure", dated=Month(2026, 4)),
            evidence("undated"),
            evidence("assurance", dated=Day(2026, 5, 2)),
        ]
    )
    book.write(complete("m1", Day(2026, 3, 1), evidence=("late", "unsure", "undated")), on=APRIL)
    book.write(signed_off("m1"), on=date(2026, 4, 9))
    book.write(
        signed_off("m1", level=SignOffLevel.ASSURED, evidence=("assurance",)), on=date(2026, 5, 3)
    )
    book.write(complete("m2", Day(2026, 3, 1), evidence=("late",)), on=date(2026, 4, 9))
    first, second = found(book, ON).claims
    assert names(*first.dated_after) == ["late"]
    assert names(*second.dated_after) == ["late"]


def test_evidence_that_is_only_registered_is_flagged_where_all_of_it_came_later() -> None:
    """Whoever names no evidence must not come off better than who names some of May."""
    book = small()
    book.write_all(
        [
            evidence("first", "m1", dated=Day(2026, 5, 2)),
            evidence("second", "b1", dated=Day(2026, 6, 2)),
        ]
    )
    book.write(complete("m1", Day(2026, 3, 1)), on=APRIL)
    (claim,) = found(book, ON).claims
    assert names(*claim.dated_after) == ["first", "second"]
    book.write(signed_off("m1"), on=date(2026, 5, 9))
    (claim,) = found(book, ON).claims
    assert claim.dated_after == ()
    book.write(EvidenceWithdrawn(evidence="first"), on=date(2026, 6, 5))
    (claim,) = found(book, ON).claims
    assert names(*claim.dated_after) == ["second"]


def test_one_registered_piece_that_may_be_of_the_time_is_enough() -> None:
    """Only what is certain is flagged: an undated paper may have been on the table."""
    book = small()
    book.write_all([evidence("late", "m1", dated=Day(2026, 5, 2)), evidence("undated", "m1")])
    book.write(complete("m1", Day(2026, 3, 1)), on=APRIL)
    (claim,) = found(book, ON).claims
    assert claim.dated_after == ()


def test_registered_evidence_is_looked_at_where_what_was_named_counts_no_more() -> None:
    """A paper that replaces the one relied on, and was written since, shows nothing of then."""
    book = small()
    book.write_all([evidence("draft"), evidence("final", "m1", dated=Day(2026, 5, 2))])
    book.write(complete("m1", Day(2026, 3, 1), evidence=("draft",)), on=APRIL)
    (claim,) = found(book, ON).claims
    assert claim.dated_after == ()
    book.write(EvidenceWithdrawn(evidence="draft"), on=date(2026, 5, 3))
    (claim,) = found(book, ON).claims
    assert (names(*claim.dated_after), names(*claim.withdrawn_since)) == (["final"], ["draft"])


def test_evidence_withdrawn_since_and_waivers_are_flagged() -> None:
    """A sign-off that rests on what no longer counts rests on nothing."""
    book = small()
    book.write_all([evidence("e1"), evidence("e2")])
    book.write(complete("m1", Day(2026, 3, 1), evidence=("e1",)), on=APRIL)
    book.write(signed_off("m1", evidence=("e2",), waiver="Seen by the chair."), on=APRIL)
    book.write(complete("m2", Day(2026, 3, 1), evidence=("e2",)), on=APRIL)
    book.write(EvidenceWithdrawn(evidence="e1"), on=date(2026, 5, 1))
    first, second = found(book, ON).claims
    assert (names(*first.withdrawn_since), first.waived) == (["e1"], True)
    assert (second.withdrawn_since, second.waived) == ((), False)


def test_a_reopened_milestone_shows_its_whole_story() -> None:
    """An auditor asks which completions were taken back later, and what showed it."""
    book = small()
    book.write(complete("m2", Day(2026, 2, 1)), on=date(2026, 2, 1))
    book.write(complete("m1", Day(2026, 2, 1)), on=date(2026, 2, 1))
    book.write(refused("m1"), on=date(2026, 2, 9))
    book.write(complete("m1", Day(2026, 3, 1)), on=date(2026, 3, 1))
    book.write(signed_off("m1"), on=APRIL)
    book.write(reopened("m1", ReopenTrigger.OFSTED), on=date(2026, 5, 1))
    (chain,) = found(book, ON).reopened
    assert (chain.milestone.ref, chain.refused, chain.reopened) == ("1.1/1", 1, 1)
    first, second = chain.claims
    assert first.refused is not None
    assert second.reopened is not None
    assert (second.reopened.trigger, len(second.sign_offs)) == (ReopenTrigger.OFSTED, 1)
