"""Invariant 8 of design page 3.7: the history of a field replays to the field, author by author."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.domain.record import Record, is_amendment, key_of
from planledger.events.envelope import Entry
from planledger.projections.changes.compare import patch
from planledger.projections.changes.index import Index, said
from planledger.projections.changes.item_history import Field, history_of
from planledger.projections.changes.net import At, state
from planledger.projections.changes.shapes import (
    ChangeClass,
    EntryStanding,
    HistoryEntry,
    Kind,
    Thing,
    Track,
)
from planledger.projections.changes.touches import touches
from planledger.projections.changes.tracks import MAPS, READERS, SPANS, TRACKS, bare, read, things
from tests.projections.changes.books import books, indexed, points
from tests.support.books import START

EMPTY = Plan(ref="alpha", title="", drafted_on=START)


def everything(index: Index) -> list[Thing]:
    """Give every thing that any state of a book ever held."""
    history = index.history
    seen = {(Kind.PLAN, "")}
    for position in history.record.positions:
        plan = history.state(position)
        seen |= {(kind, name) for kind in MAPS for name in things(plan, kind)}
    return sorted(seen, key=repr)


def in_force(entries: tuple[HistoryEntry, ...]) -> list[HistoryEntry]:
    """Give those that set values, in effective order."""
    standing = [
        entry
        for entry in entries
        if entry.place is not None and entry.standing is EntryStanding.STANDS
    ]
    return sorted(standing, key=lambda entry: entry.place or ())


def values(thing: Thing, track: Track, plan: Plan | None) -> object:
    """Give the values of a track in a state."""
    found = read(plan, thing)
    return None if found is None else READERS[thing[0]][track](found)


def setters(index: Index, at: At, thing: Thing, track: Track) -> Iterator[tuple[int, object]]:
    """Give who set each value of a track, by folding all that stands, one after the other."""
    live = Record(index.history.record.facts).live(at.position)
    plan: Plan | None = None
    for fact in sorted(live, key=key_of):
        if fact.effective_on <= at.day:
            before, plan = plan, evolve(plan, fact)
            if values(thing, track, before) != values(thing, track, plan):
                yield fact.learned_at, values(thing, track, plan)


@given(st.data(), books())
def test_the_history_of_a_field_is_who_set_what(data: st.DataObject, entries: list[Entry]) -> None:
    """Invariant 8: blame the wrong entry and the wrong person answers for a slipped date."""
    index, at = indexed(entries), data.draw(points(entries))
    thing = data.draw(st.sampled_from(everything(index)))
    track = data.draw(st.sampled_from(list(READERS[thing[0]])))
    told = history_of(index, Field(thing, track), at)
    set_by = [
        (entry.position, change.before, change.after)
        for entry in in_force(told)
        for change in entry.changes
    ]
    assert [(position, after) for position, _, after in set_by] == list(
        setters(index, at, thing, track)
    )
    found = [before for _, before, _ in set_by]
    left = [after for _, _, after in set_by]
    assert found == [None, *left][: len(found)]
    assert (left[-1] if left else None) == values(thing, track, state(index, at))


@given(st.data(), books())
def test_the_history_of_a_thing_replays_to_the_thing(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """Invariant 8, for whole things: KPIs with their targets and readings too."""
    index, at = indexed(entries), data.draw(points(entries))
    here = state(index, at)
    for thing in everything(index):
        told = in_force(history_of(index, Field(thing), at))
        plan = None if thing[0] is Kind.PLAN else EMPTY
        replayed = patch(plan, (change for entry in told for change in entry.changes))
        expected = bare(here) if thing[0] is Kind.PLAN and here else read(here, thing)
        assert read(replayed, thing) == expected


@given(st.data(), books())
def test_the_history_of_one_track_is_what_the_whole_tells_of_it(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """A reader who narrows the question must be told the same; of targets and readings too."""
    index, at = indexed(entries), data.draw(points(entries))
    for thing in everything(index):
        whole = history_of(index, Field(thing), at)
        for track in TRACKS[thing[0]]:
            told = history_of(index, Field(thing, track), at)
            by_whole = [
                (entry.position, change)
                for entry in whole
                for change in entry.changes
                if change.track is track
            ]
            by_track = [(entry.position, change) for entry in told for change in entry.changes]
            came_to_be = {ChangeClass.ADDED, ChangeClass.REMOVED, ChangeClass.RATED}
            if track not in SPANS:
                by_track = [each for each in by_track if each[1].what not in came_to_be]
            assert by_whole == by_track


def touching(index: Index, thing: Thing, at: At) -> Iterator[int]:
    """Give the entries known at a point that touch a thing in any of the versions known there."""
    record = index.history.record
    for fact in record.facts:
        if not is_amendment(fact):
            chain = [fact, *record.amended.get(fact.position, [])[1:]]
            known = [version for version in chain if version.position <= at.position]
            if any(touch.thing == thing for event in said(known) for touch in touches(event)):
                yield from (version.position for version in known)


@given(st.data(), books())
def test_every_entry_is_told_once_and_as_it_stands(
    data: st.DataObject, entries: list[Entry]
) -> None:
    """An entry that was corrected or voided stays readable, and says by what."""
    index, at = indexed(entries), data.draw(points(entries))
    record = index.history.record
    standing = record.standing(at.position)
    for thing in everything(index):
        told = history_of(index, Field(thing), at)
        positions = [entry.position for entry in told]
        assert positions == sorted(set(positions))
        assert all(position <= at.position for position in positions)
        assert set(positions) == set(touching(index, thing, at))
        for entry in told:
            fact = record.at(entry.position)
            assert fact is not None
            if entry.standing is not EntryStanding.STANDS:
                assert entry.changes == ()
            if is_amendment(fact):
                assert entry.late_days == 0
                assert entry.about is not None
                continue
            stands = standing.get(fact.position, fact)
            assert (entry.standing is EntryStanding.VOID) == (stands is None)
            corrected = stands is not None and stands is not fact
            assert (entry.standing is EntryStanding.CORRECTED) == corrected
            if corrected and stands is not None:
                assert entry.by == stands.learned_at


@given(st.data(), books())
def test_inside_tells_all_that_the_parts_tell(data: st.DataObject, entries: list[Entry]) -> None:
    """The history of an area is that of its actions and milestones, and nothing twice."""
    index, at = indexed(entries), data.draw(points(entries))
    whole = history_of(index, Field((Kind.AREA, "a1")), at, inside=True)
    positions = [entry.position for entry in whole]
    assert positions == sorted(set(positions))
    plan = index.history.state(at.position)
    under = [(Kind.AREA, "a1")] + [
        (Kind.ACTION, action.id)
        for action in (plan.actions.values() if plan else ())
        if action.area == "a1"
    ]
    for thing in under:
        parts = history_of(index, Field(thing), at)
        assert {entry.position for entry in parts} <= set(positions)
