"""A plan as a person sees it at one point: everything named, sorted and derived for its day.

Built once for a point and never changed, so that whoever shows it needs no rules of their own.
Fields that name people are still `Personal` here; see `planledger.answers`. One file a noun; what
makes them is in `building`.
"""

from planledger.projections.suppression import PublicFigureView
from planledger.projections.view.action import ActionView
from planledger.projections.view.area import AreaView
from planledger.projections.view.basis import Basis
from planledger.projections.view.building.ids import global_id, id_within, parts, ref_of
from planledger.projections.view.building.plan import view_plan
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.inspection import InspectionView
from planledger.projections.view.item import WithdrawalView
from planledger.projections.view.kpi import (
    KpiDefinitionView,
    KpiTargetView,
    KpiView,
    ReadingView,
    SeriesPointView,
    VintageView,
)
from planledger.projections.view.milestone import (
    CompletionView,
    MilestoneView,
    ReopeningView,
    SignOffRefusalView,
    SignOffView,
)
from planledger.projections.view.party import PartyView
from planledger.projections.view.plan import ClosingView, PlanView, TotalsView
from planledger.projections.view.query import QueryView
from planledger.projections.view.rating import RatingKeyView, RatingView
from planledger.projections.view.reference import ReferenceView
from planledger.projections.view.review import ChallengeView, ForumView, ReviewView
from planledger.projections.view.statement import StatementView
from planledger.projections.view.target_date import (
    NotStatedView,
    OneOffView,
    OngoingView,
    RecurringView,
    TargetDateView,
    ToBeConfirmedView,
    show_one_off,
    show_target_date,
)
from planledger.projections.view.version import (
    ApprovalView,
    BaselineView,
    SubmissionView,
    VersionView,
)

__all__ = [
    "ActionView",
    "ApprovalView",
    "AreaView",
    "BaselineView",
    "Basis",
    "ChallengeView",
    "ClosingView",
    "CompletionView",
    "EvidenceView",
    "ForumView",
    "InspectionView",
    "KpiDefinitionView",
    "KpiTargetView",
    "KpiView",
    "MilestoneView",
    "NotStatedView",
    "OneOffView",
    "OngoingView",
    "PartyView",
    "PlanView",
    "PublicFigureView",
    "QueryView",
    "RatingKeyView",
    "RatingView",
    "ReadingView",
    "RecurringView",
    "ReferenceView",
    "ReopeningView",
    "ReviewView",
    "SeriesPointView",
    "SignOffRefusalView",
    "SignOffView",
    "StatementView",
    "SubmissionView",
    "TargetDateView",
    "ToBeConfirmedView",
    "TotalsView",
    "VersionView",
    "VintageView",
    "WithdrawalView",
    "global_id",
    "id_within",
    "parts",
    "ref_of",
    "show_one_off",
    "show_target_date",
    "view_plan",
]
