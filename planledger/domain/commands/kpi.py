"""Commands about KPIs."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from planledger.domain.commands.base import Command
from planledger.events.values import (
    Period,
    Personal,
    Polarity,
    ReadingStatus,
    RevisionCause,
    SuppressionRule,
)


class DefineKpi(Command, frozen=True, kw_only=True):
    """Define a KPI, or its next version."""

    kpi: str
    name: str
    formula: str
    unit: str
    polarity: Polarity
    frequency_months: int
    source_system: str
    suppression_rule: SuppressionRule
    statements: tuple[str, ...] = ()


class SetKpiTarget(Command, frozen=True, kw_only=True):
    """Set what is aimed at in a period."""

    kpi: str
    period: Period
    target: Decimal
    baseline: Decimal | None = None
    floor: Decimal | None = None
    tolerance: Decimal | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """A figure as stated: a value, or a numerator and denominator, or both."""

    status: ReadingStatus
    extracted_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


class RecordKpiReading(Command, frozen=True, kw_only=True):
    """Record the first figure for a period."""

    kpi: str
    period: Period
    figure: Figure
    definition_version: int | None = None
    """The definition it was made under; left out, the one in force on the effective day."""


class ReviseKpiReading(Command, frozen=True, kw_only=True):
    """Record a later figure for a period that has one."""

    kpi: str
    period: Period
    figure: Figure
    cause: RevisionCause
    note: Personal | None = None
    definition_version: int | None = None
    """The definition it was made under; left out, that of the figure it revises."""
