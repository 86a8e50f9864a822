"""Points and days: read as people write them in an address or a command, and said in words."""

import re
from datetime import date
from typing import Any

from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    parse_point,
)
from planledger.reports import wording
from planledger.reports.desk import Data, DeclinedError

_REVIEW = re.compile(r"[A-Za-z][^\s@:]*")


def point_of(plan: str, text: str | None) -> dict[str, Any] | None:
    """Give a `LedgerPoint`: of "@123", a day (its end), an instant, or a closed review.

    A review may go by its short name ("board-2024-q2") or as PLAN/REVIEW. Blank, left out or "head"
    is None: the ledger as it stands. Raises DeclinedError for what can be none of them.
    """
    wanted = (text or "").strip()
    if not wanted:
        return None
    try:
        point = parse_point(wanted)
    except ValueError as error:
        if _REVIEW.fullmatch(wanted) is None:
            raise DeclinedError("POINT_UNREADABLE", str(error)) from None
        point = AtReview(wanted)
    match point:
        case AtHead():
            return None
        case AtReview(review=review):
            return {"review": review if "/" in review else f"{plan}/{review}"}
        case AtPosition(position=position):
            return {"position": str(position)}
        case AtEndOf(day=day):
            return {"endOf": day.isoformat()}
        case AtInstant(moment=moment):
            return {"recordedAt": moment.isoformat()}


def day_of(text: str | None) -> str | None:
    """Give a civil day as a variable; None where it is blank or left out.

    Raises DeclinedError for what is no day.
    """
    wanted = (text or "").strip()
    if not wanted:
        return None
    try:
        return date.fromisoformat(wanted).isoformat()
    except ValueError:
        raise DeclinedError(
            "DAY_UNREADABLE", f"{wanted[:40]!r} is not a day. Write it as 2015-03-31."
        ) from None


def written(point: dict[str, Any] | None) -> str:
    """Give a point as it is written in an address; the reverse of `point_of`."""
    if point is None:
        return "head"
    ((kind, value),) = point.items()
    return f"@{value}" if kind == "position" else str(value)


def short_name(review: str) -> str:
    """Give the short name of a review, of its ref: "board-2024-q2"."""
    return review.rpartition("/")[2]


def review_name(review: Data) -> str:
    """Say a review: "Q2 2024 of the Improvement Board"."""
    return f"{review['label']} of the {review['forum']['name']}"


def point_name(basis: Data) -> str:
    """Say a point in a few words: a review's name, else the day it is looked at for."""
    if basis["review"] is not None:
        return review_name(basis["review"])
    if basis["recordedAt"] is None:
        return "the beginning"
    return wording.day(basis["effectiveOn"])


def point_names(start: Data, end: Data) -> tuple[str, str]:
    """Say two points, by their entries too where they would read the same."""
    first, last = point_name(start), point_name(end)
    if first != last or start["position"] == end["position"]:
        return first, last
    return f"{first} (entry {start['position']})", f"{last} (entry {end['position']})"


def between(start: Data, end: Data) -> str:
    """Say two points beside each other: "Q2 2024 and Q3 2024 of the Improvement Board"."""
    first, last = start["review"], end["review"]
    if first and last and first["forum"] == last["forum"] and first != last:
        return f"{first['label']} and {review_name(last)}"
    return " and ".join(point_names(start, end))
