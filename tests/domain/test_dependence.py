"""What entries need of each other: whatever is recorded, nothing ever lacks what it rests on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.commands import (
    AdoptRatingKey,
    AgreeMilestone,
    AnswerChallenge,
    ApproveVersion,
    CloseReview,
    Command,
    DefineKpi,
    GiveRating,
    ImportPlan,
    IssueVersion,
    MoveTargetDate,
    OpenReview,
    RaiseChallenge,
    RecordKpiReading,
    RecordReference,
    RefuseSignOff,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    ReviseKpiReading,
    SetRecurrence,
    SetTargetDate,
    SignOffMilestone,
    SubmitVersion,
    WithdrawEvidence,
)
from planledger.domain.dependence import ONLY_ONCE, PLAN, gives, names, needs
from planledger.domain.flaws import flaws
from planledger.domain.record import Record
from planledger.domain.refusals import Refusal
from planledger.domain.rules.correction import KEPT
from planledger.events.base import Event
from planledger.events.catalogue import WORLD_EVENT_TYPES, PlanEvent, stored_name
from planledger.events.plan import PlanDrafted
from tests.support.accepted_delivery import (
    AGREED,
    EVIDENCED,
    QUARTERLY,
    SIGNED,
    claim,
    refused_for,
    reopened_by,
    signed,
)
from tests.support.accepted_record import IN_MARCH, IS_AGREED
from tests.support.accepted_reviews import THREE, adopted, answered, challenged, rated
from tests.support.anything import COMMANDS, any_command
from tests.support.domain_cases import BEGUN, Past, opened, reading
from tests.support.domain_cases import PLAN as REF
from tests.support.event_strategies import strategy_for
from tests.support.full_draft import FULL

REVIEWED = SIGNED.happened(
    adopted(1, *THREE), opened(), rated(), challenged(), answered(), reading()
)
DELIVERING = (
    ReportComplete, SignOffMilestone, RefuseSignOff, ReopenMilestone, ReportProgress,
    AgreeMilestone, WithdrawEvidence, SetRecurrence,
)  # fmt: skip
GOVERNING = (
    OpenReview, CloseReview, GiveRating, AdoptRatingKey, RaiseChallenge, AnswerChallenge,
    ReviseKpiReading, RecordKpiReading, DefineKpi, MoveTargetDate, SetTargetDate, IssueVersion,
    ApproveVersion, SubmitVersion, RecordReference,
)  # fmt: skip


@pytest.mark.parametrize(
    "kinds", [COMMANDS, DELIVERING, GOVERNING], ids=["anything", "delivering", "governing"]
)
@given(data=st.data())
def test_whatever_is_recorded_corrected_and_voided_nothing_lacks_what_it_needs(
    kinds: Sequence[type[Command]], data: st.DataObject
) -> None:
    """An entry about what is not there would be shown to people, and explain itself to nobody."""
    past = data.draw(st.sampled_from([BEGUN, AGREED, EVIDENCED, QUARTERLY, REVIEWED]))
    for number in range(12):
        command, command_id = any_command(data.draw, past, kinds), f"command-{number}"
        outcome = past.when(command, command_id=command_id)
        if outcome and not isinstance(outcome, Refusal):
            past = past.did(command, command_id=command_id)
            assert flaws(Record(past.entries).live()) == ((), ())


def test_what_a_document_brings_lacks_nothing() -> None:
    """Milestones that share a date name each other, the first before the last is proposed."""
    past = Past().did(ImportPlan(plan=REF, draft=FULL))
    assert any(names(entry.event) for entry in past.entries)
    assert flaws(Record(past.entries).live()) == ((), ())


NAMING = frozenset(
    (
        *("milestone", "action", "area", "statement", "item", "parent", "party", "reporter"),
        *("signer", "evidence", "kpi", "forum", "review", "key", "challenge", "query", "version"),
        *("inspection", "reference", "baseline", "statements", "items", "replaced_by"),
        *("shared_with", "to_parties", "printed_target", "resolved_target"),
    )
)
"""Fields that name something of the plan. Those of before, as `from_parties`, say what was so."""
NOT_OF_THE_PLAN = {"baseline": "kpi-target-set.v1"}
"""There it is a figure."""
EACH_EVENT = {kind: strategy_for(kind) for kind in WORLD_EVENT_TYPES}


@pytest.mark.parametrize("kind", WORLD_EVENT_TYPES, ids=stored_name)
@given(data=st.data())
def test_whatever_an_entry_names_it_gives_or_needs(kind: type[Event], data: st.DataObject) -> None:
    """A field left out of the table could be left pointing at nothing by a void."""
    event: Any = data.draw(EACH_EVENT[kind])
    tied = {part for thing in (*gives(event), *needs(event), *names(event)) for part in thing[1:]}
    for field in NAMING & set(event.__struct_fields__):
        if NOT_OF_THE_PLAN.get(field) != stored_name(kind):
            value = getattr(event, field)
            named = value if isinstance(value, tuple) else (value,)
            assert {name for name in named if isinstance(name, str)} <= tied, field


@pytest.mark.parametrize("kind", WORLD_EVENT_TYPES, ids=stored_name)
def test_a_correction_knows_what_of_an_entry_stays(kind: type[Event]) -> None:
    """An event that is left out could be corrected to be about something else."""
    assert set(KEPT[kind]) <= set(kind.__struct_fields__)
    assert len(set(KEPT[kind])) == len(KEPT[kind])


@given(st.sampled_from(WORLD_EVENT_TYPES).flatmap(lambda kind: EACH_EVENT[kind]))
def test_all_that_happens_to_a_plan_needs_the_plan(event: PlanEvent) -> None:
    """What is effective before the plan began is about no plan."""
    drafts = isinstance(event, PlanDrafted)
    assert (PLAN in needs(event)) is not drafts
    assert (PLAN in gives(event)) is drafts


def told(past: Past) -> list[tuple[PlanEvent, tuple[object, ...]]]:
    """Give the events that lack something, with what."""
    return [(flaw.fact.event, flaw.things) for flaw in flaws(past.entries).unmet]


def test_what_is_effective_later_is_not_there_yet() -> None:
    """Not the order of recording counts, but that of the days."""
    early = date(2025, 1, 7)
    past = AGREED.happened(claim(), on=early)
    assert told(past) == []
    late = BEGUN.happened(IS_AGREED, on=date(2025, 2, 1)).happened(claim(), on=early)
    assert told(late) == [(claim(), (("agreed", "review"),))]
    same_day = BEGUN.happened(claim(), IS_AGREED)
    assert told(same_day) == [(claim(), (("agreed", "review"),))]


def test_what_rests_on_what_lacks_something_lacks_it_too() -> None:
    """Whoever must void the agreement first has to hear of the sign-off as well."""
    without = [fact for fact in SIGNED.entries if fact.event != IS_AGREED]
    lacking = [flaw.fact.event for flaw in flaws(without).unmet]
    assert lacking == [claim(evidence=("minutes",)), signed()]


@pytest.mark.parametrize("end", [refused_for(), reopened_by()], ids=["refused", "reopened"])
def test_a_claim_that_was_refused_or_taken_back_carries_no_more_sign_offs(end: PlanEvent) -> None:
    """A sign-off accepts one claim; the next claim has to be made, and signed off, anew."""
    done = (claim(), end) if end == refused_for() else (claim(), signed(), end)
    again = AGREED.happened(*done)
    assert told(again.happened(signed())) == [(signed(), (("claim", "review", None),))]
    assert told(again.happened(claim(), signed())) == []
    unsigned = again.happened(claim(), reopened_by())
    assert told(unsigned) == [(reopened_by(), (("sign-off", "review", None),))]


def test_what_can_be_there_once_is_not_given_twice() -> None:
    """The second would take the place of the first unseen."""
    assert flaws(AGREED.happened(claim(), claim()).entries).twice[0].things == (
        ("claim", "review", None),
    )
    assert flaws(AGREED.happened(claim(), refused_for(), claim()).entries).twice == ()
    assert flaws(BEGUN.happened(IN_MARCH).entries).twice == ()


@given(st.tuples(*EACH_EVENT.values()))
def test_every_kind_that_can_be_there_once_is_one_that_something_gives(
    every_event: Sequence[PlanEvent],
) -> None:
    """A kind that is misspelt would guard nothing."""
    given_kinds = {thing[0] for event in every_event for thing in gives(event)}
    assert given_kinds >= ONLY_ONCE
