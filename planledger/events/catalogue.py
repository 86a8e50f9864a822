"""Every event there is, by its stored name."""

from typing import get_args

from planledger.events.base import Event
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.milestone import MilestoneAgreed, MilestoneProposed
from planledger.events.party import (
    LeadAssigned,
    LeadReassigned,
    PartyAliased,
    PartyRegistered,
    PartyRenamed,
)
from planledger.events.plan import DocumentImported, PlanDrafted
from planledger.events.query import QueryRaised, QueryResolved
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import ForumEstablished, ReviewClosed, ReviewOpened
from planledger.events.structure import (
    ActionAdded,
    AreaAdded,
    ItemRenumbered,
    ItemWithdrawn,
    PlaceholderResolved,
    StatementAdded,
    WordingChanged,
)
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)

PlanEvent = (
    PlanDrafted
    | DocumentImported
    | AreaAdded
    | StatementAdded
    | ActionAdded
    | ItemRenumbered
    | WordingChanged
    | PlaceholderResolved
    | ItemWithdrawn
    | MilestoneProposed
    | MilestoneAgreed
    | TargetDateDeferred
    | TargetDateSet
    | TargetDateMoved
    | RecurrenceSet
    | PartyRegistered
    | PartyRenamed
    | PartyAliased
    | LeadAssigned
    | LeadReassigned
    | KpiDefined
    | KpiTargetSet
    | KpiReadingRecorded
    | KpiReadingRevised
    | ForumEstablished
    | ReviewOpened
    | ReviewClosed
    | CrossReferenceRecorded
    | QueryRaised
    | QueryResolved
)

EVENT_TYPES: tuple[type[Event], ...] = get_args(PlanEvent)


def stored_name(event: type[Event]) -> str:
    """Give the name and version an event is stored under, such as "milestone-agreed.v1"."""
    return str(event.__struct_config__.tag)
