"""How dates came to be, moved, and stayed unconfirmed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.working_days import working_days_before
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Day, Month, Quarter
from planledger.events.plan import PlanBaselined
from planledger.events.record import EntryCorrected
from planledger.events.review import ForumEstablished
from planledger.events.structure import PlaceholderResolved
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import Ongoing
from planledger.events.values import ReasonCode
from planledger.projections import view
from planledger.projections.findings import TbcEnd
from tests.support.books import START, Book, action, area, date_set, milestone
from tests.support.deeds import deferred, found, moved, opened, recurring, withdrawn

ON = date(2026, 7, 31)
MARCH, MAY, JUNE = Month(2026, 3), Month(2026, 5), Month(2026, 6)


def small() -> Book:
    """Begin a plan of one action with two milestones, and a forum."""
    book = Book()
    book.write_all(
        [
            area("a1", "1", 1),
            action("b1", "1.1", "a1"),
            milestone("m1", "b1"),
            milestone("m2", "b1", 2),
            ForumEstablished(forum="panel", name="Panel", remit=None, every_months=3),
        ]
    )
    return book


def test_a_move_says_what_it_did_to_what_was_promised() -> None:
    """By how much, against what, and why: the first question an auditor asks."""
    book = small()
    book.write(date_set("m1", MARCH))
    book.write(moved("m1", MARCH, MAY, ReasonCode.PARTNER), on=date(2026, 2, 2))
    book.write(PlanBaselined(baseline="start", label="As submitted"), on=date(2026, 2, 20))
    last = book.write(moved("m1", MAY, JUNE), on=date(2026, 4, 1), recorded_on=date(2026, 4, 3))
    first, second = found(book, ON).date_moves
    assert first.slippage is not None
    assert (first.slippage.label, first.reason_code) == ("2 months later", ReasonCode.PARTNER)
    assert (first.baseline, first.from_baseline) == (None, None)
    assert second.slippage is not None
    assert second.from_original is not None
    assert second.from_baseline is not None
    assert [
        second.slippage.label, second.from_original.label, second.from_baseline.label,
    ] == ["1 month later", "3 months later", "1 month later"]  # fmt: skip
    assert (second.position, second.learned_at) == (last.position, last.position)
    assert (second.on, second.recorded_on) == (date(2026, 4, 1), date(2026, 4, 3))
    assert (second.old.label, second.new.label, second.baseline) == (
        "May 2026",
        "June 2026",
        "start",
    )
    assert second.milestone.ref == "1.1/1"


@pytest.mark.parametrize(("on", "passed"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_a_date_moved_after_it_passed_is_flagged(on: date, *, passed: bool) -> None:
    """A promise renegotiated once it is broken is not the same as one renegotiated in time."""
    book = small()
    book.write(date_set("m1", MARCH))
    book.write(moved("m1", MARCH, JUNE), on=on)
    (move,) = found(book, ON).date_moves
    assert move.after_it_passed is passed


@pytest.mark.parametrize(
    ("on", "recorded_on", "flagged"),
    [
        (date(2026, 3, 23), None, False),
        (date(2026, 3, 24), None, True),
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (date(2026, 3, 2), date(2026, 3, 25), True),
        (date(2026, 3, 2), date(2026, 4, 1), False),
    ],
)
def test_a_date_moved_in_the_week_before_a_review_is_flagged(
    on: date, recorded_on: date | None, *, flagged: bool
) -> None:
    """A date moved on the eve of a review was moved for it, whenever it is said to count from."""
    book = small()
    book.write(opened("q1", date(2026, 3, 31)))
    book.write(date_set("m1", MARCH))
    book.write(moved("m1", MARCH, JUNE), on=on, recorded_on=recorded_on)
    (move,) = found(book, ON).date_moves
    assert move.before_reviews == (("alpha/q1",) if flagged else ())


def test_the_week_before_a_review_leaves_bank_holidays_out() -> None:
    """Easter takes two days out of the five: they begin on the Friday before the week before."""
    book = small()
    as_at = date(2026, 4, 7)
    book.write(opened("q1", as_at))
    book.write(date_set("m1", JUNE))
    first = working_days_before(as_at, 5)
    assert first == date(2026, 3, 27)
    book.write(moved("m1", JUNE, MAY), on=first)
    (move,) = found(book, ON).date_moves
    assert move.before_reviews == ("alpha/q1",)


def test_a_first_date_is_told_apart_from_a_move() -> None:
    """From TBC to a date is good news, and must never count as slippage."""
    book = small()
    book.write(deferred("m1"))
    set_on = book.write(date_set("m1", JUNE), on=date(2026, 2, 1))
    looked = found(book, ON)
    assert looked.date_moves == ()
    (first,) = looked.first_settings
    assert (first.milestone.ref, first.position, first.on) == (
        "1.1/1",
        set_on.position,
        date(2026, 2, 1),
    )
    assert isinstance(first.was, view.ToBeConfirmedView)
    assert first.new.label == "June 2026"


def test_a_date_that_slips_by_way_of_tbc_has_moved() -> None:
    """To take a date out of force and set a later one would else be the way to hide slippage."""
    book = small()
    book.write(date_set("m1", MARCH))
    book.write(deferred("m1"), on=date(2026, 2, 1))
    book.write(date_set("m1", JUNE), on=date(2026, 5, 1))
    looked = found(book, ON)
    (move,) = looked.date_moves
    assert move.slippage is not None
    assert (move.slippage.label, move.set_again) == ("3 months later", True)
    assert move.after_it_passed
    assert [setting.new.label for setting in looked.first_settings] == ["March 2026"]
    (age,) = looked.tbc_ages
    assert age.had_date is not None
    assert (age.days, age.had_date.label) == (89, "March 2026")


def test_a_corrected_date_has_not_moved() -> None:
    """A change and a correction are never counted together (design page 3.3)."""
    book = small()
    wrong = book.write(date_set("m1", MARCH))
    book.write(PlanBaselined(baseline="start", label="As submitted"))
    book.write(EntryCorrected(entry=wrong.position, event=date_set("m1", MAY)), on=START)
    looked = found(book, ON)
    assert looked.date_moves == ()
    assert looked.slipped() == ()
    assert [setting.new.label for setting in looked.first_settings] == ["May 2026"]


def test_a_corrected_move_names_the_entry_that_counts() -> None:
    """By what right it was moved is written in the entry that stands."""
    book = small()
    book.write(date_set("m1", MARCH))
    wrong = book.write(moved("m1", MARCH, JUNE), on=date(2026, 2, 1))
    right = book.write(
        EntryCorrected(entry=wrong.position, event=moved("m1", MARCH, MAY)), on=date(2026, 2, 1)
    )
    (move,) = found(book, ON).date_moves
    assert (move.position, move.learned_at) == (wrong.position, right.position)
    assert move.new.label == "May 2026"


def test_what_differs_from_a_baseline_is_listed() -> None:
    """A re-baselined plan is measured from both: the board's new promise, and the first one."""
    book = small()
    book.write_all([date_set("m1", MARCH), date_set("m2", MARCH)])
    book.write(PlanBaselined(baseline="first", label="First"), on=date(2026, 1, 10))
    book.write(moved("m1", MARCH, MAY), on=date(2026, 2, 1))
    book.write(PlanBaselined(baseline="second", label="Second"), on=date(2026, 2, 2))
    looked = found(book, ON)
    (since_second,) = looked.slipped()
    assert since_second.from_original is not None
    assert (since_second.from_original.label, since_second.from_baseline) == (
        "2 months later",
        None,
    )
    assert since_second.at_baseline is not None
    assert (since_second.baseline, since_second.at_baseline.label) == ("second", "May 2026")
    (since_first,) = looked.slipped("first")
    assert since_first.from_baseline is not None
    assert since_first.from_baseline.label == "2 months later"
    with pytest.raises(KeyError):
        looked.slipped("third")


