"""The plan at any known-at and effective-on, held against folding everything anew."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Day, Month
from planledger.events.envelope import Entry
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadAssigned, LeadReassigned
from planledger.events.structure import ItemRenumbered, ItemWithdrawn, WordingChanged
from planledger.events.target_date import TargetDateMoved
from planledger.events.target_dates import OneOff
from planledger.projections import history as module
from planledger.projections.history import OLDER_SPINES, History
from planledger.projections.spine import STRIDE, fold
from tests.support.books import START, Book, action, area, date_set, due, milestone, party
from tests.support.plain_model import plain_state, plainly

FEBRUARY = date(2026, 2, 1)
AHEAD = timedelta(days=60)

changes: st.SearchStrategy[PlanEvent] = st.one_of(
    st.builds(area, st.sampled_from(["a1", "a2"]), st.just("1"), st.integers(1, 3)),
    st.builds(
        action, st.sampled_from(["b1", "b2"]), st.sampled_from(["1.1", "1.2"]), st.just("a1")
    ),
    st.builds(milestone, st.sampled_from(["m1", "m2"]), st.just("b1"), st.integers(1, 3)),
    st.builds(date_set, st.just("m1"), st.builds(Month, st.just(2026), st.integers(1, 12))),
    st.builds(
        WordingChanged,
        item=st.sampled_from(["a1", "b1", "m1", "m2"]),
        from_text=st.just(""),
        to_text=st.sampled_from(["These words", "Those words"]),
        material=st.booleans(),
    ),
    st.builds(
        LeadAssigned, item=st.sampled_from(["b1", "m1"]), party=st.sampled_from(["ann", "bob"])
    ),
    st.builds(
        LeadReassigned, item=st.just("b1"), from_parties=st.just(()), to_parties=st.just(("ann",))
    ),
    st.builds(ItemRenumbered, item=st.just("b1"), from_ref=st.just(""), to_ref=st.just("1.9")),
    st.builds(ItemWithdrawn, item=st.sampled_from(["a1", "b1", "m1"]), replaced_by=st.just(())),
    st.builds(MilestoneAgreed, milestone=st.sampled_from(["m1", "m2"])),
    st.builds(party, st.sampled_from(["ann", "bob"])),
)
frugality = st.fixed_dictionaries(
    {
        "STRIDE": st.sampled_from([1, 2, 3, 7, 64]),
        "ANSWERS_KEPT": st.sampled_from([1, 3, 64]),
        "OLDER_SPINES": st.sampled_from([1, 2, 16]),
    }
)
"""How little a history keeps: whatever it lets go of, it must answer the same."""
writings = st.lists(
    st.tuples(changes, st.integers(-5, 60), st.sampled_from([0, 0, 1, 7])), max_size=25
)
"""Events with the day they are effective on, from START, and how many positions others took."""


def written(what: Sequence[tuple[PlanEvent, int, int]]) -> list[Entry]:
    """Write events down after a plan of one milestone."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    for event, day, skip in what:
        book.write(event, START + timedelta(days=day), skip)
    return book.entries


def naive(entries: Sequence[Entry], position: int, day: date | None) -> Plan | None:
    """Give state(r, v) as design page 3.2 defines it."""
    counted = [
        entry
        for entry in entries
        if entry.position <= position and (day is None or entry.effective_on <= day)
    ]
    state: Plan | None = None
    for entry in sorted(counted, key=lambda entry: (entry.effective_on, entry.position)):
        state = evolve(state, entry)
    return state


def grid(entries: Sequence[Entry]) -> list[tuple[int, date | None]]:
    """Give every position and every day at which the answer may change, and those beside."""
    positions = {near for entry in entries for near in (entry.position - 1, entry.position)}
    days = {entry.effective_on for entry in entries}
    edges = sorted(days | {day - timedelta(days=1) for day in days})
    return [
        (position, day)
        for position in (*sorted(positions), entries[-1].position + 9)
        for day in (None, date.min, *edges, date.max)
    ]


