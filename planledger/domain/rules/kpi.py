"""Rules for KPIs: definitions are versioned, readings are never overwritten."""

from decimal import Decimal

from planledger.domain.case import (
    Case,
    already,
    bad_months,
    bad_name,
    item_of,
    missing,
    need_reason,
    unknown,
)
from planledger.domain.commands import (
    DefineKpi,
    Figure,
    RecordKpiReading,
    ReviseKpiReading,
    SetKpiTarget,
)
from planledger.domain.plan import Kpi, KpiDefinition, Statement, span
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.values import Period


def define_kpi(command: DefineKpi, case: Case) -> tuple[Event, ...] | Refusal:
    """Define a KPI, or its next version when anything in it changes, which takes a reason."""
    statements = statements_of(case, command.statements)
    if isinstance(statements, Refusal):
        return statements
    known = case.known.kpis.get(command.kpi)
    versions = (definition.version for definition in known.definitions) if known else ()
    version = max(versions, default=0) + 1
    event = KpiDefined(
        kpi=command.kpi,
        definition_version=version,
        name=command.name,
        formula=command.formula,
        unit=command.unit,
        polarity=command.polarity,
        frequency_months=command.frequency_months,
        source_system=command.source_system,
        suppression_rule=command.suppression_rule.value,
        statements=statements,
    )
    on_day = case.plan.kpis.get(command.kpi)
    if on_day is not None and _same_definition(on_day.definitions[-1], event):
        return ()
    refusal = bad_name(command.kpi, "kpi")
    if known is not None:
        refusal = need_reason(command, f"{command.kpi} is defined; this makes version {version}.")
    months = bad_months(command.frequency_months, "A KPI is read", "frequencyMonths")
    return months or refusal or (event,)


def set_kpi_target(command: SetKpiTarget, case: Case) -> tuple[Event, ...] | Refusal:
    """Set a period's target; to change one takes a reason."""
    kpi = _kpi_of(case, command.kpi)
    if isinstance(kpi, Refusal):
        return kpi
    figures = (command.target, command.baseline, command.floor, command.tolerance)
    if not all(figure is None or figure.is_finite() for figure in figures):
        return not_a_number("target")
    event = KpiTargetSet(
        kpi=kpi.id,
        period=command.period,
        baseline=command.baseline,
        target=command.target,
        floor=command.floor,
        tolerance=command.tolerance,
    )
    now = kpi.targets.get(span(command.period))
    if now is None:
        return (event,)
    if all(
        getattr(now, field) == getattr(event, field)
        for field in ("baseline", "target", "floor", "tolerance")
    ):
        return ()
    return need_reason(command, "This period has another target already.") or (event,)


def record_kpi_reading(command: RecordKpiReading, case: Case) -> tuple[Event, ...] | Refusal:
    """Record a period's first figure; there is one reading a period, later ones revise it.

    It is made under the definition in force on its day, unless another is stated that the KPI had
    by then: the last quarter under an old definition is counted when the new one holds already.
    """
    kpi = _kpi_of(case, command.kpi)
    if isinstance(kpi, Refusal):
        return kpi
    refusal = bad_figure(command.figure, command.period, case) or _bad_version(command, kpi, case)
    if refusal is not None:
        return refusal
    known = case.known.kpis[kpi.id].readings.get(span(command.period))
    if known is not None:
        since = known[0].effective_on
        if _same_figure(known[-1].event, command):
            return already(case, f"This reading of {kpi.id}", since)
        return Refusal(
            code=Code.READING_EXISTS,
            message=f"{kpi.id} has a reading for {command.period.label}, from {since} on. "
            "Revise it instead.",
            path="period",
        )
    figure = command.figure
    return (
        KpiReadingRecorded(
            kpi=kpi.id,
            definition_version=_or(command.definition_version, kpi.definitions[-1].version),
            period=command.period,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            status=figure.status,
            extracted_on=figure.extracted_on,
        ),
    )


