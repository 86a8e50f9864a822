"""What corrections and voids do to the plan at any known-at and effective-on, told by examples."""

from datetime import date, timedelta

from planledger.domain.evolve import fold
from planledger.domain.plan import Plan
from planledger.domain.record import Record, key_of
from planledger.events.dates import Month
from planledger.events.envelope import Entry
from planledger.events.milestone import MilestoneAgreed
from planledger.events.target_dates import OneOff
from planledger.projections.history import History
from tests.support.books import START, Book, action, area, date_set, due, milestone, party

FEBRUARY = date(2026, 2, 1)
AHEAD = timedelta(days=60)


def put_right() -> tuple[Book, Entry]:
    """Give a book in which a date is set in February, and that entry."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    wrong = book.write(date_set("m1", Month(2026, 5)), on=FEBRUARY)
    book.write(MilestoneAgreed(milestone="m1"), on=FEBRUARY + AHEAD)
    return book, wrong


def plainly_folded(entries: list[Entry], position: int, day: date | None = None) -> Plan | None:
    """Give state(r, v) by folding what stands."""
    facts = [f for f in Record(entries).live(position) if day is None or f.effective_on <= day]
    return fold(sorted(facts, key=key_of))


def month_due(history: History, position: int, day: date | None = None) -> int | None:
    """Give the month m1 is due in."""
    plan = history.state(position, day)
    target = plan.milestones["m1"].target_date if plan else None
    return target.date.latest.month if isinstance(target, OneOff) else None


def test_of_two_corrections_of_an_entry_the_last_stands_until_it_is_void() -> None:
    """A correction can be wrong too: each is taken back by itself, and what was before is so."""
    book, wrong = put_right()
    first = book.correct(wrong.position, date_set("m1", Month(2026, 6))).position
    second = book.correct(wrong.position, date_set("m1", Month(2026, 7))).position
    second_void = book.void(second).position
    first_void = book.void(first).position
    first_back = book.void(first_void).position
    second_back = book.void(second_void).position
    history = History(book.entries)
    said = {
        first - 1: 5, first: 6, second: 7, second_void: 6, first_void: 5, first_back: 6,
        second_back: 7,
    }  # fmt: skip
    assert {position: month_due(history, position) for position in said} == said


def test_what_is_corrected_and_then_void_never_happened_until_the_void_is_void() -> None:
    """Voiding an entry voids whatever it came to say; taking the void back restores just that."""
    book, wrong = put_right()
    corrected = book.correct(wrong.position, date_set("m1", Month(2026, 6))).position
    void = book.void(wrong.position).position
    back = book.void(void).position
    history = History(book.entries)
    assert [month_due(history, at) for at in (corrected, void, back)] == [6, None, 6]
    # The date was the original; without the entry there is none.
    at_void = history.state(void)
    assert at_void is not None
    assert at_void.milestones["m1"].original is None


def test_a_correction_stands_in_the_place_of_what_it_corrects() -> None:
    """The order of two decisions of one day is theirs, not that of whoever mends a typing error."""
    book, wrong = put_right()
    book.write(date_set("m1", Month(2026, 8)), on=FEBRUARY)
    corrected = book.correct(wrong.position, date_set("m1", Month(2026, 6))).position
    history = History(book.entries)
    assert month_due(history, corrected, FEBRUARY) == 8
    plan = history.state(corrected)
    assert plan is not None
    assert plan.milestones["m1"].original == due(Month(2026, 6))


def test_a_correction_that_states_another_day_stands_on_that_day_alone() -> None:
    """A decision keyed in under the wrong date was never in force on that date."""
    book, wrong = put_right()
    earlier, later = FEBRUARY - timedelta(days=9), FEBRUARY + timedelta(days=9)
    back = book.correct(wrong.position, date_set("m1", Month(2026, 5)), on=earlier).position
    on = book.correct(wrong.position, date_set("m1", Month(2026, 5)), on=later).position
    history = History(book.entries)
    asked = (earlier, FEBRUARY, later)
    assert [month_due(history, wrong.position, day) for day in asked] == [None, 5, 5]
    assert [month_due(history, back, day) for day in asked] == [5, 5, 5]
    assert [month_due(history, on, day) for day in asked] == [None, None, 5]


def test_a_correction_counts_at_once_for_every_day() -> None:
    """A record that was wrong was wrong on every day, also before somebody noticed it."""
    book, wrong = put_right()
    book.write(party("ann"), on=FEBRUARY + AHEAD + AHEAD)
    void = book.void(wrong.position).position
    history = History(book.entries)
    for day in (FEBRUARY, FEBRUARY + AHEAD):
        assert month_due(history, void - 1, day) == 5
        assert month_due(history, void, day) is None


def test_a_past_state_put_right_knows_of_nothing_recorded_since() -> None:
    """What a review got wrong is one thing, what it could not yet know another."""
    book, wrong = put_right()
    reviewed = book.entries[-1].position
    book.write(date_set("m1", Month(2026, 9)), on=FEBRUARY + AHEAD)
    corrected = book.correct(wrong.position, date_set("m1", Month(2026, 6))).position
    history = History(book.entries)
    restated = history.restated(reviewed, corrected)
    assert restated is not None
    assert restated.milestones["m1"].target_date == due(Month(2026, 6))
    assert history.restated(reviewed, corrected) is restated
    assert history.restated(reviewed, reviewed) is history.state(reviewed)
    assert history.restated(reviewed, corrected + 99, date.min) is None


def test_one_amendment_does_not_make_late_what_follows_it_in_order() -> None:
    """Every break costs a fold of its own; a long-lived plan has many entries after a void."""
    book, wrong = put_right()
    days = [FEBRUARY + AHEAD + timedelta(days=n) for n in range(50)]
    book.void(wrong.position)
    for number, day in enumerate(days):
        book.write(date_set("m1", Month(2026, 1 + number % 12)), on=day)
    history = History(book.entries)
    assert len(history._breaks) == 1
    for entry in book.entries[-3:]:
        assert history.state(entry.position) == plainly_folded(book.entries, entry.position)


def test_the_spine_at_a_position_counts_what_was_learned_by_then() -> None:
    """Reports walk over the facts in order; they must not see what was learned afterwards."""
    book, wrong = put_right()
    corrected = book.correct(wrong.position, date_set("m1", Month(2026, 6))).position
    history = History(book.entries)
    for position in range(1, corrected + 1):
        spine = history.spine(position)
        for day in (None, START, FEBRUARY):
            count = spine.count(position, day)
            assert spine.after(count) == plainly_folded(book.entries, position, day)
            assert all(fact.learned_at <= position for fact in spine.order[:count])