@given(writings, frugality)
def test_every_state_is_the_fold_of_what_was_known_and_effective(
    what: list[tuple[PlanEvent, int, int]], kept: dict[str, Any]
) -> None:
    """The whole product rests on state(r, v); a wrong bisection gives a board a wrong plan."""
    entries = written(what)
    with patch.multiple(module, **kept):
        history = History(entries)
        for position, day in grid(entries):
            assert history.state(position, day) == naive(entries, position, day)
            assert plainly(history.state(position, day)) == plain_state(entries, position, day)


@given(writings, frugality, st.lists(st.integers(1, 5), min_size=30, max_size=30), st.data())
def test_growing_by_batches_between_questions_changes_no_answer(
    what: list[tuple[PlanEvent, int, int]],
    kept: dict[str, Any],
    sizes: list[int],
    data: st.DataObject,
) -> None:
    """A server lives for months: what it keeps from earlier questions must not go stale."""
    with patch.multiple(module, **kept):
        grow_and_ask(written(what), sizes, data)


def grow_and_ask(entries: list[Entry], sizes: list[int], data: st.DataObject) -> None:
    """Give a history its entries in batches of these sizes, asking between."""
    history = History()
    known = 0
    for size in sizes:
        history.extend(entries[known : known + size])
        known = min(known + size, len(entries))
        upto = entries[:known]
        assert history.version == known
        assert history.position == upto[-1].position
        asked = data.draw(st.lists(st.sampled_from(grid(upto)), max_size=4))
        for position, day in asked:
            assert history.state(position, day) == naive(upto, position, day)
    for position, day in grid(entries):
        assert history.state(position, day) == naive(entries, position, day)


def test_more_late_entries_than_folds_are_kept_for_change_no_answer() -> None:
    """Folds between late entries are dropped and made anew; that must never be seen."""
    late = [(date_set("m1", Month(2026, 1 + n % 12)), -n, n % 3) for n in range(3 * OLDER_SPINES)]
    entries = written(late)
    history = History(entries)
    for _ in range(2):
        for position, day in (*grid(entries), *reversed(grid(entries))):
            if day is None or day >= START - timedelta(days=2):
                assert history.state(position, day) == naive(entries, position, day)
    assert len(history._older) <= OLDER_SPINES


def test_a_decision_keyed_in_late_does_not_outlive_the_one_that_followed_it() -> None:
    """The example of design page 3.2; interval overwriting lets the forgotten date win for ever."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    keyed_20_february = book.write(
        date_set("m1", Day(2026, 5, 31)), on=date(2026, 2, 12), skip=3
    ).position
    keyed_25_february = book.write(date_set("m1", Day(2026, 4, 30)), on=FEBRUARY, skip=3).position
    history = History(book.entries)

    def due_by(position: int, day: date) -> date | None:
        plan = history.state(position, day)
        assert plan is not None
        target = plan.milestones["m1"].target_date
        return target.date.latest if isinstance(target, OneOff) else None

    assert due_by(keyed_25_february, date(2026, 1, 31)) is None
    assert due_by(keyed_25_february, date(2026, 2, 1)) == date(2026, 4, 30)
    assert due_by(keyed_25_february, date(2026, 2, 11)) == date(2026, 4, 30)
    assert due_by(keyed_25_february, date(2026, 2, 12)) == date(2026, 5, 31)
    # As known before the forgotten decision was keyed, there was only the one of 12 February.
    assert due_by(keyed_20_february, date(2026, 2, 11)) is None
    assert due_by(keyed_20_february, date(2026, 2, 12)) == date(2026, 5, 31)


def test_of_two_changes_on_one_day_the_one_recorded_later_stands() -> None:
    """Two decisions of one meeting: the clerk's second entry mends the first."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    book.write(date_set("m1", Month(2026, 5)), on=FEBRUARY)
    book.write(MilestoneAgreed(milestone="m1"), on=FEBRUARY + AHEAD)
    late = book.write(date_set("m1", Month(2026, 4)), on=FEBRUARY)
    history = History(book.entries)
    for position, month in ((late.position - 1, 5), (late.position, 4)):
        plan = history.state(position, FEBRUARY)
        assert plan is not None
        assert plan.milestones["m1"].target_date == due(Month(2026, month))


