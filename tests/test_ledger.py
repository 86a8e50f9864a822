"""The ledger's two verbs, `submit` and `at`, over every kind of store."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import RFC_4122, UUID

import pytest
from msgspec.structs import replace

from planledger.domain.commands import (
    AddArea,
    CloseReview,
    DraftPlan,
    EstablishForum,
    ImportPlan,
    MoveTargetDate,
    OpenReview,
    ProposeMilestone,
    RewordItem,
    SetTargetDate,
)
from planledger.events.dates import Day, Month
from planledger.ledger import ConflictError, Ledger, QuestionError, Recorded
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
)
from planledger.projections.timing import Timeliness
from planledger.projections.view import Basis, MilestoneView, PlanView
from planledger.storage.port import EntryStore
from tests.support.ledgers import (
    AUTHOR,
    MICROSECOND,
    NOON,
    REASON,
    SettableClock,
    begin_plan,
    open_kind,
    recorded,
    refused,
    small_draft,
)

TODAY = date(2026, 2, 12)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> SettableClock:
    """Give the clock of the ledger under test."""
    return SettableClock()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock
) -> Iterator[EntryStore]:
    """Give an empty store of each kind in turn."""
    with ExitStack() as closing:
        store = open_kind(request.param, tmp_path, clock)
        closing.callback(store.close)
        yield store


@pytest.fixture
def ledger(store: EntryStore, clock: SettableClock) -> Ledger:
    """Give an empty ledger."""
    return Ledger(store, clock)


def alpha(ledger: Ledger, point: Point, day: date | None = None) -> PlanView:
    """Give the plan at a point."""
    plan = ledger.at(point, day).plan("alpha")
    assert plan is not None
    return plan


def only(plan: PlanView) -> MilestoneView:
    """Give the only milestone of a plan."""
    (milestone,) = plan.milestones
    return milestone


def code(ledger: Ledger, point: Point, day: date | None = None) -> str:
    """Give the code with which a question is refused."""
    with pytest.raises(QuestionError) as refusal:
        ledger.at(point, day)
    assert str(refusal.value).endswith(".")
    return refusal.value.code


# -- points


def test_the_head_shows_everything_as_it_stands_today(ledger: Ledger) -> None:
    """The plainest question; it can never be final, since the next entry changes it."""
    begin_plan(ledger)
    at = ledger.at(AtHead())
    assert at.basis == Basis(
        position=4,
        recorded_at=NOON + 3 * MICROSECOND,
        review=None,
        effective_on=TODAY,
        final=False,
    )
    assert [plan.ref for plan in at.plans()] == ["alpha"]
    assert only(alpha(ledger, AtHead())).ref == "1.1/1"


def test_an_empty_ledger_answers(ledger: Ledger) -> None:
    """The first page anybody sees is asked of a ledger in which nothing has happened."""
    empty = Basis(position=0, recorded_at=None, review=None, effective_on=TODAY, final=False)
    assert ledger.at(AtHead()).basis == empty
    assert ledger.at(AtHead()).plans() == ()
    assert ledger.at(AtPosition(0)).basis == empty
    assert ledger.at(AtPosition(0), TODAY).basis == replace(empty, final=True)
    assert ledger.at(AtInstant(NOON)).basis == empty
    yesterday = ledger.at(AtEndOf(TODAY - DAY)).basis
    assert yesterday == replace(empty, effective_on=TODAY - DAY)
    assert code(ledger, AtPosition(1)) == "POINT_IN_FUTURE"
    assert code(ledger, AtReview("alpha/q1")) == "UNKNOWN_REVIEW"
    assert list(ledger.events(limit=10)) == []


def test_position_nought_is_before_everything(ledger: Ledger) -> None:
    """A feed begins there; a plan that had not begun is null, not an error."""
    begin_plan(ledger)
    at = ledger.at(AtPosition(0))
    assert (at.basis.position, at.basis.recorded_at, at.basis.final) == (0, None, False)
    # Without an entry there it has no day of its own: today's is another tomorrow.
    assert ledger.at(AtPosition(0), TODAY).basis.final
    assert at.plan("alpha") is None
    assert at.plans() == ()


def test_a_position_within_a_commit_takes_in_the_whole_commit(ledger: Ledger) -> None:
    """An import is one act: half an imported plan never was the plan."""
    begin_plan(ledger)
    imported = recorded(ledger, ImportPlan(plan="beta", draft=small_draft()))
    first, last = imported.entries[0].position, imported.position
    assert (first, last) == (5, 12)
    recorded(ledger, AddArea(plan="alpha", number="2", title="After"))
    for position in range(first, last + 1):
        at = ledger.at(AtPosition(position), date(2026, 2, 12))
        assert (at.basis.position, at.basis.final) == (last, True)
        beta = at.plan("beta")
        assert beta is not None
        assert beta.totals.milestones == 2
    assert ledger.at(AtPosition(first - 1)).plan("beta") is None
    assert len(alpha(ledger, AtPosition(last)).areas) == 1


def test_an_instant_takes_in_what_was_recorded_at_it(ledger: Ledger, clock: SettableClock) -> None:
    """Bounds that differ between questions lose or double an entry that falls on one."""
    begin_plan(ledger)
    clock.now = NOON + timedelta(hours=1)
    area = recorded(ledger, AddArea(plan="alpha", number="2", title="Second"))
    clock.now = NOON + timedelta(hours=2)
    moment = area.entries[0].recorded_at
    assert moment == NOON + timedelta(hours=1)
    for asked, position, areas in ((moment, 5, 2), (moment - MICROSECOND, 4, 1)):
        at = ledger.at(AtInstant(asked))
        assert (at.basis.position, at.basis.final) == (position, True)
        assert len(alpha(ledger, AtInstant(asked)).areas) == areas
    # After the last commit the answer may still change: an entry may yet be recorded before then.
    after = ledger.at(AtInstant(moment + MICROSECOND)).basis
    assert (after.position, after.final) == (5, False)
    assert ledger.at(AtInstant(clock.now)).basis.position == 5
    assert code(ledger, AtInstant(clock.now + MICROSECOND)) == "POINT_IN_FUTURE"


def test_the_offset_of_an_instant_does_not_matter(ledger: Ledger) -> None:
    """MariaDB answers by the session's zone; here the same moment is the same point."""
    begin_plan(ledger)
    tokyo = datetime.fromisoformat("2026-02-12T21:00:00+09:00")
    assert tokyo == NOON
    assert ledger.at(AtInstant(tokyo)).basis == ledger.at(AtInstant(NOON)).basis


