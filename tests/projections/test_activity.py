"""How much was recorded of a plan, month by month."""

from datetime import UTC, datetime

from planledger.domain.record import Record
from planledger.events.dates import Month
from planledger.events.envelope import Fact, Happening, microseconds
from planledger.events.plan import PlanDrafted
from planledger.projections.activity import Activity, MonthView


def _fact(position: int, version: int, moment: datetime) -> Fact:
    event = PlanDrafted(title="A plan")
    happening = Happening(event=event, effective_on=moment.date())
    return Fact(position, microseconds(moment), "alpha", version, happening)


DECEMBER = datetime(2024, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
SUMMER = datetime(2025, 6, 30, 22, 59, 59, 999_999, tzinfo=UTC)
FACTS = [
    _fact(3, 1, DECEMBER),
    _fact(7, 2, datetime(2025, 1, 1, tzinfo=UTC)),
    _fact(8, 3, datetime(2025, 1, 1, tzinfo=UTC)),
    _fact(20, 4, SUMMER),
    _fact(21, 5, datetime(2025, 6, 30, 23, tzinfo=UTC)),
]
WHOLE = (
    MonthView(month=Month(2024, 12), entries=1, last_position=3),
    MonthView(month=Month(2025, 1), entries=2, last_position=8),
    MonthView(month=Month(2025, 6), entries=1, last_position=20),
    MonthView(month=Month(2025, 7), entries=1, last_position=21),
)


def test_a_month_ends_at_midnight_in_london() -> None:
    """In summer that is an hour before it ends in UTC; months without any are left out."""
    assert Activity(Record(FACTS)).by(21) == WHOLE


def test_only_what_was_recorded_by_then_counts() -> None:
    """A past point must not tell how much was still to come."""
    activity = Activity(Record(FACTS))
    assert activity.by(2) == ()
    assert activity.by(7) == (WHOLE[0], MonthView(month=Month(2025, 1), entries=1, last_position=7))
    assert activity.by(19) == WHOLE[:2]
    assert activity.by(1_000) == WHOLE


def test_what_is_recorded_later_is_counted_on() -> None:
    """Counts are kept, and a month may go on after it was counted."""
    for cut in range(len(FACTS) + 1):
        record = Record(FACTS[:cut])
        activity = Activity(record)
        activity.by(1_000)
        for fact in FACTS[cut:]:
            record.extend([fact])
            assert activity.by(fact.position) == Activity(Record(FACTS)).by(fact.position)
        assert activity.by(1_000) == WHOLE
