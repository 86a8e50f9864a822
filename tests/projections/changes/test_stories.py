"""What two points are told to differ by where things were late, wrong, withdrawn or undone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from msgspec.structs import replace

from planledger.events.dates import Month
from planledger.events.envelope import Entry, microseconds
from planledger.events.kpi import KpiDefined, KpiReadingRecorded
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadReassigned
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import RatingGiven
from planledger.events.structure import ItemWithdrawn, WordingChanged
from planledger.events.target_date import TargetDateMoved
from planledger.events.values import Period, Polarity, Rating, ReadingStatus
from planledger.projections.changes.item_history import Field, history_of
from planledger.projections.changes.net import At, net
from planledger.projections.changes.shapes import (
    Change,
    ChangeClass,
    EntryStanding,
    Kind,
    Track,
)
from planledger.projections.changes.steps import steps
from planledger.projections.changes.words import known_in, say
from tests.projections.changes.books import indexed
from tests.support.books import Book, action, area, date_set, due, milestone, party

FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
THE_MILESTONE = (Kind.MILESTONE, "m1")


def a_book() -> Book:
    """Give a plan of one milestone: positions 1 to 5."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1")])
    book.write_all([milestone("m1", "b1"), party("ann")])
    return book


def moved(was: int, now: int) -> TargetDateMoved:
    """Move the milestone's date from one month of 2026 to another."""
    return TargetDateMoved(
        milestone="m1",
        from_target_date=due(Month(2026, was)),
        to_target_date=due(Month(2026, now)),
        reason_code=None,
    )


DEFINED = KpiDefined(
    kpi="re-referrals", definition_version=1, name="Re-referrals", formula="Those again",
    unit="%", polarity=Polarity.LOW, frequency_months=3, source_system="Case records",
    suppression_rule="none", statements=(),
)  # fmt: skip
READING = KpiReadingRecorded(
    kpi="re-referrals", definition_version=1, period=Period(first=FEBRUARY, last=MARCH, label="Q1"),
    value=Decimal(20), numerator=None, denominator=None, status=ReadingStatus.FINAL,
    extracted_on=MARCH,
)  # fmt: skip


def rating_of(item: str) -> RatingGiven:
    """Rate an item."""
    return RatingGiven(
        review="q1", item=item, key="rag", key_version=1, rating=Rating.RED, rationale=None
    )


def told(changes: Sequence[Change]) -> list[tuple[ChangeClass, tuple[int, ...]]]:
    """Give the class and the causes of each change."""
    return [(change.what, change.causes) for change in changes]


def test_a_date_that_moved_out_and_back_is_nothing_net_and_two_steps() -> None:
    """NET says where one stands, STEPS what was done in between: a board needs both."""
    book = a_book()
    start = At(book.write(date_set("m1", Month(2026, 6))).position, FEBRUARY)
    book.write(moved(6, 9), FEBRUARY)
    end = At(book.write(moved(9, 6), MARCH).position, MARCH)
    index = indexed(book.entries)
    assert net(index, start, end) == ()
    there = steps(index, start, end)
    assert told(there) == [(ChangeClass.SLIPPED, (7,)), (ChangeClass.BROUGHT_FORWARD, (8,))]
    assert [change.slippage and change.slippage.amount for change in there] == [3, -3]


def test_a_correction_is_told_apart_from_the_change_that_follows_it() -> None:
    """A date that was mistyped and then slipped has slipped by the second step alone."""
    book = a_book()
    set_at = book.write(date_set("m1", Month(2026, 6)), FEBRUARY).position
    start = At(set_at, FEBRUARY)
    event = date_set("m1", Month(2026, 5))
    corrected = book.write(EntryCorrected(entry=set_at, event=event), FEBRUARY).position
    slipped = book.write(moved(5, 7), MARCH).position
    index = indexed(book.entries)
    correction, change = net(index, start, At(slipped, MARCH))
    assert told([correction, change]) == [
        (ChangeClass.CORRECTED, (corrected,)),
        (ChangeClass.SLIPPED, (slipped,)),
    ]
    assert correction.slippage is None
    assert change.slippage is not None
    assert change.slippage.label == "2 months later"
    assert told(steps(index, start, At(slipped, MARCH))) == told([correction, change])


def test_what_was_voided_is_told_as_voided_and_not_as_a_change() -> None:
    """What never happened was not undone: nobody decided to bring the date forward."""
    book = a_book()
    book.write(date_set("m1", Month(2026, 6)))
    slipped = book.write(moved(6, 9), FEBRUARY).position
    void = book.write(EntryVoided(entry=slipped), MARCH).position
    back = book.write(EntryVoided(entry=void), MARCH).position
    index = indexed(book.entries)
    reported = At(slipped, FEBRUARY)
    assert told(net(index, reported, At(void, FEBRUARY))) == [(ChangeClass.VOIDED, (void,))]
    assert net(index, reported, At(back, FEBRUARY)) == ()
    assert told(steps(index, reported, At(back, FEBRUARY))) == [
        (ChangeClass.VOIDED, (void,)),
        (ChangeClass.VOIDED, (back,)),
    ]


