"""Every event that tells of the plan or the world, as against the record itself."""

from planledger.events.evidence import EvidenceRegistered, EvidenceWithdrawn
from planledger.events.inspection import InspectionReportReceived
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.milestone import (
    MilestoneAgreed,
    MilestoneProgressReported,
    MilestoneProposed,
    MilestoneReopened,
    MilestoneReportedComplete,
    MilestoneSignedOff,
    MilestoneSignOffRefused,
)
from planledger.events.party import (
    LeadAssigned,
    LeadReassigned,
    PartyAliased,
    PartyRegistered,
    PartyRenamed,
)
from planledger.events.plan import (
    DocumentImported,
    PlanApproved,
    PlanBaselined,
    PlanClosed,
    PlanDrafted,
    PlanSubmitted,
    PlanVersionIssued,
)
from planledger.events.query import QueryRaised, QueryResolved
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import (
    ChallengeAnswered,
    ChallengeRaised,
    ForumEstablished,
    RatingGiven,
    RatingKeyAdopted,
    ReviewClosed,
    ReviewOpened,
)
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

WorldEvent = (
    PlanDrafted
    | DocumentImported
    | PlanVersionIssued
    | PlanApproved
    | PlanSubmitted
    | PlanBaselined
    | PlanClosed
    | InspectionReportReceived
    | AreaAdded
    | StatementAdded
    | ActionAdded
    | ItemRenumbered
    | WordingChanged
    | PlaceholderResolved
    | ItemWithdrawn
    | MilestoneProposed
    | MilestoneAgreed
    | MilestoneProgressReported
    | MilestoneReportedComplete
    | MilestoneSignedOff
    | MilestoneSignOffRefused
    | MilestoneReopened
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
    | RatingKeyAdopted
    | RatingGiven
    | ChallengeRaised
    | ChallengeAnswered
    | EvidenceRegistered
    | EvidenceWithdrawn
    | CrossReferenceRecorded
    | QueryRaised
    | QueryResolved
)
