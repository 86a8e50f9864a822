"""What the ledger answers about changes: from commands to the causes of what they changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from planledger.domain.commands import (
    AddAction,
    AgreeMilestone,
    CloseReview,
    CorrectEntry,
    DraftPlan,
    EstablishForum,
    MoveTargetDate,
    OpenReview,
    RewordItem,
    SetTargetDate,
    VoidEntry,
)
from planledger.events.dates import Month
from planledger.events.target_date import TargetDateMoved
from planledger.ledger import Ledger, QuestionError
from planledger.ledger.comparing import entries_at
from planledger.ledger.loading import PAGE
from planledger.projections.changes.compare import patch
from planledger.projections.changes.shapes import ChangeClass, EntryStanding, Kind, Track
from planledger.projections.changes.words import say
from planledger.projections.points import AtEndOf, AtHead, AtPosition, AtReview
from planledger.projections.view import OneOffView
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore
from tests.support.books import due
from tests.support.ledgers import (
    AUTHOR,
    AUTHORITY,
    NOON,
    REASON,
    SettableClock,
    begin_plan,
    recorded,
)

DAY = timedelta(days=1)
TODAY = date(2026, 2, 12)
LONG = "x" * 10_000
REVIEW = AtReview("alpha/q1")


@pytest.fixture
def clock() -> SettableClock:
    """Give the clock of the ledger under test."""
    return SettableClock()


@pytest.fixture
def store(clock: SettableClock) -> EntryStore:
    """Give an empty store."""
    return MemoryStore(clock)


@pytest.fixture
def ledger(store: EntryStore, clock: SettableClock) -> Ledger:
    """Give a ledger with a plan, whose milestone is due in March, and a review that saw it so."""
    ledger = Ledger(store, clock)
    begin_plan(ledger)
    recorded(
        ledger,
        SetTargetDate(plan="alpha", milestone="1.1/1", date=Month(2026, 3), authority=AUTHORITY),
    )
    recorded(ledger, EstablishForum(plan="alpha", forum="board", name="Board"))
    recorded(ledger, OpenReview(plan="alpha", review="q1", forum="board", label="Q1", as_at=TODAY))
    recorded(ledger, CloseReview(plan="alpha", review="q1"))
    return ledger


def move(ledger: Ledger, month: int, on: date | None = None) -> int:
    """Move the milestone's date to another month, and give the entry's position."""
    plan = ledger.at(AtHead(), on).plan("alpha")
    assert plan is not None
    shown = plan.milestones[0].target_date
    assert isinstance(shown, OneOffView)
    command = MoveTargetDate(
        plan="alpha",
        milestone="1.1/1",
        from_date=shown.date,
        to_date=Month(2026, month),
        reason=REASON,
        authority=AUTHORITY,
        effective_on=on,
    )
    return recorded(ledger, command).position


def correct(ledger: Ledger, entry: int, month: int) -> int:
    """Correct a move so that it says another month."""
    event = ledger.entries_at([entry])[entry].event
    assert isinstance(event, TargetDateMoved)
    said = TargetDateMoved(
        milestone=event.milestone,
        from_target_date=event.from_target_date,
        to_target_date=due(Month(2026, month)),
        reason_code=event.reason_code,
    )
    return recorded(
        ledger,
        CorrectEntry(plan="alpha", entry=entry, event=said, reason=REASON, authority=AUTHORITY),
    ).position


def test_two_reviews_differ_by_what_was_decided_between(
    ledger: Ledger, clock: SettableClock
) -> None:
    """What changed since the last paper, by whose decision and why: the panel's first question."""
    clock.now = NOON + DAY
    slipped = move(ledger, 5)
    later = TODAY + DAY
    recorded(ledger, OpenReview(plan="alpha", review="q2", forum="board", label="Q2", as_at=later))
    recorded(ledger, CloseReview(plan="alpha", review="q2"))
    answer = ledger.changes("alpha", REVIEW, AtReview("alpha/q2"))
    assert (answer.start.review, answer.end.review) == ("alpha/q1", "alpha/q2")
    assert answer.start.final
    assert answer.end.final
    (change,) = (change for change in answer.changes if change.kind is Kind.MILESTONE)
    assert change.what is ChangeClass.SLIPPED
    assert change.causes == (slipped,)
    words = say(answer.known, change)
    assert words.ref == "1.1/1"
    assert [line.words for line in words.before] == ["March 2026"]
    assert [line.words for line in words.after] == ["May 2026"]
    cause = ledger.entries_at(change.causes)[slipped]
    assert cause.envelope.author == AUTHOR
    assert cause.envelope.reason == REASON


