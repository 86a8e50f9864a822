"""KPI figures in plain English: as public papers may show them, and no more.

What is hidden is hidden here too, and so is what would tell of it: how it stands to the target, and
which way it or the figure after it went.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from planledger.projections.measuring import length

POLARITIES: Final = {
    "HIGH": "Higher is better",
    "LOW": "Lower is better",
    "TARGET": "The closer to the target, the better",
}
"""Which way a KPI is better, by the name of its polarity."""

Found = Mapping[str, Any]
"""An object of an answer."""


class Measured(Struct, frozen=True, kw_only=True):
    """A period's figure as it is shown."""

    point: Found
    """The `SeriesPoint`."""
    figure: str
    """In words: "22.3%", "c" for what is hidden, blank where nothing was stated."""
    number: Decimal | None
    hidden: bool
    standing: str | None
    """Name of its `Standing`; None where the figure is hidden."""
    direction: str | None
    """Name of its `Direction`; None too where it or the figure before is hidden."""
    usual: bool
    """Its period is as long as those of the series are; it may be a total of others."""


def figure(public: Found, unit: str) -> str:
    """Say a `PublicFigure`: its value with its unit, else what it counts out of what."""
    if public["symbol"]:
        return str(public["symbol"])
    if public["value"] is not None:
        return with_unit(public["value"], unit)
    return counted(public)


def counted(public: Found) -> str:
    """Say what a figure counts and out of what: "99 of 444"; blank where that is not stated."""
    numerator, denominator = public["numerator"], public["denominator"]
    parts = [f"{Decimal(part):,f}" for part in (numerator, denominator) if part is not None]
    return " of ".join(parts)


def with_unit(number: str | None, unit: str) -> str:
    """Say a decimal with what it is measured in: "22.3%", "16.9 cases"; None is nothing."""
    if number is None:
        return ""
    said = f"{Decimal(number):,f}"
    return f"{said}%" if unit == "%" else f"{said} {unit}"


def tolerance(target: Found, unit: str) -> str:
    """Say how far off a `KpiTarget` still counts as met; of percentages, in points."""
    if target["tolerance"] is None:
        return "none"
    return with_unit(target["tolerance"], "points" if unit == "%" else unit)


def number(public: Found, unit: str) -> Decimal | None:
    """Give the one number of a figure that is shown, as the unit has it; None for a hidden one."""
    if public["symbol"]:
        return None
    if public["value"] is not None:
        return Decimal(public["value"])
    numerator, denominator = public["numerator"], public["denominator"]
    if numerator is None or denominator is None or not Decimal(denominator):
        return None
    ratio = Decimal(numerator) / Decimal(denominator)
    return 100 * ratio if unit == "%" else ratio


def units(definitions: Sequence[Found]) -> dict[int, str]:
    """Give what figures are measured in, by the version of the definition they were made under."""
    return {one["version"]: one["unit"] for one in definitions}


def measured(series: Sequence[Found], definitions: Sequence[Found]) -> list[Measured]:
    """Give the points of a KPI's series as they are shown, in their order."""
    now, by_version = definitions[-1], units(definitions)
    usual = usual_length([point["period"] for point in series], now["frequencyMonths"])
    shown = []
    hidden_before: dict[object, bool] = {}
    for point in series:
        public, long = point["public"], length_of(point["period"])
        hidden = bool(public["symbol"])
        unit = str(by_version.get(point["latest"]["definitionVersion"], now["unit"]))
        tells = not hidden and not hidden_before.get(long, False)
        hidden_before[long] = hidden
        shown.append(
            Measured(
                point=point,
                figure=figure(public, unit),
                number=number(public, unit),
                hidden=hidden,
                standing=None if hidden else point["standing"],
                direction=point["direction"] if tells else None,
                usual=long == usual,
            )
        )
    return shown


def latest(shown: Sequence[Measured]) -> Measured | None:
    """Give the last figure of a series, and no total over several of its periods."""
    return next((one for one in reversed(shown) if one.usual), None)


def usual_length(periods: Sequence[Found], months: int) -> tuple[str, int]:
    """Give how long the periods of a series are: as the definition says, else as most are."""
    lengths = Counter(map(length_of, periods))
    defined = ("months", months)
    if defined in lengths or not lengths:
        return defined
    return max(lengths, key=lambda long: lengths[long])


def length_of(period: Found) -> tuple[str, int]:
    """Give how long a `Period` is: so many whole months, or so many days."""
    return length((date.fromisoformat(period["first"]), date.fromisoformat(period["last"])))
