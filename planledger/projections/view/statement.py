"""Objectives, outcomes and measures as they are shown."""

from datetime import date

from planledger.events.values import Source, StatementKind
from planledger.projections.view.base import View
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.item import WithdrawalView
from planledger.projections.view.rating import RatingView


class StatementView(View, frozen=True, kw_only=True, gc=False):
    """A statement with those nested in it."""

    id: str
    ref: str
    kind: StatementKind
    text: str
    children: "tuple[StatementView, ...]"
    rating: RatingView | None
    ratings: tuple[RatingView, ...]
    evidence: tuple[EvidenceView, ...]
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None
