"""Milestones as they are shown, with all that was claimed of them."""

from datetime import date

from planledger.domain.delivery import Delivery
from planledger.events.dates import PartialDate
from planledger.events.values import (
    Definition,
    Personal,
    ReopenTrigger,
    SignOffLevel,
    Source,
)
from planledger.projections.timing import Slippage, Timeliness
from planledger.projections.view.base import View
from planledger.projections.view.evidence import EvidenceView
from planledger.projections.view.item import WithdrawalView
from planledger.projections.view.party import PartyView
from planledger.projections.view.rating import RatingView
from planledger.projections.view.target_date import TargetDateView


class SignOffView(View, frozen=True, kw_only=True, gc=False):
    """That somebody accepted a claim, and on what."""

    position: int
    level: SignOffLevel
    on: date
    signer: PartyView | None
    evidence: tuple[EvidenceView, ...]
    waiver: Personal | None
    """Why it was accepted without evidence, if it was."""


class SignOffRefusalView(View, frozen=True, kw_only=True, gc=False):
    """That a claim was not accepted."""

    position: int
    on: date
    missing: Personal


class ReopeningView(View, frozen=True, kw_only=True, gc=False):
    """That what was signed off turned out not to be complete."""

    position: int
    on: date
    trigger: ReopenTrigger


class CompletionView(View, frozen=True, kw_only=True, gc=False):
    """One claim that a milestone is reached, and everything that came of it."""

    position: int
    reported_on: date
    """The effective day of the claim."""
    occurrence: PartialDate | None
    """Which time of a recurring milestone."""
    achieved_on: PartialDate
    reporter: PartyView | None
    summary: Personal | None
    evidence: tuple[EvidenceView, ...]
    sign_offs: tuple[SignOffView, ...]
    refused: SignOffRefusalView | None
    reopened: ReopeningView | None
    stands: bool
    """Whether the claim was neither refused nor taken back."""


class MilestoneView(View, frozen=True, kw_only=True, gc=False):
    """A milestone with its five tracks: definition, target date, delivery, timeliness, rating."""

    id: str
    ref: str
    ordinal: int
    text: str
    definition: Definition
    agreed_on: date | None
    target_date: TargetDateView
    original_target_date: TargetDateView | None
    due_by: date | None
    """See `timing.due_by`; None too for what is withdrawn."""
    timeliness: Timeliness | None
    """None for what is withdrawn."""
    slippage: Slippage | None
    """Against the original date."""
    shares_date_with: tuple[str, ...]
    leads: tuple[PartyView, ...]
    leads_inherited: bool
    lead_to_be_confirmed: str | None
    """What its action has there, where it inherits that."""
    delivery: Delivery
    forecast: PartialDate | None
    """When it was last expected to be done; says nothing of when it is due."""
    narrative: Personal | None
    progress_on: date | None
    """The day of the last report of progress."""
    completions: tuple[CompletionView, ...]
    """Every claim, the oldest first."""
    rating: RatingView | None
    """That of the last review, by cut-off."""
    ratings: tuple[RatingView, ...]
    """Those of every review, by cut-off."""
    evidence: tuple[EvidenceView, ...]
    """What was registered for it, withdrawn since or not."""
    depends_on: tuple[str, ...]
    """Refs of the items that it, or its action, cannot be done before."""
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None
