"""Several commands as one commit: all of them or none, each judged after those before it."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from planledger.answers import plain, to_json
from planledger.domain.commands import (
    AddAction,
    AddArea,
    AgreeMilestone,
    CloseReview,
    DraftPlan,
    EstablishForum,
    OpenReview,
    PlanCommand,
    ProposeMilestone,
    RewordItem,
    SetTargetDate,
    VoidEntry,
    WithdrawItem,
)
from planledger.domain.refusals import Code, Refusal
from planledger.events.dates import Month
from planledger.ledger import ConflictError, Ledger, Recorded
from planledger.ledger.deciding import MOST_COMMANDS
from planledger.projections.points import AtHead, AtPosition
from tests.support.ledgers import AUTHOR, AUTHORITY, REASON, SettableClock, open_kind

TODAY = date(2026, 2, 12)
WHOLE: tuple[PlanCommand, ...] = (
    DraftPlan(plan="alpha", title="Alpha"),
    AddArea(plan="alpha", number="1", title="Leadership"),
    AddAction(plan="alpha", area="1", ref="1.1", text="Lead"),
    ProposeMilestone(plan="alpha", action="1.1", text="A board meets"),
    ProposeMilestone(plan="alpha", action="1.1", text="It meets again"),
    AgreeMilestone(plan="alpha", milestone="1.1/1", authority=AUTHORITY),
    SetTargetDate(
        plan="alpha", milestone="1.1/1", date=Month(year=2026, month=5), authority=AUTHORITY
    ),
)


@pytest.fixture
def clock() -> SettableClock:
    """Give the clock of the ledger under test."""
    return SettableClock()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(
    request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock
) -> Iterator[Ledger]:
    """Give an empty ledger over each kind of store."""
    with closing(Ledger(open_kind(request.param, tmp_path, clock), clock)) as ledger:
        yield ledger


def _together(ledger: Ledger, *commands: PlanCommand, command_id: str = "batch-1") -> Recorded:
    outcome = ledger.submit_all(commands, author=AUTHOR, command_id=command_id)
    assert isinstance(outcome, Recorded), outcome
    return outcome


def _refused(ledger: Ledger, *commands: PlanCommand) -> Refusal:
    outcome = ledger.submit_all(commands, author=AUTHOR, command_id="batch-2")
    assert isinstance(outcome, Refusal), outcome
    return outcome


def _shown(ledger: Ledger) -> str:
    """Give the plan as it is shown, without the ids and positions that differ by commit."""
    text = to_json(plain(ledger.at(AtHead()).plan("alpha"))).decode()
    text = re.sub(r"(action|area|milestone)-[0-9a-f]{12}", r"\1", text)
    return re.sub(r'"(\w*_at|position)":[0-9]+', r'"\1":0', text)


def test_a_whole_plan_is_one_commit_and_what_each_command_alone_makes(
    ledger: Ledger, tmp_path: Path, clock: SettableClock
) -> None:
    """Who sends a day's changes together gets the plan that sending them singly would give."""
    outcome = _together(ledger, *WHOLE)
    assert [entry.position for entry in outcome.entries] == list(range(1, 8))
    assert len({entry.recorded_at for entry in outcome.entries}) == 1
    assert {entry.envelope.command_id for entry in outcome.entries} == {"batch-1"}
    assert outcome.position == 7
    (tmp_path / "singly").mkdir()
    with closing(Ledger(open_kind("sqlite", tmp_path / "singly", clock), clock)) as other:
        for command in WHOLE:
            assert isinstance(other.submit(command, author=AUTHOR), Recorded)
        assert _shown(ledger) == _shown(other)


def test_items_of_one_kind_made_together_are_told_apart(ledger: Ledger) -> None:
    """Ids come from the command's id, which is one for all of them."""
    _together(ledger, *WHOLE)
    plan = ledger.at(AtHead()).plan("alpha")
    assert plan is not None
    assert len({milestone.id for milestone in plan.milestones}) == 2


def test_a_position_inside_the_commit_stands_for_all_of_it(ledger: Ledger) -> None:
    """Nobody ever sees half of what was recorded together."""
    _together(ledger, *WHOLE)
    then = ledger.at(AtPosition(3))
    plan = then.plan("alpha")
    assert then.basis.position == 7
    assert plan is not None
    assert len(plan.milestones) == 2


def test_one_refusal_is_that_of_all_and_says_which_command_it_is_about(ledger: Ledger) -> None:
    """A clerk finds the row to mend; nothing of the others is recorded meanwhile."""
    _together(ledger, *WHOLE)
    refusal = _refused(
        ledger,
        AddArea(plan="alpha", number="2", title="Practice"),
        AddAction(plan="alpha", area="2", ref="1.1", text="Practise"),
        AddArea(plan="alpha", number="3", title="Partners"),
    )
    assert (refusal.code, refusal.path) == (Code.REF_IN_USE, "commands.1.ref")
    assert refusal.message.startswith("Command 2: ")
    assert ledger.at(AtHead()).basis.position == 7


