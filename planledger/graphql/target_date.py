"""Target dates, as one interface with a type for each kind."""

from datetime import date
from typing import Any

import strawberry

from planledger.graphql.common import described
from planledger.graphql.scalars import EdtfDate
from planledger.projections import view

_KINDS: dict[type, str] = {
    view.NotStatedView: "NotStated",
    view.ToBeConfirmedView: "ToBeConfirmed",
    view.OneOffView: "OneOff",
    view.RecurringView: "Recurring",
    view.OngoingView: "Ongoing",
}


@strawberry.interface(
    description="What the plan says of when a milestone is due. Uncertain dates stay uncertain."
)
class TargetDate:
    as_printed: str = described('The text as printed or stated, "" where there is none.')
    label: str = described("In words, such as March 2015 or To be confirmed.")
    earliest: date | None = described("First day it can mean; null where it names none.")
    latest: date | None = described("Last day it can mean; null where it names none.")

    @classmethod
    def resolve_type(cls, shown: object, *_: Any) -> str:
        """Name the type for one kind of view."""
        return _KINDS[type(shown)]

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        """Trust `resolve_type`: what is shown are plain objects, not instances of the type."""
        return True


@strawberry.type(description='No date is stated, not even "TBC".')
class NotStated(TargetDate):
    pass


@strawberry.type(description="A date is promised but not set. Never overdue.")
class ToBeConfirmed(TargetDate):
    decide_by: EdtfDate | None = described("By when the date is to be decided, if stated.")
    decider: str | None = described("The body that is to decide, if stated.")


@strawberry.type(description="Due once, by the last day of a partial date.")
class OneOff(TargetDate):
    date: EdtfDate = described("The date, as precise as it was stated.")


@strawberry.type(description="Due again and again.")
class Recurring(TargetDate):
    first: EdtfDate | None = described("The first time, if known.")
    every_months: int = described("Months from one time to the next, 1 to 120.")
    until: EdtfDate | None = described("The last time, if there is one.")


@strawberry.type(description="To be kept up without an end; nothing falls due.")
class Ongoing(TargetDate):
    pass


KINDS = [NotStated, ToBeConfirmed, OneOff, Recurring, Ongoing]
