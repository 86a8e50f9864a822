"""Target dates as they are shown."""

from datetime import date

from planledger.events.dates import PartialDate
from planledger.events.target_dates import OneOff, Ongoing, Recurring, TargetDate, ToBeConfirmed
from planledger.projections.timing import label
from planledger.projections.view.base import View


class TargetDateView(View, frozen=True, kw_only=True, gc=False):
    """What every kind of target date shows."""

    as_printed: str
    label: str
    earliest: date | None
    latest: date | None


class NotStatedView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """No date stated."""


class ToBeConfirmedView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """To be confirmed."""

    decide_by: PartialDate | None
    decider: str | None


class OneOffView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """Due once."""

    date: PartialDate


class RecurringView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """Due again and again."""

    first: PartialDate | None
    every_months: int
    until: PartialDate | None


class OngoingView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """Without an end."""


def show_target_date(target: TargetDate) -> TargetDateView:
    """Show a target date."""
    if isinstance(target, OneOff):
        return show_one_off(target)
    said = label(target)
    match target:
        case ToBeConfirmed():
            return ToBeConfirmedView(
                as_printed=target.as_printed,
                label=said,
                earliest=None,
                latest=None,
                decide_by=target.decide_by,
                decider=target.decider,
            )
        case Recurring():
            return RecurringView(
                as_printed=target.as_printed,
                label=said,
                earliest=target.first.earliest if target.first else None,
                latest=target.until.latest if target.until else None,
                first=target.first,
                every_months=target.every_months,
                until=target.until,
            )
        case _:
            kind = OngoingView if isinstance(target, Ongoing) else NotStatedView
            return kind(as_printed=target.as_printed, label=said, earliest=None, latest=None)


def show_one_off(target: OneOff) -> OneOffView:
    """Show a date that is due once."""
    return OneOffView(
        as_printed=target.as_printed,
        label=label(target),
        earliest=target.date.earliest,
        latest=target.date.latest,
        date=target.date,
    )
