"""Building the views of what a plan is measured and reviewed by: KPIs, forums, reviews, queries."""

from collections.abc import Callable, Iterable, Mapping

from planledger.domain.plan import Kpi, KpiDefinition, Plan
from planledger.events.envelope import Fact
from planledger.events.kpi import KpiReadingRecorded, KpiReadingRevised
from planledger.projections import view

Identify = Callable[[str, str], str]
"""Makes the global id of a thing from its kind and its id in the plan."""
Refs = Callable[[Iterable[str]], tuple[str, ...]]


def kpi_views(plan: Plan, identify: Identify, refs: Refs) -> tuple[view.KpiView, ...]:
    """Show the KPIs, by their short names."""
    kpis = sorted(plan.kpis.values(), key=lambda kpi: kpi.id)
    return tuple(_kpi(kpi, identify, refs) for kpi in kpis)


def forum_views(plan: Plan, identify: Identify) -> tuple[view.ForumView, ...]:
    """Show the forums, by their short names."""
    return tuple(
        view.ForumView(
            id=identify("Forum", forum.id),
            ref=forum.id,
            name=forum.name,
            remit=forum.remit,
            every_months=forum.every_months,
        )
        for forum in sorted(plan.forums.values(), key=lambda forum: forum.id)
    )


def review_views(
    plan: Plan, identify: Identify, forums: Mapping[str, view.ForumView]
) -> tuple[view.ReviewView, ...]:
    """Show the reviews, by their cut-off."""
    reviews = sorted(plan.reviews.values(), key=lambda review: (review.as_at, review.id))
    return tuple(
        view.ReviewView(
            id=identify("Review", review.id),
            ref=f"{plan.ref}/{review.id}",
            forum=forums[review.forum],
            label=review.label,
            as_at=review.as_at,
            opened_on=review.opened_on,
            closed_on=review.closed_on,
            closed_at=review.closed_at,
        )
        for review in reviews
        if review.forum in forums
    )


def query_views(
    plan: Plan, identify: Identify, ref_of: Callable[[str], str | None]
) -> tuple[view.QueryView, ...]:
    """Show the queries, by their line in the document."""
    queries = sorted(plan.queries.values(), key=lambda query: (query.line or 0, query.id))
    return tuple(
        view.QueryView(
            id=identify("Query", query.id),
            query=query.id,
            item=ref_of(query.item) if query.item else None,
            line=query.line,
            question=query.question,
            taken=query.taken,
            instead=query.instead,
            raised_on=query.raised_on,
            resolution=query.resolution,
            resolved_on=query.resolved_on,
        )
        for query in queries
    )


def _kpi(kpi: Kpi, identify: Identify, refs: Refs) -> view.KpiView:
    definitions = tuple(_definition(definition, refs) for definition in kpi.definitions)
    targets = sorted(kpi.targets.items(), key=lambda item: item[0])
    readings = sorted(kpi.readings.items(), key=lambda item: item[0])
    return view.KpiView(
        id=identify("Kpi", kpi.id),
        ref=kpi.id,
        definition=definitions[-1],
        definitions=definitions,
        targets=tuple(
            view.KpiTargetView(
                period=target.period,
                baseline=target.baseline,
                target=target.target,
                floor=target.floor,
                tolerance=target.tolerance,
            )
            for _, target in targets
        ),
        readings=tuple(_reading(reading) for _, reading in readings),
    )


def _definition(definition: KpiDefinition, refs: Refs) -> view.KpiDefinitionView:
    return view.KpiDefinitionView(
        version=definition.version,
        effective_on=definition.on,
        name=definition.name,
        formula=definition.formula,
        unit=definition.unit,
        polarity=definition.polarity,
        frequency_months=definition.frequency_months,
        source_system=definition.source_system,
        suppression_rule=definition.suppression_rule,
        statements=refs(definition.statements),
    )


def _reading(facts: tuple[Fact, ...]) -> view.ReadingView:
    vintages = tuple(_vintage(fact) for fact in facts)
    event = _figure_of(facts[-1])
    return view.ReadingView(period=event.period, latest=vintages[-1], vintages=vintages)


def _vintage(fact: Fact) -> view.VintageView:
    event = _figure_of(fact)
    return view.VintageView(
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
    )


def _figure_of(fact: Fact) -> KpiReadingRecorded | KpiReadingRevised:
    event = fact.event
    assert isinstance(event, KpiReadingRecorded | KpiReadingRevised)  # noqa: S101 - as evolve keeps them
    return event
