"""Areas as they are shown."""

from datetime import date

from planledger.events.values import Source
from planledger.projections.view.action import ActionView
from planledger.projections.view.base import View
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.item import WithdrawalView
from planledger.projections.view.rating import RatingView
from planledger.projections.view.statement import StatementView


class AreaView(View, frozen=True, kw_only=True, gc=False):
    """An area with its statements and actions."""

    id: str
    ref: str
    number: str
    ordinal: int
    title: str
    former_refs: tuple[str, ...]
    former_numbers: tuple[str, ...]
    objectives: tuple[StatementView, ...]
    outcomes: tuple[StatementView, ...]
    measures: tuple[StatementView, ...]
    actions: tuple[ActionView, ...]
    rating: RatingView | None
    ratings: tuple[RatingView, ...]
    evidence: tuple[EvidenceView, ...]
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None
