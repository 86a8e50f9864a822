"""Invariants 4, 8 and 14 of design page 3.7, over random books and every pair of points."""

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.record import is_amendment
from planledger.events.envelope import Entry
from planledger.projections.changes.compare import compare, inverted, patch
from planledger.projections.changes.item_history import Field, history_of
from planledger.projections.changes.net import At, net, state
from planledger.projections.changes.shapes import CORRECTIONS, Change, Kind, Track
from planledger.projections.changes.steps import path, steps
from planledger.projections.changes.touches import DRAFTING, touches
from tests.projections.changes.books import books, indexed, points


def counted(changes: Iterable[Change]) -> Counter[str]:
    """Give changes without their order."""
    return Counter(map(repr, changes))


@given(st.data(), books())
def test_a_difference_turns_one_state_into_the_other_and_back(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """Invariant 4: a diff that leaves something out would hide a change from an auditor."""
    index = indexed(entries)
    one, two, three = (state(index, data.draw(points(entries))) for _ in range(3))
    assert patch(one, compare(one, two)) == two
    assert patch(two, compare(two, one)) == one
    assert patch(patch(one, compare(one, two)), compare(two, three)) == three
    assert compare(one, one) == ()
    assert counted(inverted(compare(one, two))) == counted(compare(two, one))


@given(st.data(), books())
def test_net_turns_one_point_into_the_other_and_back(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """Invariant 4: corrections and changes are told apart, and together are the difference."""
    index = indexed(entries)
    start, end = data.draw(points(entries)), data.draw(points(entries))
    there, back = net(index, start, end), net(index, end, start)
    assert patch(state(index, start), there) == state(index, end)
    assert patch(state(index, end), back) == state(index, start)
    assert counted(inverted(there)) == counted(back)
    assert net(index, start, start) == ()


@given(st.data(), books())
def test_steps_lead_from_one_point_to_the_other_and_back(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """Invariant 4: NET == fold of STEPS, and every step is the work of one entry."""
    index = indexed(entries)
    start, end = data.draw(points(entries)), data.draw(points(entries))
    there = steps(index, start, end)
    assert patch(state(index, start), there) == patch(state(index, start), net(index, start, end))
    assert patch(state(index, end), steps(index, end, start)) == state(index, start)
    causes = [{change.causes for change in step} for step in path(index, start, end)]
    assert all(len(made) == 1 and all(made) for made in causes)
    if (start.position <= end.position) == (start.day <= end.day):
        assert len(causes) == len(set.union(set(), *causes))


@given(st.data(), books())
def test_every_change_has_causes_of_its_own_kind(data: st.DataObject, entries: list[Entry]) -> None:
    """A change and a correction are never counted together, and neither is without a cause."""
    index = indexed(entries)
    start, end = data.draw(points(entries)), data.draw(points(entries))
    at = {entry.position: entry for entry in entries}
    low, high = sorted((start.position, end.position))
    for change in net(index, start, end):
        amending = [is_amendment(at[cause]) for cause in change.causes]
        assert change.causes
        if change.what in CORRECTIONS:
            assert all(amending)
            assert all(low < cause <= high for cause in change.causes)
            assert change.slippage is None
        else:
            assert not all(amending)
            live = {fact.position: fact for fact in index.history.record.live(high)}
            made = [touches(live[cause].event) for cause in change.causes if cause in live]
            thing = (change.kind, change.id)
            assert all(DRAFTING in found or thing in {t.thing for t in found} for found in made)


@given(st.data(), books(amended=False))
def test_where_nothing_is_amended_nothing_is_corrected(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """What is entered late is a change of the world, not of the record."""
    index = indexed(entries)
    start, end = data.draw(points(entries)), data.draw(points(entries))
    told = (*net(index, start, end), *steps(index, start, end))
    assert {change.what for change in told} & CORRECTIONS == set()


@given(st.data(), books())
def test_an_index_that_grew_answers_as_one_made_anew(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """A server keeps an index for years; what it says must not depend on when it began."""
    cut = data.draw(st.integers(1, len(entries)))
    grown = indexed(entries[:cut])
    start, end = data.draw(points(entries)), data.draw(points(entries))
    net(grown, start, At(entries[cut - 1].position, end.day))
    grown.history.extend(entries[cut:])
    assert net(grown, start, end) == net(indexed(entries), start, end)
    assert steps(grown, start, end) == steps(indexed(entries), start, end)


@given(st.data(), books())
def test_what_was_told_of_the_past_is_told_again_whatever_is_recorded_since(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """Invariant 2: an answer at a position never changes; a diff and a history are answers too."""
    cut = data.draw(st.integers(1, len(entries)))
    then, now = indexed(entries[:cut]), indexed(entries)
    start, end = data.draw(points(entries[:cut])), data.draw(points(entries[:cut]))
    last = entries[cut - 1].position
    start, end = (At(min(at.position, last), at.day) for at in (start, end))
    assert net(now, start, end) == net(then, start, end)
    assert steps(now, start, end) == steps(then, start, end)
    field = Field((Kind.MILESTONE, "m1"), data.draw(st.sampled_from([None, Track.TARGET_DATE])))
    assert history_of(now, field, end) == history_of(then, field, end)
