"""Building the view of a plan for a day."""

from datetime import date

from planledger.domain.delivery import Delivery
from planledger.domain.finding import withdrawn_above
from planledger.domain.plan import Plan
from planledger.events.values import Definition, StatementKind
from planledger.projections.timing import Timeliness
from planledger.projections.view.building import governance
from planledger.projections.view.building.items import Items
from planledger.projections.view.building.kpis import kpi_views
from planledger.projections.view.building.shared import Shared
from planledger.projections.view.milestone import MilestoneView
from planledger.projections.view.plan import PlanView, TotalsView
from planledger.projections.view.query import QueryView
from planledger.projections.view.target_date import (
    NotStatedView,
    OneOffView,
    RecurringView,
    TargetDateView,
    ToBeConfirmedView,
)


def view_plan(plan: Plan, on: date, mark: str = "") -> PlanView:
    """Show a plan on a day.

    `mark` is added to every id, so that one object at two points has two ids (design page 5.1).
    """
    shared = Shared(plan, on, mark)
    items = Items(shared)
    areas = tuple(
        items.area(area) for area in sorted(plan.areas.values(), key=lambda area: area.ordinal)
    )
    milestones = tuple(
        milestone for area in areas for action in area.actions for milestone in action.milestones
    )
    forums = governance.forum_views(plan, shared)
    challenges = governance.challenge_views(plan, shared)
    queries = governance.query_views(plan, shared)
    parties = sorted(plan.parties.values(), key=lambda party: party.registered_at)
    return PlanView(
        id=shared.id("Plan", plan.ref),
        ref=plan.ref,
        title=plan.title,
        drafted_on=plan.drafted_on,
        documents=plan.documents,
        introduction=plan.introduction,
        totals=_totals(plan, milestones, queries),
        areas=areas,
        milestones=milestones,
        parties=tuple(shared.parties[party.id] for party in parties),
        kpis=kpi_views(plan, shared),
        forums=forums,
        reviews=governance.review_views(plan, shared, forums, challenges),
        rating_keys=governance.rating_key_views(plan, shared),
        challenges=challenges,
        evidence=tuple(shared.evidence.values()),
        references=governance.reference_views(plan, shared),
        queries=queries,
        versions=governance.version_views(plan, shared),
        baselines=governance.baseline_views(plan, shared),
        inspections=governance.inspection_views(plan, shared),
        closed=governance.closing_view(plan.closed),
    )


def _totals(
    plan: Plan, milestones: tuple[MilestoneView, ...], queries: tuple[QueryView, ...]
) -> TotalsView:
    areas = {area.id for area in plan.areas.values() if area.withdrawn is None}
    actions = [a for a in plan.actions.values() if a.withdrawn is None and a.area in areas]
    kinds = [
        statement.kind
        for statement in plan.statements.values()
        if statement.area in areas and withdrawn_above(plan, statement) is None
    ]
    live = [milestone for milestone in milestones if milestone.timeliness is not None]

    def dated(kind: type[TargetDateView]) -> int:
        return sum(isinstance(milestone.target_date, kind) for milestone in live)

    def delivered(delivery: Delivery) -> int:
        return sum(milestone.delivery is delivery for milestone in live)

    return TotalsView(
        areas=len(areas),
        objectives=kinds.count(StatementKind.OBJECTIVE),
        outcomes=kinds.count(StatementKind.OUTCOME),
        measures=kinds.count(StatementKind.MEASURE),
        actions=len(actions),
        placeholder_actions=sum(a.placeholder and a.replaced_by is None for a in actions),
        actions_without_lead=sum(not a.leads for a in actions),
        milestones=len(live),
        stated_milestones=sum(m.definition is Definition.STATED for m in live),
        agreed_milestones=sum(m.agreed_on is not None for m in live),
        one_off=dated(OneOffView),
        to_be_confirmed=dated(ToBeConfirmedView),
        recurring=dated(RecurringView),
        not_stated=dated(NotStatedView),
        overdue=sum(m.timeliness is Timeliness.OVERDUE for m in live),
        not_started=delivered(Delivery.NOT_STARTED),
        in_progress=delivered(Delivery.IN_PROGRESS),
        on_hold=delivered(Delivery.ON_HOLD),
        reported_complete=delivered(Delivery.REPORTED_COMPLETE),
        signed_off=delivered(Delivery.SIGNED_OFF),
        assured=delivered(Delivery.ASSURED),
        open_queries=sum(query.resolved_on is None for query in queries),
    )
