"""The life of a plan on one line: what was recorded month by month, its reviews, and a point."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from planledger.reports import wording

WIDTH = 1_000
"""How wide the drawing is, in units of its own: it is stretched to the page."""
HEIGHT = 60
LEAST = 3
"""How high the bar of a month is in which anything at all was recorded."""
FEWEST = 3
"""A drawing of fewer months says nothing."""


class Bar(Struct, frozen=True, kw_only=True):
    """What was recorded in a month."""

    x: float
    y: float
    width: float
    height: float
    said: str


class Timebar(Struct, frozen=True, kw_only=True):
    """What is drawn; the same is said in `description`."""

    bars: tuple[Bar, ...]
    reviews: tuple[float, ...]
    """Where each review was closed, in their order."""
    here: float
    """The point that is looked at."""
    first: str
    last: str
    description: str


def timebar(
    months: Sequence[Mapping[str, Any]], reviews: Sequence[Mapping[str, Any]], position: int
) -> Timebar | None:
    """Draw months (RecordedMonth), closed reviews (Review) and a position.

    None where there are too few months to draw. All stands where it was recorded: months beside
    each other, and within a month in the order of the ledger.
    """
    numbers = [_number(month["month"]) for month in months]
    if not numbers or numbers[-1] - numbers[0] + 1 < FEWEST:
        return None
    lasts = [int(month["lastPosition"]) for month in months]
    width = WIDTH / (numbers[-1] - numbers[0] + 1)
    most = max(month["entries"] for month in months)

    def at(place: int) -> float:
        index = min(bisect_left(lasts, place), len(lasts) - 1)
        before = lasts[index - 1] if index else 0
        share = min(1.0, max(0, place - before) / max(1, lasts[index] - before))
        return round((numbers[index] - numbers[0] + share) * width, 1)

    bars = []
    for month, number in zip(months, numbers, strict=True):
        entries = wording.count(month["entries"], "entry", "entries")
        height = round(max(LEAST, HEIGHT * month["entries"] / most), 1)
        bars.append(
            Bar(
                x=round((number - numbers[0]) * width + width * 0.1, 1),
                y=HEIGHT - height,
                width=round(width * 0.8, 1),
                height=height,
                said=f"{wording.day(month['month'])}: {entries}",
            )
        )
    first, last = wording.day(months[0]["month"]), wording.day(months[-1]["month"])
    total = wording.count(sum(month["entries"] for month in months), "entry", "entries")
    return Timebar(
        bars=tuple(bars),
        reviews=tuple(at(int(review["closedAt"])) for review in reviews),
        here=at(position),
        first=first,
        last=last,
        description=f"{total} from {first} to {last}, and {wording.count(len(reviews), 'review')}.",
    )


def _number(month: str) -> int:
    """Count months, so that they can be taken from one another."""
    year, within = month.split("-")
    return int(year) * 12 + int(within)
