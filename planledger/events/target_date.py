"""What happens to target dates. Names are the storage format.

The first date set is the original and never changes; every later one is a move (design 2.2).
"""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, MilestoneId, SharedWith
from planledger.events.target_dates import Dated, OneOff, Recurring, ToBeConfirmed
from planledger.events.values import ReasonCode


class TargetDateDeferred(Event, frozen=True, kw_only=True, gc=False, tag="target-date-deferred.v1"):
    """The date is to be confirmed."""

    milestone: MilestoneId
    target_date: Annotated[ToBeConfirmed, Meta(description="What is known of the decision due.")]
    shared_with: SharedWith


class TargetDateSet(Event, frozen=True, kw_only=True, gc=False, tag="target-date-set.v1"):
    """A date was set where none was in force. Not slippage."""

    milestone: MilestoneId
    target_date: Annotated[Dated, Meta(description="The date set.")]
    shared_with: SharedWith


class TargetDateMoved(Event, frozen=True, kw_only=True, gc=False, tag="target-date-moved.v1"):
    """A date in force was replaced by another."""

    milestone: MilestoneId
    from_target_date: Annotated[OneOff, Meta(description="The date in force until then.")]
    to_target_date: Annotated[OneOff, Meta(description="The date in force from then on.")]
    reason_code: Annotated[ReasonCode | None, Meta(description="The kind of reason, if given.")]


class RecurrenceSet(Event, frozen=True, kw_only=True, gc=False, tag="recurrence-set.v1"):
    """The milestone is due again and again."""

    milestone: MilestoneId
    target_date: Annotated[Recurring, Meta(description="From when, how often and until when.")]
    shared_with: SharedWith
