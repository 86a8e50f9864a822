"""Building the views of KPIs: definitions, targets, readings and the series they make."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from planledger.domain.plan import Kpi, KpiDefinition, KpiTarget, Plan, Span, span
from planledger.events.envelope import Fact
from planledger.events.kpi import KpiReadingRecorded, KpiReadingRevised
from planledger.projections.measuring import direction, length, measured, standing
from planledger.projections.suppression import (
    HIDDEN,
    Figure,
    PublicFigureView,
    public_figures,
    shows_baseline,
)
from planledger.projections.view.building.shared import Shared
from planledger.projections.view.kpi import (
    KpiDefinitionView,
    KpiTargetView,
    KpiView,
    PublicTargetView,
    ReadingView,
    SeriesPointView,
    VintageView,
)

Reading = KpiReadingRecorded | KpiReadingRevised

_READINGS = (KpiReadingRecorded, KpiReadingRevised)  # a tuple: a union would be made anew each time


def kpi_views(plan: Plan, shared: Shared) -> tuple[KpiView, ...]:
    """Show the KPIs, by their short names."""
    kpis = sorted(plan.kpis.values(), key=lambda kpi: kpi.id)
    return tuple(_kpi(kpi, shared) for kpi in kpis)


def _kpi(kpi: Kpi, shared: Shared) -> KpiView:
    definitions = tuple(_definition(definition, shared) for definition in kpi.definitions)
    facts = dict(sorted(kpi.readings.items()))
    figures = {key: [figure_of(fact, kpi) for fact in vintages] for key, vintages in facts.items()}
    public = public_figures(figures)
    shown = tuple(view for views in public.values() for view in views)
    targets = {key: _target(target, kpi, shown) for key, target in sorted(kpi.targets.items())}
    readings = {key: _reading(vintages, public[key]) for key, vintages in facts.items()}
    return KpiView(
        id=shared.id("Kpi", kpi.id),
        ref=kpi.id,
        definition=definitions[-1],
        definitions=definitions,
        targets=tuple(targets.values()),
        readings=tuple(readings.values()),
        series=_series(kpi, readings, {key: each[-1] for key, each in figures.items()}, targets),
    )


def _series(
    kpi: Kpi,
    readings: Mapping[Span, ReadingView],
    figures: Mapping[Span, Figure],
    targets: Mapping[Span, KpiTargetView],
) -> tuple[SeriesPointView, ...]:
    points: list[SeriesPointView] = []
    before: dict[tuple[str, int], SeriesPointView] = {}
    for key, reading in readings.items():
        latest = reading.latest
        earlier = before.get(length(key))
        changed = (
            earlier is not None and earlier.latest.definition_version != latest.definition_version
        )
        polarity = _definition_of(kpi, latest.definition_version).polarity
        number, target = measured(figures[key]), kpi.targets.get(key)
        way = None
        if earlier is not None and not changed:
            key_before = span(earlier.period)
            aims = (_aim(kpi.targets.get(key_before)), _aim(target))
            way = direction(measured(figures[key_before]), number, aims, polarity)
        hidden = latest.public.symbol is not None
        tells = not hidden and (earlier is None or earlier.public.symbol is None)
        stands = standing(number, target, polarity)
        point = SeriesPointView(
            period=reading.period,
            latest=latest,
            target=targets.get(key),
            standing=stands,
            direction=way,
            definition_changed=changed,
            public=latest.public,
            public_standing=None if hidden else stands,
            public_direction=way if tells else None,
        )
        before[length(key)] = point
        points.append(point)
    return tuple(points)


def _aim(target: KpiTarget | None) -> Decimal | None:
    return target.target if target else None


def _definition_of(kpi: Kpi, version: int) -> KpiDefinition:
    """Give the definition a figure was made under, else the one in force."""
    for definition in reversed(kpi.definitions):
        if definition.version == version:
            return definition
    return kpi.definitions[-1]


def figure_of(fact: Fact, kpi: Kpi) -> Figure:
    """Give a figure with what decides whether it may be shown."""
    event = _reading_of(fact)
    made_under = _definition_of(kpi, event.definition_version)
    return Figure(
        value=event.value,
        numerator=event.numerator,
        denominator=event.denominator,
        unit=made_under.unit,
        rules=(made_under.suppression_rule, kpi.definitions[-1].suppression_rule),
        position=fact.position,
    )


def _definition(definition: KpiDefinition, shared: Shared) -> KpiDefinitionView:
    return KpiDefinitionView(
        version=definition.version,
        effective_on=definition.on,
        name=definition.name,
        formula=definition.formula,
        unit=definition.unit,
        polarity=definition.polarity,
        frequency_months=definition.frequency_months,
        source_system=definition.source_system,
        suppression_rule=definition.suppression_rule,
        statements=shared.refs(definition.statements),
    )


def _target(target: KpiTarget, kpi: Kpi, shown: Sequence[PublicFigureView]) -> KpiTargetView:
    baseline = target.baseline
    shows = baseline is None or shows_baseline(baseline, kpi.definitions, shown)
    return KpiTargetView(
        period=target.period,
        baseline=baseline,
        target=target.target,
        floor=target.floor,
        tolerance=target.tolerance,
        public=PublicTargetView(
            baseline=baseline if shows else None, symbol=None if shows else HIDDEN
        ),
    )


def _reading(facts: tuple[Fact, ...], public: tuple[PublicFigureView, ...]) -> ReadingView:
    vintages = tuple(_vintage(fact, shown) for fact, shown in zip(facts, public, strict=True))
    period = _reading_of(facts[-1]).period
    return ReadingView(period=period, latest=vintages[-1], vintages=vintages)


def _vintage(fact: Fact, public: PublicFigureView) -> VintageView:
    event = _reading_of(fact)
    return VintageView(
        position=fact.position,
        recorded_at=fact.recorded_at,
        effective_on=fact.effective_on,
        definition_version=event.definition_version,
        value=event.value,
        numerator=event.numerator,
        denominator=event.denominator,
        status=event.status,
        extracted_on=event.extracted_on,
        cause=event.cause if isinstance(event, KpiReadingRevised) else None,
        public=public,
    )


def _reading_of(fact: Fact) -> Reading:
    event = fact.event
    assert isinstance(event, _READINGS)  # noqa: S101 - as evolve keeps them
    return event
