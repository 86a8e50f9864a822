"""Points in the life of a ledger, and civil days (Europe/London)."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from planledger.events.envelope import instant, microseconds

LONDON = ZoneInfo("Europe/London")
"""The zone in which a civil day begins and ends, design page 3.1."""


class AtHead(Struct, frozen=True):
    """The ledger as it stands."""


class AtPosition(Struct, frozen=True):
    """Everything up to a position and the rest of its commit."""

    position: int


class AtInstant(Struct, frozen=True):
    """Everything recorded at or before a moment."""

    moment: datetime


class AtEndOf(Struct, frozen=True):
    """Everything recorded before the midnight that ends a civil day."""

    day: date


class AtReview(Struct, frozen=True):
    """What a review saw when it closed; `review` is "plan/review"."""

    review: str


Point = AtHead | AtPosition | AtInstant | AtEndOf | AtReview

_POSITION = re.compile(r"@(\d{1,15})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def civil_day(moment: datetime) -> date:
    """Give the civil day of a moment."""
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError:  # within hours of the calendar's own ends, in the years 1 and 9999
        return moment.date()


def end_of(day: date) -> int:
    """Give the last microsecond (since 1970, UTC) of a civil day."""
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=LONDON)
    return microseconds(midnight) - 1


def parse_point(text: str) -> Point:
    """Read a point as people write it: review:PLAN/REVIEW, @123, 2015-03-31 or an instant.

    Raises ValueError, saying what is accepted, for anything else.
    """
    if text == "head":
        return AtHead()
    if text.startswith("review:"):
        return AtReview(text.removeprefix("review:"))
    if match := _POSITION.fullmatch(text):
        return AtPosition(int(match[1]))
    try:
        if _DAY.fullmatch(text):
            return AtEndOf(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            f"{text!r} is not a point. Write review:PLAN/REVIEW, a position (@123), a day "
            "(2015-03-31, meaning its end) or an instant with its offset (2015-03-31T17:00:00Z)."
        )
    return AtInstant(moment)


def last_instant(point: AtInstant | AtEndOf) -> int:
    """Give the last microsecond (since 1970, UTC) that belongs to a point on the clock."""
    return end_of(point.day) if isinstance(point, AtEndOf) else microseconds(point.moment)


def day_of(recorded_us: int) -> date:
    """Give the civil day of a commit's time."""
    return civil_day(instant(recorded_us))
