"""Northbridge holds what it promises: every guide, report and question is shown on it."""

from collections import Counter
from datetime import date
from decimal import Decimal

from planledger.domain.delivery import Delivery
from planledger.domain.finding import find_action, find_milestone
from planledger.domain.plan import Milestone, Plan
from planledger.domain.record import is_amendment
from planledger.events.catalogue import EVENT_TYPES
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.kpi import KpiReadingRecorded, KpiReadingRevised
from planledger.events.milestone import MilestoneReopened, MilestoneSignedOff
from planledger.events.party import LeadReassigned
from planledger.events.plan import PlanClosed, PlanDrafted
from planledger.events.record import EntryVoided
from planledger.events.structure import ItemRenumbered, ItemWithdrawn, PlaceholderResolved
from planledger.events.target_date import TargetDateMoved
from planledger.events.target_dates import OneOff
from planledger.events.values import PartyKind, Polarity, ReadingStatus, ReopenTrigger
from planledger.projections.points import civil_day
from planledger.simulation.northbridge.refusals import acts as tried
from tests.support.simulated import PLAN, entries, entries_of, northbridge


def now() -> Plan:
    """Give the plan at the end of its story."""
    plan = northbridge()[0].history(PLAN).state(10**9)
    assert plan is not None
    return plan


def milestone(ref: str) -> Milestone:
    """Find a milestone at the end of the story."""
    found = find_milestone(now(), ref)
    assert found is not None
    return found


def test_the_ledger_says_in_its_first_entry_that_it_is_simulated() -> None:
    """A made-up history must never be taken for a real one (design page 3.1)."""
    first = entries()[0]
    assert isinstance(first.event, PlanDrafted)
    assert first.envelope.reason is not None
    assert "simulated" in repr(first.envelope.reason)
    assert {entry.envelope.correlation_id for entry in entries()} == {"simulation:northbridge"}


def test_it_has_the_size_that_was_asked_for() -> None:
    """Six areas, about thirty actions, eighty milestones as drafted, twelve KPIs, two forums."""
    draft = northbridge()[0].history(PLAN).state(297)
    assert draft is not None
    assert (len(draft.areas), len(draft.actions), len(draft.milestones)) == (6, 31, 80)
    assert (len(now().kpis), len(now().forums)) == (12, 2)
    assert {kpi.definitions[0].polarity for kpi in now().kpis.values()} == set(Polarity)


def test_each_forum_closed_eight_quarterly_reviews() -> None:
    """Two review series on one plan, on different dates, is what a plan really has."""
    closed = Counter(r.forum for r in now().reviews.values() if r.closed_at is not None)
    assert closed == {"improvement-board": 8, "scrutiny-panel": 8}
    assert len({review.as_at for review in now().reviews.values()}) == 16


def test_every_event_there_is_happens_but_the_end_of_the_plan() -> None:
    """What does not happen in it cannot be shown on it. The plan stays open, so that more can."""
    happened = {type(entry.event) for entry in entries()}
    assert set(EVENT_TYPES) - happened == {PlanClosed}
    assert now().closed is None


def test_it_ends_before_today_and_goes_on_for_two_years() -> None:
    """A story in the future would be refused; one of a month shows no slippage."""
    days = [civil_day(entry.recorded_at) for entry in entries()]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2024, 1, 8), date(2026, 1, 29))


def test_what_was_tried_and_refused_is_not_in_the_ledger() -> None:
    """The office tries what people try; the ledger declines and keeps nothing of it."""
    made = northbridge()[1]
    refused = [act for act in tried() if act.refused is not None]
    assert made.refused == len(refused) == 11
    assert len({act.refused for act in refused}) == 10
    commands = {entry.envelope.command_id for entry in entries()}
    assert made.commands == len(commands)


def test_action_2_3_passes_from_one_lead_to_another_and_is_vacant_between() -> None:
    """Who led 2.3 on a day has four answers, one of them nobody."""
    action = find_action(now(), "2.3")
    assert action is not None
    passed = [(e.from_parties, e.to_parties) for _, e in entries_of(LeadReassigned)
              if e.item == action.id]  # fmt: skip
    assert [len(to) for _, to in passed] == [0, 1, 1]
    assert len({lead for pair in passed for side in pair for lead in side}) == 3


