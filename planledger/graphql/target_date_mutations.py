"""The mutations that set, defer and move target dates. They answer with the milestone."""

import strawberry

from planledger.domain.commands import (
    DeferTargetDate,
    MoveTargetDate,
    SetRecurrence,
    SetTargetDate,
)
from planledger.events.values import ReasonCode
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.milestone import MilestoneRecorded, MilestoneResult
from planledger.graphql.recording import CommandInput, record, stated
from planledger.graphql.scalars import EdtfDate


@strawberry.input(description="What a command about a target date states.")
class _TargetDateInput(CommandInput):
    milestone: str = described("The milestone's ref or id.")
    as_printed: str | None = strawberry.field(
        default=None, description="The text where it was decided; left out, it is made from it."
    )


@strawberry.input(description="Set a date where none is in force.")
class TargetDateSetInput(_TargetDateInput):
    date: EdtfDate | None = described("The date; null means ongoing, without an end.")

    def command(self) -> SetTargetDate:
        """Give what it asks."""
        return SetTargetDate(
            **stated(self),
            milestone=self.milestone,
            date=self.date,
            as_printed=self.as_printed,
        )


@strawberry.input(description="Leave the date to be confirmed.")
class TargetDateDeferInput(_TargetDateInput):
    decide_by: EdtfDate | None = strawberry.field(
        default=None, description="By when it is to be decided."
    )
    decider: str | None = strawberry.field(default=None, description="The body that is to decide.")

    def command(self) -> DeferTargetDate:
        """Give what it asks."""
        return DeferTargetDate(
            **stated(self),
            milestone=self.milestone,
            decide_by=self.decide_by,
            decider=self.decider,
            as_printed=self.as_printed,
        )


@strawberry.input(description="Replace the date in force by another. Needs a reason.")
class TargetDateMoveInput(_TargetDateInput):
    from_date: EdtfDate = described("The date in force; another one is refused.")
    to_date: EdtfDate = described("The new date.")
    reason_code: ReasonCode | None = strawberry.field(
        default=None, description="The kind of reason."
    )

    def command(self) -> MoveTargetDate:
        """Give what it asks."""
        return MoveTargetDate(
            **stated(self),
            milestone=self.milestone,
            from_date=self.from_date,
            to_date=self.to_date,
            reason_code=self.reason_code,
            as_printed=self.as_printed,
        )


@strawberry.input(description="Make a milestone due again and again.")
class RecurrenceSetInput(_TargetDateInput):
    every_months: int = described("Months from one time to the next, 1 to 120.")
    first: EdtfDate | None = strawberry.field(default=None, description="The first time, if known.")
    until: EdtfDate | None = strawberry.field(default=None, description="The last time, if any.")

    def command(self) -> SetRecurrence:
        """Give what it asks."""
        return SetRecurrence(
            **stated(self),
            milestone=self.milestone,
            every_months=self.every_months,
            first=self.first,
            until=self.until,
            as_printed=self.as_printed,
        )


def target_date_set(info: Info, input: TargetDateSetInput) -> MilestoneResult:
    """Set a target date."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def target_date_defer(info: Info, input: TargetDateDeferInput) -> MilestoneResult:
    """Defer a target date."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def target_date_move(info: Info, input: TargetDateMoveInput) -> MilestoneResult:
    """Move a target date."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)


def recurrence_set(info: Info, input: RecurrenceSetInput) -> MilestoneResult:
    """Set a recurrence."""
    return record(info, input, MilestoneRecorded, "milestone", input.milestone)
