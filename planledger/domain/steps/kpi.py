"""How KPIs change."""

from msgspec.structs import replace

from planledger.domain.plan import Kpi, KpiDefinition, KpiTarget, Plan, span
from planledger.domain.steps.common import Steps
from planledger.events import kpi
from planledger.events.envelope import Fact


def _kpi_defined(plan: Plan, event: kpi.KpiDefined, entry: Fact) -> Plan:
    definition = KpiDefinition(
        version=event.definition_version,
        on=entry.effective_on,
        name=event.name,
        formula=event.formula,
        unit=event.unit,
        polarity=event.polarity,
        frequency_months=event.frequency_months,
        source_system=event.source_system,
        suppression_rule=event.suppression_rule,
        statements=event.statements,
    )
    known = plan.kpis.get(event.kpi) or Kpi(id=event.kpi, definitions=())
    definitions = (*known.definitions, definition)
    return replace(plan, kpis=plan.kpis.set(known.id, replace(known, definitions=definitions)))


def _kpi_target_set(plan: Plan, event: kpi.KpiTargetSet, _: Fact) -> Plan:
    known = plan.kpis.get(event.kpi)
    if known is None:
        return plan
    target = KpiTarget(
        period=event.period,
        baseline=event.baseline,
        target=event.target,
        floor=event.floor,
        tolerance=event.tolerance,
    )
    targets = known.targets.set(span(event.period), target)
    return replace(plan, kpis=plan.kpis.set(known.id, replace(known, targets=targets)))


def _kpi_reading(
    plan: Plan, event: kpi.KpiReadingRecorded | kpi.KpiReadingRevised, entry: Fact
) -> Plan:
    known = plan.kpis.get(event.kpi)
    if known is None:
        return plan
    key = span(event.period)
    readings = known.readings.set(key, (*known.readings.get(key, ()), entry))
    return replace(plan, kpis=plan.kpis.set(known.id, replace(known, readings=readings)))


STEPS: Steps = {
    kpi.KpiDefined: _kpi_defined,
    kpi.KpiTargetSet: _kpi_target_set,
    kpi.KpiReadingRecorded: _kpi_reading,
    kpi.KpiReadingRevised: _kpi_reading,
}
