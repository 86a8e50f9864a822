"""Working days in England, by which the law counts (SI 2007/462).

A working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in
England and Wales. Which days were bank holidays, one-off ones too, is known to the library
`holidays`; a day proclaimed after its release is not, so what was counted once is stored.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Say whether people in England are taken to work on a day, 1900 to 2099."""
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


def working_days_after(day: date, count: int) -> date:
    """Give the `count`-th working day after a day, from 1; the first one after it is the first."""
    return _nth(_working(day, _ONE_DAY), count)


def working_days_before(day: date, count: int) -> date:
    """Give the `count`-th working day before a day, from 1; the last one before it is the first."""
    return _nth(_working(day, -_ONE_DAY), count)


@cache
def _days_off(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def _working(day: date, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        if is_working_day(day):
            yield day


def _nth(days: Iterator[date], count: int) -> date:
    return next(day for number, day in enumerate(days, start=1) if number >= count)