def test_what_an_earlier_command_took_away_a_later_one_misses(ledger: Ledger) -> None:
    """Each is judged on the plan as those before it leave it, not as it was."""
    _together(ledger, *WHOLE)
    refusal = _refused(
        ledger,
        WithdrawItem(plan="alpha", item="1.1", reason=REASON, authority=AUTHORITY),
        RewordItem(plan="alpha", item="1.1/1", to="A board sits", material=False),
    )
    assert (refusal.code, refusal.path) == (Code.WITHDRAWN, "commands.1.item")


def test_sent_again_it_is_the_first_answer_and_with_other_commands_it_is_refused(
    ledger: Ledger,
) -> None:
    """A client whose connection broke repeats all of it; an id stands for one thing only."""
    first = _together(ledger, *WHOLE)
    again = _together(ledger, *WHOLE)
    assert (again.repeated, again.entries) == (True, first.entries)
    other = ledger.submit_all(WHOLE[:-1], author=AUTHOR, command_id="batch-1")
    assert isinstance(other, Refusal)
    assert other.code is Code.COMMAND_ID_REUSED


def test_what_is_so_already_is_left_out_and_all_of_it_records_nothing(ledger: Ledger) -> None:
    """As one command does that finds things as it wants them."""
    _together(ledger, *WHOLE)
    agree, area = WHOLE[5], AddArea(plan="alpha", number="2", title="Practice")
    assert len(_together(ledger, agree, area, command_id="batch-3").entries) == 1
    nothing = _together(ledger, agree, agree, command_id="batch-4")
    assert (nothing.entries, nothing.position) == ((), 8)


def test_a_late_command_among_others_takes_its_place_by_its_day(
    ledger: Ledger, clock: SettableClock
) -> None:
    """Together or not, effective order decides what a plan was on a day."""
    _together(ledger, *WHOLE)
    clock.now += timedelta(days=10)
    words = ("for the tenth", "for the fifth")
    _together(
        ledger,
        *(
            RewordItem(
                plan="alpha",
                item="1.1/1",
                to=to,
                material=False,
                effective_on=TODAY + timedelta(days=days),
            )
            for to, days in zip(words, (10, 5), strict=True)
        ),
        command_id="batch-3",
    )
    shown = [ledger.at(AtHead(), TODAY + timedelta(days=days)).plan("alpha") for days in (4, 9, 10)]
    assert [plan and plan.milestones[0].text for plan in shown] == [
        "A board meets",
        "for the fifth",
        "for the tenth",
    ]


def test_an_entry_that_is_not_recorded_yet_cannot_be_put_right(ledger: Ledger) -> None:
    """Nobody knows its position before: another plan's entry may come between."""
    _together(ledger, *WHOLE)
    refusal = _refused(
        ledger,
        AddArea(plan="alpha", number="2", title="Practice"),
        VoidEntry(plan="alpha", entry=8, reason=REASON),
    )
    assert (refusal.code, refusal.path) == (Code.UNKNOWN_ENTRY, "commands.1.entry")


@pytest.mark.parametrize(
    ("commands", "path"),
    [
        ((), "commands"),
        ((WHOLE[0],) * (MOST_COMMANDS + 1), "commands"),
        ((WHOLE[0], DraftPlan(plan="beta", title="Beta")), "commands.1"),
    ],
    ids=["none", "too many", "two plans"],
)
def test_what_cannot_be_one_commit_is_refused(
    ledger: Ledger, commands: tuple[PlanCommand, ...], path: str
) -> None:
    """A commit is of one plan, and small enough to be decided while others wait."""
    refusal = _refused(ledger, *commands)
    assert (refusal.code, refusal.path) == (Code.BATCH_IMPOSSIBLE, path)


def test_nothing_follows_the_closing_of_a_review_in_its_commit(ledger: Ledger) -> None:
    """What it saw is all up to its position, which stands for the whole commit."""
    forum = EstablishForum(plan="alpha", forum="board", name="Board", remit=None, every_months=3)
    review = OpenReview(plan="alpha", review="q1", forum="board", label="Q1", as_at=TODAY)
    close = CloseReview(plan="alpha", review="q1")
    late = AddArea(plan="alpha", number="2", title="Practice")
    refusal = _refused(ledger, *WHOLE, forum, review, close, late)
    assert (refusal.code, refusal.path) == (Code.BATCH_IMPOSSIBLE, "commands.9")
    assert len(_together(ledger, *WHOLE, forum, review, late, close).entries) == 11


def test_a_plan_that_changed_meanwhile_is_a_conflict_for_all(ledger: Ledger) -> None:
    """Whoever decided on what they saw is asked to look again, before anything is recorded."""
    _together(ledger, *WHOLE)
    area = AddArea(plan="alpha", number="2", title="Practice")
    with pytest.raises(ConflictError):
        ledger.submit_all((area, area), author=AUTHOR, expected_position=6)