def test_a_late_entry_is_not_in_the_baseline_it_came_after() -> None:
    """The board approved what was known then."""
    book = small()
    book.write(PlanBaselined(baseline="start", label="As submitted"), on=date(2026, 2, 1))
    book.write(date_set("m1", MARCH), on=date(2026, 1, 20))
    book.write(moved("m1", MARCH, MAY), on=date(2026, 2, 5))
    (slipped,) = found(book, ON).slipped()
    assert (slipped.at_baseline, slipped.from_baseline) == (None, None)


@pytest.mark.parametrize(
    ("event", "ended_by"),
    [
        (date_set("m1", JUNE), TbcEnd.DATE_SET),
        (recurring("m1", JUNE, 3), TbcEnd.RECURRENCE_SET),
        (
            TargetDateSet(
                milestone="m1", target_date=Ongoing(as_printed="Ongoing"), shared_with=()
            ),
            TbcEnd.ONGOING,
        ),
        (withdrawn("m1"), TbcEnd.WITHDRAWN),
        (withdrawn("b1"), TbcEnd.WITHDRAWN),
        (None, None),
    ],
)
def test_tbc_has_an_age_and_an_end(event: PlanEvent | None, ended_by: TbcEnd | None) -> None:
    """How long did TBC items stay TBC? is asked of 26 dates of the plan of 2015."""
    book = small()
    book.write(deferred("m1"), on=date(2026, 1, 10))
    book.write(deferred("m1", Quarter(2026, 2), "the Board"), on=date(2026, 1, 20))
    if event is not None:
        book.write(event, on=date(2026, 2, 9))
    (age,) = found(book, ON).tbc_ages
    assert (age.since, age.ended_by, age.had_date) == (date(2026, 1, 10), ended_by, None)
    assert (age.until, age.days) == (
        (date(2026, 2, 9), 30) if ended_by else (None, (ON - age.since).days)
    )