def test_a_review_is_restated_by_corrections_and_by_late_entries(
    ledger: Ledger, clock: SettableClock
) -> None:
    """What was published with an error, and what the board could not know, are two things."""
    clock.now = NOON + DAY
    before = ledger.restatements("alpha", "alpha/q1")
    assert before.changes == ()
    wrong = move(ledger, 9, TODAY)
    restated = ledger.restatements("alpha", "alpha/q1")
    assert [(change.what, change.causes) for change in restated.changes] == [
        (ChangeClass.SLIPPED, (wrong,))
    ]
    right = correct(ledger, wrong, 6)
    (change,) = ledger.restatements("alpha", "alpha/q1").changes
    assert (change.what, change.causes) == (ChangeClass.SLIPPED, (wrong, right))
    assert change.slippage is not None
    assert change.slippage.amount == 3


def test_a_correction_of_what_a_review_saw_restates_it(
    ledger: Ledger, clock: SettableClock
) -> None:
    """An auditor asks what had already been published with the error."""
    recorded(ledger, AgreeMilestone(plan="alpha", milestone="1.1/1", authority=AUTHORITY))
    wrong = move(ledger, 9)
    recorded(ledger, OpenReview(plan="alpha", review="q2", forum="board", label="Q2", as_at=TODAY))
    recorded(ledger, CloseReview(plan="alpha", review="q2"))
    clock.now = NOON + DAY
    right = correct(ledger, wrong, 6)
    (change,) = ledger.restatements("alpha", "alpha/q2").changes
    assert (change.what, change.causes) == (ChangeClass.CORRECTED, (right,))
    recorded(ledger, VoidEntry(plan="alpha", entry=right, reason=REASON, authority=AUTHORITY))
    assert ledger.restatements("alpha", "alpha/q2").changes == ()


def test_on_one_day_only_what_was_learned_since_is_told(
    ledger: Ledger, clock: SettableClock
) -> None:
    """With a day of the asker's own, both points are looked at on that day."""
    clock.now = NOON + DAY
    move(ledger, 5)
    late = move(ledger, 4, TODAY)
    answer = ledger.changes("alpha", REVIEW, effective_on=TODAY, steps=True)
    assert (answer.start.effective_on, answer.end.effective_on) == (TODAY, TODAY)
    (change,) = (change for change in answer.changes if change.track is Track.TARGET_DATE)
    assert (change.what, change.causes, change.late) == (ChangeClass.SLIPPED, (late,), True)
    assert answer.steps


def test_a_point_may_be_a_review_of_another_plan(ledger: Ledger, clock: SettableClock) -> None:
    """Two plans are read at one meeting; a review is a point of the whole ledger."""
    clock.now = NOON + DAY
    recorded(ledger, DraftPlan(plan="beta", title="Another"))
    answer = ledger.changes("beta", REVIEW)
    assert [(change.kind, change.what) for change in answer.changes] == [
        (Kind.PLAN, ChangeClass.ADDED)
    ]
    assert answer.known is not None
    assert answer.known.ref == "beta"


def test_only_its_own_review_was_reported_a_plan(ledger: Ledger) -> None:
    """The day another plan's review looked at says nothing of what was reported of this one."""
    recorded(ledger, DraftPlan(plan="beta", title="Another"))
    with pytest.raises(QuestionError, match="no review of beta") as refusal:
        ledger.restatements("beta", "alpha/q1")
    assert refusal.value.code == "UNKNOWN_REVIEW"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda ledger: ledger.changes("gamma", AtHead()), "UNKNOWN_PLAN"),
        (lambda ledger: ledger.changes("alpha", AtPosition(99)), "POINT_IN_FUTURE"),
        (lambda ledger: ledger.changes("alpha", AtReview("alpha/q9")), "UNKNOWN_REVIEW"),
        (lambda ledger: ledger.restatements("gamma", "alpha/q1"), "UNKNOWN_PLAN"),
        (lambda ledger: ledger.restatements("alpha", "q9"), "UNKNOWN_REVIEW"),
        (lambda ledger: ledger.restatements("alpha", "alpha/q9"), "UNKNOWN_REVIEW"),
        (lambda ledger: ledger.item_history("gamma", "1.1"), "UNKNOWN_PLAN"),
        (lambda ledger: ledger.item_history("alpha", "9.9"), "UNKNOWN_ITEM"),
        (lambda ledger: ledger.item_history("alpha", ""), "UNKNOWN_ITEM"),
        (lambda ledger: ledger.item_history("alpha", (Kind.KPI, "none")), "UNKNOWN_ITEM"),
        (lambda ledger: ledger.item_history("alpha", "1.1", Track.READINGS), "UNKNOWN_FIELD"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    ledger: Ledger, ask: Callable[[Ledger], object], code: str
) -> None:
    """A stable code tells a program what to do, where a guess would give a wrong answer."""
    with pytest.raises(QuestionError) as refusal:
        ask(ledger)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger: ledger.changes(LONG, AtHead()),
        lambda ledger: ledger.at(AtReview(LONG)),
        lambda ledger: ledger.at(AtReview(f"alpha/{LONG}")),
        lambda ledger: ledger.restatements("alpha", f"{LONG}/q1"),
        lambda ledger: ledger.item_history("alpha", LONG),
        lambda ledger: ledger.item_history("alpha", (Kind.KPI, LONG)),
    ],
)
def test_what_cannot_be_found_is_repeated_in_brief(
    ledger: Ledger, ask: Callable[[Ledger], object]
) -> None:
    """Ten megabytes sent by mistake must not come back, nor fill a log."""
    with pytest.raises(QuestionError, match=r"x{70}") as refusal:
        ask(ledger)
    assert len(str(refusal.value)) < 300


