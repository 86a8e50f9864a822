"""Which tracks of which things an event touches: what indexes and causes are made from.

A test holds the table against the fold: applied to any plan, an event changes nothing else.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from planledger.domain.plan import Span, span
from planledger.events import (
    evidence,
    kpi,
    milestone,
    party,
    plan,
    query,
    reference,
    review,
    structure,
    target_date,
)
from planledger.events.base import Event
from planledger.events.inspection import InspectionReportReceived
from planledger.projections.changes.shapes import ITEM_KINDS, THE_PLAN, Id, Kind, Thing, Track


class Touch(NamedTuple):
    """A track of a thing; without a track, the thing as a whole, which comes to be."""

    kind: Kind
    id: Id
    track: Track | None = None
    span: Span | None = None

    @property
    def thing(self) -> Thing:
        """The thing without its track."""
        return (self.kind, self.id)


Touches = tuple[Touch, ...]

DRAFTING = Touch(*THE_PLAN)
"""The plan as a whole comes to be; nothing before counts."""


def touches(event: Event) -> Touches:
    """Give the tracks that an event about the world touches.

    An event that names an item without its kind is given for every kind that it may be.
    """
    return _TABLE[type(event)](event)


def _whole(kind: Kind, field: str, event: Any) -> Touches:  # noqa: ANN401 - any event with the field
    return (Touch(kind, getattr(event, field)),)


def _tracks(kind: Kind, field: str, tracks: tuple[Track, ...], event: Any) -> Touches:  # noqa: ANN401
    name = getattr(event, field)
    return tuple(Touch(kind, name, track) for track in tracks)


def _of_items(kinds: tuple[Kind, ...], track: Track, event: Any) -> Touches:  # noqa: ANN401
    return tuple(Touch(kind, event.item, track) for kind in kinds)


def _of_plan(track: Track, _: Event) -> Touches:
    return (Touch(*THE_PLAN, track),)


def _of_span(track: Track, event: Any) -> Touches:  # noqa: ANN401 - any event with a period
    return (Touch(Kind.KPI, event.kpi, track, span(event.period)),)


def _rated(event: review.RatingGiven) -> Touches:
    return (Touch(Kind.RATING, (event.item, event.review)),)


def _drafted(_: Event) -> Touches:
    return (DRAFTING,)


def _milestone(*tracks: Track) -> Callable[[Any], Touches]:
    return partial(_tracks, Kind.MILESTONE, "milestone", tracks)


_TABLE: Mapping[type[Event], Callable[[Any], Touches]] = {
    plan.PlanDrafted: _drafted,
    plan.DocumentImported: partial(_of_plan, Track.DOCUMENTS),
    plan.PlanVersionIssued: partial(_whole, Kind.VERSION, "version"),
    plan.PlanApproved: partial(_tracks, Kind.VERSION, "version", (Track.APPROVALS,)),
    plan.PlanSubmitted: partial(_tracks, Kind.VERSION, "version", (Track.SUBMISSIONS,)),
    plan.PlanBaselined: partial(_whole, Kind.BASELINE, "baseline"),
    plan.PlanClosed: partial(_of_plan, Track.CLOSING),
    InspectionReportReceived: partial(_whole, Kind.INSPECTION, "inspection"),
    structure.AreaAdded: partial(_whole, Kind.AREA, "area"),
    structure.StatementAdded: partial(_whole, Kind.STATEMENT, "statement"),
    structure.ActionAdded: partial(_whole, Kind.ACTION, "action"),
    structure.ItemRenumbered: partial(_of_items, (Kind.AREA, Kind.ACTION), Track.REF),
    structure.WordingChanged: partial(_of_items, ITEM_KINDS, Track.WORDING),
    structure.PlaceholderResolved: partial(_tracks, Kind.ACTION, "action", (Track.PLACEHOLDER,)),
    structure.ItemWithdrawn: partial(_of_items, ITEM_KINDS, Track.WITHDRAWAL),
    milestone.MilestoneProposed: partial(_whole, Kind.MILESTONE, "milestone"),
    milestone.MilestoneAgreed: _milestone(Track.AGREEMENT),
    milestone.MilestoneProgressReported: _milestone(Track.DELIVERY, Track.PROGRESS),
    milestone.MilestoneReportedComplete: _milestone(Track.DELIVERY),
    milestone.MilestoneSignedOff: _milestone(Track.DELIVERY),
    milestone.MilestoneSignOffRefused: _milestone(Track.DELIVERY),
    milestone.MilestoneReopened: _milestone(Track.DELIVERY),
    target_date.TargetDateDeferred: _milestone(Track.TARGET_DATE),
    target_date.TargetDateSet: _milestone(Track.TARGET_DATE),
    target_date.TargetDateMoved: _milestone(Track.TARGET_DATE),
    target_date.RecurrenceSet: _milestone(Track.TARGET_DATE),
    party.PartyRegistered: partial(_whole, Kind.PARTY, "party"),
    party.PartyRenamed: partial(_tracks, Kind.PARTY, "party", (Track.NAME,)),
    party.PartyAliased: partial(_tracks, Kind.PARTY, "party", (Track.NAME,)),
    party.LeadAssigned: partial(_of_items, (Kind.ACTION, Kind.MILESTONE), Track.LEAD),
    party.LeadReassigned: partial(_of_items, (Kind.ACTION, Kind.MILESTONE), Track.LEAD),
    kpi.KpiDefined: partial(_whole, Kind.KPI, "kpi"),
    kpi.KpiTargetSet: partial(_of_span, Track.TARGETS),
    kpi.KpiReadingRecorded: partial(_of_span, Track.READINGS),
    kpi.KpiReadingRevised: partial(_of_span, Track.READINGS),
    review.ForumEstablished: partial(_whole, Kind.FORUM, "forum"),
    review.ReviewOpened: partial(_whole, Kind.REVIEW, "review"),
    review.ReviewClosed: partial(_tracks, Kind.REVIEW, "review", (Track.CLOSING,)),
    review.RatingKeyAdopted: partial(_whole, Kind.RATING_KEY, "key"),
    review.RatingGiven: _rated,
    review.ChallengeRaised: partial(_whole, Kind.CHALLENGE, "challenge"),
    review.ChallengeAnswered: partial(_tracks, Kind.CHALLENGE, "challenge", (Track.ANSWER,)),
    evidence.EvidenceRegistered: partial(_whole, Kind.EVIDENCE, "evidence"),
    evidence.EvidenceWithdrawn: partial(_tracks, Kind.EVIDENCE, "evidence", (Track.WITHDRAWAL,)),
    reference.CrossReferenceRecorded: partial(_whole, Kind.REFERENCE, "reference"),
    query.QueryRaised: partial(_whole, Kind.QUERY, "query"),
    query.QueryResolved: partial(_tracks, Kind.QUERY, "query", (Track.RESOLUTION,)),
}
