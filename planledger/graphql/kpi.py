"""KPIs, and the mutations that define them, set targets and record readings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from planledger.domain.commands import (
    DefineKpi,
    Figure,
    RecordKpiReading,
    ReviseKpiReading,
    SetKpiTarget,
)
from planledger.domain.refusals import Code, Refusal
from planledger.events.values import Period as PeriodValue
from planledger.events.values import (
    Personal,
    Polarity,
    ReadingStatus,
    RevisionCause,
    SuppressionRule,
)
from planledger.graphql.common import Period, described, resolved
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import (
    CommandInput,
    Conflict,
    PeriodInput,
    Recorded,
    Refused,
    record,
    stated,
)
from planledger.graphql.scalars import Position
from planledger.projections.measuring import Direction, Standing
from planledger.projections.view import KpiView, SeriesPointView


@strawberry.type(description="One version of what a KPI means.")
class KpiDefinition:
    version: int = described("1 for the first, then 2, 3 …")
    effective_on: date = described("The civil day from which it holds.")
    name: str = described("What the KPI is called.")
    formula: str = described("How it is worked out, in words.")
    unit: str = described("What it is measured in.")
    polarity: Polarity = described("Which way is better.")
    frequency_months: int = described("A reading every so many months.")
    source_system: str = described("Where the figures come from.")
    suppression_rule: str = described(
        'Which figures public papers must hide: "none", "small-numbers", or words from before '
        "rules had names, which are taken as the latter."
    )
    statements: list[str] = described("Refs of the statements it helps to measure.", about=2)


@strawberry.type(
    description="What public papers may show of where a KPI started from, which is a figure: "
    "targets, floors and tolerances are decided, and always shown."
)
class PublicTarget:
    baseline: Decimal | None = described(
        "Where it started from; null where it is hidden or was not stated. Hidden where it is "
        "small, and where a figure of the KPI is hidden that it may repeat."
    )
    symbol: str | None = described('"c" (confidential) where the baseline is hidden; else null.')


@strawberry.type(description="What is aimed at in a period.")
class KpiTarget:
    period: Period = described("The period.")
    baseline: Decimal | None = described("Where it started from.")
    target: Decimal = described("What is aimed at.")
    floor: Decimal | None = described("The least that is acceptable.")
    tolerance: Decimal | None = described("How far off still counts as met.")
    public: PublicTarget = described("What public papers may show of where it started from.")


@strawberry.type(
    description="A figure as public papers may show it: small numbers, and those that would give "
    "them away, are hidden."
)
class PublicFigure:
    value: Decimal | None = described("The value; null where it is hidden or was not stated.")
    numerator: Decimal | None = described("What was counted; null as the value.")
    denominator: Decimal | None = described("What it was counted out of; null as the value.")
    symbol: str | None = described('"c" (confidential) where something is hidden; else null.')
    secondary: bool = described(
        "Hidden only since another hidden figure could be told from it and those given out before "
        "it. What a paper has shown it cannot hide any more."
    )


@strawberry.type(description="One published figure for a period.")
class Vintage:
    position: Position = described("Position of its entry.")
    recorded_at: datetime = described("When the ledger learned it.")
    effective_on: date = described("The civil day it was published.")
    definition_version: int = described(
        "Version of the definition it was made under: as stated, else the one in force on the day "
        "of the period's first figure."
    )
    value: Decimal | None = described("The value; null where only the ratio was stated.")
    numerator: Decimal | None = described("What was counted, where it is a ratio.")
    denominator: Decimal | None = described("What it was counted out of.")
    status: ReadingStatus = described("Provisional or final.")
    extracted_on: date = described("The day it was taken from the source.")
    cause: RevisionCause | None = described("Why it was published again; null for the first.")
    public: PublicFigure = described("The figure as public papers may show it.")


@strawberry.type(description="A period's figure, and every one published for it.")
class Reading:
    period: Period = described("The period.")
    latest: Vintage = described("The figure at this point.")
    vintages: list[Vintage] = described("Every figure up to this point, the oldest first.", about=2)


@strawberry.type(description="One period in the series of a KPI's figures.")
class SeriesPoint:
    period: Period = described("The period.")
    latest: Vintage = described("The figure at this point.")
    target: KpiTarget | None = described("What was aimed at in this very period, if anything was.")
    standing: Standing = described("How the figure stands to the target. Calculated.")
    direction: Direction | None = described(
        "Against the period before of the same length. Calculated; null where there is none, the "
        "definition changed, or there is no target to be close to."
    )
    definition_changed: bool = described(
        "It was made under another definition than the period before, so compare with care."
    )
    public: PublicFigure = described("The figure as public papers may show it.")
    public_standing: Standing | None = described(
        "`standing` as public papers may tell it: null where the figure is hidden."
    )
    public_direction: Direction | None = described(
        "`direction` as public papers may tell it: null also where this figure is hidden, or the "
        "one that it is compared with."
    )


def _series(
    root: KpiView,
    since: Annotated[
        date | None,
        strawberry.argument(description="Only periods that end on this civil day or later."),
    ] = None,
    until: Annotated[
        date | None,
        strawberry.argument(description="Only periods that end on this civil day or earlier."),
    ] = None,
) -> tuple[SeriesPointView, ...]:
    if since is None and until is None:
        return root.series
    return tuple(
        point
        for point in root.series
        if (since is None or since <= point.period.last)
        and (until is None or point.period.last <= until)
    )


@strawberry.type(description="An indicator.")
class Kpi(Node):
    ref: str = described("Its short name in the plan.")
    definition: KpiDefinition = described("What it means at this point.")
    definitions: list[KpiDefinition] = described("Every definition, the oldest first.", about=2)
    targets: list[KpiTarget] = described("Targets by period.", about=6)
    readings: list[Reading] = described("Readings by period.", about=24)
    series: list[SeriesPoint] = resolved(
        _series,
        "A point for every period read, the oldest first.",
        kind=list[SeriesPoint],
        about=24,
    )


@strawberry.type(description="A change to a KPI was recorded, or was so already.")
class KpiRecorded(Recorded):
    kpi: Kpi | None = described("The KPI afterwards.")


KpiResult = Annotated[
    KpiRecorded | Refused | Conflict,
    strawberry.union("KpiResult", description="What came of a command about a KPI."),
]


@strawberry.input(description="What a command about a KPI states.")
class _KpiInput(CommandInput):
    kpi: str = described("The KPI's short name in the plan.")


@strawberry.input(description="Define a KPI, or its next version, which needs a reason.")
class KpiDefineInput(_KpiInput):
    name: str = described("What the KPI is called.")
    formula: str = described("How it is worked out, in words.")
    unit: str = described('What it is measured in: "%", "days", "children".')
    polarity: Polarity = described("Which way is better.")
    frequency_months: int = described("A reading every so many months, 1 to 120.")
    source_system: str = described("Where the figures come from.")
    suppression_rule: SuppressionRule = described("Which figures public papers must hide.")
    statements: list[str] = strawberry.field(
        default_factory=list, description="Refs or ids of the statements it helps to measure."
    )

    def command(self) -> DefineKpi:
        """Give what it asks."""
        return DefineKpi(
            **stated(self),
            kpi=self.kpi,
            name=self.name,
            formula=self.formula,
            unit=self.unit,
            polarity=self.polarity,
            frequency_months=self.frequency_months,
            source_system=self.source_system,
            suppression_rule=self.suppression_rule,
            statements=tuple(self.statements),
        )


@strawberry.input(description="Set what is aimed at in a period; changing it needs a reason.")
class KpiTargetSetInput(_KpiInput):
    period: PeriodInput = described("The period.")
    target: Decimal = described("What is aimed at.")
    baseline: Decimal | None = strawberry.field(default=None, description="Where it started from.")
    floor: Decimal | None = strawberry.field(
        default=None, description="The least that is acceptable."
    )
    tolerance: Decimal | None = strawberry.field(
        default=None, description="How far off still counts as met."
    )

    def command(self) -> SetKpiTarget | Refusal:
        """Give what it asks."""
        period = _period(self.period)
        if isinstance(period, Refusal):
            return period
        return SetKpiTarget(
            **stated(self),
            kpi=self.kpi,
            period=period,
            target=self.target,
            baseline=self.baseline,
            floor=self.floor,
            tolerance=self.tolerance,
        )


@strawberry.input(description="A figure: a value, or a numerator with a denominator, or both.")
class FigureInput:
    status: ReadingStatus = described("Provisional or final.")
    extracted_on: date = described("The day it was taken from the source; not after today.")
    value: Decimal | None = strawberry.field(default=None, description="The value.")
    numerator: Decimal | None = strawberry.field(default=None, description="What was counted.")
    denominator: Decimal | None = strawberry.field(
        default=None, description="What it was counted out of; not zero."
    )


@strawberry.input(description="Record the first figure for a period.")
class KpiReadingRecordInput(_KpiInput):
    period: PeriodInput = described("The period the figure speaks of.")
    figure: FigureInput = described("The figure.")
    definition_version: int | None = strawberry.field(
        default=None,
        description="Version of the definition it was made under, from 1, one the KPI has by the "
        "effective day; left out, the one in force on that day.",
    )

    def command(self) -> RecordKpiReading | Refusal:
        """Give what it asks."""
        period = _period(self.period)
        if isinstance(period, Refusal):
            return period
        return RecordKpiReading(
            **stated(self),
            kpi=self.kpi,
            period=period,
            figure=_figure(self.figure),
            definition_version=self.definition_version,
        )


@strawberry.input(description="Record a later figure for a period that has one.")
class KpiReadingReviseInput(_KpiInput):
    period: PeriodInput = described("The period the figure speaks of.")
    figure: FigureInput = described("The figure.")
    cause: RevisionCause = described("Why it is published again.")
    note: Personal | None = strawberry.field(default=None, description="What changed, in words.")
    definition_version: int | None = strawberry.field(
        default=None,
        description="Version of the definition it was made under, from 1, one the KPI has by the "
        "effective day; left out, that of the figure it revises.",
    )

    def command(self) -> ReviseKpiReading | Refusal:
        """Give what it asks."""
        period = _period(self.period)
        if isinstance(period, Refusal):
            return period
        return ReviseKpiReading(
            **stated(self),
            kpi=self.kpi,
            period=period,
            figure=_figure(self.figure),
            cause=self.cause,
            note=self.note,
            definition_version=self.definition_version,
        )


def kpi_define(info: Info, input: KpiDefineInput) -> KpiResult:
    """Define a KPI."""
    return record(info, input, KpiRecorded, "kpi", input.kpi)


def kpi_target_set(info: Info, input: KpiTargetSetInput) -> KpiResult:
    """Set a KPI's target."""
    return record(info, input, KpiRecorded, "kpi", input.kpi)


def kpi_reading_record(info: Info, input: KpiReadingRecordInput) -> KpiResult:
    """Record a KPI reading."""
    return record(info, input, KpiRecorded, "kpi", input.kpi)


def kpi_reading_revise(info: Info, input: KpiReadingReviseInput) -> KpiResult:
    """Revise a KPI reading."""
    return record(info, input, KpiRecorded, "kpi", input.kpi)


def _period(period: PeriodInput) -> PeriodValue | Refusal:
    if period.last < period.first:
        return Refusal(
            code=Code.DATE_IMPOSSIBLE,
            message=f"The period ends on {period.last}, before it begins on {period.first}. "
            "Check the two dates.",
            path="period",
        )
    return PeriodValue(first=period.first, last=period.last, label=period.label)


def _figure(figure: FigureInput) -> Figure:
    return Figure(
        status=figure.status,
        extracted_on=figure.extracted_on,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
    )
