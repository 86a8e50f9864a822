"""Points and days as people write them in an address or a command, as variables of a document."""

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
from planledger.reports.desk import DeclinedError

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