def test_what_was_corrected_before_it_was_looked_at_is_one_change_with_both_causes() -> None:
    """The entry says who decided, its correction who put the record right: both explain it."""
    book = a_book()
    start = At(book.write(date_set("m1", Month(2026, 6))).position, FEBRUARY)
    slipped = book.write(moved(6, 9), MARCH).position
    corrected = book.write(EntryCorrected(entry=slipped, event=moved(6, 8)), MARCH).position
    end = At(corrected, MARCH)
    index = indexed(book.entries)
    assert told(net(index, start, end)) == [(ChangeClass.SLIPPED, (slipped, corrected))]
    assert told(steps(index, start, end)) == [(ChangeClass.SLIPPED, (slipped, corrected))]


def recorded(entry: Entry) -> int:
    """Give noon of the entry's day, but of one of February noon on the second of March."""
    on = date(2026, 3, 2) if entry.effective_on == FEBRUARY else entry.effective_on
    return microseconds(datetime(on.year, on.month, on.day, 12, tzinfo=UTC))


def test_what_was_learned_late_is_a_change_and_is_marked() -> None:
    """A decision keyed in after a review is no correction; but the review did not see it."""
    book = a_book()
    book.write(date_set("m1", Month(2026, 6)))
    reworded = WordingChanged(item="m1", from_text="", to_text="x", material=False)
    seen = At(book.write(reworded, MARCH).position, MARCH)
    late = book.write(moved(6, 7), FEBRUARY).position
    book.write(moved(7, 8), APRIL)
    now = At(late + 1, APRIL)
    index = indexed([replace(entry, recorded_us=recorded(entry)) for entry in book.entries])
    (slipped,) = net(index, seen, now)
    assert (slipped.what, slipped.causes) == (ChangeClass.SLIPPED, (late, late + 1))
    assert [(step.causes, step.late) for step in steps(index, seen, now)] == [
        ((late,), True),
        ((late + 1,), False),
    ]


def test_what_was_agreed_ahead_is_a_change_once_its_day_comes() -> None:
    """Nothing is recorded in between, and yet the plan is another: the entry is an old one."""
    book = a_book()
    book.write(date_set("m1", Month(2026, 6)))
    ahead = book.write(moved(6, 9), APRIL).position
    index = indexed(book.entries)
    changes = net(index, At(ahead, MARCH), At(ahead, APRIL))
    assert told(changes) == [(ChangeClass.SLIPPED, (ahead,))]
    assert changes == steps(index, At(ahead, MARCH), At(ahead, APRIL))


def test_what_is_gone_keeps_its_last_ref_and_title() -> None:
    """A reader cannot look up an id: what was voided is still called what it was called."""
    book = a_book()
    added = book.write(milestone("m2", "b1", 2), FEBRUARY).position
    void = book.write(EntryVoided(entry=added), MARCH).position
    index = indexed(book.entries)
    changes = net(index, At(added, MARCH), At(void, MARCH))
    words = say(known_in(index.history.state(void, MARCH), changes), changes[0])
    assert (words.ref, words.area) == ("1.1/2", "1")
    assert words.title is not None
    assert words.title.words == "Reach m2"
    assert words.after == ()
    there_and_back = steps(index, At(added - 1, MARCH), At(void, MARCH))
    known = known_in(index.history.state(void, MARCH), there_and_back)
    assert [say(known, change).ref for change in there_and_back] == ["1.1/2", "1.1/2"]


def test_before_the_plan_began_there_was_nothing() -> None:
    """A diff from the beginning tells everything as added, the plan itself first."""
    book = a_book()
    index = indexed(book.entries)
    changes = net(index, At(0, MARCH), At(5, MARCH))
    assert [(change.kind, change.what) for change in changes] == [
        (kind, ChangeClass.ADDED)
        for kind in (Kind.PLAN, Kind.AREA, Kind.ACTION, Kind.MILESTONE, Kind.PARTY)
    ]
    known = known_in(index.history.state(5, MARCH), changes)
    assert [say(known, change).ref for change in changes] == ["alpha", "1", "1.1", "1.1/1", "ann"]
    gone = net(index, At(5, MARCH), At(0, MARCH))
    assert {change.what for change in gone} == {ChangeClass.REMOVED}
    known = known_in(None, gone)
    assert {say(known, change).ref for change in gone} == {"alpha", "1", "1.1", "1.1/1", "ann"}


