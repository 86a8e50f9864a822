"""How a KPI's figures stand to their targets, and which way they go. Calculated, never judged."""

from datetime import timedelta
from decimal import Decimal
from enum import Enum

from planledger.domain.plan import KpiTarget, Span
from planledger.events.values import Polarity
from planledger.projections.suppression import PERCENT, Figure


class Standing(Enum):
    """How a figure stands to the target of its period."""

    MET = "met"
    WITHIN_TOLERANCE = "within tolerance"
    BELOW_TARGET = "below target"
    BELOW_FLOOR = "below floor"
    NO_TARGET = "no target"


class Direction(Enum):
    """Which way a figure went since the period before, by what is better for its KPI."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


def measured(figure: Figure) -> Decimal | None:
    """Give the one number that a figure is judged by: its value, or what its ratio comes to.

    A ratio in "%" is a percentage. It is not rounded: 94.96 is below 95.
    """
    if figure.value is not None:
        return figure.value
    if figure.numerator is None or not figure.denominator:
        return None
    ratio = figure.numerator / figure.denominator
    return 100 * figure.numerator / figure.denominator if figure.unit == PERCENT else ratio


def standing(number: Decimal | None, target: KpiTarget | None, polarity: Polarity) -> Standing:
    """Say how a number stands to a target.

    The floor is the least acceptable: from below where higher is better, from above where lower
    is. Past it, a number is below the floor whatever the tolerance.
    """
    if number is None or target is None:
        return Standing.NO_TARGET
    short = shortfall(number, target.target, polarity)
    if short <= 0:
        return Standing.MET
    if target.floor is not None:
        past = number - target.floor if polarity is Polarity.LOW else target.floor - number
        if past > 0:
            return Standing.BELOW_FLOOR
    if target.tolerance is not None and short <= target.tolerance:
        return Standing.WITHIN_TOLERANCE
    return Standing.BELOW_TARGET


def shortfall(number: Decimal, target: Decimal, polarity: Polarity) -> Decimal:
    """Give how far a number is from meeting a target; zero or less where it meets it."""
    match polarity:
        case Polarity.HIGH:
            return target - number
        case Polarity.LOW:
            return number - target
        case Polarity.TARGET:
            return abs(number - target)


def direction(
    before: Decimal | None,
    now: Decimal | None,
    aims: tuple[Decimal | None, Decimal | None],
    polarity: Polarity,
) -> Direction | None:
    """Say which way it went from one number to the next.

    Close to the target is judged by the targets of the two periods (`aims`), so both must be set.
    """
    if before is None or now is None:
        return None
    if polarity is Polarity.TARGET:
        if aims[0] is None or aims[1] is None:
            return None
        was, is_now = abs(before - aims[0]), abs(now - aims[1])
    else:
        was, is_now = (before, now) if polarity is Polarity.LOW else (-before, -now)
    if was == is_now:
        return Direction.SAME
    return Direction.BETTER if is_now < was else Direction.WORSE


def length(span: Span) -> tuple[str, int]:
    """Give what makes two periods comparable: so many whole months, or so many days."""
    first, last = span
    following = last + timedelta(days=1)
    if first.day == 1 and following.day == 1:
        months = 12 * (following.year - first.year) + following.month - first.month
        return ("months", months)
    return ("days", (last - first).days + 1)
