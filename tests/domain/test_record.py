"""The record itself: which entries stand, saying what, and that it can always be put right."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from planledger.domain.commands import (
    AgreeMilestone,
    ClosePlan,
    CorrectEntry,
    RaiseQuery,
    ReportProgress,
    VoidEntry,
    WithdrawItem,
)
from planledger.domain.record import Record
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules.consequences import MOST_LISTED
from planledger.events.envelope import Entry, Envelope
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadAssigned
from planledger.events.plan import PlanClosed
from planledger.events.record import EntryCorrected, EntryVoided, RecordEvent
from planledger.events.review import ReviewClosed
from planledger.events.structure import ActionAdded
from planledger.events.target_dates import OneOff
from tests.support.accepted_dates import MAY
from tests.support.accepted_governance import received
from tests.support.accepted_record import (
    APRIL,
    HELP,
    IN_APRIL,
    IN_MARCH,
    IS_CORRECTED,
    LATER,
    RATED,
    UNDATED,
    at,
    correct,
    void,
)
from tests.support.accepted_reviews import rated
from tests.support.anything import any_command
from tests.support.domain_cases import (
    BEGUN,
    BOARD,
    CLERK,
    FIRST_DAY,
    PLAN,
    REASON,
    Past,
    definition,
    refused,
    then,
)

DAY = timedelta(days=1)
IN_MAY = replace(IN_MARCH, target_date=OneOff(as_printed="May", date=MAY))


def standing(past: Past, until: int | None = None) -> dict[int, object]:
    """Give what every amended entry says now, by its position; None where it is void."""
    record = Record(past.entries)
    return {at: fact and fact.event for at, fact in record.standing(until).items()}


def test_a_record_without_amendments_stands_as_it_is() -> None:
    """Most plans; they must not pay for what they do not use."""
    record = Record(BEGUN.entries)
    assert record.live() == list(BEGUN.entries)
    assert record.live(3) == list(BEGUN.entries[:3])
    assert record.standing() == {}
    assert record.voided() == frozenset()


def test_entries_are_found_by_position_whatever_lies_between_them() -> None:
    """Positions are the ledger's: other plans have theirs in between."""
    spread = [replace(entry, position=entry.position * 3) for entry in BEGUN.entries]
    record = Record(spread)
    assert record.at(6) is spread[1]
    assert [record.at(position) for position in (-1, 0, 1, 7, 999)] == [None] * 5


def test_an_amendment_is_about_an_entry_about_the_world_in_the_end() -> None:
    """A void of a void of a correction changes what that one entry says."""
    past = IN_APRIL.happened(EntryVoided(entry=IN_APRIL.entries[-1].position))
    past = past.happened(EntryVoided(entry=past.entries[-1].position))
    record = Record(past.entries)
    for entry in past.entries[len(BEGUN.entries) :]:
        root = record.root(entry)
        assert root is not None
        assert root.event == IN_MARCH
    assert list(record.amended) == [at(BEGUN, IN_MARCH)]


@pytest.mark.parametrize("entry", [0, 20, 21, 99])
@pytest.mark.parametrize("event", [EntryVoided, EntryCorrected])
def test_an_amendment_of_nothing_or_of_itself_changes_nothing(
    entry: int, event: type[RecordEvent]
) -> None:
    """No rule lets one through; a ledger that has one must be answered all the same."""
    amendment: RecordEvent = (
        EntryVoided(entry=entry)
        if event is EntryVoided
        else EntryCorrected(entry=entry, event=IN_MARCH)
    )
    past = BEGUN.happened(amendment)
    assert past.entries[-1].position == 20
    record = Record(past.entries)
    assert record.live() == list(BEGUN.entries)
    assert record.standing() == {}


