"""The words of a target date cell: dates, "TBC", "quarterly", and the small words between.

Days are read day first, as in Britain. What could mean two things ("Q1 2015": calendar or
financial year?) is no date here; the cell that holds it is left for a person.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import Enum

from msgspec import Struct

from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, month_name


class WordKind(Enum):
    """What a word of a date cell is."""

    DATE = "date"
    TO_BE_CONFIRMED = "to be confirmed"
    ONGOING = "ongoing"
    EVERY = "every so many months"
    UNCLEAR = "a date that could mean two things"
    OTHER = "other"


class DateWord(Struct, frozen=True):
    """One word, or words that belong together, with its place in the cell."""

    kind: WordKind
    text: str
    start: int
    end: int
    date: PartialDate | None = None
    every_months: int = 0
    doubt: str = ""
    """What was assumed to read it, for a person; empty where nothing was."""


_MONTH_NUMBERS = {
    short: number
    for number in range(1, 13)
    for short in (month_name(number).casefold(), month_name(number)[:3].casefold())
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "twelve": 12}
_COUNT = "|".join((*_COUNTS, r"\d{1,2}"))
_UNITS = {"month": 1, "quarter": 3, "year": 12}
_ADVERBS = {
    "monthly": 1,
    "quarterly": 3,
    "half-yearly": 6,
    "biannually": 6,
    "annually": 12,
    "annual": 12,
    "yearly": 12,
}
_WORD = re.compile(
    rf"""
    (?P<iso>\b(?P<iso_y>\d{{4}})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)\b)
    |(?P<numeric>\b(?P<num_d>\d{{1,2}})[/.-](?P<num_m>\d{{1,2}})[/.-](?P<num_y>\d{{4}}|\d\d)\b)
    |(?P<day>\b(?P<day_d>\d{{1,2}})\s?(?:st|nd|rd|th)?\s(?:of\s)?
        (?P<day_m>{_MONTH})\b\.?,?\s?(?P<day_y>\d{{4}}|['’]?\d\d(?!\s(?:{_MONTH})))?\b)
    |(?P<american>\b(?P<am_m>{_MONTH})\s(?P<am_d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<am_y>\d{{4}})\b)
    |(?P<month>\b(?P<mon_m>{_MONTH})\b\.?,?\s?(?:-\s?)?(?P<mon_y>\d{{4}}|['’]\d\d|(?<=-)\d\d)\b)
    |(?P<month_number>\b(?P<mn_m>\d{{1,2}})/(?P<mn_y>\d{{4}})\b)
    |(?P<quarter>\b(?:q|quarter\s?)(?P<q>[1-4]),?\s(?:of\s)?
        (?P<q_y>\d{{4}})\s?[/–-]\s?(?P<q_next>\d{{4}}|\d\d)\b)
    |(?P<unclear>\b(?:q|quarter\s?)[1-4]\b(?:,?\s(?:of\s)?\d{{4}})?
        |\b(?:spring|summer|autumn|winter)\b(?:\sterm)?(?:\s\d{{4}})?
        |\b\d{{4}}\s?[/–-]\s?\d{{2,4}}\b|\bbi-?monthly\b|\btermly\b
        |\b(?:{_MONTH})\s\d\d\b)
    |(?P<bare>\b(?P<bare_m>{_MONTH})\b)
    |(?P<year>\b(?:19|20)\d\d\b)
    |(?P<tbc>\bt\.?b\.?[cad]\b\.?
        |\bto\sbe\s(?:confirmed|agreed|set|determined|decided|advised|announced|arranged)\b)
    |(?P<ongoing>\bon[\s-]?going\b|\bcontinu(?:ous|ously|ing)\b)
    |(?P<often>\b(?:daily|weekly|fortnightly)\b)
    |(?P<every>\b(?:every|each)\s(?:(?P<count>{_COUNT})\s)?(?P<unit>month|quarter|year)s?\b)
    |(?P<times>\b(?P<times_n>{_COUNT})[\s-]monthly\b)
    |(?P<twice>\btwice\s(?:a|per|each)\syear\b|\bhalf[\s-]yearly\b|\bbi-?annual(?:ly)?\b)
    |(?P<adverb>\b(?:monthly|quarterly|annual(?:ly)?|yearly)\b)
    |(?P<other>[^\W\d_][\w'’.-]{{0,60}}|\S)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def date_words(text: str, stated_on: date) -> tuple[DateWord, ...]:
    """Split a cell into its words. A month without a year is the first from `stated_on` on."""
    return tuple(_word(found, stated_on) for found in _WORD.finditer(text))


def _word(found: re.Match[str], stated_on: date) -> DateWord:
    name = next(name for name in _READERS if found[name] is not None)
    try:
        kind, when, every, doubt = _READERS[name](found, stated_on)
    except ValueError:
        # The 31st of February, the 13th month.
        kind, when, every, doubt = WordKind.UNCLEAR, None, 0, ""
    return DateWord(kind, found[0], found.start(), found.end(), when, every, doubt)


_Read = tuple[WordKind, PartialDate | None, int, str]


def _dated(when: PartialDate, doubt: str = "") -> _Read:
    return WordKind.DATE, when, 0, doubt


def _month(name: str) -> int:
    return _MONTH_NUMBERS[name.casefold()]


def _year(digits: str) -> int:
    bare = digits.lstrip("'’")
    return int(bare) + (2000 if len(bare) == 2 else 0)  # noqa: PLR2004


def _coming_year(month: int, day: int, stated_on: date) -> int:
    """Give the year of the first such month, or day, that does not end before a date."""
    past = (month, day) < (stated_on.month, stated_on.day)
    return stated_on.year + (1 if past else 0)


def _read_day(found: re.Match[str], stated_on: date) -> _Read:
    month, day = _month(found["day_m"]), int(found["day_d"])
    if found["day_y"]:
        return _dated(Day(_year(found["day_y"]), month, day))
    return _dated(Day(_coming_year(month, day, stated_on), month, day), "the year is not printed")


def _read_bare(found: re.Match[str], stated_on: date) -> _Read:
    # In small letters "may" and "march" are words like any other.
    if not found[0][0].isupper():
        return WordKind.OTHER, None, 0, ""
    month = _month(found["bare_m"])
    year = _coming_year(month, 31, stated_on)
    return _dated(Month(year, month), "the year is not printed")


def _read_quarter(found: re.Match[str], _stated_on: date) -> _Read:
    year, following = int(found["q_y"]), found["q_next"]
    if str(year + 1)[-len(following) :] != following:
        return WordKind.UNCLEAR, None, 0, ""
    # A financial year begins in April: its fourth quarter lies in the following year.
    calendar = int(found["q"]) % 4 + 1
    return _dated(Quarter(year + (1 if calendar == 1 else 0), calendar))


def _every(months: int) -> _Read:
    return (WordKind.EVERY, None, months, "") if 1 <= months <= 120 else _UNCLEAR  # noqa: PLR2004


def _count(digits: str | None) -> int:
    return 1 if digits is None else _COUNTS.get(digits.casefold()) or int(digits)


_UNCLEAR: _Read = (WordKind.UNCLEAR, None, 0, "")
_OFTEN = "the ledger counts in months, and this is more often"
# In the order of the groups of the pattern.
_READERS: dict[str, Callable[[re.Match[str], date], _Read]] = {
    "iso": lambda f, _: _dated(Day(int(f["iso_y"]), int(f["iso_m"]), int(f["iso_d"]))),
    "numeric": lambda f, _: _dated(Day(_year(f["num_y"]), int(f["num_m"]), int(f["num_d"]))),
    "day": _read_day,
    "american": lambda f, _: _dated(Day(int(f["am_y"]), _month(f["am_m"]), int(f["am_d"]))),
    "month": lambda f, _: _dated(Month(_year(f["mon_y"]), _month(f["mon_m"]))),
    "month_number": lambda f, _: _dated(Month(int(f["mn_y"]), int(f["mn_m"]))),
    "quarter": _read_quarter,
    "unclear": lambda _f, _: _UNCLEAR,
    "bare": _read_bare,
    "year": lambda f, _: _dated(Year(int(f["year"]))),
    "tbc": lambda _f, _: (WordKind.TO_BE_CONFIRMED, None, 0, ""),
    "ongoing": lambda _f, _: (WordKind.ONGOING, None, 0, ""),
    "often": lambda _f, _: (WordKind.ONGOING, None, 0, _OFTEN),
    "every": lambda f, _: _every(_count(f["count"]) * _UNITS[f["unit"].casefold()]),
    "times": lambda f, _: _every(_count(f["times_n"])),
    "twice": lambda _f, _: _every(6),
    "adverb": lambda f, _: _every(_ADVERBS[f[0].casefold()]),
    "other": lambda _f, _: (WordKind.OTHER, None, 0, ""),
}
