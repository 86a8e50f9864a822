"""What is worth a second look is pointed out before it is recorded."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from planledger.domain.commands import (
    AgreeMilestone,
    CloseReview,
    ImportPlan,
    OpenReview,
    PlanCommand,
    RegisterParty,
    ReportComplete,
    SetTargetDate,
    SignOffMilestone,
)
from planledger.events.dates import Day, Month
from planledger.events.values import Authority, PartyKind, Personal, SignOffLevel
from planledger.ledger import Ledger, Preview
from planledger.recording.acts import ACTS
from planledger.recording.reading import Read, read
from planledger.recording.second_look import second_look
from planledger.storage.memory import MemoryStore
from tests.support.filled_in import BEGAN, NOW, PLAN, begin
from tests.support.ledgers import AUTHOR, AUTHORITY, SettableClock, recorded, small_draft

STATED: dict[str, Any] = {"plan": PLAN, "milestone": "1.1/1"}
MOVE = {"milestone": "1.1/1", "from_date": "January 2026", "to_date": "May 2026", "reason": "Ill."}


@pytest.fixture(name="ledger")
def _ledger() -> Ledger:
    """Give a plan with a date in force, one review closed, and one about to look at it."""
    clock = SettableClock(NOW)
    ledger = Ledger(MemoryStore(clock), clock)
    begin(ledger)
    recorded(ledger, SetTargetDate(date=Month(2026, 1), effective_on=BEGAN, **STATED))
    for review, as_at in (("q4", date(2026, 1, 5)), ("q1", date(2026, 2, 16))):
        opened = OpenReview(plan=PLAN, forum="board", review=review, label=review, as_at=as_at)
        recorded(ledger, opened)
        if as_at < ledger.today:
            recorded(ledger, CloseReview(plan=PLAN, review=review))
    return ledger


def looked_at(ledger: Ledger, command: PlanCommand) -> list[str]:
    """Give what is pointed out about a command."""
    preview = ledger.preview((command,), author=AUTHOR)
    plan = ledger.known(PLAN)
    assert isinstance(preview, Preview), preview
    assert plan is not None
    return list(second_look(preview, plan, ledger.today))


def moved(ledger: Ledger, **texts: str) -> list[str]:
    """Give what is pointed out about a move of the date."""
    plan = ledger.known(PLAN)
    assert plan is not None
    found = read(ACTS["move-date"], {**MOVE, **texts}, plan)
    assert isinstance(found, Read), found
    return looked_at(ledger, found.command)


def test_a_date_that_passed_and_a_review_that_is_near_are_pointed_out(ledger: Ledger) -> None:
    """An inspector asks of both: the record must not have to be the first to tell."""
    assert moved(ledger) == [
        "The date in force, January 2026, has passed already when this takes effect.",
        "It comes within 5 working days before q1, which looks at the plan as at 16 February 2026.",
    ]


def test_what_was_reported_without_it_is_pointed_out(ledger: Ledger) -> None:
    """A change that is entered late alters what a closed review is now known to have missed."""
    late, *_ = moved(ledger, effective_on="2 January 2026")
    assert late.startswith("It takes effect on 2 January 2026, which was 41 days ago. One review")
    assert "without knowing of it, the last q4." in late
    after, *_ = moved(ledger, effective_on="10 February 2026")
    assert "review" not in after


def test_a_review_that_closed_already_is_not_pointed_out_as_near() -> None:
    """It may close on the very day it looks at: what comes then comes after it."""
    clock = SettableClock(NOW)
    ledger = Ledger(MemoryStore(clock), clock)
    begin(ledger)
    recorded(ledger, SetTargetDate(date=Month(2026, 3), effective_on=BEGAN, **STATED))
    opened = OpenReview(plan=PLAN, forum="board", review="now", label="now", as_at=ledger.today)
    recorded(ledger, opened)
    (near,) = moved(ledger, from_date="March 2026")
    assert "before now, which" in near
    recorded(ledger, CloseReview(plan=PLAN, review="now"))
    assert moved(ledger, from_date="March 2026") == []


def test_what_is_still_to_come_is_pointed_out(ledger: Ledger) -> None:
    """A slip of the year shows here."""
    ahead, *_ = moved(ledger, effective_on="1/3/2027")
    assert ahead == "It takes effect on 1 March 2027. Until then the plan stays as it is."


def test_that_a_review_stays_closed_is_pointed_out(ledger: Ledger) -> None:
    """It is the one thing here that no later entry changes."""
    close = CloseReview(plan=PLAN, review="q1", effective_on=None)
    assert "cannot close" in str(ledger.preview((close,), author=AUTHOR))
    opened = OpenReview(plan=PLAN, forum="board", review="q2", label="q2", as_at=date(2026, 2, 1))
    clock = SettableClock(NOW)
    other = Ledger(MemoryStore(clock), clock)
    begin(other)
    recorded(other, opened)
    (told,) = looked_at(other, CloseReview(plan=PLAN, review="q2"))
    assert "stays closed" in told


def test_that_nothing_shows_it_is_pointed_out(ledger: Ledger) -> None:
    """A waiver is a decision of its own."""
    recorded(ledger, AgreeMilestone(authority=AUTHORITY, **STATED))
    party = RegisterParty(plan=PLAN, kind=PartyKind.POST, name=Personal(words="Auditor"))
    (registered,) = recorded(ledger, party).entries
    auditor: Any = registered.event
    plan = ledger.known(PLAN)
    assert plan is not None
    ines = min(plan.parties.values(), key=lambda party: party.registered_at).id
    recorded(ledger, ReportComplete(achieved_on=Day(2026, 2, 1), reporter=ines, **STATED))
    officer = Authority(forum=None, meeting=None, minute=None, officer=Personal(words="Director"))
    sign_off = SignOffMilestone(
        level=SignOffLevel.ACCEPTED,
        signer=auditor.party,
        waiver=Personal(words="Everybody saw it."),
        authority=officer,
        **STATED,
    )
    (told,) = looked_at(ledger, sign_off)
    assert "without evidence" in told


def test_an_ordinary_change_is_not_warned_of(ledger: Ledger) -> None:
    """Where everything is warned of, nothing is read."""
    assert looked_at(ledger, AgreeMilestone(authority=AUTHORITY, **STATED)) == []


def test_that_a_date_was_printed_for_several_is_pointed_out() -> None:
    """Documents print one date beside two milestones; who moves one may mean both."""
    draft = small_draft()
    (area,) = draft.areas
    (action,) = area.actions
    first, second = action.milestones
    both = (replace(first, shared_with=(second.key,)), replace(second, shared_with=(first.key,)))
    actions = (replace(action, milestones=both),)
    clock = SettableClock(NOW)
    ledger = Ledger(MemoryStore(clock), clock)
    shared = replace(draft, areas=(replace(area, actions=actions),))
    recorded(ledger, ImportPlan(plan=PLAN, draft=shared))
    told = moved(ledger, from_date="March 2026")
    assert told == ["One date was printed for it and 1.1/2. Only its own changes by this."]