def test_partner_led_actions_stall() -> None:
    """Which partner-led actions are stalled is a question with an answer."""
    plan = now()
    for ref in ("3.2/2", "3.6/1"):
        stalled = milestone(ref)
        assert stalled.delivery is Delivery.ON_HOLD
        leads = stalled.leads or plan.actions[stalled.action].leads
        assert any(plan.parties[lead].kind is PartyKind.ORGANISATION for lead in leads)


def test_dates_move_after_they_passed_and_without_authority_and_out_and_back() -> None:
    """An auditor asks for each of these."""
    moves = list(entries_of(TargetDateMoved))
    assert [e for e, m in moves if m.from_target_date.date.latest < e.effective_on]
    assert [e for e, _ in moves if e.envelope.authority is None]
    assert [m for _, m in moves if m.reason_code is None]
    by_milestone = {(m.milestone, m.from_target_date.date, m.to_target_date.date) for _, m in moves}
    assert [key for key in by_milestone if (key[0], key[2], key[1]) in by_milestone]


def test_every_way_a_completion_can_be_shown_or_not_happens() -> None:
    """Waived, on evidence withdrawn later, on evidence that is younger than the sign-off."""
    waived = [event for _, event in entries_of(MilestoneSignedOff) if event.waiver is not None]
    assert len(waived) == 2
    assert len(list(entries_of(EvidenceWithdrawn))) == 2
    plan = now()
    late = milestone("5.2/2")
    (final,) = [one for one in plan.evidence.values()
                if late.id in one.items and one.withdrawn_on is None]  # fmt: skip
    signed = late.completions[-1].sign_offs[0]
    assert final.dated is not None
    assert final.dated.earliest > signed.on
    assert not [one for one in plan.evidence.values()
                if milestone("5.3/1").id in one.items and one.withdrawn_on is None]  # fmt: skip


def test_three_milestones_are_reopened_each_for_another_reason() -> None:
    """An audit, an inspection and a KPI can each show that something was not done after all."""
    triggers = [event.trigger for _, event in entries_of(MilestoneReopened)]
    assert set(triggers) == {ReopenTrigger.AUDIT, ReopenTrigger.OFSTED, ReopenTrigger.KPI}
    assert milestone("2.3/2").delivery is Delivery.IN_PROGRESS
    assert milestone("3.5/3").delivery is Delivery.SIGNED_OFF


def test_the_re_referral_rate_was_revised_after_the_reviews_that_saw_it() -> None:
    """What leaders knew before the visit is not what is known now."""
    span = (date(2024, 10, 1), date(2024, 12, 31))
    first, last = now().kpis["re-referrals"].readings[span]
    assert isinstance(first.event, KpiReadingRecorded)
    assert isinstance(last.event, KpiReadingRevised)
    assert (first.event.numerator, last.event.numerator) == (Decimal(118), Decimal(141))
    review = now().reviews["board-2024-q4"]
    assert review.closed_at is not None
    assert first.position < review.closed_at < last.position


def test_a_small_count_stands_beside_its_year() -> None:
    """Hiding one quarter is not enough where the total gives it away."""
    readings = now().kpis["emergency-accommodation"].readings
    values = {span: vintages[-1].event for span, vintages in readings.items()}
    year = values[date(2024, 4, 1), date(2025, 3, 31)]
    quarters = [event for span, event in values.items()
                if date(2024, 4, 1) <= span[0] and span[1] <= date(2025, 3, 31)
                and event is not year]  # fmt: skip
    assert isinstance(year, KpiReadingRecorded | KpiReadingRevised)
    counted = [event.value for event in quarters
               if isinstance(event, KpiReadingRecorded | KpiReadingRevised)]  # fmt: skip
    assert len(counted) == 4
    assert sum(value for value in counted if value is not None) == year.value
    assert len([value for value in counted if value is not None and value <= 5]) == 1