def test_the_history_of_an_item_is_found_by_what_people_call_it(
    ledger: Ledger, clock: SettableClock
) -> None:
    """Who set this date, when, why, and by what right: by the ref on the paper."""
    clock.now = NOON + DAY
    moved = move(ledger, 5)
    answer = ledger.item_history("alpha", "1.1/1", Track.TARGET_DATE)
    assert (answer.kind, answer.track) == (Kind.MILESTONE, Track.TARGET_DATE)
    assert answer.basis.effective_on == TODAY + DAY
    assert [entry.position for entry in answer.entries] == [4, 5, moved]
    assert {entry.standing for entry in answer.entries} == {EntryStanding.STANDS}
    words = say(answer.known, answer.entries[-1].changes[0])
    assert [line.words for line in words.after] == ["May 2026"]
    seen = ledger.item_history("alpha", "1.1/1", Track.TARGET_DATE, REVIEW)
    assert [entry.position for entry in seen.entries] == [4, 5]
    assert ledger.item_history("alpha", "q1").kind is Kind.REVIEW


def test_what_was_voided_still_has_a_history_and_a_name(
    ledger: Ledger, clock: SettableClock
) -> None:
    """Nothing is ever lost from the ledger: what never happened can be looked up as such."""
    added = recorded(ledger, AddAction(plan="alpha", area="1", ref="1.2", text="Never"))
    event = added.entries[0].event
    clock.now = NOON + DAY
    void = VoidEntry(plan="alpha", entry=added.position, reason=REASON, authority=AUTHORITY)
    position = recorded(ledger, void).position
    answer = ledger.item_history("alpha", getattr(event, "action"))  # noqa: B009
    assert [(entry.position, entry.standing, entry.by) for entry in answer.entries] == [
        (added.position, EntryStanding.VOID, position),
        (position, EntryStanding.STANDS, None),
    ]
    assert answer.known is not None
    assert answer.known.actions[answer.id].ref == "1.2"  # type: ignore[index]


def test_the_same_question_is_answered_once(ledger: Ledger) -> None:
    """A page of a paper asks for the same difference again and again."""
    one = ledger.changes("alpha", AtPosition(2), AtPosition(8))
    again = ledger.changes("alpha", AtPosition(2), AtPosition(8))
    assert one.changes is again.changes
    assert ledger.changes("alpha", AtPosition(2), AtPosition(8), steps=True).steps


def test_a_difference_to_the_head_is_as_new_as_the_last_write(ledger: Ledger) -> None:
    """What is remembered is remembered for positions, and never shown for a later head."""
    for month in range(4, 9):
        moved = move(ledger, month)
        answer = ledger.changes("alpha", AtPosition(5))
        (change,) = (change for change in answer.changes if change.track is Track.TARGET_DATE)
        assert change.causes[-1] == moved
        assert answer.end.position == moved


def test_many_may_ask_while_others_record(ledger: Ledger) -> None:
    """A server answers from several threads; an index that grows must not be read half grown."""

    def ask(number: int) -> bool:
        if number % 5 == 0:
            words = f"A board meets {number} times"
            recorded(ledger, RewordItem(plan="alpha", item="1.1/1", to=words, material=False))
        answer = ledger.changes("alpha", AtPosition(3), steps=bool(number % 2))
        start = ledger.history("alpha").state(3, answer.start.effective_on)
        end = ledger.history("alpha").state(answer.end.position, answer.end.effective_on)
        told = ledger.item_history("alpha", "1.1/1", Track.WORDING)
        return patch(start, answer.changes) == end and bool(told.entries)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(60)))


def test_entries_are_read_by_position_however_far_apart(ledger: Ledger, store: EntryStore) -> None:
    """Causes lie all over the ledger; each is read, none twice, and none that is not there."""
    for month in range(4, 10):
        move(ledger, month)
    last = ledger.at(AtHead()).basis.position
    everything = {entry.position: entry for entry in ledger.events(limit=PAGE)}
    assert entries_at(store, []) == {}
    assert entries_at(store, [last, 1, 1, last + 50, 0]) == {
        position: everything[position] for position in (1, last)
    }
    assert entries_at(store, everything) == everything


def test_a_day_before_the_plan_began_has_no_plan(ledger: Ledger) -> None:
    """A point before the plan began gives no plan, and so nothing changed up to there."""
    early = AtEndOf(date(2020, 1, 1))
    answer = ledger.changes("alpha", early, early)
    assert (answer.changes, answer.known) == ((), None)
