"""Values of the schema in plain English, the same on every page and in every paper.

Texts that people wrote, labels of dates and lines of a change are words already and stay as they
are. Everything here takes what an answer holds: a name of an enum, a date as ISO 8601 or EDTF.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from planledger.events.dates import day as partial_day
from planledger.events.dates import parse_edtf
from planledger.projections.points import LONDON

_SAID: Final = {
    "NOT_STATED": "not stated",
    "ADDED": "new",
    "REMOVED": "no longer there",
    "DATE_SET": "date set for the first time",
    "DATE_WITHDRAWN": "date taken back to be confirmed",
    "DATE_RESTATED": "date put in other words",
    "WIDENED": "date made less exact",
    "NARROWED": "date made more exact",
    "SLIPPED": "date moved later",
    "BROUGHT_FORWARD": "date moved earlier",
    "READING_ADDED": "figure recorded",
    "READING_REVISED": "figure revised",
    "REDEFINED": "definition changed",
    "VOIDED": "taken out of the record",
    "CORRECTED": "put right in the record",
    "BOARD_LEVEL": "board",
    "MET": "target met",
    "BELOW_TARGET": "target not met",
    "BELOW_FLOOR": "worse than the floor",
}
"""What a name of an enum is called, where it says too little by itself."""


def words(name: str | None) -> str:
    """Say a name of an enum: "REPORTED_COMPLETE" is "reported complete". None is nothing."""
    if name is None:
        return ""
    return _SAID.get(name, name.replace("_", " ").lower())


@lru_cache(maxsize=1_024)
def sentence(name: str | None) -> str:
    """Say a name of an enum as a sentence or heading begins: "Reported complete"."""
    said = words(name)
    return said[:1].upper() + said[1:]


@lru_cache(maxsize=4_096)
def event(stored: str) -> str:
    """Say what happened by the name an entry is stored under: "Target date moved"."""
    name = stored.partition(".")[0]
    return name.replace("-", " ").capitalize().replace("Kpi", "KPI")


@lru_cache(maxsize=4_096)
def day(text: str | None) -> str:
    """Say a civil day or a partial date: "2015-03-31" is "31 March 2015", "2015-03" "March 2015".

    None is nothing. Raises ValueError for what is neither.
    """
    return "" if text is None else parse_edtf(text).label


def moment(text: str | None) -> str:
    """Say an instant by the clock in London, to the minute: "31 March 2015, 17:05"."""
    if text is None:
        return ""
    there = datetime.fromisoformat(text).astimezone(LONDON)
    return f"{partial_day(there.date()).label}, {there:%H:%M}"


def civil(text: str | None) -> str | None:
    """Give the civil day (Europe/London) of an instant, as ISO 8601."""
    if text is None:
        return None
    return datetime.fromisoformat(text).astimezone(LONDON).date().isoformat()


def days_between(first: str, last: str) -> int:
    """Count the days from one civil day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def count(number: int, one: str, many: str | None = None) -> str:
    """Say a number of things: "1 action", "2 actions", "1,304 entries"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Say several things: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


TO_BE_CONFIRMED = "To be confirmed"
"""What a document says where it prints TBC, in words."""


def names(parties: Sequence[dict[str, Any]] | None) -> str:
    """Say who leads: names with commas; nothing where nobody does."""
    return ", ".join(party["name"] for party in parties or ())


def authority(found: dict[str, Any] | None) -> str:
    """Say by what right: "Improvement Board, 14 July 2024, minute 5.2"; nothing where none is.

    The forum is its short name unless the document asked for more.
    """
    if found is None:
        return ""
    minute, officer = found.get("minute"), found.get("officer")
    parts = [
        found.get("forum"),
        day(found.get("meeting")) or None,
        f"minute {minute}" if minute else None,
        f"{officer}, under delegated authority" if officer else None,
    ]
    return ", ".join(part for part in parts if part)


def basis(found: dict[str, Any]) -> str:
    """Say what an answer was read from: "entry 788, recorded …, effective on 14 October 2024"."""
    recorded = moment(found.get("recordedAt"))
    when = f", recorded {recorded}" if recorded else ""
    return f"entry {found['position']}{when}, effective on {day(found['effectiveOn'])}"
