"""Figures of KPIs as papers say them: always the public ones."""

from decimal import Decimal
from typing import Final

from planledger.reports import wording
from planledger.reports.desk import Data
from planledger.reports.papers.paper import Value

STANDINGS: Final = {
    "MET": "Target met",
    "WITHIN_TOLERANCE": "Within tolerance of the target",
    "BELOW_TARGET": "Target not met",
    "BELOW_FLOOR": "Worse than the floor",
    "NO_TARGET": "No target",
}
"""What is calculated of a figure against its target, whichever way is better."""

HIDDEN: Final = "c (suppressed)"
"""What stands in place of a figure that would let somebody be known."""


def number(text: str | None) -> Decimal | None:
    """Give a decimal of an answer, with all its digits."""
    return None if text is None else Decimal(text)


def shown(public: Data | None, unit: str = "") -> str | None:
    """Say a figure in a table for reading: "20.5 %", or that it is suppressed."""
    if public is None:
        return None
    if public["symbol"] is not None:
        return HIDDEN
    return " ".join(part for part in (public["value"], unit) if part) or None


def cells(public: Data) -> tuple[Value, ...]:
    """Give a figure for a sheet: value, numerator, denominator, and the symbol that hides them."""
    parts = (number(public[name]) for name in ("value", "numerator", "denominator"))
    return (*parts, public["symbol"])


def target(found: Data | None) -> tuple[Value, ...]:
    """Give a target for a sheet: target, floor, tolerance, and what it began from."""
    if found is None:
        return (None, None, None, None)
    return tuple(number(found[name]) for name in ("target", "floor", "tolerance", "baseline"))


def standing(point: Data) -> str:
    """Say how a figure stands against its target; nothing is said of one that is suppressed."""
    if point["public"]["symbol"] is not None:
        return "Not told: suppressed"
    return STANDINGS[point["standing"]]


def direction(point: Data) -> str | None:
    """Say whether it is better than before, where the two can be compared."""
    if point["definitionChanged"]:
        return "Not comparable: the definition changed"
    return wording.sentence(point["direction"]) or None
