"""Commands about target dates."""

from planledger.domain.commands.base import Command
from planledger.events.dates import PartialDate
from planledger.events.values import ReasonCode


class SetTargetDate(Command, frozen=True, kw_only=True):
    """Set a date where none is in force. `date` None means ongoing, without an end."""

    milestone: str
    date: PartialDate | None
    as_printed: str | None = None


class DeferTargetDate(Command, frozen=True, kw_only=True):
    """Say that the date is to be confirmed, by whom and by when if known."""

    milestone: str
    decide_by: PartialDate | None = None
    decider: str | None = None
    as_printed: str | None = None


class MoveTargetDate(Command, frozen=True, kw_only=True):
    """Replace the date in force by another. `from_date` guards against moving another date."""

    milestone: str
    from_date: PartialDate
    to_date: PartialDate
    reason_code: ReasonCode | None = None
    as_printed: str | None = None


class SetRecurrence(Command, frozen=True, kw_only=True):
    """Say that a milestone is due again and again."""

    milestone: str
    every_months: int
    first: PartialDate | None = None
    until: PartialDate | None = None
    as_printed: str | None = None