def test_figures_are_provisional_first_and_one_definition_changes() -> None:
    """Which figure a review saw, and whether it means the same today."""
    firsts = [event.status for _, event in entries_of(KpiReadingRecorded)]
    assert Counter(firsts)[ReadingStatus.PROVISIONAL] > 90
    versions = {kpi.id: len(kpi.definitions) for kpi in now().kpis.values()}
    assert [kpi for kpi, count in versions.items() if count == 2] == ["eet"]


def test_the_last_figure_under_the_old_definition_is_given_out_under_the_new_one() -> None:
    """A change of what is counted must show at the quarter counted otherwise, and not before."""
    readings = now().kpis["eet"].readings
    for last, version in ((date(2025, 3, 31), 1), (date(2025, 6, 30), 2)):
        (vintages,) = [facts for span, facts in readings.items() if span[1] == last]
        assert len(vintages) == 2
        for fact in vintages:
            assert isinstance(fact.event, KpiReadingRecorded | KpiReadingRevised)
            assert fact.event.definition_version == version
            assert fact.effective_on >= now().kpis["eet"].definitions[-1].on


def test_some_entries_are_late_and_some_very_late() -> None:
    """Decisions reach the ledger after the review that should have known of them."""
    gaps = [
        (civil_day(entry.recorded_at) - entry.effective_on).days
        for entry in entries()
        if not is_amendment(entry)
    ]
    assert 10 < len([gap for gap in gaps if gap > 0]) < len(gaps) / 10
    assert len([gap for gap in gaps if gap > 100]) >= 2
    assert min(gaps) >= 0


def test_the_record_is_put_right_in_every_way() -> None:
    """A mis-keyed date and figure are corrected; a void is itself voided."""
    assert milestone("6.3/2").target_date == OneOff(
        as_printed="January 2025",
        date=milestone("6.3/2").target_date.date,  # type: ignore[union-attr]
    )
    voided = {event.entry for _, event in entries_of(EntryVoided)}
    voids = {entry.position for entry, _ in entries_of(EntryVoided)}
    assert voided & voids
    assert milestone("6.7/2").progress_on is not None


def test_the_plan_itself_changes() -> None:
    """Two placeholders are defined, one stays; an action makes way for another; numbers move."""
    plan = now()
    resolved = [event for _, event in entries_of(PlaceholderResolved)]
    assert [len(event.replaced_by) for event in resolved] == [2, 1]
    undefined = [a.ref for a in plan.actions.values() if a.placeholder and a.replaced_by is None]
    assert undefined == ["5.5"]
    ((_, withdrawn),) = entries_of(ItemWithdrawn)
    assert withdrawn.replaced_by == tuple(
        action.id for action in plan.actions.values() if action.ref == "3.6"
    )
    renumbered = [(event.from_ref, event.to_ref) for _, event in entries_of(ItemRenumbered)]
    assert renumbered == [("I", "1"), ("6.5", "6.7")]


def test_a_milestone_that_depends_on_another_is_due_before_it() -> None:
    """A conflict of dates that a person must settle stays open at the end."""
    plan = now()
    waits, needed = milestone("5.2/3"), milestone("5.1/3")
    assert any(
        (one.item, one.resolved_target) == (waits.id, needed.id) for one in plan.references.values()
    )
    assert isinstance(waits.target_date, OneOff)
    assert isinstance(needed.target_date, OneOff)
    assert waits.target_date.date.latest < needed.target_date.date.earliest


def test_queries_are_settled_and_some_are_left() -> None:
    """What the importer could not decide waits for a person."""
    settled = [query for query in now().queries.values() if query.resolution is not None]
    assert len(settled) == 5
    assert len(now().queries) > len(settled)


def test_challenges_are_answered_and_the_last_ones_wait() -> None:
    """What happened to the panel's recommendations has an answer for each."""
    waiting = [one for one in now().challenges.values() if one.answer is None]
    assert (len(now().challenges), len(waiting)) == (18, 3)
