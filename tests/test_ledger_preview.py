"""A preview decides as submitting would, says what would change, and records nothing."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from planledger.domain.commands import (
    AddArea,
    CorrectEntry,
    DraftPlan,
    PlanCommand,
    SetTargetDate,
)
from planledger.domain.refusals import Refusal
from planledger.events import codec
from planledger.events.catalogue import stored_name
from planledger.events.dates import Month
from planledger.events.structure import AreaAdded
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.ledger import Ledger, Preview, Recorded
from planledger.projections.changes.net import At
from planledger.projections.changes.public import PublicOnly, State
from planledger.projections.changes.shapes import Change, ChangeClass
from planledger.projections.changes.words import say
from planledger.projections.points import AtPosition
from planledger.storage.memory import MemoryStore
from planledger.storage.port import NewRecord
from tests.domain.test_accepted import ACCEPTED
from tests.domain.test_refused import REFUSED
from tests.support.accepted_cases import Accepted
from tests.support.domain_cases import BEGUN, CLERK, PLAN, REASON, TODAY, Past
from tests.support.ledgers import AUTHOR, SettableClock, begin_plan, recorded

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def ledger_of(past: Past) -> Ledger:
    """Give a ledger in which this has been recorded, an entry a commit."""
    clock = SettableClock(NOON)
    store = MemoryStore(clock)
    for entry in past.entries:
        store.append(
            PLAN,
            entry.version - 1,
            [NewRecord(name=stored_name(type(entry.event)), data=codec.encode(entry.envelope))],
            command_id=f"given-{entry.position}",
            digest=b"",
        )
    return Ledger(store, clock)


def previewed(ledger: Ledger, *commands: PlanCommand) -> Preview:
    """Preview commands that are to be accepted."""
    preview = ledger.preview(commands, author=AUTHOR)
    assert isinstance(preview, Preview), preview
    return preview


def told(changes: Iterable[Change]) -> list[tuple[object, ...]]:
    """Tell changes but for their values, which hold the moment of recording."""
    return [(x.kind, x.id, x.track, x.span, x.what, x.slippage, x.causes) for x in changes]


@pytest.mark.parametrize("case", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_is_previewed_is_what_is_then_recorded_and_changed(case: Accepted) -> None:
    """People decide by what the preview says: it must say neither more nor less than comes."""
    ledger = ledger_of(case.past)
    before = ledger.head
    preview = ledger.preview((case.command,), author=CLERK, command_id="command-1")
    assert isinstance(preview, Preview), preview
    assert (ledger.head, preview.position) == (before, before)
    outcome = ledger.submit(
        case.command, author=CLERK, command_id="command-1", expected_position=preview.position
    )
    assert isinstance(outcome, Recorded), outcome
    assert preview.envelopes == tuple(entry.envelope for entry in outcome.entries)
    assert tuple(envelope.event for envelope in preview.envelopes) == case.events
    ends = (AtPosition(before), AtPosition(outcome.position))
    changed = ledger.changes(PLAN, *ends, effective_on=preview.on)
    assert told(preview.changes) == told(changed.changes)
    shows = PublicOnly(
        [
            State(At(end.position, preview.on), state)
            for end, state in zip((changed.start, changed.end), changed.states, strict=True)
        ]
    )
    assert preview.said() == tuple(say(changed.known, x, shows) for x in changed.changes)


def test_what_would_be_refused_is_refused_in_the_same_words() -> None:
    """A preview that lets pass what recording then refuses would send people in circles."""
    for told_as, case in REFUSED.items():
        ledger = ledger_of(case.past)
        refusal = ledger.preview((case.command,), author=CLERK, command_id="command-1")
        assert isinstance(refusal, Refusal), told_as
        answer = ledger.submit(case.command, author=CLERK, command_id="command-1")
        assert refusal == answer, told_as


def test_a_preview_leaves_no_trace() -> None:
    """Not even in what this process keeps of the plan: the next answer is as if none was asked."""
    ledger = ledger_of(BEGUN)
    seen = ledger.known(PLAN)
    command = AddArea(plan=PLAN, number="3", title="Fostering")
    first, again = previewed(ledger, command), previewed(ledger, command)
    assert first.position == again.position == ledger.head
    assert ledger.known(PLAN) is seen
    assert recorded(ledger, command, "fostering").position == first.position + 1


def test_several_are_previewed_together() -> None:
    """A sheet is looked at as a whole: its second row counts on its first."""
    ledger = ledger_of(Past())
    commands = (
        DraftPlan(plan=PLAN, title="Northbridge"),
        AddArea(plan=PLAN, number="1", title="Help"),
        AddArea(plan=PLAN, number="2", title="Care"),
    )
    preview = previewed(ledger, *commands)
    areas = [x.event.ordinal for x in preview.envelopes if isinstance(x.event, AreaAdded)]
    assert areas == [1, 2]
    assert preview.position == 0
    refusal = ledger.preview((*commands, AddArea(plan="x", number="1", title="X")), author=AUTHOR)
    assert isinstance(refusal, Refusal)
    assert refusal.path == "commands.3"


def test_what_is_so_already_would_record_nothing() -> None:
    """Then there is nothing to look at, and nothing to press."""
    ledger = ledger_of(Past())
    begin_plan(ledger)
    command = SetTargetDate(plan="alpha", milestone="1.1/1", date=Month(2026, 3))
    recorded(ledger, command)
    preview = previewed(ledger, command)
    assert (preview.envelopes, preview.changes) == ((), ())


def test_what_takes_effect_later_is_shown_on_that_day() -> None:
    """On today's plan it would look as if nothing changed."""
    ledger = ledger_of(Past())
    begin_plan(ledger)
    ahead = ledger.today + timedelta(days=30)
    command = SetTargetDate(
        plan="alpha", milestone="1.1/1", date=Month(2026, 3), effective_on=ahead
    )
    preview = previewed(ledger, command)
    assert preview.on == ahead
    assert [change.what for change in preview.changes] == [ChangeClass.DATE_SET]


def test_a_correction_is_told_as_one() -> None:
    """What is put right must not look like a change of the plan."""
    ledger = ledger_of(Past())
    begin_plan(ledger)
    made = recorded(ledger, SetTargetDate(plan="alpha", milestone="1.1/1", date=Month(2026, 3)))
    event = made.entries[0].event
    assert isinstance(event, TargetDateSet)
    april = OneOff(as_printed="April 2026", date=Month(2026, 4))
    command = CorrectEntry(
        plan="alpha",
        entry=made.position,
        event=replace(event, target_date=april),
        reason=REASON,
    )
    preview = previewed(ledger, command)
    assert [change.what for change in preview.changes] == [ChangeClass.CORRECTED]
