"""What is measured: twelve KPIs, read every quarter, provisional first and final weeks later."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from planledger.domain.commands import (
    DefineKpi,
    Figure,
    RecordKpiReading,
    ReviseKpiReading,
    SetKpiTarget,
)
from planledger.events.values import Period, ReadingStatus, RevisionCause
from planledger.simulation.acts import Act, act
from planledger.simulation.northbridge.accounts import ANALYST, DIRECTOR, board
from planledger.simulation.northbridge.figures import (
    DEFINITIONS,
    EET,
    READINGS,
    TARGETS,
    YEARS,
    Definition,
)

QUARTERS = (
    ("2024-01-01", "2024-03-31", "Q4 2023-24", "2024-04-11", "2024-05-24"),
    ("2024-04-01", "2024-06-30", "Q1 2024-25", "2024-07-11", "2024-08-23"),
    ("2024-07-01", "2024-09-30", "Q2 2024-25", "2024-10-11", "2024-11-22"),
    ("2024-10-01", "2024-12-31", "Q3 2024-25", "2025-01-10", "2025-02-21"),
    ("2025-01-01", "2025-03-31", "Q4 2024-25", "2025-04-11", "2025-05-23"),
    ("2025-04-01", "2025-06-30", "Q1 2025-26", "2025-07-11", "2025-08-22"),
    ("2025-07-01", "2025-09-30", "Q2 2025-26", "2025-10-10", "2025-11-21"),
    ("2025-10-01", "2025-12-31", "Q3 2025-26", "2026-01-12", None),
)
"""First and last day, label, the day of the first figure and that of the final one."""

LATE = {("health-assessments", "Q2 2024-25"): "2025-02-03"}
"""Figures keyed in months late, though the analyst had them on the day of the others."""
REVISED = {("re-referrals", "Q3 2024-25"): "2025-03-05"}
"""Figures that changed for more than the ordinary reason, on a day of their own."""
COUNTED_AS_BEFORE = {("eet", "Q4 2024-25"): 1}
"""Figures given out under a new definition, and made under this one."""

PROVISIONAL, FINAL = ReadingStatus.PROVISIONAL, ReadingStatus.FINAL


def acts() -> Iterator[Act]:
    """Tell what is measured."""
    for definition in DEFINITIONS:
        yield _defined("2024-02-12", definition)
    yield _defined(
        "2025-04-01", EET,
        reason="The national definition now counts care leavers of 17 and 18 too; figures before "
        "and after are not comparable.",
    )  # fmt: skip
    yield from _targets()
    for kpi, figures in READINGS.items():
        for (first, last, label, read_on, final_on), printed in zip(
            QUARTERS, figures.split(), strict=True
        ):
            if printed != "-":
                period = _period(first, last, label)
                yield from _reading(kpi, period, printed, read_on, final_on)
    for kpi, (first, last, label, read_on, printed) in YEARS.items():
        yield act(
            read_on, ANALYST, RecordKpiReading, kpi=kpi, period=_period(first, last, label),
            figure=_figure(printed, FINAL, read_on),
        )  # fmt: skip


def reading_of(kpi: str, label: str) -> str:
    """Give the name of the act that recorded the first figure of a period."""
    return f"reading of {kpi}, {label}"


def _defined(day: str, definition: Definition, reason: str | None = None) -> Act:
    return act(day, ANALYST, DefineKpi, reason=reason, **definition._asdict())


def _targets() -> Iterator[Act]:
    for kpi, (baseline, *years) in TARGETS.items():
        for day, minute, (target, tolerance, floor), quarters in zip(
            ("2024-03-20", "2025-03-19"), ("12", "14"), years, (QUARTERS[1:5], QUARTERS[5:]),
            strict=True,
        ):  # fmt: skip
            for first, last, label, *_ in quarters:
                yield act(
                    day, DIRECTOR, SetKpiTarget, kpi=kpi, period=_period(first, last, label),
                    baseline=baseline, target=target, tolerance=tolerance, floor=floor,
                    authority=board("2024-03-19" if minute == "12" else "2025-03-18", minute),
                )  # fmt: skip


def _reading(
    kpi: str, period: Period, printed: str, read_on: str, final_on: str | None
) -> Iterator[Act]:
    first, _, final = printed.partition(">")
    key = (kpi, period.label)
    late = LATE.get(key)
    yield act(
        late or read_on, ANALYST, RecordKpiReading, called=reading_of(*key), kpi=kpi, period=period,
        figure=_figure(first, PROVISIONAL, read_on), effective_on=read_on,
        definition_version=COUNTED_AS_BEFORE.get(key),
        reason="Left in a spreadsheet until it was missed." if late else None,
    )  # fmt: skip
    if final_on is None:
        return
    revised = REVISED.get(key)
    day = max(revised or final_on, late or final_on)
    yield act(
        day, ANALYST, ReviseKpiReading, kpi=kpi, period=period,
        figure=_figure(final or first, FINAL, day),
        cause=RevisionCause.REVISION if revised else RevisionCause.FINALISED,
        note="Contacts taken out of hours had not been counted." if revised else None,
    )  # fmt: skip


def _period(first: str, last: str, label: str) -> Period:
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last), label=label)


def _figure(printed: str, status: ReadingStatus, extracted_on: str) -> Figure:
    """Read "96/320" as a percentage with what it is made of, "7" as a count."""
    numerator, _, denominator = printed.partition("/")
    on = date.fromisoformat(extracted_on)
    if not denominator:
        return Figure(status=status, extracted_on=on, value=Decimal(numerator))
    share = (100 * Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.1"))
    return Figure(
        status=status, extracted_on=on, value=share, numerator=Decimal(numerator),
        denominator=Decimal(denominator),
    )  # fmt: skip
