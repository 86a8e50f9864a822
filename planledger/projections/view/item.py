"""What items of every kind show alike."""

from datetime import date

from planledger.projections.view.base import View


class WithdrawalView(View, frozen=True, kw_only=True, gc=False):
    """That an item is no longer in the plan."""

    on: date
    replaced_by: tuple[str, ...]
    """Refs of what took its place."""
