"""A plan as it is shown."""

from datetime import date

from planledger.events.values import Personal
from planledger.projections.view.area import AreaView
from planledger.projections.view.base import View
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.inspection import InspectionView
from planledger.projections.view.kpi import KpiView
from planledger.projections.view.milestone import MilestoneView
from planledger.projections.view.party import PartyView
from planledger.projections.view.query import QueryView
from planledger.projections.view.rating import RatingKeyView
from planledger.projections.view.reference import ReferenceView
from planledger.projections.view.review import ChallengeView, ForumView, ReviewView
from planledger.projections.view.version import BaselineView, VersionView


class TotalsView(View, frozen=True, kw_only=True, gc=False):
    """Counts over what is in the plan at this point; what is withdrawn does not count.

    `not_started` to `assured` count milestones by delivery: each counts its own state only.
    """

    areas: int
    objectives: int
    outcomes: int
    measures: int
    actions: int
    placeholder_actions: int
    actions_without_lead: int
    milestones: int
    stated_milestones: int
    agreed_milestones: int
    one_off: int
    to_be_confirmed: int
    recurring: int
    not_stated: int
    overdue: int
    not_started: int
    in_progress: int
    on_hold: int
    reported_complete: int
    signed_off: int
    assured: int
    open_queries: int


class ClosingView(View, frozen=True, kw_only=True, gc=False):
    """That the plan came to its end."""

    on: date
    position: int
    outcome: Personal
    successor: str | None


class PlanView(View, frozen=True, kw_only=True, gc=False):
    """A plan at one point."""

    id: str
    ref: str
    title: str
    drafted_on: date
    documents: tuple[str, ...]
    introduction: tuple[Personal, ...]
    """What stands before the first area of these, a text a paragraph."""
    totals: TotalsView
    areas: tuple[AreaView, ...]
    milestones: tuple[MilestoneView, ...]
    """Every milestone, in the order of the plan."""
    parties: tuple[PartyView, ...]
    kpis: tuple[KpiView, ...]
    forums: tuple[ForumView, ...]
    reviews: tuple[ReviewView, ...]
    rating_keys: tuple[RatingKeyView, ...]
    """Every version of every key, by key and version."""
    challenges: tuple[ChallengeView, ...]
    """In the order in which they were raised."""
    evidence: tuple[EvidenceView, ...]
    """In the order in which it was registered."""
    references: tuple[ReferenceView, ...]
    queries: tuple[QueryView, ...]
    versions: tuple[VersionView, ...]
    """In the order in which they were issued."""
    baselines: tuple[BaselineView, ...]
    inspections: tuple[InspectionView, ...]
    """By the day they were received."""
    closed: ClosingView | None
