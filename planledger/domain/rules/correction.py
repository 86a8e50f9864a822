"""What a correction leaves as it was recorded, and what it has the ledger work out anew.

A correction has an entry say what it should have said of the same thing. What the entry is about,
what the ledger put in itself, and what was in force before it, stay as they were recorded: if
these are wrong, the entry is voided and what happened is recorded.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from planledger.domain.patching import shown_name
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules.inspection import MOST_WORKING_DAYS
from planledger.domain.working_days import working_days_after
from planledger.events import (
    evidence,
    inspection,
    kpi,
    milestone,
    party,
    query,
    reference,
    review,
    structure,
    target_date,
)
from planledger.events import plan as plan_events
from planledger.events.base import Event
from planledger.events.catalogue import PlanEvent, stored_name
from planledger.events.values import Period, blank_problem
from planledger.events.world import WorldEvent

KEPT: Mapping[type[Event], tuple[str, ...]] = {
    plan_events.PlanDrafted: (),
    plan_events.DocumentImported: (
        *("sha256", "reader", "areas", "statements", "actions", "milestones", "queries"),
        "introduction",
    ),
    plan_events.PlanVersionIssued: ("version",),
    plan_events.PlanApproved: ("version",),
    plan_events.PlanSubmitted: ("version",),
    plan_events.PlanBaselined: ("baseline",),
    plan_events.PlanClosed: (),
    inspection.InspectionReportReceived: ("inspection",),
    structure.AreaAdded: ("area", "ordinal"),
    structure.StatementAdded: ("statement", "area", "parent", "kind", "ordinal"),
    structure.ActionAdded: ("action", "area"),
    structure.ItemRenumbered: ("item", "from_ref"),
    structure.WordingChanged: ("item", "from_text"),
    structure.PlaceholderResolved: ("action",),
    structure.ItemWithdrawn: ("item",),
    milestone.MilestoneProposed: ("milestone", "action", "ordinal"),
    milestone.MilestoneAgreed: ("milestone",),
    milestone.MilestoneProgressReported: ("milestone",),
    milestone.MilestoneReportedComplete: ("milestone", "occurrence", "reporter_account"),
    milestone.MilestoneSignedOff: ("milestone", "occurrence", "signer_account"),
    milestone.MilestoneSignOffRefused: ("milestone", "occurrence"),
    milestone.MilestoneReopened: ("milestone", "occurrence"),
    target_date.TargetDateDeferred: ("milestone",),
    target_date.TargetDateSet: ("milestone",),
    target_date.TargetDateMoved: ("milestone", "from_target_date"),
    target_date.RecurrenceSet: ("milestone",),
    party.PartyRegistered: ("party",),
    party.PartyRenamed: ("party",),
    party.PartyAliased: ("party",),
    party.LeadAssigned: ("item",),
    party.LeadReassigned: ("item", "from_parties"),
    kpi.KpiDefined: ("kpi", "definition_version"),
    kpi.KpiTargetSet: ("kpi", "period"),
    kpi.KpiReadingRecorded: ("kpi", "period", "definition_version"),
    kpi.KpiReadingRevised: ("kpi", "period", "definition_version"),
    review.ForumEstablished: ("forum",),
    review.ReviewOpened: ("review", "forum"),
    review.ReviewClosed: ("review",),
    review.RatingKeyAdopted: ("key", "key_version"),
    review.RatingGiven: ("review", "item", "key", "key_version"),
    review.ChallengeRaised: ("challenge", "review"),
    review.ChallengeAnswered: ("challenge",),
    evidence.EvidenceRegistered: ("evidence",),
    evidence.EvidenceWithdrawn: ("evidence",),
    reference.CrossReferenceRecorded: ("reference", "item"),
    query.QueryRaised: ("query",),
    query.QueryResolved: ("query",),
}
"""The fields of every event that no correction changes. Of a period the days stay, not its name."""

_MOVES = (
    ("from_ref", "to_ref"),
    ("from_text", "to_text"),
    ("from_target_date", "to_target_date"),
    ("from_parties", "to_parties"),
)
"""What was so until then, and what has been so since: where both are one, nothing happened."""


def bad_event(now: PlanEvent, event: WorldEvent, position: int) -> Refusal | None:
    """Refuse an event that is not of the same type about the same thing, or says nothing."""
    if type(event) is not type(now):
        return Refusal(
            code=Code.DIFFERENT_EVENT,
            message=f"Entry {position} is {stored_name(type(now))} and cannot be corrected to be "
            f"{stored_name(type(event))}. Void it and record what happened.",
            path="event",
        )
    for field in KEPT[type(now)]:
        if _identity(getattr(now, field)) != _identity(getattr(event, field)):
            return Refusal(
                code=Code.DIFFERENT_EVENT,
                message=f"The {field.replace('_', ' ')} of entry {position} stays as it was "
                "recorded. If that was wrong, void the entry and record what happened.",
                path=path_of(field),
            )
    for before, after in _MOVES:
        if before in KEPT[type(now)] and getattr(event, before) == getattr(event, after):
            return Refusal(
                code=Code.DIFFERENT_EVENT,
                message=f"With this, entry {position} would change nothing. Void it instead.",
                path=path_of(after),
            )
    return next(_blanks(now, event), None)


def derived(now: PlanEvent, event: WorldEvent) -> WorldEvent:
    """Give a corrected event with what the ledger works out of it."""
    match now, event:
        case (inspection.InspectionReportReceived(), inspection.InspectionReportReceived()):
            # Counted once and stored: bank holidays may have been proclaimed since.
            due, counted = now.statement_due_on, (event.received_on, event.working_days)
            countable = 1 <= event.working_days <= MOST_WORKING_DAYS
            if countable and counted != (now.received_on, now.working_days):
                due = working_days_after(*counted)
            return replace(event, statement_due_on=due)
        case (_, evidence.EvidenceRegistered()) if event.sha256 is not None:
            return replace(event, sha256=event.sha256.lower())
        case _:
            return event


def path_of(field: str) -> str:
    """Give the path of a field of the corrected event."""
    return f"event.{shown_name(field)}"


def _identity(value: object) -> object:
    return (value.first, value.last) if isinstance(value, Period) else value


def _blanks(now: PlanEvent, event: WorldEvent) -> Iterator[Refusal]:
    """Find texts left empty that were not: a document may say nothing, a person says something."""
    for field in event.__struct_fields__:
        value = getattr(event, field)
        if value != getattr(now, field) and _is_blank(value):
            yield Refusal(
                code=Code.TEXT_UNUSABLE,
                message=f"The {field.replace('_', ' ')} cannot be empty. Say what it was.",
                path=path_of(field),
            )


def _is_blank(value: object) -> bool:
    match value:
        case str():
            return blank_problem(value) is not None
        case tuple():
            return any(_is_blank(inner) for inner in value)
        case Struct():
            fields = (name for name in value.__struct_fields__ if name != "as_printed")
            return any(_is_blank(getattr(value, name)) for name in fields)
        case _:
            return False
