"""What the record itself shows: late entries and amendments."""

from datetime import date

from planledger.events.dates import Month
from planledger.events.milestone import MilestoneAgreed
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import ForumEstablished, ReviewClosed
from planledger.projections.findings import AmendmentKind
from tests.support.books import START, Book, action, area, date_set, milestone
from tests.support.deeds import found, opened

ON = date(2026, 6, 30)
MARCH, MAY = Month(2026, 3), Month(2026, 5)


def small() -> Book:
    """Begin a plan of one milestone, and a forum."""
    book = Book()
    book.write_all(
        [
            area("a1", "1", 1),
            action("b1", "1.1", "a1"),
            milestone("m1", "b1"),
            ForumEstablished(forum="panel", name="Panel", remit=None, every_months=None),
        ]
    )
    return book


def test_late_entries_are_listed_by_how_late_they_are() -> None:
    """A decision keyed in months later may have been made up since."""
    book = small()
    feb, march = date(2026, 2, 2), date(2026, 3, 2)
    book.write(date_set("m1", MARCH), on=feb, recorded_on=date(2026, 2, 9))
    agreed = book.write(MilestoneAgreed(milestone="m1"), on=feb, recorded_on=march)
    book.write(milestone("m2", "b1", 2), on=march, recorded_on=march)
    book.write(milestone("m3", "b1", 3), on=date(2026, 4, 1), recorded_on=march)
    looked = found(book, ON)
    assert [(entry.days, entry.event) for entry in looked.late_entries()] == [
        (28, "milestone-agreed.v1"),
        (7, "target-date-set.v1"),
    ]
    (only,) = looked.late_entries(more_than=7)
    assert only.item is not None
    assert (only.position, only.item.ref) == (agreed.position, "1.1/1")
    assert (only.effective_on, only.recorded_on) == (feb, march)


def test_a_day_is_late_by_the_clocks_of_london() -> None:
    """An entry at half past midnight in summer was made on the next day there."""
    book = small()
    on = date(2026, 7, 1)
    noon = book.write(MilestoneAgreed(milestone="m1"), on=on, recorded_on=on)
    assert found(book, on).late_entries() == ()
    book.entries[-1] = type(noon)(
        noon.position,
        noon.recorded_us + 11 * 3_600_000_000 + 1_800_000_000,
        noon.plan,
        noon.version,
        noon.envelope,
    )
    (entry,) = found(book, on).late_entries()
    assert (entry.days, entry.recorded_on) == (1, date(2026, 7, 2))


def test_an_amendment_names_the_reviews_that_had_reported_the_error() -> None:
    """A correction does not call back the papers that were out with the error."""
    book = small()
    book.write_all([opened(f"q{n}", date(2026, 3, n)) for n in (1, 2, 3, 4)])
    book.write(ReviewClosed(review="q1"))
    wrong = book.write(date_set("m1", MARCH), on=date(2026, 3, 2))
    book.write(ReviewClosed(review="q2"), on=date(2026, 3, 9))
    book.write(ReviewClosed(review="q3"), on=date(2026, 3, 9))
    first = book.write(EntryCorrected(entry=wrong.position, event=date_set("m1", MAY)))
    book.write(ReviewClosed(review="q4"), on=date(2026, 3, 9))
    second = book.write(EntryVoided(entry=wrong.position))
    corrected, voided = found(book, ON).amendments
    assert (corrected.position, corrected.kind, corrected.about) == (
        first.position,
        AmendmentKind.CORRECTED,
        wrong.position,
    )
    assert corrected.item is not None
    assert (corrected.item.ref, corrected.event) == ("1.1/1", "target-date-set.v1")
    assert corrected.reviews == ("alpha/q2", "alpha/q3")
    assert (voided.position, voided.kind) == (second.position, AmendmentKind.VOIDED)
    assert voided.reviews == ("alpha/q2", "alpha/q3", "alpha/q4")


def test_a_review_of_an_earlier_day_had_not_reported_a_later_entry() -> None:
    """What takes effect after the cut-off was no part of what the panel saw."""
    book = small()
    book.write(opened("q1", date(2026, 3, 1)))
    wrong = book.write(date_set("m1", MARCH), on=date(2026, 3, 2))
    book.write(ReviewClosed(review="q1"), on=date(2026, 3, 9))
    book.write(EntryVoided(entry=wrong.position))
    (voided,) = found(book, ON).amendments
    assert voided.reviews == ()


def test_an_amendment_that_was_itself_voided_is_marked() -> None:
    """A void of a void brings the entry back, and both stay in the record."""
    book = small()
    wrong = book.write(date_set("m1", MARCH))
    void = book.write(EntryVoided(entry=wrong.position))
    again = book.write(EntryVoided(entry=void.position))
    third = book.write(EntryVoided(entry=again.position))
    looked = found(book, ON)
    assert [(one.position, one.entry, one.undone) for one in looked.amendments] == [
        (void.position, wrong.position, False),
        (again.position, void.position, True),
        (third.position, again.position, False),
    ]
    assert {one.about for one in looked.amendments} == {wrong.position}


def test_an_amendment_is_never_late() -> None:
    """A correction of a day long past is no entry kept back."""
    book = small()
    wrong = book.write(date_set("m1", MARCH), on=ON, recorded_on=ON)
    correction = EntryCorrected(entry=wrong.position, event=date_set("m1", MAY))
    book.write(correction, on=START, recorded_on=ON)
    (late,) = found(book, ON).late_entries()
    assert (late.position, late.days) == (wrong.position, (ON - START).days)