def test_what_stands_is_asked_for_as_of_a_position() -> None:
    """A review that closed before a correction saw what was wrong, and must be shown so."""
    wrong = at(BEGUN, IN_MARCH)
    past = IN_APRIL.happened(EntryVoided(entry=wrong))
    corrected, voided = past.entries[-2].position, past.entries[-1].position
    assert standing(past, corrected - 1) == {}
    assert standing(past, corrected) == {wrong: IS_CORRECTED.event}
    assert standing(past, voided) == standing(past) == {wrong: None}
    record = Record(past.entries)
    assert record.voided(corrected) == frozenset()
    assert record.voided() == {wrong}


def test_what_stands_in_place_of_an_entry_has_its_place_and_where_it_was_printed() -> None:
    """Its line in the document and its order of that day stay; it is known from the correction."""
    source = BEGUN.entries[0].envelope.source
    record = Record(IN_APRIL.entries)
    wrong = at(BEGUN, IN_MARCH)
    fact = record.standing()[wrong]
    assert fact is not None
    assert (fact.position, fact.version, fact.effective_on) == (wrong, wrong, FIRST_DAY)
    assert fact.envelope.source == source
    assert fact.learned_at == IN_APRIL.entries[-1].position


def _amended(past: Past, *amendments: RecordEvent, on: date = FIRST_DAY) -> dict[int, object]:
    return standing(past.happened(*amendments, on=on))


def test_amendments_are_resolved_from_the_newest_to_the_oldest() -> None:
    """Design page 3.2: so a void can be void, and the last correction that is not void stands."""
    wrong, next_position = at(BEGUN, IN_MARCH), len(BEGUN.entries) + 1
    first = EntryCorrected(entry=wrong, event=IN_MAY)
    second = EntryCorrected(entry=wrong, event=replace(IN_MARCH, target_date=APRIL))
    assert _amended(BEGUN, first, second) == {wrong: second.event}
    no_second = EntryVoided(entry=next_position + 1)
    assert _amended(BEGUN, first, second, no_second) == {wrong: IN_MAY}
    no_first = EntryVoided(entry=next_position)
    assert _amended(BEGUN, first, no_first) == {wrong: IN_MARCH}
    second_again = EntryVoided(entry=next_position + 2)
    assert _amended(BEGUN, first, second, no_second, second_again) == {wrong: second.event}
    never = EntryVoided(entry=wrong)
    assert _amended(BEGUN, first, never) == {wrong: None}
    assert _amended(BEGUN, first, never, EntryVoided(entry=next_position + 1)) == {wrong: IN_MAY}


# -- what the rules say of it


def test_a_void_has_the_day_of_what_it_voids() -> None:
    """It is no event of the day somebody noticed: nothing happened on any day."""
    past = BEGUN.happened(MilestoneAgreed(milestone="review"), on=LATER)
    outcome = past.when(void(past, MilestoneAgreed(milestone="review")))
    assert not isinstance(outcome, Refusal)
    assert [decided.effective_on for decided in outcome] == [LATER]


def test_a_correction_has_the_day_of_what_it_corrects_unless_it_states_another() -> None:
    """A later correction of the words must not move it back to the day it was wrong on."""
    moved = BEGUN.did(correct(BEGUN, IN_MARCH, LATER))
    assert moved.entries[-1].effective_on == LATER
    outcome = moved.when(correct(moved, IN_MARCH, target_date=APRIL))
    assert not isinstance(outcome, Refusal)
    assert [decided.effective_on for decided in outcome] == [LATER]


def test_what_stands_already_is_not_corrected_again() -> None:
    """Also with its day stated, and also by the position of the correction."""
    for stated in (None, FIRST_DAY):
        then(IN_APRIL.when(correct(IN_APRIL, IN_MARCH, stated, target_date=APRIL)))
        then(BEGUN.when(correct(BEGUN, HELP, stated)))
    position = IN_APRIL.entries[-1].position
    again = CorrectEntry(plan=PLAN, entry=position, event=IS_CORRECTED.event, reason=REASON)
    then(IN_APRIL.when(again))


def test_a_correction_of_a_correction_names_the_entry_that_was_wrong() -> None:
    """Whoever reads it finds what was wrong in one step, not along a chain."""
    again = CorrectEntry(
        plan=PLAN, entry=IN_APRIL.entries[-1].position, event=IN_MAY, reason=REASON
    )
    then(IN_APRIL.when(again), EntryCorrected(entry=at(BEGUN, IN_MARCH), event=IN_MAY))


