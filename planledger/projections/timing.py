"""What follows for a day from target dates: due-by, timeliness and slippage (design page 2.2).

All of it is calculated by planledger and none of it is a council's judgement.
"""

import calendar
from datetime import date
from enum import Enum

from msgspec import Struct

from planledger.events.dates import Day, PartialDate, month_name
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)


class Timeliness(Enum):
    """How a milestone stands to its target date on a day."""

    NO_DATE = "no date"
    NOT_YET_DUE = "not yet due"
    DUE_THIS_MONTH = "due this month"
    OVERDUE = "overdue"


class SlippageUnit(Enum):
    """What slippage is counted in: the coarser of the two dates decides."""

    DAYS = "days"
    MONTHS = "months"


class Slippage(Struct, frozen=True, kw_only=True, gc=False):
    """How much later than first promised; a negative amount is earlier."""

    amount: int
    unit: SlippageUnit
    label: str


def due_by(target: TargetDate, on: date) -> date | None:
    """Give the last day on which it is still in time.

    For a recurring one, that of the first occurrence that ends on `on` or after, if any is left.
    """
    match target:
        case OneOff():
            return target.date.latest
        case Recurring(first=first) if first is not None:
            return _next_occurrence(first, target, on)
        case _:
            return None


def timeliness(due: date | None, on: date) -> Timeliness:
    """Say how a milestone due by `due` stands on a day; without a date it is never overdue."""
    if due is None:
        return Timeliness.NO_DATE
    if due < on:
        return Timeliness.OVERDUE
    if (due.year, due.month) == (on.year, on.month):
        return Timeliness.DUE_THIS_MONTH
    return Timeliness.NOT_YET_DUE


def slippage(original: OneOff | None, target: TargetDate) -> Slippage | None:
    """Measure how far the date in force lies from the original, None where it has not moved.

    Two days differ in days; anything coarser differs in months, by the months they end in.
    """
    if original is None or not isinstance(target, OneOff):
        return None
    was, now = original.date, target.date
    if isinstance(was, Day) and isinstance(now, Day):
        amount, unit = (now.latest - was.latest).days, SlippageUnit.DAYS
    else:
        amount, unit = _months(now.latest) - _months(was.latest), SlippageUnit.MONTHS
    if amount == 0:
        return None
    noun = unit.value if abs(amount) > 1 else unit.value.removesuffix("s")
    direction = "later" if amount > 0 else "earlier"
    return Slippage(amount=amount, unit=unit, label=f"{abs(amount)} {noun} {direction}")


def label(target: TargetDate) -> str:
    """Say a target date in words: nothing abbreviated, no day that was not printed."""
    match target:
        case NotStated():
            return "No date stated"
        case ToBeConfirmed():
            by = f" by {target.decider}" if target.decider else ""
            when = f", decision due {target.decide_by.label}" if target.decide_by else ""
            return f"To be confirmed{by}{when}"
        case OneOff():
            return target.date.label
        case Recurring():
            every = "month" if target.every_months == 1 else f"{target.every_months} months"
            start = target.first.label if target.first else "a date to be confirmed"
            until = f" until {target.until.label}" if target.until else ""
            return f"Every {every} from {start}{until}"
        case Ongoing():
            return "Ongoing"


def day_label(on: date) -> str:
    """Write a day as people do, whatever the machine's locale: "31 March 2015"."""
    return f"{on.day} {month_name(on.month)} {on.year}"


def _next_occurrence(first: PartialDate, target: Recurring, on: date) -> date | None:
    due = first.latest
    if due < on:
        behind = _months(on) - _months(due)
        steps = -(-behind // target.every_months)
        due = _later(first, steps * target.every_months)
        if due < on:
            due = _later(first, (steps + 1) * target.every_months)
    if target.until is not None and due > target.until.latest:
        return None
    return due


def _later(first: PartialDate, months: int) -> date:
    """Give the last day of an occurrence so many months after the first."""
    count = _months(first.latest) + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    day = min(first.day, last) if isinstance(first, Day) else last
    return date(year, month + 1, day)


def _months(on: date) -> int:
    return on.year * 12 + on.month - 1
