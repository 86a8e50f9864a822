"""Partial dates: a year, a quarter, a month or a day, and never more than was said.

"March 2015" is due by 31 March 2015; it is stored as a month and never as the 1st.
Class and field names are the storage format: add, never rename or remove.
"""

import calendar
import re
from datetime import date
from functools import cache

from msgspec import Struct

LAST_YEAR = date.max.year


class _Partial(Struct, frozen=True, gc=False, tag_field="precision", forbid_unknown_fields=True):
    """What every partial date has: the year it lies in, 1 to 9999.

    Each checks itself in one go, without `super`: it is done for every date ever read.
    """

    year: int


class Year(_Partial, frozen=True, gc=False, tag="year"):
    """A calendar year, such as 2015."""

    def __post_init__(self) -> None:
        if not 1 <= self.year <= LAST_YEAR:
            raise ValueError(_impossible(self.year, "year", self.year, LAST_YEAR))

    @property
    def earliest(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def latest(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31)

    @property
    def label(self) -> str:
        """As a person writes it: "2015"."""
        return f"{self.year:04}"

    @property
    def edtf(self) -> str:
        """As EDTF (ISO 8601-2) writes it: "2015"."""
        return f"{self.year:04}"


class Quarter(_Partial, frozen=True, gc=False, tag="quarter"):
    """A calendar quarter: 1 is January to March."""

    quarter: int

    def __post_init__(self) -> None:
        if not (1 <= self.quarter <= 4 and 1 <= self.year <= LAST_YEAR):  # noqa: PLR2004
            raise ValueError(_impossible(self.year, "quarter", self.quarter, 4))

    @property
    def earliest(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def latest(self) -> date:
        """Its last day."""
        return _last_day(self.year, 3 * self.quarter)

    @property
    def label(self) -> str:
        """As a person writes it: "January to March 2015"."""
        first, last = 3 * self.quarter - 2, 3 * self.quarter
        return f"{_MONTHS[first - 1]} to {_MONTHS[last - 1]} {self.year:04}"

    @property
    def edtf(self) -> str:
        """As EDTF level 2 writes it: "2015-33" is the first quarter."""
        return f"{self.year:04}-{32 + self.quarter}"


class Month(_Partial, frozen=True, gc=False, tag="month"):
    """A calendar month, 1 to 12."""

    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= LAST_YEAR):  # noqa: PLR2004
            raise ValueError(_impossible(self.year, "month", self.month, 12))

    @property
    def earliest(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def latest(self) -> date:
        """Its last day."""
        return _last_day(self.year, self.month)

    @property
    def label(self) -> str:
        """As a person writes it: "March 2015"."""
        return f"{_MONTHS[self.month - 1]} {self.year:04}"

    @property
    def edtf(self) -> str:
        """As EDTF writes it: "2015-03"."""
        return f"{self.year:04}-{self.month:02}"


class Day(_Partial, frozen=True, gc=False, tag="day"):
    """One civil day."""

    month: int
    day: int

    def __post_init__(self) -> None:
        try:
            date(self.year, self.month, self.day)
        except (ValueError, OverflowError):
            if not 1 <= self.year <= LAST_YEAR:
                raise ValueError(_impossible(self.year, "year", self.year, LAST_YEAR)) from None
            raise ValueError(
                f"There is no day {self.year:04}-{self.month:02}-{self.day:02} in the calendar."
            ) from None

    @property
    def earliest(self) -> date:
        """The day itself."""
        return date(self.year, self.month, self.day)

    @property
    def latest(self) -> date:
        """The day itself."""
        return date(self.year, self.month, self.day)

    @property
    def label(self) -> str:
        """As a person writes it: "31 March 2015"."""
        return f"{self.day} {_MONTHS[self.month - 1]} {self.year:04}"

    @property
    def edtf(self) -> str:
        """As EDTF writes it: "2015-03-31"."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


PartialDate = Year | Quarter | Month | Day

# Written out: month names in a stored or shown text must not follow the machine's locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_EDTF = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<part>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_QUARTERS = range(33, 37)


def day(on: date) -> Day:
    """Give a civil day as a partial date."""
    return Day(on.year, on.month, on.day)


def month_name(month: int) -> str:
    """Give the English name of a month, 1 to 12."""
    return _MONTHS[month - 1]


def parse_edtf(text: str) -> PartialDate:
    """Read "2015", "2015-33" to "2015-36" (quarters), "2015-03" or "2015-03-31".

    Raises ValueError, saying what is accepted, for anything else.
    """
    match = _EDTF.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is not a date. Write a year (2015), a quarter (2015-33 to 2015-36), "
            "a month (2015-03) or a day (2015-03-31)."
        )
    year = int(match["year"])
    if match["part"] is None:
        return Year(year)
    part = int(match["part"])
    if match["day"] is not None:
        return Day(year, part, int(match["day"]))
    if part in _QUARTERS:
        return Quarter(year, part - 32)
    return Month(year, part)


def _impossible(year: int, part: str, value: int, most: int) -> str:
    if not 1 <= year <= LAST_YEAR:
        part, value, most = "year", year, LAST_YEAR
    return f"A {part} lies between 1 and {most}, not {value}."


@cache
def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
