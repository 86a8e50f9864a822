"""The plan at any known-at and effective-on, held against folding everything anew."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.evolve import fold
from planledger.domain.plan import Plan
from planledger.domain.record import Record, is_amendment, key_of
from planledger.events.dates import Day, Month
from planledger.events.envelope import Entry
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadAssigned, LeadReassigned
from planledger.events.structure import ItemRenumbered, ItemWithdrawn, WordingChanged
from planledger.events.target_date import TargetDateMoved
from planledger.events.target_dates import OneOff
from planledger.events.world import WorldEvent
from planledger.projections import history as history_module
from planledger.projections import spine as spine_module
from planledger.projections.history import OLDER_SPINES, History
from planledger.projections.spine import STRIDE
from tests.support.books import START, Book, action, area, date_set, due, milestone, party
from tests.support.plain_model import plain_state, plainly

FEBRUARY = date(2026, 2, 1)
AHEAD = timedelta(days=60)

changes: st.SearchStrategy[WorldEvent] = st.one_of(
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
        "stride": st.sampled_from([1, 3, 7, 64]),
        "ANSWERS_KEPT": st.sampled_from([1, 3, 64]),
        "OLDER_SPINES": st.sampled_from([1, 2, 16]),
    }
)
"""How little a history keeps: whatever it lets go of, it must answer the same."""


class Writing(NamedTuple):
    """What is written down next."""

    how: str
    """An event that "happens", or that is what an entry should have said; or "void"."""
    event: WorldEvent
    day: int
    """From START; an even one leaves a correction on the day it stands."""
    skip: int
    """How many positions others took."""
    which: int
    """Which entry is put right."""


writings = st.lists(
    st.builds(
        Writing,
        how=st.sampled_from(["happens", "happens", "correct", "void"]),
        event=changes,
        day=st.integers(-5, 60),
        skip=st.sampled_from([0, 0, 1, 7]),
        which=st.integers(0, 40),
    ),
    max_size=20,
)


def happens(event: WorldEvent, day: int, skip: int = 0) -> Writing:
    """Give an event on a day."""
    return Writing(how="happens", event=event, day=day, skip=skip, which=0)


def written(what: Sequence[Writing]) -> list[Entry]:
    """Write down what happens, and what is put right of it, after a plan of one milestone."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    for how, event, day, skip, which in what:
        on = START + timedelta(days=day)
        world = [entry.position for entry in book.entries if not is_amendment(entry)]
        if how == "happens":
            book.write(event, on, skip)
        elif how == "correct":
            book.correct(world[which % len(world)], event, on if day % 2 else None)
        else:
            book.void(book.entries[which % len(book.entries)].position)
    return book.entries


def naive(
    entries: Sequence[Entry], position: int, day: date | None, as_of: int | None = None
) -> Plan | None:
    """Give state(r, v) as design page 3.2 defines it; with `as_of`, as it was put right by then."""
    counted = [
        fact
        for fact in Record(entries).live(position if as_of is None else as_of)
        if fact.position <= position and (day is None or fact.effective_on <= day)
    ]
    return fold(sorted(counted, key=key_of))


@contextmanager
def keeping(kept: Mapping[str, Any]) -> Iterator[int]:
    """Have histories keep so little; gives the stride."""
    with (
        patch.object(spine_module, "ANSWERS_KEPT", kept["ANSWERS_KEPT"]),
        patch.object(history_module, "OLDER_SPINES", kept["OLDER_SPINES"]),
    ):
        yield kept["stride"]


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
def test_every_state_is_the_fold_of_what_stood_and_was_effective(
    what: list[Writing], kept: dict[str, Any]
) -> None:
    """The whole product rests on state(r, v); a wrong bisection gives a board a wrong plan."""
    entries = written(what)
    with keeping(kept) as stride:
        history = History(entries, stride=stride)
        for position, day in grid(entries):
            assert history.state(position, day) == naive(entries, position, day)
            assert plainly(history.state(position, day)) == plain_state(entries, position, day)


@given(writings, frugality, st.data())
def test_a_past_state_put_right_is_the_fold_of_what_stands_of_it(
    what: list[Writing], kept: dict[str, Any], data: st.DataObject
) -> None:
    """What a review would have seen without errors: nothing recorded since, all put right since."""
    entries = written(what)
    points = st.sampled_from(grid(entries))
    with keeping(kept) as stride:
        history = History(entries, stride=stride)
        for (one, day), (two, _) in data.draw(st.lists(st.tuples(points, points), max_size=40)):
            position, as_of = min(one, two), max(one, two)
            restated = history.restated(position, as_of, day)
            assert restated == naive(entries, position, day, as_of)
            assert plainly(restated) == plain_state(entries, position, day, as_of)


@given(writings, frugality, st.lists(st.integers(1, 5), min_size=30, max_size=30), st.data())
def test_growing_by_batches_between_questions_changes_no_answer(
    what: list[Writing],
    kept: dict[str, Any],
    sizes: list[int],
    data: st.DataObject,
) -> None:
    """A server lives for months: what it keeps from earlier questions must not go stale."""
    with keeping(kept) as stride:
        grow_and_ask(History(stride=stride), written(what), sizes, data)


def grow_and_ask(
    history: History, entries: list[Entry], sizes: list[int], data: st.DataObject
) -> None:
    """Give a history its entries in batches of these sizes, asking between."""
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
            head = upto[-1].position
            restated = history.restated(min(position, head), head, day)
            assert restated == naive(upto, min(position, head), day, head)
    for position, day in grid(entries):
        assert history.state(position, day) == naive(entries, position, day)


@given(writings)
def test_what_is_written_later_changes_no_state_of_before(what: list[Writing]) -> None:
    """What a board saw stays what it saw, whatever is corrected or voided afterwards."""
    entries = written(what)
    history = History()
    seen: list[tuple[int, date | None, Plan | None]] = []
    for entry in entries:
        history.extend([entry])
        seen += [
            (entry.position, day, history.state(entry.position, day))
            for day in (None, START, FEBRUARY)
        ]
    for position, day, state in seen:
        assert history.state(position, day) == state


@given(writings, st.integers(0, 30))
def test_a_void_that_is_void_leaves_everything_as_it_was(what: list[Writing], which: int) -> None:
    """Whoever takes back a mistaken void must not have to wonder what else it did."""
    book = Book()
    book.entries = written(what)
    before = book.entries[-1].position
    void = book.void(book.entries[which % len(book.entries)].position)
    after = book.void(void.position).position
    history = History(book.entries)
    for day in (None, START, FEBRUARY):
        assert history.state(after, day) == history.state(before, day)


def test_more_late_entries_than_folds_are_kept_for_change_no_answer() -> None:
    """Folds between late entries are dropped and made anew; that must never be seen."""
    late = [
        happens(date_set("m1", Month(2026, 1 + n % 12)), -n, n % 3) for n in range(3 * OLDER_SPINES)
    ]
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
    history = History(written([happens(date_set("m1", Month(2026, 3)), -2)]))
    for position in (3, 4, 5):
        assert history.state(position, FEBRUARY) is history.state(position, FEBRUARY)
