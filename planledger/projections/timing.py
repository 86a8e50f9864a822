"""What follows for a day from target dates: due-by, timeliness and slippage (design page 2.2).

All of it is calculated by planledger and none of it is a council's judgement. Claims that a
milestone is reached say whether it is done; no passed date ever does.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from itertools import count, takewhile

from msgspec import Struct

from planledger.domain.delivery import Completion, standing_claim
from planledger.domain.occurrences import occurrence
from planledger.events.dates import LAST_YEAR, Day, PartialDate, month_name
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
    DONE_ON_TIME = "done on time"
    DONE_LATE = "done late"


DONE = frozenset((Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE))
"""Where a dated milestone is claimed to be reached, and the claim stands."""


class SlippageUnit(Enum):
    """What slippage is counted in: the coarser of the two dates decides."""

    DAYS = "days"
    MONTHS = "months"


class Slippage(Struct, frozen=True, kw_only=True, gc=False):
    """How much later than promised; a negative amount is earlier."""

    amount: int
    unit: SlippageUnit
    label: str


def occurrences(target: Recurring, until: date) -> tuple[PartialDate, ...]:
    """List the times of a recurring one that are due by a day, the first ones first.

    Each as `domain.occurrences` names it, so that a claim can say which of them it is about.
    """
    return tuple(takewhile(lambda time: time.latest <= until, _times(target)))


def outstanding(
    target: Recurring, completions: tuple[Completion, ...], until: date
) -> tuple[PartialDate, ...]:
    """List the times due by a day for which no claim stands."""
    claims = _standing(completions)
    return tuple(time for time in occurrences(target, until) if not _claims_of(time, claims))


def due_by(target: TargetDate, completions: tuple[Completion, ...] = ()) -> date | None:
    """Give the last day on which it is, or was, still in time; None where no date is known.

    For a recurring one, that of the first time for which no claim stands. Once none is left, that
    of the last time.
    """
    match target:
        case OneOff():
            return target.date.latest
        case Recurring():
            claims = _standing(completions)
            last = None
            for time in _times(target):
                last = time.latest
                if not _claims_of(time, claims):
                    break
            return last
        case _:
            return None


def timeliness(target: TargetDate, completions: tuple[Completion, ...], on: date) -> Timeliness:
    """Say how a milestone stands to its date on a day; without a date it is never overdue.

    It is done where a claim stands, and late only where it was reached after its last day for
    certain: "March 2015" is in time for 15 March. A recurring one is done once it has an end and
    every time up to there is, and in time only if each was.
    """
    due = due_by(target, completions)
    if due is None:
        return Timeliness.NO_DATE
    late = _reached_late(target, completions)
    if late is not None:
        return Timeliness.DONE_LATE if late else Timeliness.DONE_ON_TIME
    if due < on:
        return Timeliness.OVERDUE
    if (due.year, due.month) == (on.year, on.month):
        return Timeliness.DUE_THIS_MONTH
    return Timeliness.NOT_YET_DUE


def slippage(original: TargetDate | None, target: TargetDate) -> Slippage | None:
    """Measure how far the date in force lies from an earlier one, None where it has not moved.

    The earlier one is the original, that of a baseline, or the one it was moved from.

    Two days differ in days; anything coarser differs in months, by the months they end in.
    """
    if not isinstance(original, OneOff) or not isinstance(target, OneOff):
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


def _standing(completions: Iterable[Completion]) -> list[Completion]:
    return [claim for claim in completions if claim.stands and claim.occurrence is not None]


def _claims_of(time: PartialDate, claims: Iterable[Completion]) -> list[Completion]:
    """Give the claims of one time of a recurring one: those that name a date it is due within."""
    return [
        claim
        for claim in claims
        if claim.occurrence is not None
        and claim.occurrence.earliest <= time.latest <= claim.occurrence.latest
    ]


def _reached_late(target: TargetDate, completions: tuple[Completion, ...]) -> bool | None:
    """Say whether it was reached too late; None where it is not claimed to be reached."""
    match target:
        case OneOff():
            claim = standing_claim(completions, None)
            return None if claim is None else _is_late(claim, target.date)
        case Recurring(until=until) if until is not None:
            claims = _standing(completions)
            times = [(time, _claims_of(time, claims)) for time in _times(target)]
            if not all(made for _, made in times):
                return None
            return any(_is_late(made[-1], time) for time, made in times)
        case _:
            return None


def _is_late(claim: Completion, due: PartialDate) -> bool:
    return claim.achieved_on.earliest > due.latest


def _times(target: Recurring) -> Iterator[PartialDate]:
    """Give the times of a recurring one, without end if it has none."""
    first, every = target.first, target.every_months
    if first is None:
        return
    for number in count():
        if (_months(first.latest) + number * every) // 12 > LAST_YEAR:
            return
        time = occurrence(first, every, number)
        if target.until is not None and time.latest > target.until.latest:
            return
        yield time


def _months(on: date) -> int:
    return on.year * 12 + on.month - 1
