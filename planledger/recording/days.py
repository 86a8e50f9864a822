"""Days, partial dates and periods as people type them.

They are read as the importer reads those of a document: day before month, and what could mean two
things is not guessed at. Every reading is shown to whoever typed it before anything is recorded.
"""

import re
from datetime import MAXYEAR, MINYEAR, date

from planledger.documents.date_words import WordKind, date_words
from planledger.events.dates import Day, PartialDate, Quarter, month_name, parse_edtf
from planledger.events.values import Period

_LONGEST = 80
_MONTHS = 12
_AS_SORTED = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_QUARTER = re.compile(r"([0-9]{4})-?Q([1-4])", re.IGNORECASE)
_QUARTER_IN_WORDS = re.compile(r"([a-z]+) to ([a-z]+) ([0-9]{4})", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"([0-9]{4})\s?[-/–]\s?([0-9]{2}|[0-9]{4})")
_ENDS = re.compile(r"\s+(?:to|until|–|-)\s+", re.IGNORECASE)
_QUARTERS = {
    (month_name(3 * quarter - 2).casefold(), month_name(3 * quarter).casefold()): quarter
    for quarter in range(1, 5)
}


def partial_date(text: str) -> PartialDate:
    """Read a year, quarter, month or day. Raises ValueError, saying what to write."""
    wanted = " ".join(text.split())
    if len(wanted) > _LONGEST:
        raise ValueError(f"This is too long for a date. {_WRITE}")
    if found := _QUARTER.fullmatch(wanted):
        return Quarter(int(found[1]), int(found[2]))
    if found := _QUARTER_IN_WORDS.fullmatch(wanted):
        quarter = _QUARTERS.get((found[1].casefold(), found[2].casefold()))
        if quarter is not None:
            return Quarter(int(found[3]), quarter)
    if _AS_SORTED.fullmatch(wanted):
        try:
            return parse_edtf(wanted)
        except ValueError as error:
            raise ValueError(f"{error} {_WRITE}") from None
    words = date_words(wanted, date(MINYEAR, 1, 1))
    if len(words) != 1 or words[0].kind not in {WordKind.DATE, WordKind.UNCLEAR}:
        raise ValueError(f"“{wanted}” is not a date. {_WRITE}")
    when = words[0].date
    if when is None:
        raise ValueError(f"“{wanted}” is no day there is, or could mean two things. {_WRITE}")
    if words[0].doubt:
        raise ValueError(f"“{wanted}” leaves the year open. Add the year.")
    return when


def day(text: str) -> date:
    """Read one civil day. Raises ValueError, saying what to write."""
    try:
        when = partial_date(text)
    except ValueError as error:
        raise ValueError(str(error).replace(_WRITE, _WRITE_DAY)) from None
    if not isinstance(when, Day):
        more = f"“{text.strip()}” is more than one day. {_WRITE_DAY}"
        raise ValueError(more)  # noqa: TRY004 - what was typed, not a type of ours
    return when.earliest


def period(text: str) -> Period:
    """Read a stretch of days, with what it was called. Raises ValueError, saying what to write."""
    wanted = " ".join(text.split())
    found = _FINANCIAL_YEAR.fullmatch(wanted)
    year = int(found[1]) if found else 0
    # "2015-03" is a month, and "2014-15" a financial year; "2011-12" could be either.
    if found and found[2] in {f"{year + 1:04}", f"{(year + 1) % 100:02}"}:
        if not MINYEAR <= year < MAXYEAR:
            raise ValueError(f"“{wanted}” is no financial year. {_WRITE_PERIOD}")
        if wanted == f"{year}-{found[2]}" and int(found[2]) in range(1, _MONTHS + 1):
            raise ValueError(f"“{wanted}” could be a month or a financial year. {_WRITE_PERIOD}")
        return Period(first=date(year, 4, 1), last=date(year + 1, 3, 31), label=wanted)
    try:
        when = partial_date(wanted)
    except ValueError as error:
        ends = _ENDS.split(wanted)
        if len(ends) != 2:  # noqa: PLR2004 - the first day and the last
            raise ValueError(str(error).replace(_WRITE, _WRITE_PERIOD)) from None
        first, last = partial_date(_with_year(*ends)), partial_date(ends[1])
        return Period(first=first.earliest, last=last.latest, label=wanted)
    label = when.label if wanted[4:5] == "-" else wanted
    return Period(first=when.earliest, last=when.latest, label=label)


def _with_year(first: str, last: str) -> str:
    """Give the first end with the year of the last, where it has none: "May to July 2014"."""
    year = re.search(r"[0-9]{4}$", last)
    return f"{first} {year[0]}" if year and not re.search(r"[0-9]{4}", first) else first


_WRITE = "Write for instance “March 2015”, “31 March 2015”, “April to June 2015” or “2015”."
_WRITE_DAY = "Write for instance “31 March 2015” or “31/3/2015”, the day before the month."
_WRITE_PERIOD = (
    "Write for instance “Q1 2014-15”, “2014-15”, “June 2014” or “1/4/2014 to 30/6/2014”."
)
