"""What the plan leaves open: undefined, undated, unled, uncovered, unreported."""

from datetime import date

import pytest

from planledger.events.dates import Day, Month
from planledger.events.party import LeadAssigned, LeadReassigned, PartyRegistered
from planledger.events.structure import PlaceholderResolved
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import Ongoing
from planledger.events.values import Definition, PartyKind, Personal
from tests.support.books import START, Book, action, area, date_set, milestone, party
from tests.support.deeds import complete, deferred, found, progress, recurring, withdrawn

ON = date(2026, 6, 30)
MARCH = Month(2026, 3)


def small() -> Book:
    """Begin a plan of one action with one milestone."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    return book


def refs(items: object) -> list[str]:
    """Give the refs of named items."""
    assert isinstance(items, tuple)
    return [item.ref for item in items]


def test_everything_left_open_is_listed_by_what_is_missing() -> None:
    """A panel asks how many actions are still undefined, a director which have no lead."""
    book = small()
    book.write_all(
        [
            party("ann"),
            action("b2", "1.2", "a1", placeholder=True),
            action("b3", "1.3", "a1", placeholder=True),
            PlaceholderResolved(action="b3", replaced_by=()),
            milestone("m2", "b2", 1, Definition.UNDEFINED),
            milestone("m3", "b1", 2),
            milestone("m4", "b1", 3),
            milestone("m5", "b1", 4),
            deferred("m2", Month(2026, 5), "the Board"),
            deferred("m3", Month(2026, 6)),
            recurring("m4", None, 3),
            date_set("m5", MARCH),
            LeadAssigned(item="b1", party="ann"),
            LeadReassigned(item="m5", from_parties=(), to_parties=()),
        ]
    )
    left = found(book, ON).undefined
    assert refs(left.placeholders) == ["1.2"]
    assert refs(left.milestones) == ["1.2/1"]
    assert refs(left.without_date) == ["1.1/1", "1.1/3"]
    assert [
        (one.milestone.ref, one.decider, one.decision_overdue) for one in left.to_be_confirmed
    ] == [("1.1/2", None, False), ("1.2/1", "the Board", True)]
    assert refs(left.vacant_actions) == ["1.2"]
    assert refs(left.vacant_milestones) == ["1.1/4", "1.2/1"]


def test_what_is_done_or_gone_is_not_left_open() -> None:
    """Nobody needs a date for what is reached."""
    book = small()
    book.write_all([milestone("m2", "b1", 2), milestone("m3", "b1", 3), deferred("m2")])
    book.write_all([complete("m1", Day(2026, 3, 1)), complete("m2", Day(2026, 3, 1))])
    book.write(withdrawn("m3"))
    left = found(book, ON).undefined
    assert (left.without_date, left.to_be_confirmed) == ((), ())
    book.write(withdrawn("a1"))
    left = found(book, ON).undefined
    assert {len(getattr(left, name)) for name in left.__struct_fields__} == {0}


def test_what_stands_under_a_resolved_placeholder_is_not_left_open() -> None:
    """What took its place is asked for; to ask for both would count one promise twice."""
    book = small()
    book.write_all(
        [
            action("b2", "1.2", "a1", placeholder=True),
            milestone("m2", "b2", 1, Definition.UNDEFINED),
            milestone("m3", "b2", 2),
            deferred("m2", Month(2026, 5)),
        ]
    )
    left = found(book, ON).undefined
    assert refs(left.placeholders) == ["1.2"]
    assert refs(left.vacant_milestones) == ["1.1/1", "1.2/1", "1.2/2"]
    book.write(PlaceholderResolved(action="b2", replaced_by=("b1",)), on=date(2026, 3, 1))
    left = found(book, ON).undefined
    assert (left.placeholders, left.milestones, left.to_be_confirmed) == ((), (), ())
    assert refs(left.without_date) == ["1.1/1"]
    assert refs(left.vacant_actions) == ["1.1"]
    assert refs(left.vacant_milestones) == ["1.1/1"]
    assert refs(found(book, date(2026, 2, 28)).undefined.placeholders) == ["1.2"]


def test_an_area_is_covered_by_an_action_with_an_owner_and_a_period() -> None:
    """Does each recommendation have an action, an owner and a period? asks the inspector."""
    book = small()
    book.write_all([party("ann"), area("a2", "2", 2), area("a3", "3", 3), withdrawn("a3")])
    book.write_all([LeadAssigned(item="b1", party="ann"), date_set("m1", MARCH)])
    first, second = found(book, ON).coverage
    assert (first.area.ref, first.actions, first.is_covered) == ("1", 1, True)
    assert (second.area.ref, second.actions, second.is_covered) == ("2", 0, False)
    assert (second.without_owner, second.without_period) == ((), ())


def test_what_an_action_lacks_is_named() -> None:
    """A list of gaps is of use to somebody only with the refs in it."""
    book = small()
    ongoing = TargetDateSet(
        milestone="m1", target_date=Ongoing(as_printed="Ongoing"), shared_with=()
    )
    book.write_all(
        [
            party("ann"),
            action("b2", "1.2", "a1"),
            action("b3", "1.3", "a1", placeholder=True),
            action("b4", "1.4", "a1", placeholder=True),
            milestone("m2", "b2"),
            PlaceholderResolved(action="b4", replaced_by=("b1",)),
            LeadAssigned(item="m2", party="ann"),
            ongoing,
        ]
    )
    (only,) = found(book, ON).coverage
    assert (only.actions, only.is_covered) == (3, False)
    assert refs(only.placeholders) == ["1.3"]
    assert refs(only.without_owner) == ["1.1", "1.3"]
    assert refs(only.without_period) == ["1.2", "1.3"]


def partner_led() -> Book:
    """Begin a plan whose one milestone a board leads."""
    book = small()
    board = PartyRegistered(party="board", kind=PartyKind.BODY, name=Personal(words="The Board"))
    book.write_all([party("ann"), board, LeadAssigned(item="b1", party="board")])
    return book


@pytest.mark.parametrize(("days", "listed"), [(174, True), (175, True), (176, False)])
def test_what_a_partner_leads_is_stalled_after_so_many_days_of_silence(
    days: int, *, listed: bool
) -> None:
    """Whether the partners move is what a director cannot see from the desk."""
    stalled = found(partner_led(), ON).stalled(days)
    assert bool(stalled) is listed
    if listed:
        (only,) = stalled
        assert (only.milestone.ref, only.last_report_on, only.days) == (
            "1.1/1",
            None,
            (ON - START).days,
        )


def test_silence_is_counted_from_the_last_report_or_claim() -> None:
    """A refused claim is a sign of life too."""
    book = partner_led()
    book.write(progress("m1"), on=date(2026, 2, 1))
    (only,) = found(book, ON).stalled()
    assert (only.last_report_on, only.days) == (date(2026, 2, 1), 149)
    book.write(progress("m1"), on=date(2026, 5, 1))
    assert found(book, ON).stalled() == ()


def test_what_persons_lead_or_is_done_is_not_stalled() -> None:
    """The question is about partners, and about what is still to come."""
    book = partner_led()
    book.write(complete("m1", Day(2026, 1, 7)))
    assert found(book, ON).stalled() == ()
    book = partner_led()
    book.write(LeadReassigned(item="b1", from_parties=("board",), to_parties=("ann",)))
    assert found(book, ON).stalled() == ()
    assert len(found(book, ON).stalled(90, {PartyKind.PERSON})) == 1


def test_what_stands_under_a_resolved_placeholder_is_not_stalled() -> None:
    """Nobody will ever report on it again."""
    book = partner_led()
    book.write_all([action("b2", "1.2", "a1", placeholder=True), milestone("m2", "b2")])
    book.write(LeadAssigned(item="b2", party="board"))
    assert [one.milestone.ref for one in found(book, ON).stalled()] == ["1.1/1", "1.2/1"]
    book.write(PlaceholderResolved(action="b2", replaced_by=()))
    assert [one.milestone.ref for one in found(book, ON).stalled()] == ["1.1/1"]