def test_a_refusal_lists_ten_of_those_that_depend_and_counts_the_rest() -> None:
    """A message of a thousand lines is read by nobody."""
    leads = [
        ActionAdded(action=f"a{n}", area="care", ref=f"2.{n}", text="Do", placeholder=False)
        for n in range(2, 15)
    ]
    past = BEGUN.happened(*leads)
    outcome = past.when(VoidEntry(plan=PLAN, entry=5, reason=REASON))
    assert isinstance(outcome, Refusal)
    assert outcome.message.count("entry ") == 1 + MOST_LISTED
    assert "(action-added.v1) of 2025-01-06 and 5 more. Void or correct" in outcome.message


def test_what_is_depended_on_can_be_voided_once_nothing_depends_on_it() -> None:
    """The refusal says so; it has to be true."""
    leads = LeadAssigned(item="front-door", party="ada")
    party = BEGUN.entries[1].position
    refused(
        BEGUN.when(VoidEntry(plan=PLAN, entry=party, reason=REASON)), Code.DEPENDED_ON, "entry 11"
    )
    free = BEGUN.did(void(BEGUN, leads))
    gone = free.did(VoidEntry(plan=PLAN, entry=party, reason=REASON), command_id="next")
    assert "ada" not in gone.known().parties


def test_how_a_review_was_opened_can_be_put_right_until_it_is_closed() -> None:
    """Nothing was reported yet."""
    opening = RATED.entries[len(BEGUN.entries)].event
    outcome = RATED.when(correct(RATED, opening, label="Q1 2025"))  # type: ignore[arg-type]
    assert not isinstance(outcome, Refusal)
    closed = RATED.happened(ReviewClosed(review="q1"))
    refused(
        closed.when(correct(closed, opening, label="Q1 2025")),  # type: ignore[arg-type]
        Code.ENTRY_SETTLED,
        "q1 was closed",
    )


def test_a_rating_of_a_closed_review_can_be_put_right_and_the_review_still_saw_it() -> None:
    """As reported and as now known part here, and only here (design page 3.2)."""
    closed = RATED.happened(ReviewClosed(review="q1"), on=LATER)
    after = closed.did(void(closed, rated()))
    plan = after.known()
    assert not plan.ratings
    assert plan.reviews["q1"].closed_at == closed.entries[-1].position
    assert Record(after.entries).live(closed.entries[-1].position) == list(closed.entries)


def test_a_day_counted_once_is_counted_again_only_when_what_it_rests_on_was_wrong() -> None:
    """A bank holiday proclaimed since must not move a day that the law has fixed."""
    stored = received(date(2025, 1, 6), 70, date(2025, 4, 11))
    past = BEGUN.happened(stored, on=LATER)
    after = past.did(correct(past, stored, judgement="Inadequate"))
    kept = after.known().inspections["sif-2015"]
    assert (kept.judgement, kept.statement_due_on) == ("Inadequate", date(2025, 4, 11))
    again = past.did(correct(past, stored, working_days=20))
    assert again.known().inspections["sif-2015"].statement_due_on == date(2025, 2, 3)
    # What a caller states of it is not looked at.
    then(past.when(correct(past, stored, statement_due_on=date(2030, 1, 1))))


def test_a_suppression_rule_is_corrected_to_one_that_has_a_name() -> None:
    """A text that is no rule hides nothing, or everything, and nobody knows which."""
    old = replace(definition(1), kpi="calls", suppression_rule="five or fewer")
    past = BEGUN.happened(old)
    refused(
        past.when(correct(past, old, suppression_rule="six or fewer")),
        Code.VALUE_UNUSABLE,
        "small-numbers",
        "event.suppressionRule",
    )
    renamed = past.did(correct(past, old, name="Calls in time"))
    assert renamed.known().kpis["calls"].definitions[0].suppression_rule == "five or fewer"
    named = past.did(correct(past, old, suppression_rule="small-numbers"))
    assert named.known().kpis["calls"].definitions[0].suppression_rule == "small-numbers"


