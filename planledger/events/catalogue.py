"""Every event there is, by its stored name."""

from typing import get_args

from planledger.events.base import Event
from planledger.events.record import RecordEvent
from planledger.events.world import WorldEvent

PlanEvent = WorldEvent | RecordEvent

WORLD_EVENT_TYPES: tuple[type[Event], ...] = get_args(WorldEvent)
RECORD_EVENT_TYPES: tuple[type[Event], ...] = get_args(RecordEvent)
EVENT_TYPES: tuple[type[Event], ...] = (*WORLD_EVENT_TYPES, *RECORD_EVENT_TYPES)


def stored_name(event: type[Event]) -> str:
    """Give the name and version an event is stored under, such as "milestone-agreed.v1"."""
    return str(event.__struct_config__.tag)