def revise_kpi_reading(command: ReviseKpiReading, case: Case) -> tuple[Event, ...] | Refusal:
    """Record a later figure for a period that has one.

    It is made under the definition of the figure it revises, unless another is stated that the
    KPI had by then: a figure does not come to mean something else by becoming final.
    """
    kpi = _kpi_of(case, command.kpi)
    if isinstance(kpi, Refusal):
        return kpi
    refusal = bad_figure(command.figure, command.period, case) or _bad_version(command, kpi, case)
    if refusal is not None:
        return refusal
    reading = kpi.readings.get(span(command.period))
    if reading is None:
        return Refusal(
            code=Code.READING_MISSING,
            message=f"{kpi.id} has no reading for {command.period.label} to revise on {case.on}. "
            "Record it first, or give a later effective day.",
            path="period",
        )
    figure = command.figure
    revised = reading[-1].event
    if _same_figure(revised, command):
        return ()
    return (
        KpiReadingRevised(
            kpi=kpi.id,
            definition_version=_or(command.definition_version, _made_under(revised)),
            period=command.period,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            status=figure.status,
            extracted_on=figure.extracted_on,
            cause=command.cause,
            note=command.note,
        ),
    )


def _kpi_of(case: Case, name: str) -> Kpi | Refusal:
    return case.plan.kpis.get(name) or missing(case, "KPI", name, "kpi", case.known.kpis)


def statements_of(case: Case, names: tuple[str, ...]) -> tuple[str, ...] | Refusal:
    """Find the ids of statements, or say which is none."""
    ids = []
    for name in names:
        item = item_of(case, name, "statements")
        if isinstance(item, Refusal):
            return item
        if not isinstance(item, Statement):
            return unknown("statement", name, "statements")
        ids.append(item.id)
    return tuple(ids)


def _same_definition(now: KpiDefinition, event: KpiDefined) -> bool:
    fields = set(now.__struct_fields__) - {"version", "on"}
    return all(getattr(now, field) == getattr(event, field) for field in fields)


def _same_figure(now: Event, command: RecordKpiReading | ReviseKpiReading) -> bool:
    """Say whether a figure is what is stated, and made under the definition that is, if one is."""
    figure, version = command.figure, command.definition_version
    fields = figure.__struct_fields__
    same = all(getattr(now, field) == getattr(figure, field) for field in fields)
    return same and version in {None, _made_under(now)}


def _made_under(reading: Event) -> int:
    assert isinstance(reading, KpiReadingRecorded | KpiReadingRevised)  # noqa: S101 - as evolve keeps them
    return reading.definition_version


def _bad_version(
    command: RecordKpiReading | ReviseKpiReading, kpi: Kpi, case: Case
) -> Refusal | None:
    """Refuse a definition that the KPI did not have by the effective day."""
    there = sorted(definition.version for definition in kpi.definitions)
    if command.definition_version in {None, *there}:
        return None
    return Refusal(
        code=Code.UNKNOWN_DEFINITION,
        message=f"{kpi.id} has no definition {command.definition_version} on {case.on}. It has: "
        f"{', '.join(map(str, there))}. Name one of these, or give a later effective day.",
        path="definitionVersion",
    )


def _or(stated: int | None, default: int) -> int:
    return default if stated is None else stated


def bad_figure(figure: Figure, period: Period, case: Case) -> Refusal | None:
    """Refuse a figure that says nothing, or that was taken on an impossible day."""
    numbers = (figure.value, figure.numerator, figure.denominator)
    if not all(number is None or number.is_finite() for number in numbers):
        return not_a_number("figure")
    ratio = figure.numerator is not None and figure.denominator is not None
    halved = (figure.numerator is None) != (figure.denominator is None)
    if halved or figure.denominator == Decimal(0) or not (ratio or figure.value is not None):
        return Refusal(
            code=Code.FIGURE_INCOMPLETE,
            message="A reading is a value, or a numerator with a denominator that is not zero. "
            "Give one of these.",
            path="figure",
        )
    if not period.first <= figure.extracted_on <= case.stamp.today:
        return Refusal(
            code=Code.DATE_IMPOSSIBLE,
            message=f"A figure for {period.label} is extracted between {period.first} and today "
            f"({case.stamp.today}), not on {figure.extracted_on}. Check the two dates.",
            path="figure.extractedOn",
        )
    return None


def not_a_number(path: str) -> Refusal:
    """Say that what should be a figure is none."""
    return Refusal(
        code=Code.FIGURE_INCOMPLETE,
        message="A figure is a finite decimal number. Check the figures.",
        path=path,
    )