def test_changes_are_told_down_the_plan_as_it_is_printed() -> None:
    """People read a paper area by area; action 1.10 comes after 1.9."""
    book = Book()
    book.write_all([area("z", "1", 1), area("a", "2", 2)])
    for name, ref, under in (("c", "1.10", "z"), ("d", "1.9", "z"), ("b", "2.1", "a")):
        book.write_all([action(name, ref, under), milestone(f"m{name}", name)])
    start = At(book.entries[-1].position, MARCH)
    for item in ("b", "c", "mc", "d", "md", "z"):
        reworded = WordingChanged(item=item, from_text="", to_text="x", material=False)
        book.write(reworded, MARCH)
    index = indexed(book.entries)
    end = At(book.entries[-1].position, MARCH)
    changes = net(index, start, end)
    assert [change.id for change in changes] == ["z", "d", "md", "c", "mc", "b"]


def test_the_history_of_a_date_says_who_set_it_and_what_became_of_each_entry() -> None:
    """A delivery lead inherits a milestone: what was promised, by whom, and what was a mistake."""
    book = a_book()
    first = book.write(date_set("m1", Month(2026, 6)), FEBRUARY).position
    wrong = book.write(moved(6, 12), MARCH).position
    book.write(MilestoneAgreed(milestone="m1"), MARCH)
    right = book.write(EntryCorrected(entry=wrong, event=moved(6, 8)), MARCH).position
    never = book.write(moved(8, 10), MARCH).position
    void = book.write(EntryVoided(entry=never), MARCH).position
    late = book.write(moved(6, 7), FEBRUARY).position
    ahead = book.write(moved(8, 9), APRIL).position
    index = indexed(book.entries)
    field = Field(THE_MILESTONE, Track.TARGET_DATE)
    entries = history_of(index, field, At(ahead, MARCH))
    assert [(entry.position, entry.standing, entry.by, entry.about) for entry in entries] == [
        (4, EntryStanding.STANDS, None, None),
        (first, EntryStanding.STANDS, None, None),
        (wrong, EntryStanding.CORRECTED, right, None),
        (right, EntryStanding.STANDS, None, wrong),
        (never, EntryStanding.VOID, void, None),
        (void, EntryStanding.STANDS, None, never),
        (late, EntryStanding.STANDS, None, None),
        (ahead, EntryStanding.AHEAD, None, None),
    ]
    set_by = {entry.position: change for entry in entries for change in entry.changes}
    assert {position: change.what for position, change in set_by.items()} == {
        4: ChangeClass.ADDED,
        first: ChangeClass.DATE_SET,
        late: ChangeClass.SLIPPED,
        right: ChangeClass.SLIPPED,
    }
    assert set_by[right].before == set_by[late].after
    former = {entry.position: change for entry in entries for change in entry.former}
    assert {position: change.after for position, change in former.items()} == {
        wrong: (due(Month(2026, 12)), due(Month(2026, 6)), ()),
        never: (due(Month(2026, 10)), due(Month(2026, 6)), ()),
    }, "what was wrong is still told, as it was recorded"
    # The book is dated 1970, so that nothing in it was recorded after its day.
    assert {entry.late_days for entry in entries} == {0}


def test_the_history_of_an_action_has_what_is_under_it_and_about_it() -> None:
    """Who inherits an action asks for all of it: its milestones, and how each was rated."""
    book = a_book()
    mine = book.write(date_set("m1", Month(2026, 6))).position
    book.write(milestone("m9", "elsewhere"))
    rated = book.write(rating_of("m1")).position
    index = indexed(book.entries)
    at = At(book.entries[-1].position, MARCH)
    alone = history_of(index, Field((Kind.ACTION, "b1")), at)
    inside = history_of(index, Field((Kind.ACTION, "b1")), at, inside=True)
    assert [entry.position for entry in alone] == [3]
    assert [entry.position for entry in inside] == [3, 4, mine, rated]
    above = history_of(index, Field((Kind.AREA, "a1")), at, inside=True)
    assert [entry.position for entry in above] == [2, 3, 4, mine, rated]


def test_an_entry_learned_long_after_its_day_says_by_how_many_days() -> None:
    """Late entries are first-class: an auditor asks how late each was."""
    book = Book()
    book.write(area("a1", "1", 1), date(1969, 12, 2))
    index = indexed(book.entries)
    (entry,) = history_of(index, Field((Kind.AREA, "a1")), At(2, MARCH))
    # Recorded in the first seconds of 1970, an hour into the day in London.
    assert entry.late_days == 30