def test_what_is_agreed_ahead_is_not_seen_before_its_day() -> None:
    """What holds now must not show what is not in force; asked for a later day, it must."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    book.write(date_set("m1", Month(2026, 5)))
    moved = TargetDateMoved(
        milestone="m1",
        from_target_date=due(Month(2026, 5)),
        to_target_date=due(Month(2026, 7)),
        reason_code=None,
    )
    head = book.write(moved, on=FEBRUARY + AHEAD).position
    history = History(book.entries)
    for day, month in ((FEBRUARY, 5), (FEBRUARY + AHEAD, 7), (None, 7)):
        plan = history.state(head, day)
        assert plan is not None
        assert plan.milestones["m1"].target_date == due(Month(2026, month))


def test_before_the_plan_began_there_is_none() -> None:
    """No plan is an answer, not an error (design page 3.2)."""
    history = History(written([]))
    assert history.state(0) is None
    assert history.state(-1) is None
    assert history.state(99, START - timedelta(days=1)) is None
    assert history.state(99, START) is not None
    assert History().state(99) is None


@pytest.mark.parametrize("missing", [[0], [2], [1, 2]])
def test_a_missing_version_is_refused(missing: list[int]) -> None:
    """A gap means that the store lost an entry: a plan folded over it would be a wrong one."""
    entries = [entry for n, entry in enumerate(written([])) if n not in missing]
    with pytest.raises(ValueError, match="Check the ledger"):
        History(entries)


def test_a_version_that_comes_twice_is_refused_and_leaves_the_history_as_it_was() -> None:
    """The same entry counted twice would, say, list a lead or a reading twice."""
    entries = written([])
    history = History(entries)
    for again in (entries[-1:], entries, [*entries[-1:], *entries[-1:]]):
        with pytest.raises(ValueError, match="Check the ledger"):
            history.extend(again)
    assert history.version == len(entries)
    assert history.state(99) == fold(entries)


def test_versions_of_a_plan_share_what_did_not_change() -> None:
    """All versions are kept: copying what did not change would cost a plan per entry."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1")])
    book.write_all([milestone("m1", "b1"), milestone("m2", "b1", 2)])
    book.write_all([area(f"b{number}", str(number), number) for number in range(2, 2 * STRIDE)])
    before = book.entries[-1].position
    after = book.write(MilestoneAgreed(milestone="m2"), on=FEBRUARY).position
    late = book.write(MilestoneAgreed(milestone="m1"), on=FEBRUARY - timedelta(days=1)).position
    history = History(book.entries)
    one, two, three = (history.state(at) for at in (before, after, late))
    assert one is not None
    assert two is not None
    assert three is not None
    assert two.areas["a1"] is one.areas["a1"]
    assert two.actions["b1"] is one.actions["b1"]
    assert two.milestones["m1"] is one.milestones["m1"]
    assert two.milestones["m2"] is not one.milestones["m2"]
    # A late entry folds anew only from its own day on.
    assert history.state(late, START) == history.state(before, START)
    assert three.actions["b1"] is one.actions["b1"]


def test_the_same_question_gives_the_same_object() -> None:
    """Views are kept by the identity of a state; a new one each time would never be found."""
    history = History(written([(date_set("m1", Month(2026, 3)), -2, 0)]))
    for position in (3, 4, 5):
        assert history.state(position, FEBRUARY) is history.state(position, FEBRUARY)
