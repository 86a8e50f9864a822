"""How far a milestone has been delivered, as values: claims, and what came of each.

A rating is something else (a judgement at a review), and so is timeliness (derived for a day).
"""

from datetime import date
from enum import Enum

from msgspec import Struct

from planledger.events.dates import PartialDate
from planledger.events.values import Personal, ReopenTrigger, SignOffLevel


class Delivery(Enum):
    """The delivery track of a milestone (design page 2.2)."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    REPORTED_COMPLETE = "reported-complete"
    SIGNED_OFF = "signed-off"
    ASSURED = "assured"


CLAIMED = frozenset((Delivery.REPORTED_COMPLETE, Delivery.SIGNED_OFF, Delivery.ASSURED))
"""Where a claim stands that it is complete."""
ACCEPTED = frozenset((Delivery.SIGNED_OFF, Delivery.ASSURED))
"""Where such a claim was accepted."""


class _Value(Struct, frozen=True, kw_only=True, gc=False):
    """A frozen value without cycles."""


class SignOff(_Value, frozen=True, kw_only=True, gc=False):
    """That somebody accepted a claim, and on what."""

    level: SignOffLevel
    on: date
    at: int
    """Position of its entry."""
    signer: str | None
    account: str
    evidence: tuple[str, ...]
    waiver: Personal | None


class SignOffRefusal(_Value, frozen=True, kw_only=True, gc=False):
    """That a claim was not accepted."""

    on: date
    at: int
    missing: Personal


class Reopening(_Value, frozen=True, kw_only=True, gc=False):
    """That what was signed off turned out not to be complete."""

    on: date
    at: int
    trigger: ReopenTrigger


class Completion(_Value, frozen=True, kw_only=True, gc=False):
    """One claim that a milestone is reached, and everything that came of it."""

    occurrence: PartialDate | None
    """Which time of a recurring milestone; None for one that is due once."""
    achieved_on: PartialDate
    on: date
    """The effective day of the claim."""
    at: int
    """Position of its entry."""
    reporter: str | None
    account: str
    summary: Personal | None
    evidence: tuple[str, ...]
    sign_offs: tuple[SignOff, ...] = ()
    refused: SignOffRefusal | None = None
    reopened: Reopening | None = None

    @property
    def stands(self) -> bool:
        """Whether the claim was neither refused nor taken back."""
        return self.refused is None and self.reopened is None


def standing_claim(
    completions: tuple[Completion, ...], occurrence: PartialDate | None
) -> Completion | None:
    """Give the claim that stands for an occurrence, None being the only one, if one does."""
    for claim in reversed(completions):
        if claim.occurrence == occurrence and claim.stands:
            return claim
    return None