def test_withdrawn_and_handed_over_in_one_period_are_two_changes_of_one_thing() -> None:
    """Each track is told by itself, so that neither hides the other."""
    book = a_book()
    start = At(5, MARCH)
    lead = LeadReassigned(item="m1", from_parties=(), to_parties=("ann",))
    given = book.write(lead, MARCH).position
    gone = book.write(ItemWithdrawn(item="m1", replaced_by=()), MARCH).position
    changes = net(indexed(book.entries), start, At(gone, MARCH))
    assert told(changes) == [
        (ChangeClass.LEAD_REASSIGNED, (given,)),
        (ChangeClass.WITHDRAWN, (gone,)),
    ]


def test_a_correction_of_the_day_is_told_as_one_and_the_day_itself_as_a_change() -> None:
    """A decision dated a month too early was no decision yet, until its day came."""
    book = a_book()
    book.write(date_set("m1", Month(2026, 6)))
    early = book.write(moved(6, 9), FEBRUARY).position
    start = At(early, MARCH)
    right = book.write(EntryCorrected(entry=early, event=moved(6, 9)), APRIL).position
    index = indexed(book.entries)
    assert told(net(index, start, At(right, MARCH))) == [(ChangeClass.CORRECTED, (right,))]
    assert told(net(index, At(right, MARCH), At(right, APRIL))) == [
        (ChangeClass.SLIPPED, (early, right))
    ]
    assert told(steps(index, start, At(right, APRIL))) == [
        (ChangeClass.CORRECTED, (right,)),
        (ChangeClass.SLIPPED, (early, right)),
    ]


def test_the_readings_of_a_kpi_have_a_history_of_their_own() -> None:
    """A new definition is no new figure."""
    book = a_book()
    book.write(DEFINED)
    figure = book.write(READING).position
    book.write(DEFINED, FEBRUARY)
    index = indexed(book.entries)
    at = At(book.entries[-1].position, MARCH)
    (entry,) = history_of(index, Field((Kind.KPI, "re-referrals"), Track.READINGS), at)
    assert entry.position == figure
    assert [change.what for change in entry.changes] == [ChangeClass.READING_ADDED]
    definitions = history_of(index, Field((Kind.KPI, "re-referrals"), Track.DEFINITIONS), at)
    assert [len(entry.changes) for entry in definitions] == [1, 1]


def test_what_is_learned_before_the_place_of_a_correction_does_not_undo_it() -> None:
    """The correction stands later in the order, and its value stays."""
    book = a_book()
    wrong = book.write(date_set("m1", Month(2026, 6)), FEBRUARY).position
    right = book.write(EntryCorrected(entry=wrong, event=date_set("m1", Month(2026, 7))), APRIL)
    late = book.write(date_set("m1", Month(2026, 8)), MARCH)
    index = indexed(book.entries)
    changes = steps(index, At(wrong, APRIL), At(late.position, APRIL))
    assert told(changes) == [
        (ChangeClass.CORRECTED, (right.position,)),
        (ChangeClass.DATE_RESTATED, (late.position,)),
    ]
    (_, restated) = changes
    # What is learned last came first: it is the original, and what was corrected stays in force.
    assert restated.before == (due(Month(2026, 7)), due(Month(2026, 7)), ())
    assert restated.after == (due(Month(2026, 7)), due(Month(2026, 8)), ())


def test_an_entry_corrected_to_be_about_another_thing_is_no_cause_of_the_first() -> None:
    """What was keyed in for the wrong milestone explains nothing of it any more."""
    book = a_book()
    book.write(milestone("m2", "b1", 2))
    start = At(book.entries[-1].position, MARCH)
    wrong = book.write(date_set("m1", Month(2026, 6)), MARCH).position
    right = book.write(EntryCorrected(entry=wrong, event=date_set("m2", Month(2026, 6))), MARCH)
    mine = book.write(date_set("m1", Month(2026, 9)), MARCH).position
    changes = net(indexed(book.entries), start, At(mine, MARCH))
    assert [(change.id, change.causes) for change in changes] == [
        ("m1", (mine,)),
        ("m2", (wrong, right.position)),
    ]


def test_what_a_later_correction_says_explains_nothing_before_it() -> None:
    """A diff of the past must be the same whatever is recorded since."""
    book = a_book()
    book.write(milestone("m2", "b1", 2))
    start = At(book.entries[-1].position, MARCH)
    other = book.write(date_set("m1", Month(2026, 6)), MARCH).position
    mine = book.write(date_set("m2", Month(2026, 9)), MARCH).position
    end = At(mine, MARCH)
    then = net(indexed(book.entries), start, end)
    book.write(EntryCorrected(entry=other, event=date_set("m2", Month(2026, 6))), MARCH)
    assert net(indexed(book.entries), start, end) == then
    assert told(then) == [(ChangeClass.DATE_SET, (other,)), (ChangeClass.DATE_SET, (mine,))]
