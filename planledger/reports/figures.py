"""KPI figures in plain English, the same on pages and in papers: as the public may read them.

What of a figure may be told is worked out before it is asked for (`projections.suppression`), and
documents ask for no more than that. Here it is put in words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from planledger.projections.measuring import length
from planledger.reports.wording import sentence, words

HIDDEN: Final = "c (suppressed)"
"""What stands in place of a figure that points to people; lines of changes begin so, too."""
NOT_SHOWN: Final = "Not shown"
"""What is said of how a hidden figure stands."""
POLARITIES: Final = {
    "HIGH": "Higher is better",
    "LOW": "Lower is better",
    "TARGET": "The closer to the target, the better",
}
"""Which way a KPI is better, by the name of its polarity."""

Found = Mapping[str, Any]
"""An object of an answer."""
Key = tuple[object, tuple[str, str]]
"""What says which figure is meant: the ref of its KPI, and first and last day of its period."""


class Measured(Struct, frozen=True, kw_only=True):
    """A period's figure as it is shown."""

    point: Found
    """The `SeriesPoint`."""
    figure: str
    """In words: "22.3%", `HIDDEN`, blank where nothing was stated."""
    number: Decimal | None
    hidden: bool
    standing: str | None
    """Name of its `Standing`; None where the figure is hidden."""
    direction: str | None
    """Name of its `Direction`; None too where it or the figure before is hidden."""
    usual: bool
    """Its period is as long as those of the series are; it may be a total of others."""

    @property
    def stands(self) -> str:
        """How it stands to its target, in words."""
        return NOT_SHOWN if self.standing is None else sentence(self.standing)

    @property
    def went(self) -> str:
        """Which way it went since the period before, in words; blank where nothing can be said."""
        if self.point["definitionChanged"]:
            return "not comparable: other definition"
        return words(self.direction)


def figure(public: Found, unit: str) -> str:
    """Say a `PublicFigure`: its value with its unit, else what it counts out of what."""
    if public["symbol"]:
        return HIDDEN
    if public["value"] is not None:
        return with_unit(public["value"], unit)
    return counted(public)


def in_full(public: Found, unit: str) -> str:
    """Say a `PublicFigure` with what it counts: "22.3%, 99 of 444"."""
    said = figure(public, unit)
    counts = "" if public["symbol"] else counted(public)
    return said if counts in {"", said} else f"{said}, {counts}"


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


def baseline(target: Found, unit: str) -> str:
    """Say where a `KpiTarget` starts from; blank where that is not stated."""
    public = target["public"]
    return HIDDEN if public["symbol"] else with_unit(public["baseline"], unit)


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
    for point in series:
        public = point["public"]
        unit = str(by_version.get(point["latest"]["definitionVersion"], now["unit"]))
        shown.append(
            Measured(
                point=point,
                figure=figure(public, unit),
                number=number(public, unit),
                hidden=bool(public["symbol"]),
                standing=point["publicStanding"],
                direction=point["publicDirection"],
                usual=length_of(point["period"]) == usual,
            )
        )
    return shown


def latest(shown: Sequence[Measured]) -> Measured | None:
    """Give the last figure of a series, and no total over several of its periods."""
    return next((one for one in reversed(shown) if one.usual), None)


def hidden_since(now: Iterable[Found], restated: Iterable[Found]) -> set[Key]:
    """Give the figures that may not be shown beside what is known now, though they once were.

    `now` are the KPIs as known now, and `restated` is what changed until then, with public figures:
    a figure beside what it became, or beside others that came since, can tell a hidden one.
    """
    hidden = {
        (kpi["ref"], span_of(point["period"]))
        for kpi in now
        for point in kpi["series"]
        if point["public"]["symbol"]
    }
    return hidden | {
        (change["ref"], span_of(change["period"]))
        for change in restated
        if change["track"] == "READINGS"
        and any(line.startswith(HIDDEN) for line in change["before"][:1])
    }


def span_of(period: Found) -> tuple[str, str]:
    """Give the first and the last day of a `Period`."""
    return period["first"], period["last"]


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
