"""Actions as they are shown."""

from datetime import date

from planledger.events.values import Source
from planledger.projections.view.base import View
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.item import WithdrawalView
from planledger.projections.view.milestone import MilestoneView
from planledger.projections.view.party import PartyView
from planledger.projections.view.rating import RatingView


class ActionView(View, frozen=True, kw_only=True, gc=False):
    """An action with its milestones."""

    id: str
    ref: str
    text: str
    placeholder: bool
    replaced_by: tuple[str, ...]
    former_refs: tuple[str, ...]
    leads: tuple[PartyView, ...]
    lead_to_be_confirmed: str | None
    """As printed; None where somebody leads it, or nobody is awaited."""
    milestones: tuple[MilestoneView, ...]
    rating: RatingView | None
    ratings: tuple[RatingView, ...]
    evidence: tuple[EvidenceView, ...]
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None
