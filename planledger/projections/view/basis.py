"""What an answer was read from."""

from datetime import date, datetime

from planledger.projections.view.base import View


class Basis(View, frozen=True, kw_only=True, gc=False):
    """What an answer was read from."""

    position: int
    """Everything up to here was known; 0 in an empty ledger."""
    recorded_at: datetime | None
    """When the commit at that position was recorded; None in an empty ledger."""
    review: str | None
    """The review asked for, "plan/review", if one was."""
    effective_on: date
    """Everything effective by this day counted."""
    final: bool
    """Whether the same question will be given the same answer for ever."""