@pytest.mark.parametrize(
    ("day", "last_moment"),
    [
        (date(2026, 2, 28), datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, 999_999, tzinfo=UTC)),
        (date(2026, 3, 31), datetime(2026, 3, 31, 22, 59, 59, 999_999, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, 999_999, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day_is_midnight_in_london(
    ledger: Ledger, clock: SettableClock, day: date, last_moment: datetime
) -> None:
    """Ending quarters at midnight UTC puts an hour of summer's entries in the wrong one."""
    begin_plan(ledger)
    clock.now = last_moment
    assert ledger.today == day
    recorded(ledger, AddArea(plan="alpha", number="2", title="In time"))
    clock.now = last_moment + MICROSECOND
    assert ledger.today == day + DAY
    recorded(ledger, AddArea(plan="alpha", number="3", title="Too late"))
    at = ledger.at(AtEndOf(day)).basis
    assert (at.position, at.effective_on, at.final) == (5, day, True)
    assert ledger.at(AtEndOf(day + DAY)).basis.position == 6
    assert ledger.at(AtEndOf(day + DAY)).basis.final is False
    assert code(ledger, AtEndOf(day + 2 * DAY)) == "POINT_IN_FUTURE"


def test_a_question_without_a_day_gets_the_day_of_its_point(
    ledger: Ledger, clock: SettableClock
) -> None:
    """Each point has a day of its own, so that "now" and "then" both mean something."""
    begin_plan(ledger)
    clock.now = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # the 30th, in London
    recorded(ledger, AddArea(plan="alpha", number="2", title="Late at night"))
    clock.now += 10 * DAY
    days: dict[Point, date] = {
        AtHead(): date(2026, 4, 9),
        AtPosition(4): TODAY,
        AtPosition(5): date(2026, 3, 30),
        AtInstant(datetime(2026, 3, 29, 23, 30, tzinfo=UTC)): date(2026, 3, 30),
        AtInstant(datetime(2026, 3, 29, 22, 30, tzinfo=UTC)): date(2026, 3, 29),
        AtEndOf(date(2026, 3, 29)): date(2026, 3, 29),
    }
    for point, day in days.items():
        assert ledger.at(point).basis.effective_on == day
        assert ledger.at(point, TODAY).basis.effective_on == TODAY


def test_a_plan_is_null_before_its_day_also_when_it_is_known(ledger: Ledger) -> None:
    """A plan of 2015 recorded today is asked for by its own days, and was not there before."""
    drafted = DraftPlan(plan="alpha", title="Old plan", effective_on=date(2015, 1, 6))
    recorded(ledger, drafted)
    assert ledger.at(AtHead(), date(2015, 1, 5)).plan("alpha") is None
    assert ledger.at(AtHead(), date(2015, 1, 5)).plans() == ()
    assert ledger.at(AtHead(), date(2015, 1, 6)).plan("alpha") is not None
    # At a clock point of 2015 this ledger knew nothing.
    assert ledger.at(AtEndOf(date(2015, 6, 30))).plan("alpha") is None
    assert ledger.at(AtHead()).plan("nowhere") is None


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:00"])
def test_the_first_moment_of_the_calendar_is_a_point(ledger: Ledger, text: str) -> None:
    """Whatever moment is asked for, there is an answer and never a crash."""
    begin_plan(ledger)
    at = ledger.at(AtInstant(datetime.fromisoformat(text)))
    assert (at.basis.position, at.plans()) == (0, ())


@pytest.mark.parametrize("text", ["9999-12-31T23:00:00-14:00", "9999-12-31T23:59:59+00:00"])
def test_the_last_moment_of_the_calendar_is_still_to_come(ledger: Ledger, text: str) -> None:
    """Whatever moment is asked for, there is an answer and never a crash."""
    assert code(ledger, AtInstant(datetime.fromisoformat(text))) == "POINT_IN_FUTURE"
    assert code(ledger, AtEndOf(date.max)) == "POINT_IN_FUTURE"


@pytest.mark.parametrize("position", [-1, 5, 10**14])
def test_a_position_that_is_not_there_is_refused(ledger: Ledger, position: int) -> None:
    """Answering with the head instead would change the answer with the next entry."""
    begin_plan(ledger)
    assert code(ledger, AtPosition(position)) == "POINT_IN_FUTURE"


def test_a_day_beyond_all_planning_is_refused(ledger: Ledger) -> None:
    """Recurring dates are reckoned up to the day asked for; far ones are slips of the keyboard."""
    begin_plan(ledger)
    assert code(ledger, AtHead(), date(2200, 1, 1)) == "DATE_IMPOSSIBLE"
    assert ledger.at(AtHead(), date(2199, 12, 31)).plan("alpha") is not None


def test_only_the_head_today_gives_an_object_its_own_id(ledger: Ledger) -> None:
    """A client keeps objects by id: the same id at two points would show it a mixture."""
    begin_plan(ledger)
    assert alpha(ledger, AtHead()).id == "Plan:alpha"
    assert alpha(ledger, AtHead(), TODAY).id == "Plan:alpha"
    others = {
        alpha(ledger, AtHead(), TODAY + DAY).id,
        alpha(ledger, AtPosition(4)).id,
        alpha(ledger, AtPosition(4), TODAY + DAY).id,
        alpha(ledger, AtPosition(3)).id,
        alpha(ledger, AtInstant(NOON)).id,
    }
    assert others == {
        "Plan:alpha@4,2026-02-13",
        "Plan:alpha@4,2026-02-12",
        "Plan:alpha@3,2026-02-12",
        "Plan:alpha@1,2026-02-12",
    }


# -- reviews


def hold_review(ledger: Ledger, as_at: date) -> int:
    """Open a review and close it; give its position."""
    recorded(ledger, EstablishForum(plan="alpha", forum="panel", name="Panel"))
    opened = OpenReview(plan="alpha", review="q1", forum="panel", label="Q1", as_at=as_at)
    recorded(ledger, opened)
    return recorded(ledger, CloseReview(plan="alpha", review="q1")).position


def test_a_review_shows_what_it_saw_on_its_cut_off(ledger: Ledger, clock: SettableClock) -> None:
    """As reported: known at the closing, effective by the cut-off, whatever comes after."""
    begin_plan(ledger)
    clock.now += DAY
    recorded(ledger, RewordItem(plan="alpha", item="1.1/1", to="After the cut-off", material=False))
    closed = hold_review(ledger, as_at=TODAY)
    clock.now += DAY
    late = RewordItem(
        plan="alpha", item="1.1/1", to="Keyed in late", material=False, effective_on=TODAY
    )
    recorded(ledger, late)
    basis = ledger.at(AtReview("alpha/q1")).basis
    assert (basis.position, basis.effective_on) == (closed, TODAY)
    assert (basis.review, basis.final) == ("alpha/q1", True)
    assert only(alpha(ledger, AtReview("alpha/q1"))).text == "A board meets"
    # As now known of the same day, and as reported of a later one.
    assert only(alpha(ledger, AtHead(), TODAY)).text == "Keyed in late"
    assert only(alpha(ledger, AtReview("alpha/q1"), TODAY + DAY)).text == "After the cut-off"


def test_a_review_sees_to_its_own_position_and_not_to_its_moment(
    ledger: Ledger, clock: SettableClock
) -> None:
    """A clock set back stamps times a microsecond apart; a position is exact."""
    begin_plan(ledger)
    closed = hold_review(ledger, as_at=TODAY)
    clock.now -= timedelta(days=400)
    recorded(ledger, AddArea(plan="alpha", number="2", title="After", effective_on=TODAY))
    assert ledger.at(AtReview("alpha/q1")).basis.position == closed
    assert len(alpha(ledger, AtReview("alpha/q1")).areas) == 1


def test_a_review_that_is_open_or_unknown_is_refused(ledger: Ledger) -> None:
    """What an open review will have seen is not settled: an answer now would not stand."""
    begin_plan(ledger)
    recorded(ledger, EstablishForum(plan="alpha", forum="panel", name="Panel"))
    opened = OpenReview(plan="alpha", review="q1", forum="panel", label="Q1", as_at=TODAY)
    recorded(ledger, opened)
    assert code(ledger, AtReview("alpha/q1")) == "REVIEW_NOT_CLOSED"
    for name in ("alpha/q2", "beta/q1", "alpha", "q1", "", "/", "alpha/q1/", "\ud800/q1"):
        assert code(ledger, AtReview(name)) == "UNKNOWN_REVIEW"
    recorded(ledger, CloseReview(plan="alpha", review="q1"))
    assert ledger.at(AtReview("alpha/q1")).basis.final


# -- commands


def test_what_is_agreed_ahead_shows_from_its_day_on(ledger: Ledger, clock: SettableClock) -> None:
    """What holds now never shows what is not in force; asked for a later day, it does."""
    begin_plan(ledger)
    recorded(ledger, SetTargetDate(plan="alpha", milestone="1.1/1", date=Month(2026, 3)))
    ahead = MoveTargetDate(
        plan="alpha",
        milestone="1.1/1",
        from_date=Month(2026, 3),
        to_date=Month(2026, 6),
        reason=REASON,
        effective_on=TODAY + DAY,
    )
    recorded(ledger, ahead)
    assert only(alpha(ledger, AtHead())).target_date.label == "March 2026"
    assert only(alpha(ledger, AtHead(), TODAY + DAY)).target_date.label == "June 2026"
    clock.now += DAY
    assert only(alpha(ledger, AtHead())).target_date.label == "June 2026"


def test_a_day_that_passes_changes_what_is_overdue_at_the_head(
    ledger: Ledger, clock: SettableClock
) -> None:
    """Nothing was recorded overnight, yet yesterday's page must not be shown again."""
    begin_plan(ledger)
    recorded(ledger, SetTargetDate(plan="alpha", milestone="1.1/1", date=Day(2026, 2, 12)))
    assert only(alpha(ledger, AtHead())).timeliness is Timeliness.DUE_THIS_MONTH
    clock.now += DAY
    assert only(alpha(ledger, AtHead())).timeliness is Timeliness.OVERDUE
    assert alpha(ledger, AtHead()).totals.overdue == 1


def test_a_command_is_judged_on_the_plan_of_its_own_day(ledger: Ledger) -> None:
    """A change agreed ahead is not in force yet: what moves today moves from today's date."""
    begin_plan(ledger)
    recorded(ledger, SetTargetDate(plan="alpha", milestone="1.1/1", date=Month(2026, 3)))
    ahead = MoveTargetDate(
        plan="alpha",
        milestone="1.1/1",
        from_date=Month(2026, 3),
        to_date=Month(2026, 6),
        reason=REASON,
        effective_on=TODAY + DAY,
    )
    recorded(ledger, ahead)
    today = replace(ahead, effective_on=None, to_date=Month(2026, 4))
    assert refused(ledger, replace(today, from_date=Month(2026, 6))) == "FROM_DIFFERS"
    recorded(ledger, today)
    assert only(alpha(ledger, AtHead())).target_date.label == "April 2026"
    assert only(alpha(ledger, AtHead(), TODAY + DAY)).target_date.label == "June 2026"


def test_a_name_taken_ahead_is_taken_today(ledger: Ledger) -> None:
    """Else two areas come to have one number on the day the later one begins."""
    begin_plan(ledger)
    ahead = AddArea(plan="alpha", number="2", title="From tomorrow", effective_on=TODAY + DAY)
    recorded(ledger, ahead)
    assert len(alpha(ledger, AtHead()).areas) == 1
    today = AddArea(plan="alpha", number="2", title="From today")
    assert refused(ledger, today) == "REF_IN_USE"


def test_a_command_id_that_comes_again_gets_the_first_answer(ledger: Ledger) -> None:
    """A client that saw no answer sends again; an action added twice is a promise made twice."""
    begin_plan(ledger)
    command = ProposeMilestone(plan="alpha", action="1.1", text="Another step")
    first = recorded(ledger, command, "mine")
    recorded(ledger, AddArea(plan="alpha", number="2", title="Meanwhile"))
    again = recorded(ledger, command, "mine")
    assert again == replace(first, repeated=True)
    assert (first.repeated, first.position) == (False, 5)
    assert len(ledger.events(limit=99)) == 6


def test_a_command_sent_again_is_answered_whatever_has_changed_since(ledger: Ledger) -> None:
    """The first answer stands also where the plan has moved on from the position looked at."""
    begin_plan(ledger)
    command = AddArea(plan="alpha", number="2", title="Second")
    for _ in range(2):
        answer = ledger.submit(command, author=AUTHOR, command_id="mine", expected_position=4)
        assert isinstance(answer, Recorded)
        assert answer.position == 5


def test_a_command_id_used_for_something_else_is_refused(ledger: Ledger) -> None:
    """Answering with what the other command did would tell the client a falsehood."""
    begin_plan(ledger)
    command = AddArea(plan="alpha", number="2", title="Second")
    recorded(ledger, command, "mine")
    for other in (
        replace(command, title="Other"),
        replace(command, plan="beta"),
        replace(command, reason=REASON),
        replace(command, effective_on=TODAY),
        DraftPlan(plan="alpha", title="Second"),
    ):
        assert refused(ledger, other, "mine") == "COMMAND_ID_REUSED"
    assert len(ledger.events(limit=99)) == 5


def test_what_is_already_so_records_nothing(ledger: Ledger) -> None:
    """Saying a thing twice must not make the history say it happened twice."""
    begin_plan(ledger)
    for _ in range(2):
        answer = recorded(ledger, DraftPlan(plan="alpha", title="Plan alpha"))
        assert answer == Recorded(entries=(), position=4, repeated=False)
    assert len(ledger.events(limit=99)) == 4


def test_a_refused_command_leaves_no_trace(ledger: Ledger) -> None:
    """Its id stays free, so that the mended command can be sent under it."""
    begin_plan(ledger)
    assert refused(ledger, AddArea(plan="alpha", number="1", title="In use"), "mine") == (
        "REF_IN_USE"
    )
    assert refused(ledger, AddArea(plan="beta", number="1", title="No plan")) == "UNKNOWN_PLAN"
    assert len(ledger.events(limit=99)) == 4
    assert recorded(ledger, AddArea(plan="alpha", number="2", title="Free"), "mine").position == 5


@pytest.mark.parametrize("where", ["command", "command_id", "correlation_id"])
@pytest.mark.parametrize("text", ["half \ud800", "nul \0"])
def test_a_text_that_no_store_can_keep_is_refused(ledger: Ledger, where: str, text: str) -> None:
    """JSON can carry half a character; a client that sends one gets an answer, not a crash."""
    begin_plan(ledger)
    given = dict.fromkeys(("command", "command_id", "correlation_id"), "fine") | {where: text}
    answer = ledger.submit(
        AddArea(plan="alpha", number="2", title=given["command"]),
        author=AUTHOR,
        command_id=given["command_id"],
        correlation_id=given["correlation_id"],
    )
    assert not isinstance(answer, Recorded)
    assert answer.code.value == "TEXT_UNUSABLE"
    assert len(ledger.events(limit=99)) == 4


def test_an_entry_keeps_who_said_what_when_and_why(ledger: Ledger, clock: SettableClock) -> None:
    """These are the answers an auditor asks for; none may be lost on the way to the store."""
    begin_plan(ledger)
    clock.now += timedelta(hours=1)
    command = AddArea(
        plan="alpha", number="2", title="Second", effective_on=TODAY + DAY, reason=REASON
    )
    answer = ledger.submit(command, author=AUTHOR, command_id="mine", correlation_id="work-7")
    assert isinstance(answer, Recorded)
    (entry,) = ledger.events(after=4, limit=9)
    assert (entry,) == answer.entries
    assert (entry.position, entry.version, entry.plan) == (5, 5, "alpha")
    assert (entry.recorded_at, entry.effective_on) == (clock.now, TODAY + DAY)
    said = entry.envelope
    assert (said.author, said.reason, said.authority) == (AUTHOR, REASON, None)
    assert (said.command_id, said.correlation_id) == ("mine", "work-7")


def test_a_command_without_an_id_gets_one_of_its_own(ledger: Ledger) -> None:
    """Two commands under one id would be taken for one command sent twice."""
    begin_plan(ledger)
    ids = {entry.envelope.command_id for entry in ledger.events(limit=99)}
    assert len(ids) == 4


def test_ids_made_for_commands_come_in_the_order_of_their_times(
    ledger: Ledger, clock: SettableClock
) -> None:
    """Receipts written one after the other then share a page, which makes appends cheaper."""
    for number in range(20):
        recorded(ledger, DraftPlan(plan=f"plan-{number}", title="A plan"))
        clock.now += timedelta(milliseconds=1)
    ids = [UUID(entry.envelope.command_id) for entry in ledger.events(limit=99)]
    assert ids == sorted(ids)
    assert {(made.version, made.variant) for made in ids} == {(7, RFC_4122)}


def test_a_caller_who_looked_at_an_older_plan_is_told(ledger: Ledger) -> None:
    """Somebody else's change must not be overwritten unseen; other plans do not matter."""
    begin_plan(ledger)
    recorded(ledger, DraftPlan(plan="beta", title="Beta"))
    fits = AddArea(plan="alpha", number="2", title="Fits")
    answer = ledger.submit(fits, author=AUTHOR, expected_position=4)
    assert isinstance(answer, Recorded)
    assert answer.position == 6
    stale = AddArea(plan="alpha", number="3", title="Stale")
    for position in (0, 4, 5):
        with pytest.raises(ConflictError, match=f"changed since position {position}; it is at 6"):
            ledger.submit(stale, author=AUTHOR, expected_position=position)
    assert len(ledger.events(limit=99)) == 6
    assert isinstance(ledger.submit(stale, author=AUTHOR, expected_position=6), Recorded)
