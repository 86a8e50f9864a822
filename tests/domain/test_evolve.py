"""How entries change a plan: whatever comes, in whatever order, folding never fails."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.evolve import STEPS, evolve
from planledger.events.base import Event
from planledger.events.catalogue import WORLD_EVENT_TYPES, PlanEvent, stored_name
from planledger.events.dates import Day, Month
from planledger.events.envelope import Entry, Envelope
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.kpi import KpiReadingRevised, KpiTargetSet
from planledger.events.milestone import MilestoneAgreed, MilestoneProgressReported
from planledger.events.party import LeadAssigned, LeadReassigned, PartyAliased, PartyRenamed
from planledger.events.plan import (
    DocumentImported,
    PlanApproved,
    PlanDrafted,
    PlanSubmitted,
    PlanVersionIssued,
)
from planledger.events.query import QueryResolved
from planledger.events.review import ReviewClosed
from planledger.events.structure import (
    ActionAdded,
    ItemRenumbered,
    PlaceholderResolved,
    WordingChanged,
)
from planledger.events.target_date import TargetDateDeferred, TargetDateMoved, TargetDateSet
from planledger.events.target_dates import NotStated, OneOff, Ongoing
from planledger.events.values import (
    Definition,
    Personal,
    Progress,
    ReadingStatus,
    RevisionCause,
    VersionKind,
)
from planledger.events.world import WorldEvent
from tests.support.accepted_cases import PLANS, STRUCTURE, Accepted
from tests.support.accepted_dates import TARGET_DATES
from tests.support.accepted_delivery import (
    DELIVERY,
    SIGNED,
    claim,
    refused_for,
    reopened_by,
    signed,
)
from tests.support.accepted_governance import GOVERNANCE
from tests.support.accepted_others import MEASURES, PARTIES, REVIEWS
from tests.support.accepted_record import RECORD
from tests.support.accepted_reviews import JUDGED, THREE, adopted, answered, challenged, rated
from tests.support.domain_cases import (
    BEGUN,
    CLERK,
    FIRST_DAY,
    MARCH,
    PLAN,
    Q1,
    Q4,
    REASON,
    TBC,
    Past,
    definition,
    gone,
    opened,
    reading,
)
from tests.support.event_strategies import FEW_NAMES, strategy_for

LATER = date(2025, 2, 12)
MAY = OneOff(as_printed="31 May 2025", date=Day(2025, 5, 31))
ACCEPTED = {
    **PLANS, **STRUCTURE, **DELIVERY, **TARGET_DATES, **PARTIES, **MEASURES, **REVIEWS, **JUDGED,
    **GOVERNANCE,
    **RECORD,
}  # fmt: skip

SOME_EVENTS = strategy_for(WorldEvent, FEW_NAMES)
SOME_DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 5))
MOVED = TargetDateMoved(
    milestone="review", from_target_date=MARCH, to_target_date=MAY, reason_code=None
)


def entry(position: int, event: PlanEvent, on: date = FIRST_DAY) -> Entry:
    """Give an event at a place in the ledger."""
    envelope = Envelope(event=event, effective_on=on, author=CLERK, command_id="any")
    return Entry(
        position=position, recorded_us=position, plan=PLAN, version=position, envelope=envelope
    )


def test_every_event_has_a_step_and_every_step_an_event() -> None:
    """An event without a step would crash every plan that holds one, at every question.

    Those about the record have none: they say which of the others are folded.
    """
    assert set(STEPS) == set(WORLD_EVENT_TYPES)


@given(st.lists(st.tuples(SOME_EVENTS, SOME_DAYS), max_size=30))
def test_folding_never_fails_whatever_happened_in_whatever_order(
    happenings: list[tuple[PlanEvent, date]],
) -> None:
    """Late entries and corrections reorder what was once judged; an answer is still owed."""
    plan = evolve(None, entry(1, PlanDrafted(title="Plan")))
    for position, (event, on) in enumerate(happenings, start=2):
        plan = evolve(plan, entry(position, event, on))
    assert plan is not None


NAMES = ["help", "outcome", "front-door", "undefined", "review", "ada", "visits", "scrutiny", "q1",
         "which-date", "bgar", "why", "minutes", "v1", "unheard-of"]  # fmt: skip
EACH_EVENT = {
    kind: strategy_for(kind, {**FEW_NAMES, str: st.sampled_from(NAMES)})
    for kind in WORLD_EVENT_TYPES
}
BUSY = SIGNED.happened(
    reading(), opened(), adopted(1, *THREE), rated(), challenged(),
    PlanVersionIssued(version="v1", label="Version 1", kind=VersionKind.PUBLISHED),
).known()  # fmt: skip


@pytest.mark.parametrize("kind", WORLD_EVENT_TYPES, ids=stored_name)
@given(data=st.data())
def test_folding_never_fails_on_an_event_about_what_is_there(
    kind: type[Event], data: st.DataObject
) -> None:
    """The same, with a plan in place that some of the names mean something in."""
    after = evolve(BUSY, entry(100, data.draw(EACH_EVENT[kind])))
    assert after is not None
    assert (after.ref, after.drafted_on) == (BUSY.ref, BUSY.drafted_on)


@given(SOME_EVENTS)
def test_before_a_plan_is_drafted_nothing_makes_one(event: PlanEvent) -> None:
    """A question about a day before the plan began is answered by no plan, not half of one."""
    plan = evolve(None, entry(1, event))
    assert (plan is not None) == isinstance(event, PlanDrafted)


ABOUT_SOMETHING = [
    ItemRenumbered(item="unheard-of", from_ref="1", to_ref="2"),
    WordingChanged(item="unheard-of", from_text="", to_text="x", material=False),
    PlaceholderResolved(action="unheard-of", replaced_by=()),
    gone("unheard-of"),
    MilestoneAgreed(milestone="unheard-of"),
    TargetDateSet(milestone="unheard-of", target_date=MAY, shared_with=()),
    TargetDateDeferred(milestone="unheard-of", target_date=TBC, shared_with=()),
    PartyRenamed(party="unheard-of", name=REASON),
    PartyAliased(party="unheard-of", alias=REASON),
    LeadAssigned(item="unheard-of", party="ada"),
    LeadAssigned(item="help", party="ada"),
    LeadReassigned(item="unheard-of", from_parties=(), to_parties=()),
    LeadReassigned(item="outcome", from_parties=(), to_parties=("ada",)),
    MilestoneProgressReported(
        milestone="unheard-of", state=Progress.ON_HOLD, narrative=None, forecast=None
    ),
    claim("unheard-of"),
    signed(),
    refused_for(),
    reopened_by(),
    PlanApproved(version="unheard-of", body="Cabinet"),
    PlanSubmitted(version="unheard-of", recipients=(Personal(words="Ofsted"),), method="By post"),
    EvidenceWithdrawn(evidence="unheard-of"),
    answered(),
    ReviewClosed(review="unheard-of"),
    QueryResolved(query="unheard-of", resolution=REASON),
    KpiTargetSet(
        kpi="unheard-of", period=Q4, baseline=None, target=Decimal(1), floor=None, tolerance=None
    ),
]


@pytest.mark.parametrize("event", ABOUT_SOMETHING, ids=lambda event: type(event).__name__)
def test_an_entry_about_what_is_not_there_changes_nothing(event: PlanEvent) -> None:
    """It may be effective before its item; the very same plan comes back, so nothing is copied."""
    plan = BEGUN.known()
    assert evolve(plan, entry(100, event)) is plan


@pytest.mark.parametrize("case", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_a_command_records_changes_the_plan_and_leaves_the_one_before_alone(
    case: Accepted,
) -> None:
    """Versions of a plan share what did not change, so a change in place would rewrite the past."""
    days = (None, case.command.effective_on, FIRST_DAY)
    before, again = ([case.past.plan(day) for day in days] for _ in range(2))
    past = case.past.did(case.command, command_id="command-1")
    after = [past.plan(day) for day in days]
    assert after != before
    assert before == again


def _milestone(past: Past, name: str = "review") -> tuple[object, object]:
    milestone = past.known().milestones[name]
    return milestone.target_date, milestone.original


def test_the_first_date_set_stays_the_original_whatever_moves_after() -> None:
    """Slippage is counted from what was first promised, not from the last excuse."""
    assert _milestone(BEGUN, "sign") == (NotStated(as_printed=""), None)
    assert _milestone(BEGUN, "to-come") == (TBC, None)
    assert _milestone(BEGUN) == (MARCH, MARCH)
    moved = BEGUN.happened(MOVED)
    assert _milestone(moved) == (MAY, MARCH)
    deferred = moved.happened(
        TargetDateDeferred(milestone="review", target_date=TBC, shared_with=())
    )
    assert _milestone(deferred) == (TBC, MARCH)
    june = OneOff(as_printed="June 2025", date=Month(2025, 6))
    again = deferred.happened(TargetDateSet(milestone="review", target_date=june, shared_with=()))
    assert _milestone(again) == (june, MARCH)


def test_ongoing_is_no_date_to_count_slippage_from() -> None:
    """Nothing falls due, so the first date after it is the original."""
    ongoing = TargetDateSet(
        milestone="sign", target_date=Ongoing(as_printed="Ongoing"), shared_with=()
    )
    dated = TargetDateSet(milestone="sign", target_date=MAY, shared_with=())
    assert _milestone(BEGUN.happened(ongoing), "sign")[1] is None
    assert _milestone(BEGUN.happened(ongoing, dated), "sign") == (MAY, MAY)


def test_a_date_moved_for_one_milestone_is_no_longer_shared() -> None:
    """From then on the printed date governs the others alone."""
    assert BEGUN.known().milestones["review"].shared_with == ("to-come",)
    assert BEGUN.happened(MOVED).known().milestones["review"].shared_with == ()


def test_a_milestone_reworded_says_what_to_reach() -> None:
    """Words put in the place of "TBC" are what there is then to agree."""
    words = WordingChanged(item="to-come", from_text="TBC", to_text="Open", material=True)
    milestone = BEGUN.happened(words).known().milestones["to-come"]
    assert (milestone.text, milestone.definition) == ("Open", Definition.STATED)


def test_an_item_renumbered_keeps_the_names_it_had() -> None:
    """Minutes that speak of the old number must still lead to it."""
    plan = BEGUN.happened(
        ItemRenumbered(item="front-door", from_ref="1.1", to_ref="1.8"),
        ItemRenumbered(item="front-door", from_ref="1.8", to_ref="1.9"),
        ItemRenumbered(item="care", from_ref="II", to_ref="3"),
    ).known()
    action, area = plan.actions["front-door"], plan.areas["care"]
    assert (action.ref, action.former_refs) == ("1.9", ("1.1", "1.8"))
    assert (area.number, area.former_numbers) == ("3", ("II",))


def test_a_party_renamed_keeps_its_earlier_name_beside_the_new_one() -> None:
    """Papers with the old name on them are still about the same party."""
    party = BEGUN.happened(PartyRenamed(party="ada", name=REASON)).known().parties["ada"]
    assert (party.name, party.aliases) == (REASON, (Personal(words="Ada Lark"),))


def test_a_lead_assigned_twice_leads_once() -> None:
    """Two late entries may say the same; nobody is two people for it."""
    plan = BEGUN.happened(
        LeadAssigned(item="front-door", party="ben"), LeadAssigned(item="front-door", party="ada")
    ).known()
    assert plan.actions["front-door"].leads == ("ben", "ada")


def test_a_lead_is_to_be_confirmed_until_somebody_leads_or_the_lead_is_left_vacant() -> None:
    """Once it was said who leads, "to be confirmed" would send people back to an old paper."""
    awaited = BEGUN.happened(
        ActionAdded(
            action="to-be-led", area="help", ref="1.9", text="Do it", placeholder=False,
            lead_to_be_confirmed="TBC",
        )
    )  # fmt: skip
    led = awaited.happened(LeadAssigned(item="to-be-led", party="ada"))
    left = led.happened(LeadReassigned(item="to-be-led", from_parties=("ada",), to_parties=()))
    found = [past.known().actions["to-be-led"] for past in (awaited, led, left)]
    assert [action.lead_to_be_confirmed for action in found] == ["TBC", None, None]
    assert [action.leads for action in found] == [(), ("ada",), ()]


def test_a_milestone_made_vacant_does_not_inherit_again() -> None:
    """Nobody in charge is not the same as whoever leads the action."""
    assert BEGUN.known().milestones["review"].leads is None
    vacant = LeadReassigned(item="review", from_parties=(), to_parties=())
    assert BEGUN.happened(vacant).known().milestones["review"].leads == ()


def test_what_is_withdrawn_stays_with_the_day_and_what_took_its_place() -> None:
    """Auditors ask what became of a promise; "it is gone" is no answer."""
    plan = BEGUN.happened(gone("front-door", "pledge"), on=LATER).known()
    withdrawn = plan.actions["front-door"].withdrawn
    assert withdrawn is not None
    assert (withdrawn.on, withdrawn.replaced_by) == (LATER, ("pledge",))


def test_a_revised_figure_comes_after_the_earlier_ones_of_its_period() -> None:
    """A review saw the earlier one; it must never be lost."""
    revised = KpiReadingRevised(
        kpi="visits", definition_version=1, period=Q4, value=Decimal(72), numerator=None,
        denominator=None, status=ReadingStatus.FINAL, extracted_on=LATER,
        cause=RevisionCause.FINALISED, note=None,
    )  # fmt: skip
    plan = BEGUN.happened(reading(), reading(Q1)).happened(revised, on=LATER).known()
    readings = plan.kpis["visits"].readings
    assert [fact.event for fact in readings[Q4.first, Q4.last]] == [reading(), revised]
    assert [fact.event for fact in readings[Q1.first, Q1.last]] == [reading(Q1)]


def test_a_kpi_keeps_every_version_of_its_definition() -> None:
    """A figure is read under the definition it was made by."""
    kpi = BEGUN.happened(definition(2, unit="visits"), on=LATER).known().kpis["visits"]
    assert [(one.version, one.unit, one.on) for one in kpi.definitions] == [
        (1, "%", FIRST_DAY),
        (2, "visits", LATER),
    ]


def test_a_review_closed_holds_the_position_it_was_closed_at() -> None:
    """What it saw is asked for by position, never by a clock."""
    past = BEGUN.happened(opened()).happened(ReviewClosed(review="q1"), on=LATER)
    review = past.known().reviews["q1"]
    assert review.closed_at == past.entries[-1].position
    assert (review.opened_on, review.closed_on) == (FIRST_DAY, LATER)


def test_a_document_is_remembered_by_its_hash() -> None:
    """By this an import made twice is known again."""
    document = DocumentImported(
        sha256="ab" * 32, filename="plan.txt", reader="text/1", areas=0, statements=0, actions=0,
        milestones=0, queries=0,
    )  # fmt: skip
    assert BEGUN.happened(document).known().documents == ("ab" * 32,)


def test_a_document_is_remembered_with_its_introduction() -> None:
    """It says what the plan is and who oversees it, and stands in no item."""
    said = (Personal(words="A plan."), Personal(words="The Board oversees it."))
    document = DocumentImported(
        sha256="ab" * 32, filename="plan.txt", reader="text/2", areas=0, statements=0, actions=0,
        milestones=0, queries=0, introduction=said,
    )  # fmt: skip
    assert BEGUN.happened(document).known().introduction == said


def test_a_query_settled_keeps_its_question_and_both_readings() -> None:
    """Why it was settled so can only be judged beside what was asked."""
    resolved = QueryResolved(query="which-date", resolution=REASON)
    query = BEGUN.happened(resolved, on=LATER).known().queries["which-date"]
    assert (query.resolution, query.resolved_on, query.raised_on) == (REASON, LATER, FIRST_DAY)
    assert query.taken == Personal(words="It governs both.")
    assert query.instead == Personal(words="It governs the first.")


def test_what_is_agreed_is_agreed_from_its_day() -> None:
    """Before that day it was a proposal, and nobody was late with it."""
    past = BEGUN.happened(MilestoneAgreed(milestone="review"), on=LATER)
    assert past.known().milestones["review"].agreed_on == LATER
    the_day_before = past.plan(date(2025, 2, 11))
    assert the_day_before is not None
    assert the_day_before.milestones["review"].agreed_on is None