@pytest.mark.parametrize(
    ("resolved", "gone", "ended_by", "until"),
    [
        (date(2026, 2, 9), None, TbcEnd.RESOLVED, date(2026, 2, 9)),
        (date(2026, 1, 9), None, TbcEnd.RESOLVED, date(2026, 1, 10)),
        (date(2026, 2, 9), date(2026, 2, 20), TbcEnd.RESOLVED, date(2026, 2, 9)),
        (date(2026, 2, 9), date(2026, 2, 1), TbcEnd.WITHDRAWN, date(2026, 2, 1)),
    ],
)
def test_tbc_ends_when_its_placeholder_is_resolved(
    resolved: date, gone: date | None, ended_by: TbcEnd, until: date
) -> None:
    """A date that nobody will ever confirm must not grow older for ever."""
    book = small()
    book.write_all([action("b2", "1.2", "a1", placeholder=True), milestone("m2", "b2")])
    book.write(deferred("m2"), on=date(2026, 1, 10))
    book.write(PlaceholderResolved(action="b2", replaced_by=("b1",)), on=resolved)
    if gone is not None:
        book.write(withdrawn("m2"), on=gone)
    (age,) = found(book, ON).tbc_ages
    assert (age.milestone.ref, age.ended_by, age.until) == ("1.2/1", ended_by, until)
    assert age.days == (until - date(2026, 1, 10)).days


days = st.dates(START, date(2026, 12, 31))
changes = st.sampled_from(
    [
        deferred("m1"),
        date_set("m1", MARCH),
        date_set("m1", Day(2026, 9, 9)),
        moved("m1", MARCH, MAY),
        recurring("m1", JUNE, 1),
        withdrawn("m1"),
        withdrawn("a1"),
    ]
)


@given(st.lists(st.tuples(changes, days), max_size=10), days)
def test_ages_and_moves_hold_together_whatever_came_in_whatever_order(
    happened: list[tuple[PlanEvent, date]], on: date
) -> None:
    """Late entries included: no age is negative, none overlaps the next, every date has a cause."""
    book = small()
    for event, day in happened:
        book.write(event, day)
    looked = found(book, on)
    end = date.min
    for age in looked.tbc_ages:
        assert age.days >= 0
        assert age.since >= end
        assert age.since + timedelta(days=age.days) == (age.until or on)
        assert (age.until is None) == (age.ended_by is None)
        end = age.until or on
    assert len(looked.first_settings) <= 1
    assert not looked.date_moves or looked.first_settings
    for before, after in zip(looked.date_moves, looked.date_moves[1:], strict=False):
        assert before.new == after.old or before.new.date == after.old.date
        assert before.on <= after.on
