"""Times and points in the port's promises, over every store."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planledger.events.envelope import microseconds
from planledger.storage.port import EntryStore
from tests.storage.ledger_check import MICROSECOND, HandClock, add, check_ledger

LONDON = ZoneInfo("Europe/London")
HUGE = 10**30


def test_a_commit_is_found_at_its_own_microsecond_and_not_one_before(
    store: EntryStore, clock: HandClock
) -> None:
    """What is known at T includes what came at T: one microsecond decides what a board saw."""
    first = add(store, "harbour", 0, "a", 2)
    clock.now += timedelta(seconds=1)
    second = add(store, "school", 0, "b", 3)
    assert store.commit_at(recorded_us=first.recorded_us - 1) is None
    assert store.commit_at(recorded_us=first.recorded_us) == first
    assert store.commit_at(recorded_us=second.recorded_us - 1) == first
    assert store.commit_at(recorded_us=second.recorded_us) == second
    assert store.commit_at(recorded_us=second.recorded_us + 1) == second
    assert store.commit_at(recorded_us=HUGE) == second
    assert store.commit_at(recorded_us=-HUGE) is None


def test_every_position_belongs_to_a_whole_commit(store: EntryStore) -> None:
    """No point may split a commit, so a position in its middle leads to all of it."""
    add(store, "harbour", 0, "a")
    middle = add(store, "harbour", 1, "b", 3)
    add(store, "harbour", 4, "c")
    assert [store.commit_at(position=position) for position in (2, 3, 4)] == [middle] * 3
    assert [store.commit_at(position=position) for position in (-1, 0, 6, HUGE)] == [None] * 4


@pytest.mark.parametrize("point", [{}, {"position": 1, "recorded_us": 1}])
def test_a_point_is_a_position_or_a_time_and_not_both(
    store: EntryStore, point: dict[str, int]
) -> None:
    """Answering one of the two silently would answer a question that nobody asked."""
    with pytest.raises(ValueError, match="either"):
        store.commit_at(**point)


def test_a_clock_set_back_or_standing_still_reorders_nothing(
    store: EntryStore, clock: HandClock
) -> None:
    """Server clocks are corrected, by hours at times; what came later must stay later."""
    first = add(store, "harbour", 0, "a").recorded_us
    still = add(store, "harbour", 1, "b", 2).recorded_us
    clock.now -= timedelta(hours=2)
    back = add(store, "school", 0, "c").recorded_us
    clock.now += timedelta(hours=3)
    on = add(store, "harbour", 3, "d").recorded_us
    assert [still, back, on] == [first + 1, first + 2, microseconds(clock.now)]
    check_ledger(store)


@pytest.mark.parametrize(
    "readings",
    [
        pytest.param(
            [
                datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=LONDON),
                datetime(2026, 3, 29, 2, 0, tzinfo=LONDON),
            ],
            id="the hour that is not there in spring",
        ),
        pytest.param(
            [
                datetime(2026, 10, 25, 1, 59, 59, 999_999, tzinfo=LONDON, fold=0),
                datetime(2026, 10, 25, 1, 0, tzinfo=LONDON, fold=1),
            ],
            id="the hour that is there twice in autumn",
        ),
        pytest.param(
            [
                datetime(2028, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC),
                datetime(2028, 2, 29, tzinfo=UTC),
                datetime(2028, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
                datetime(2028, 3, 1, tzinfo=UTC),
            ],
            id="a leap day",
        ),
        pytest.param(
            [
                datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
                datetime(1970, 1, 1, tzinfo=UTC),
            ],
            id="a clock that was never set",
        ),
    ],
)
def test_the_calendar_does_not_bend_time(
    store: EntryStore, clock: HandClock, readings: list[datetime]
) -> None:
    """Local clocks jump twice a year; times are instants, so each point still finds its commit."""
    commits = []
    for version, reading in enumerate(readings):
        clock.now = reading
        commits.append(add(store, "harbour", version, f"c{version}"))
    instants = [commit.recorded_us for commit in commits]
    assert instants == [microseconds(reading.astimezone(UTC)) for reading in readings]
    assert [store.commit_at(recorded_us=instant) for instant in instants] == commits
    assert [store.commit_at(recorded_us=instant - 1) for instant in instants[1:]] == [
        commit if instant - 1 >= commit.recorded_us else None
        for commit, instant in zip(commits, instants[1:], strict=False)
    ]
    check_ledger(store)


def test_one_microsecond_after_the_end_of_a_day_is_the_next_day(
    store: EntryStore, clock: HandClock
) -> None:
    """The step past an equal reading may cross midnight; it is still only one microsecond."""
    clock.now = datetime(2028, 2, 29, tzinfo=UTC) - MICROSECOND
    first = add(store, "harbour", 0, "a").recorded_us
    assert add(store, "harbour", 1, "b").recorded_us == first + 1
    assert first + 1 == microseconds(datetime(2028, 2, 29, tzinfo=UTC))
