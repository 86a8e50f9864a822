"""What the ledger keeps of findings: worked out once for a point, and never those of another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from planledger.domain.commands import SetTargetDate, VoidEntry
from planledger.events.dates import Month
from planledger.ledger import Ledger
from planledger.ledger.ledger import FINDINGS_KEPT
from planledger.projections.findings import Findings
from planledger.projections.points import AtHead, AtPosition, Point
from planledger.storage.memory import MemoryStore
from tests.support.ledgers import REASON, SettableClock, begin_plan, recorded

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> SettableClock:
    """Give the clock of the ledger under test."""
    return SettableClock()


@pytest.fixture
def ledger(clock: SettableClock) -> Ledger:
    """Give a ledger with the plan "alpha", whose one milestone is due in March."""
    ledger = Ledger(MemoryStore(clock), clock)
    begin_plan(ledger)
    recorded(ledger, SetTargetDate(plan="alpha", milestone="1.1/1", date=Month(2026, 3)))
    return ledger


def findings(ledger: Ledger, point: Point, on: date | None = None) -> Findings:
    """Give what is found in the plan at a point, which must have begun."""
    found = ledger.at(point, on).findings("alpha")
    assert found is not None
    return found


def test_findings_are_worked_out_once_for_a_point(ledger: Ledger) -> None:
    """Each costs a walk over everything ever recorded; a page asks for the same ones again."""
    asked = findings(ledger, AtHead())
    assert findings(ledger, AtHead()) is asked
    for position in range(1, 5):
        for ahead in range(FINDINGS_KEPT):
            findings(ledger, AtPosition(position), date(2026, 2, 12) + ahead * DAY)
    assert findings(ledger, AtHead()) is not asked


def test_what_is_recorded_after_findings_were_asked_for_shows_when_they_are_asked_again(
    ledger: Ledger, clock: SettableClock
) -> None:
    """An answer is as new as the last entry, and as the day: it is kept for one point only."""
    before = findings(ledger, AtHead())
    assert len(before.first_settings) == 1
    assert before.due(date(2026, 3, 31))
    recorded(ledger, VoidEntry(plan="alpha", entry=5, reason=REASON))
    after = findings(ledger, AtHead())
    assert (after.first_settings, len(after.amendments)) == ((), 1)
    assert findings(ledger, AtPosition(5)).first_settings[0].position == 5
    clock.now += DAY
    assert findings(ledger, AtHead()).on == before.on + DAY


def test_findings_of_one_point_are_the_same_for_everybody_who_asks_at_once(ledger: Ledger) -> None:
    """A server answers from several threads, and all of them look into the one that is kept."""

    def ask(_: int) -> object:
        found = findings(ledger, AtHead())
        return found.first_settings, found.lead_intervals, found.undefined, found.due()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(64)))
    assert answers == [ask(0)] * 64
