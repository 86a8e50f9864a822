"""What happens to KPIs: definitions, targets and readings. Names are the storage format.

Values are decimals, never floats. A reading names its definition version; a revision keeps
every earlier vintage (design 2.3).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, KpiId
from planledger.events.values import Period, Personal, Polarity, ReadingStatus, RevisionCause

Value = Annotated[
    Decimal | None, Meta(description="The value; empty where a numerator and denominator say it.")
]
Numerator = Annotated[Decimal | None, Meta(description="What is counted, where it is a ratio.")]
Denominator = Annotated[Decimal | None, Meta(description="What it is counted out of.")]


class KpiDefined(Event, frozen=True, kw_only=True, gc=False, tag="kpi-defined.v1"):
    """A KPI was defined, or defined anew as its next version."""

    kpi: KpiId
    definition_version: Annotated[int, Meta(description="1 for the first, then 2, 3 …")]
    name: Annotated[str, Meta(description="What the KPI is called.")]
    formula: Annotated[str, Meta(description="How it is worked out, in words.")]
    unit: Annotated[str, Meta(description='What it is measured in: "%", "days", "children".')]
    polarity: Annotated[Polarity, Meta(description="Which way is better.")]
    frequency_months: Annotated[int, Meta(description="A reading every so many months.")]
    source_system: Annotated[str, Meta(description="Where the figures come from.")]
    suppression_rule: Annotated[str, Meta(description="Which values public papers must hide.")]
    statements: Annotated[
        tuple[str, ...], Meta(description="Ids of the statements it helps to measure.")
    ]


class KpiTargetSet(Event, frozen=True, kw_only=True, gc=False, tag="kpi-target-set.v1"):
    """A target was set for a period."""

    kpi: KpiId
    period: Annotated[Period, Meta(description="The period the target is for.")]
    baseline: Annotated[Decimal | None, Meta(description="Where it started from.")]
    target: Annotated[Decimal, Meta(description="What is aimed at.")]
    floor: Annotated[Decimal | None, Meta(description="The least that is acceptable.")]
    tolerance: Annotated[Decimal | None, Meta(description="How far off still counts as met.")]


class KpiReadingRecorded(Event, frozen=True, kw_only=True, gc=False, tag="kpi-reading-recorded.v1"):
    """The first figure for a period was recorded."""

    kpi: KpiId
    definition_version: Annotated[int, Meta(description="The definition it was made under.")]
    period: Annotated[Period, Meta(description="The period the figure speaks of.")]
    value: Value
    numerator: Numerator
    denominator: Denominator
    status: Annotated[ReadingStatus, Meta(description="Provisional or final.")]
    extracted_on: Annotated[date, Meta(description="The day it was taken from the source.")]


class KpiReadingRevised(Event, frozen=True, kw_only=True, gc=False, tag="kpi-reading-revised.v1"):
    """A later figure for the same period was recorded; the earlier vintages stay."""

    kpi: KpiId
    definition_version: Annotated[int, Meta(description="The definition it was made under.")]
    period: Annotated[Period, Meta(description="The period the figure speaks of.")]
    value: Value
    numerator: Numerator
    denominator: Denominator
    status: Annotated[ReadingStatus, Meta(description="Provisional or final.")]
    extracted_on: Annotated[date, Meta(description="The day it was taken from the source.")]
    cause: Annotated[RevisionCause, Meta(description="Why it was published again.")]
    note: Annotated[Personal | None, Meta(description="What changed, in words.")]
