"""What reviews asked and judged."""

from datetime import date

from planledger.events.query import QueryRaised, QueryResolved
from planledger.events.review import (
    ChallengeAnswered,
    ChallengeRaised,
    ForumEstablished,
    RatingGiven,
)
from planledger.events.values import Disposition, Personal, Rating
from tests.support.books import START, Book, action, area, milestone
from tests.support.deeds import found, key, opened, rated

ON = date(2026, 6, 30)


def small() -> Book:
    """Begin a plan of one milestone, two forums and two reviews of each."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    for forum in ("panel", "board"):
        book.write(ForumEstablished(forum=forum, name=forum, remit=None, every_months=3))
        book.write(opened(f"{forum}-q1", date(2026, 3, 31), forum))
        book.write(opened(f"{forum}-q2", date(2026, 6, 30), forum))
    return book


def test_challenges_that_are_open_or_were_answered_late_are_listed() -> None:
    """A panel's question left to lapse is a panel not answered to."""
    book = small()
    due = date(2026, 5, 1)
    for name, by, answered in (
        ("in-time", due, date(2026, 5, 1)),
        ("late", due, date(2026, 5, 11)),
        ("open", due, None),
        ("open-undated", None, None),
        ("answered-undated", None, date(2026, 6, 1)),
    ):
        book.write(
            ChallengeRaised(
                challenge=name,
                review="panel-q1",
                item="m1",
                text=Personal(words="Why?"),
                response_due=by,
            )
        )
        if answered:
            answer = Personal(words="Since.")
            book.write(
                ChallengeAnswered(challenge=name, disposition=Disposition.ACCEPTED, answer=answer),
                on=answered,
            )
    listed = found(book, ON).challenges
    assert {one.challenge.challenge: (one.is_open, one.days_late) for one in listed} == {
        "late": (False, 10),
        "open": (True, 60),
        "open-undated": (True, 0),
    }
    assert {one.item.ref for one in listed if one.item} == {"1.1/1"}


def test_open_queries_show_how_long_they_have_been_open() -> None:
    """What the importer could not decide is work for a person, until a person does it."""
    book = small()
    for name, item in (("q1", "b1"), ("q2", None)):
        words = Personal(words="?")
        book.write(
            QueryRaised(query=name, item=item, line=3, question=words, taken=words, instead=words)
        )
    book.write(QueryResolved(query="q2", resolution=Personal(words="So.")), on=ON)
    (only,) = found(book, ON).open_queries
    assert only.item is not None
    assert (only.query.query, only.item.ref, only.days_open) == ("q1", "1.1", (ON - START).days)


def test_a_rating_that_changed_says_from_what_and_why() -> None:
    """Why did this go from green to amber? is asked at every scrutiny panel."""
    book = small()
    book.write(key())
    book.write(rated("panel-q2", "m1", Rating.AMBER, "The lead has left."))
    book.write(rated("panel-q1", "m1", Rating.GREEN))
    book.write(rated("board-q1", "m1", Rating.AMBER, "Late."))
    book.write(rated("board-q2", "m1", Rating.AMBER, "Late."))
    board, panel = found(book, ON).rating_trails
    assert (board.forum.ref, [rating.rating for rating in board.ratings], board.changes) == (
        "board",
        [Rating.AMBER, Rating.AMBER],
        (),
    )
    (change,) = panel.changes
    assert (change.before, change.after) == (Rating.GREEN, Rating.AMBER)
    assert change.to.rationale == Personal(words="The lead has left.")
    assert (change.to.review, change.key_changed) == ("alpha/panel-q2", False)


def test_a_change_under_another_key_says_so() -> None:
    """Amber at one council meant done and awaiting sign-off."""
    book = small()
    book.write_all([key(), key(2, "Signed off"), rated("panel-q1", "a1", Rating.AMBER)])
    book.write(
        RatingGiven(
            review="panel-q2",
            item="a1",
            key="rag",
            key_version=2,
            rating=Rating.GREEN,
            rationale=None,
        )
    )
    (trail,) = found(book, ON).rating_trails
    assert (trail.item.ref, trail.item.text) == ("1", "Area 1")
    assert [change.key_changed for change in trail.changes] == [True]