@given(st.data())
def test_a_void_can_be_taken_back_at_once_and_leaves_no_trace_in_the_plan(
    data: st.DataObject,
) -> None:
    """Whoever voids the wrong entry must be able to undo it, whatever the entry was."""
    past = UNDATED
    for number in range(4):
        command = any_command(data.draw, past)
        outcome = past.when(command, command_id=f"command-{number}")
        if outcome and not isinstance(outcome, Refusal):
            past = past.did(command, command_id=f"command-{number}")
    wrong = data.draw(st.sampled_from([entry.position for entry in past.entries]))
    outcome = past.when(VoidEntry(plan=PLAN, entry=wrong, reason=REASON))
    if outcome and not isinstance(outcome, Refusal):
        voided = past.did(VoidEntry(plan=PLAN, entry=wrong, reason=REASON))
        mistake = VoidEntry(plan=PLAN, entry=len(voided.entries), reason=REASON)
        assert voided.did(mistake).known() == past.known()


def test_what_stood_beside_a_withdrawal_before_it_comes_back_at_once() -> None:
    """What would refuse it now was there before the void, and had not stood in its way then."""
    agreed = AgreeMilestone(
        plan=PLAN, milestone="1.1/1", authority=BOARD, effective_on=FIRST_DAY + 2 * DAY
    )
    past = UNDATED.did(agreed)
    entry = past.entries[-1].position
    withdrawn = WithdrawItem(
        plan=PLAN, item="1.1", reason=REASON, authority=BOARD, effective_on=FIRST_DAY + DAY
    )
    past = past.did(withdrawn)
    voided = past.did(VoidEntry(plan=PLAN, entry=entry, reason=REASON))
    void_again = VoidEntry(plan=PLAN, entry=voided.entries[-1].position, reason=REASON)
    assert voided.did(void_again).known() == past.known()


def test_what_was_withdrawn_since_the_void_stands_in_the_way() -> None:
    """Nobody has looked at the two beside each other yet."""
    agreed = AgreeMilestone(
        plan=PLAN, milestone="1.1/1", authority=BOARD, effective_on=FIRST_DAY + 2 * DAY
    )
    past = UNDATED.did(agreed)
    past = past.did(VoidEntry(plan=PLAN, entry=past.entries[-1].position, reason=REASON))
    void = past.entries[-1].position
    withdrawn = WithdrawItem(
        plan=PLAN, item="1.1", reason=REASON, authority=BOARD, effective_on=FIRST_DAY + DAY
    )
    past = past.did(withdrawn)
    refused(
        past.when(VoidEntry(plan=PLAN, entry=void, reason=REASON)),
        Code.WITHDRAWN,
        "no longer in the plan",
        "entry",
    )


@given(st.data())
def test_nothing_stands_after_the_end_of_a_plan_whatever_is_put_right(data: st.DataObject) -> None:
    """Only the record is put right from then on; an entry later than the end would be a change."""
    past = BEGUN
    for number in range(8):
        command = any_command(data.draw, past, (ClosePlan, ReportProgress, RaiseQuery))
        outcome = past.when(command, command_id=f"command-{number}")
        if outcome and not isinstance(outcome, Refusal):
            past = past.did(command, command_id=f"command-{number}")
    live = Record(past.entries).live()
    ends = [fact.effective_on for fact in live if isinstance(fact.event, PlanClosed)]
    assert all(fact.effective_on <= end for end in ends for fact in live)


def test_amendments_of_other_plans_entries_are_not_this_plans() -> None:
    """A position of the ledger may be another plan's entry; this record has none there."""
    envelope = Envelope(
        event=EntryVoided(entry=7), effective_on=FIRST_DAY, author=CLERK, command_id="x"
    )
    lone = Entry(position=9, recorded_us=9, plan=PLAN, version=1, envelope=envelope)
    assert Record([lone]).live() == []
    assert Record([lone]).root(lone) is None
