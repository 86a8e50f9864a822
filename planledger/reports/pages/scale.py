"""The scale at the side of a chart: from where to where, with lines at numbers that people read."""

from collections.abc import Sequence
from itertools import count, takewhile
from math import floor, isfinite, log10
from typing import Final

from msgspec import Struct

LINES: Final = 5
"""About how many lines a scale has above its lowest."""
_STEPS: Final = (1, 2, 5, 10)
_NAMED: Final = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_PLAIN: Final = 1e15
"""Numbers from here on are written with an exponent."""


class Scale(Struct, frozen=True):
    """Which numbers a chart has room for, and the lines across it."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    """Numbers with their labels, from the lowest."""


def scale_of(numbers: Sequence[float]) -> Scale:
    """Give a scale with room for all of some numbers, one at least.

    It begins at zero where that takes no more than half of it, and goes below zero only where a
    number does.
    """
    low, high = min(numbers), max(numbers)
    if not (isfinite(low) and isfinite(high)):
        raise ValueError("A chart has room for finite numbers only.")
    if 0 <= low <= high / 2:
        low = 0.0
    elif low / 2 <= high <= 0:
        high = 0.0
    if low == high:
        around = abs(low) / 10 or 1.0
        low, high = (low - around, high + around) if low else (0.0, 1.0)
    step = _step((high - low) / LINES)
    first, last = floor(low / step), -floor(-high / step)
    if low >= 0:
        first = max(first, 0)
    ends = takewhile(lambda index: index <= last, count(first))
    return Scale(
        first * step, last * step, tuple((index * step, _said(index, step)) for index in ends)
    )


def _step(least: float) -> float:
    """Give the smallest round number that is no less."""
    power = 10.0 ** floor(log10(least))
    return next(power * one for one in _STEPS if power * one >= least * (1 - 1e-9))


def _said(index: int, step: float) -> str:
    """Say a number that is so many steps from zero, with as many places as its step has."""
    number = index * step
    if abs(number) >= _PLAIN or step < 1 / _PLAIN:
        return f"{number:.3g}"
    for size, name in _NAMED:
        if step * LINES >= size:
            return f"{number / size:g}{name}" if number else "0"
    places = max(0, -floor(log10(step)))
    return f"{number:,.{places}f}"
