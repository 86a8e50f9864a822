"""What is found in the real plan of 2015, as a careful person counts it in the paper."""

from datetime import UTC, date, datetime

import pytest

from planledger.importing import import_document
from planledger.ledger import Ledger
from planledger.projections.findings import Denominator, Findings
from planledger.projections.points import AtHead, AtPosition
from planledger.projections.register import RegisterFilter
from planledger.projections.timing import Timeliness
from planledger.storage.memory import MemoryStore
from tests.documents.plans import PLYMOUTH
from tests.support.ledgers import AUTHOR, SettableClock

PLAN = "plymouth-2015"
ON = date(2015, 3, 31)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Give a ledger with the plan imported on a day of 2026."""
    clock = SettableClock(datetime(2026, 2, 12, 12, tzinfo=UTC))
    made = Ledger(MemoryStore(clock), clock)
    import_document(made, PLYMOUTH.read_bytes(), filename=PLYMOUTH.name, plan=PLAN, author=AUTHOR)
    return made


@pytest.fixture(scope="module")
def looked(ledger: Ledger) -> Findings:
    """Look into it as effective on the last day of March 2015."""
    found = ledger.at(AtHead(), ON).findings(PLAN)
    assert found is not None
    return found


def test_there_are_no_findings_where_there_is_no_plan(ledger: Ledger) -> None:
    """A plan that had not begun is no plan without faults."""
    assert ledger.at(AtHead(), ON).findings("northbridge") is None
    assert ledger.at(AtPosition(0), ON).findings(PLAN) is None
    assert ledger.at(AtHead(), date(2015, 1, 5)).findings(PLAN) is None


def test_what_the_plan_leaves_open_is_what_the_inventory_counts(looked: Findings) -> None:
    """Design page 2.1 counts eight placeholders, nine undefined slots, and each kind of date."""
    left = looked.undefined
    assert [item.ref for item in left.placeholders] == [
        *("4.2", "5.2", "8.2", "9.4", "10.2", "11.4", "12.3", "13.2")
    ]
    assert len(left.milestones) == 9
    assert len(left.to_be_confirmed) == 26
    assert sum(one.decision_overdue for one in left.to_be_confirmed) == 6
    assert [item.ref for item in left.without_date] == ["11.1/1", "17.4/3"]
    assert [item.ref for item in left.vacant_actions] == ["4.2", "10.2"]


def test_dates_to_be_confirmed_have_been_so_since_the_day_of_the_plan(looked: Findings) -> None:
    """Nobody has set one since, so each is as old as the plan."""
    assert len(looked.tbc_ages) == 26
    assert {age.days for age in looked.tbc_ages} == {(ON - date(2015, 1, 6)).days}
    assert len(looked.first_settings) == 41
    assert looked.date_moves == ()


def test_leads_add_up_to_the_assignments_of_the_document(looked: Findings) -> None:
    """Fifty assignments of 46 actions, and one lead on twelve of them."""
    loads = {load.party: load for load in looked.lead_loads}
    vacant = loads.pop(None)
    assert sum(load.actions for load in loads.values()) == 50
    assert vacant.actions == 2
    assert max(load.actions for load in loads.values()) == 12


def test_percentages_are_out_of_the_three_denominators_of_the_plan(looked: Findings) -> None:
    """The quarterly review of 11.1 says what is to be done: it is stated, beside the 59."""
    assert {one.out_of: one.agreed.out_of for one in looked.completeness} == {
        Denominator.ACTIONS: 48,
        Denominator.STATED_MILESTONES: 60,
        Denominator.MILESTONE_SLOTS: 70,
    }


def test_the_printed_conflict_is_no_recorded_dependence(looked: Findings) -> None:
    """8.1 against 1.4 is a query for a person; only 9.4 is printed as depending on others."""
    assert {conflict.item.ref for conflict in looked.conflicts} == {"9.4"}
    assert {conflict.waits_for.ref for conflict in looked.conflicts} == {"9.1", "9.2", "9.3"}


def test_every_area_has_an_action_and_the_gaps_are_named(looked: Findings) -> None:
    """The inspector asks it of each of the seventeen recommendations."""
    assert len(looked.coverage) == 17
    assert sum(one.actions for one in looked.coverage) == 48
    assert {item.ref for one in looked.coverage for item in one.without_owner} == {"4.2", "10.2"}


def test_everything_imported_years_later_is_late(looked: Findings) -> None:
    """What took effect in 2015 was recorded in 2026, and the record says so."""
    days = {entry.days for entry in looked.late_entries()}
    assert days == {(date(2026, 2, 12) - date(2015, 1, 6)).days}


def test_the_register_of_the_ledger_agrees_with_what_is_due(
    ledger: Ledger, looked: Findings
) -> None:
    """December, January and February are 16 printed dates, and one of them governs three."""
    wanted = RegisterFilter(plan=PLAN, timeliness=frozenset((Timeliness.OVERDUE,)))
    rows = ledger.at(AtHead(), ON).register(wanted)
    overdue = [item.milestone.ref for item in looked.due() if item.days_overdue]
    assert {row.milestone.ref for row in rows} == set(overdue)
    assert len(rows) == len(overdue) == 18
