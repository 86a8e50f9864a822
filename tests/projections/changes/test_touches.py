"""What each event touches: held against what the fold makes of it."""

from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.events.base import Event
from planledger.events.catalogue import WORLD_EVENT_TYPES
from planledger.events.envelope import Entry
from planledger.events.world import WorldEvent
from planledger.projections.changes.compare import compare
from planledger.projections.changes.index import said
from planledger.projections.changes.shapes import Kind
from planledger.projections.changes.touches import _TABLE, DRAFTING, Touch, touches
from planledger.projections.changes.tracks import MAPS, TRACKS
from tests.projections.changes.books import EVENTS, books, events
from tests.support.books import START, Book
from tests.support.event_strategies import FEW_NAMES
from tests.support.event_strategies import events as any_events


def kinds_of_things() -> dict[Kind, type[Struct]]:
    """Give the struct that each map of a plan holds."""
    hints = get_type_hints(Plan)
    held = {kind: get_args(hints[field])[1] for kind, field in MAPS.items()}
    return {
        kind: thing
        for kind, thing in held.items()
        if isinstance(thing, type) and issubclass(thing, Struct)
    }


def test_every_map_of_a_plan_holds_a_kind_of_thing() -> None:
    """A map without a kind would change without anybody being told."""
    hints = get_type_hints(Plan)
    maps = {field for field in Plan.__struct_fields__ if "Map[" in str(hints[field])}
    assert maps == set(MAPS.values())
    assert set(MAPS) | {Kind.PLAN} == set(Kind) == set(TRACKS)


@pytest.mark.parametrize(("kind", "struct"), kinds_of_things().items())
def test_the_tracks_of_a_thing_cover_each_of_its_fields_once(
    kind: Kind, struct: type[Struct]
) -> None:
    """A field in no track could change unseen; one in two would be told twice."""
    ids = {"item", "review"} if kind is Kind.RATING else {"id"}
    covered = [field for fields in TRACKS[kind].values() for field in fields]
    assert sorted(covered) == sorted(set(struct.__struct_fields__) - ids)


def test_the_tracks_of_the_plan_cover_each_of_its_own_fields_once() -> None:
    """The plan is a thing too."""
    covered = [field for fields in TRACKS[Kind.PLAN].values() for field in fields]
    assert sorted(covered) == sorted(set(Plan.__struct_fields__) - set(MAPS.values()) - {"ref"})


def test_the_table_has_every_event_about_the_world() -> None:
    """An event that is missing would stop every diff that meets it."""
    assert set(_TABLE) == set(WORLD_EVENT_TYPES)


@pytest.mark.parametrize("kind", WORLD_EVENT_TYPES)
@given(data=st.data())
def test_every_event_touches_something(kind: type[Event], data: st.DataObject) -> None:
    """An event that touches nothing would be in no history."""
    assert touches(data.draw(EVENTS[kind]))


def holds(plan: Plan | None, event: WorldEvent, book: Book) -> None:
    """Check that an event changes only what it says it touches."""
    touched = touches(event)
    whole = {touch.thing for touch in touched if touch.track is None}
    after = evolve(plan, book.write(event))
    for change in compare(plan, after):
        touch = Touch(change.kind, change.id, change.track, change.span)
        assert DRAFTING in touched or touch in touched or touch.thing in whole
        if change.track is None:
            assert DRAFTING in touched or touch.thing in whole


@given(books(), st.lists(events, max_size=5))
def test_an_event_changes_only_what_it_touches(
    entries: list[Entry], more: list[WorldEvent]
) -> None:
    """A track changed by an event that does not say so would be without a cause, or a wrong one."""
    book = Book()
    plan: Plan | None = None
    for event in (*said(entries), *more):
        holds(plan, event, book)
        plan = evolve(plan, book.entries[-1])


@given(st.lists(any_events(FEW_NAMES), max_size=30))
def test_an_event_of_any_content_changes_only_what_it_touches(found: list[Event]) -> None:
    """Also where names are used for several things at once, which no rule would let through."""
    book = Book()
    plan = evolve(None, book.entries[0])
    for event in found:
        if type(event) in WORLD_EVENT_TYPES:
            holds(plan, event, book)  # type: ignore[arg-type]
            plan = evolve(plan, book.entries[-1])
    assert plan is not None
    assert plan.drafted_on == START
