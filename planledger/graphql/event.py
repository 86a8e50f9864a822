"""The entries of the ledger: an interface, and a type of the same name for every event.

The types are made from the events themselves, so that what is stored and what is shown have one
name and one description, and a new event is in the schema as soon as it is in the catalogue.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from inspect import getdoc  # dedents, as Python itself does only from 3.13 on
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

import strawberry
from msgspec import Meta
from msgspec.structs import replace

from planledger.events import target_dates, values
from planledger.events.base import Event
from planledger.events.catalogue import EVENT_TYPES, WORLD_EVENT_TYPES, stored_name
from planledger.events.catalogue import PlanEvent as PlanEventValue
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.envelope import Entry
from planledger.events.record import EntryCorrected
from planledger.events.values import Personal
from planledger.graphql.common import (
    Author,
    Authority,
    Period,
    RatingMeaning,
    Source,
    described,
)
from planledger.graphql.node import Node
from planledger.graphql.scalars import EdtfDate, PlanRef, Position
from planledger.graphql.target_date import TargetDate
from planledger.graphql.things import NamedThing, things_about
from planledger.projections.view import show_target_date

_TARGET_DATES = frozenset(get_args(target_dates.TargetDate))
_PARTIAL_DATES = frozenset((Year, Quarter, Month, Day))
_WORLD_EVENTS = frozenset(WORLD_EVENT_TYPES)
_SHOWN: dict[Any, tuple[Any, Callable[[Any], Any] | None]] = {
    values.Period: (Period, None),
    tuple[str, ...]: (list[str], list),
    tuple[Personal, ...]: (list[Personal], list),
    tuple[values.RatingMeaning, ...]: (list[RatingMeaning], list),
}
_NAMING: dict[str, Any] = {"entry": Position, "successor": PlanRef}
"""Fields that name another entry, by its position, or another plan."""
SHOWN_AS = {"version": "plan_version"}
"""Fields that go by another name here, since every entry has one of this name."""


def _of_envelope(name: str, returns: object, description: str) -> Any:  # noqa: ANN401
    def resolve(root: Entry) -> Any:  # noqa: ANN401
        return getattr(root.envelope, name)

    resolve.__annotations__["return"] = returns
    return strawberry.field(resolver=resolve, description=description)


def _id_of(root: Entry) -> strawberry.ID:
    mark = root.mark if isinstance(root, Saying) else ""
    return strawberry.ID(f"PlanEvent:{root.position}{mark}")


@strawberry.interface(description="An entry of the ledger: something that happened to a plan.")
class PlanEvent(Node):
    id: strawberry.ID = strawberry.field(
        resolver=_id_of,
        description='Global id of the entry, the same at every point: "PlanEvent:12". What is said '
        'in place of an entry has another: "PlanEvent:12/event" is what the correction at 12 says '
        'there, "PlanEvent:5@12" is the entry at 5 as it stands once 12 is recorded.',
    )
    position: Position = described("Its place in the whole ledger.")
    recorded_at: datetime = described("When the ledger learned it; one moment a commit.")
    plan: PlanRef = described("The plan's ref.")
    version: int = described("Its place among the plan's entries, from 1.")
    effective_on: date = described("The civil day on which it is true in the world.")
    type: str = strawberry.field(
        resolver=lambda root: stored_name(type(root.event)),
        description="The name and version it is stored under, such as milestone-agreed.v1.",
        graphql_type=str,
    )
    about: list[NamedThing] = strawberry.field(
        resolver=things_about,
        description="What it is about, under the names these go by now; of a correction or void, "
        "what the entry is about that it puts right.",
        graphql_type=list[NamedThing],
    )
    author: Author = _of_envelope("author", Author, "Who recorded it.")
    reason: Personal | None = _of_envelope("reason", Personal | None, "Why, if it was stated.")
    authority: Authority | None = _of_envelope(
        "authority", Authority | None, "By what right, if it was stated."
    )
    source: Source | None = _of_envelope(
        "source", Source | None, "Where a document states it, if it was read from one."
    )
    command_id: strawberry.ID = _of_envelope(
        "command_id", strawberry.ID, "The command that recorded it."
    )
    correlation_id: str | None = _of_envelope(
        "correlation_id", str | None, "The piece of work it belongs to, if one was named."
    )


class Saying(Entry, frozen=True, gc=False):
    """An entry as it would be if it had said something else; `mark` tells it from others."""

    mark: str


def saying(entry: Entry, event: PlanEventValue, on: date, mark: str) -> Saying:
    """Give an entry as it would be if it had said something else, effective on a day."""
    return Saying(
        position=entry.position,
        recorded_us=entry.recorded_us,
        plan=entry.plan,
        version=entry.version,
        envelope=replace(entry.envelope, event=event, effective_on=on),
        mark=mark,
    )


def replaced(entry: Entry) -> Saying | None:
    """Give what a correction puts in the place of what was wrong; None for another entry."""
    if not isinstance(entry.event, EntryCorrected):
        return None
    return saying(entry, entry.event.event, entry.effective_on, "/event")


def _event_type(event: type[Event]) -> type:
    hints = get_type_hints(event, include_extras=True)
    fields = {
        SHOWN_AS.get(name, name): _payload(name, hints[name]) for name in event.__struct_fields__
    }
    made = type(event.__name__, (PlanEvent,), {**fields, "__annotations__": {}})
    return strawberry.type(made, description=getdoc(event))


def _payload(name: str, hint: Any) -> Any:  # noqa: ANN401 - what typing makes of annotations
    description = None
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        description = next(meta.description for meta in extras if isinstance(meta, Meta))
    shown, convert = _shown(hint)
    if name in _NAMING:
        shown = _NAMING[name] | None if NoneType in get_args(hint) else _NAMING[name]
    whole = shown is PlanEvent

    def resolve(root: Entry) -> Any:  # noqa: ANN401
        value = getattr(root.envelope.event, name)
        if whole:
            return replaced(root)
        return value if convert is None or value is None else convert(value)

    resolve.__annotations__["return"] = shown
    return strawberry.field(resolver=resolve, description=description)


def _shown(hint: Any) -> tuple[Any, Callable[[Any], Any] | None]:  # noqa: ANN401
    """Give the schema's type for a stored field, and how its values are turned into it."""
    members = set(get_args(hint)) if get_origin(hint) in {Union, UnionType} else {hint}
    shown, convert = _SHOWN.get(hint, (hint, None))
    if members - {NoneType} == _PARTIAL_DATES:
        shown = EdtfDate
    elif members - {NoneType} <= _TARGET_DATES:
        shown, convert = TargetDate, show_target_date
    elif members == _WORLD_EVENTS:
        shown = PlanEvent
    elif len(members) > 1:
        (only,) = members - {NoneType}
        shown, convert = _shown(only)
    return (shown | None if NoneType in members else shown), convert


EVENTS = [_event_type(event) for event in EVENT_TYPES]

_NAMES = {event: stored_name(event).partition(".")[0] for event in EVENT_TYPES}

if TYPE_CHECKING:

    class EventType(Enum):
        """What can happen to a plan; the value is the event's class."""

else:
    EventType = Enum(
        "EventType", {name.replace("-", "_").upper(): event for event, name in _NAMES.items()}
    )
strawberry.enum(EventType, description="What can happen to a plan; each has a type of its name.")
for _value in EventType.__strawberry_definition__.values:  # type: ignore[attr-defined]
    _value.description = getdoc(_value.value)
