"""The catalogue: the names events are stored under, and that each says what it means."""

import inspect
import re
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from msgspec import Meta

from planledger.events.base import Event
from planledger.events.catalogue import EVENT_TYPES, PlanEvent, stored_name


def every_event(of: type[Event] = Event) -> set[type[Event]]:
    """Give every event class there is below one, in the catalogue or not."""
    return {found for below in of.__subclasses__() for found in (below, *every_event(below))}


def test_every_event_is_in_the_catalogue() -> None:
    """An event that is left out could be recorded but never read back."""
    assert len(EVENT_TYPES) > 1
    assert set(EVENT_TYPES) == set(get_args(PlanEvent))
    assert every_event() == set(EVENT_TYPES)


def test_no_two_events_share_a_stored_name() -> None:
    """The name alone says which event the bytes hold."""
    names = [stored_name(event) for event in EVENT_TYPES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("event", EVENT_TYPES, ids=stored_name)
def test_an_event_is_stored_under_its_own_name_and_a_version(event: type[Event]) -> None:
    """A class can be found from an entry in a ledger, by whoever reads one by eye."""
    in_words = re.sub(r"(?<!^)(?=[A-Z])", "-", event.__name__).lower()
    assert re.fullmatch(rf"{in_words}\.v[1-9]\d*", stored_name(event))


@pytest.mark.parametrize("event", EVENT_TYPES, ids=stored_name)
def test_an_event_says_what_it_means_and_so_does_each_of_its_fields(event: type[Event]) -> None:
    """Integrators read these in the schema; a name alone leaves them to guess."""
    docstring = inspect.getdoc(event)
    assert docstring
    assert docstring != inspect.getdoc(Event), "It only inherits its docstring."
    hints = get_type_hints(event, include_extras=True)
    undescribed = [
        field
        for field in event.__struct_fields__
        if get_origin(hints[field]) is not Annotated
        or not any(
            isinstance(note, Meta) and note.description for note in hints[field].__metadata__
        )
    ]
    assert undescribed == []


ADDED_LATER = {
    ("document-imported.v1", "introduction"): (),
    ("action-added.v1", "lead_to_be_confirmed"): None,
}
"""Fields that entries from before do not have, and what says that nothing was stated there."""


@pytest.mark.parametrize("event", EVENT_TYPES, ids=stored_name)
def test_an_event_is_a_frozen_fact_without_defaults(event: type[Event]) -> None:
    """A default would claim a fact that nobody stated, for every old entry that lacks it."""
    config = event.__struct_config__
    assert config.frozen
    assert config.forbid_unknown_fields
    for field in inspect.signature(event).parameters.values():
        assert field.kind is field.KEYWORD_ONLY
        assert field.default == ADDED_LATER.get((stored_name(event), field.name), field.empty)


@pytest.mark.parametrize("event", EVENT_TYPES, ids=stored_name)
def test_a_field_added_later_is_left_out_of_the_bytes_where_it_says_nothing(
    event: type[Event],
) -> None:
    """An entry from before must be stored, and proved, as the same bytes as ever."""
    assert event.__struct_config__.omit_defaults
