"""The times at which a recurring milestone falls due, as partial dates. Pure."""

import calendar

from planledger.events.dates import Day, Month, PartialDate, Quarter, Year
from planledger.events.target_dates import Recurring

_MONTHS_OF = {Year: 12, Quarter: 3, Month: 1, Day: 1}


def occurrence(first: PartialDate, every_months: int, number: int) -> PartialDate:
    """Give the `number`-th time, 0 being the first, as precisely as the first is stated.

    A day that a month lacks is its last day. Where the months do not fit the first date, as with
    every 4 months from a quarter, the later times are the months they end in.
    """
    last = first.latest
    year, month = divmod(last.year * 12 + last.month - 1 + number * every_months, 12)
    month += 1
    if number and every_months % _MONTHS_OF[type(first)]:
        return Month(year, month)
    match first:
        case Year():
            return Year(year)
        case Quarter():
            return Quarter(year, (month + 2) // 3)
        case Month():
            return Month(year, month)
        case Day():
            return Day(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def is_occurrence(target: Recurring, named: PartialDate) -> bool:
    """Say whether a recurring milestone falls due at a time; with no first date, any may be one."""
    first, every = target.first, target.every_months
    if target.until is not None and named.latest > target.until.latest:
        return False
    if first is None:
        return True
    months = (named.latest.year - first.latest.year) * 12 + named.latest.month - first.latest.month
    return (
        months >= 0 and months % every == 0 and named == occurrence(first, every, months // every)
    )
