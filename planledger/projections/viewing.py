"""Building the view of a plan for a day."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from planledger.domain.finding import area_ref, milestone_ref, statement_ref, withdrawn_above
from planledger.domain.plan import (
    Action,
    Area,
    Milestone,
    Party,
    Plan,
    Statement,
    Withdrawal,
    find_item,
)
from planledger.events.target_dates import OneOff, Ongoing, Recurring, TargetDate, ToBeConfirmed
from planledger.events.values import Definition, StatementKind
from planledger.projections import view
from planledger.projections.timing import Timeliness, due_by, label, slippage, timeliness
from planledger.projections.viewing_reviews import forum_views, kpi_views, query_views, review_views

_Parts = tuple[tuple[int, int, str], ...]


def view_plan(plan: Plan, on: date, mark: str = "") -> view.PlanView:
    """Show a plan on a day.

    `mark` is added to every id, so that one object at two points has two ids (design page 5.1).
    """
    return _Viewing(plan, on, mark).plan()


def ref_of(plan: Plan, item: str) -> str | None:
    """Give the ref of an item by its id, if it is in the plan."""
    found = find_item(plan, item)
    match found:
        case None:
            return None
        case Area():
            return area_ref(found)
        case Statement():
            return statement_ref(plan, found)
        case Action():
            return found.ref
        case Milestone():
            return milestone_ref(plan, found)


def show_target_date(target: TargetDate) -> view.TargetDateView:
    """Show a target date."""
    said = label(target)
    match target:
        case OneOff():
            return view.OneOffView(
                as_printed=target.as_printed,
                label=said,
                earliest=target.date.earliest,
                latest=target.date.latest,
                date=target.date,
            )
        case ToBeConfirmed():
            return view.ToBeConfirmedView(
                as_printed=target.as_printed,
                label=said,
                earliest=None,
                latest=None,
                decide_by=target.decide_by,
                decider=target.decider,
            )
        case Recurring():
            return view.RecurringView(
                as_printed=target.as_printed,
                label=said,
                earliest=target.first.earliest if target.first else None,
                latest=target.until.latest if target.until else None,
                first=target.first,
                every_months=target.every_months,
                until=target.until,
            )
        case _:
            kind = view.OngoingView if isinstance(target, Ongoing) else view.NotStatedView
            return kind(as_printed=target.as_printed, label=said, earliest=None, latest=None)


class _Viewing:
    """One plan on one day, with what the parts of its view look up in each other."""

    def __init__(self, plan: Plan, on: date, mark: str) -> None:
        self._plan = plan
        self._on = on
        self._mark = mark
        self._parties = {party.id: self._party(party) for party in plan.parties.values()}
        self._milestones: dict[str, list[Milestone]] = defaultdict(list)
        for milestone in plan.milestones.values():
            self._milestones[milestone.action].append(milestone)
        self._actions: dict[str, list[Action]] = defaultdict(list)
        for action in plan.actions.values():
            self._actions[action.area].append(action)
        self._statements: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
        for statement in plan.statements.values():
            self._statements[statement.area, statement.parent].append(statement)

    def plan(self) -> view.PlanView:
        plan = self._plan
        areas = tuple(
            self._area(area) for area in sorted(plan.areas.values(), key=lambda area: area.ordinal)
        )
        milestones = tuple(
            milestone
            for area in areas
            for action in area.actions
            for milestone in action.milestones
        )
        forums = forum_views(plan, self._id)
        queries = query_views(plan, self._id, lambda item: ref_of(plan, item))
        return view.PlanView(
            id=self._id("Plan", plan.ref),
            ref=plan.ref,
            title=plan.title,
            drafted_on=plan.drafted_on,
            documents=plan.documents,
            totals=_totals(plan, milestones, queries),
            areas=areas,
            milestones=milestones,
            parties=tuple(self._parties[party] for party in _in_order(plan.parties.values())),
            kpis=kpi_views(plan, self._id, self._refs),
            forums=forums,
            reviews=review_views(plan, self._id, {forum.ref: forum for forum in forums}),
            references=self._references(),
            queries=queries,
        )

    def _id(self, kind: str, of: str) -> str:
        inner = of if kind == "Plan" else f"{self._plan.ref}/{of}"
        return f"{kind}:{inner}{self._mark}"

    def _refs(self, items: Iterable[str]) -> tuple[str, ...]:
        return tuple(ref for item in items if (ref := ref_of(self._plan, item)) is not None)

    def _withdrawal(self, withdrawn: Withdrawal | None) -> view.WithdrawalView | None:
        if withdrawn is None:
            return None
        return view.WithdrawalView(on=withdrawn.on, replaced_by=self._refs(withdrawn.replaced_by))

    def _party(self, party: Party) -> view.PartyView:
        return view.PartyView(
            id=self._id("Party", party.id),
            party=party.id,
            kind=party.kind,
            name=party.name,
            aliases=party.aliases,
        )

    def _leads(self, leads: tuple[str, ...]) -> tuple[view.PartyView, ...]:
        return tuple(self._parties[lead] for lead in leads if lead in self._parties)

    def _area(self, area: Area) -> view.AreaView:
        actions = sorted(self._actions[area.id], key=_natural)
        return view.AreaView(
            id=self._id("Area", area.id),
            ref=area_ref(area),
            number=area.number,
            ordinal=area.ordinal,
            title=area.title,
            objectives=self._statements_of(area.id, StatementKind.OBJECTIVE),
            outcomes=self._statements_of(area.id, StatementKind.OUTCOME),
            measures=self._statements_of(area.id, StatementKind.MEASURE),
            actions=tuple(self._action(action, area) for action in actions),
            added_on=area.added_on,
            withdrawn=self._withdrawal(area.withdrawn),
            source=area.source,
        )

    def _statements_of(
        self, area: str, kind: StatementKind, parent: str | None = None
    ) -> tuple[view.StatementView, ...]:
        statements = (s for s in self._statements[area, parent] if s.kind is kind)
        return tuple(
            view.StatementView(
                id=self._id("Statement", statement.id),
                ref=statement_ref(self._plan, statement),
                kind=kind,
                text=statement.text,
                children=self._statements_of(area, kind, statement.id),
                added_on=statement.added_on,
                withdrawn=self._withdrawal(statement.withdrawn),
                source=statement.source,
            )
            for statement in sorted(statements, key=lambda statement: statement.ordinal)
        )

    def _action(self, action: Action, area: Area) -> view.ActionView:
        gone = area.withdrawn is not None or action.withdrawn is not None
        milestones = sorted(self._milestones[action.id], key=lambda milestone: milestone.ordinal)
        return view.ActionView(
            id=self._id("Action", action.id),
            ref=action.ref,
            text=action.text,
            placeholder=action.placeholder,
            replaced_by=self._refs(action.replaced_by or ()),
            former_refs=action.former_refs,
            leads=self._leads(action.leads),
            milestones=tuple(self._milestone(milestone, action, gone) for milestone in milestones),
            added_on=action.added_on,
            withdrawn=self._withdrawal(action.withdrawn),
            source=action.source,
        )

    def _milestone(
        self,
        milestone: Milestone,
        action: Action,
        gone: bool,  # noqa: FBT001
    ) -> view.MilestoneView:
        gone = gone or milestone.withdrawn is not None
        due = None if gone else due_by(milestone.target_date, self._on)
        original = milestone.original
        leads = milestone.leads
        return view.MilestoneView(
            id=self._id("Milestone", milestone.id),
            ref=f"{action.ref}/{milestone.ordinal}",
            ordinal=milestone.ordinal,
            text=milestone.text,
            definition=milestone.definition,
            agreed_on=milestone.agreed_on,
            target_date=show_target_date(milestone.target_date),
            original_target_date=show_target_date(original) if original else None,
            due_by=due,
            timeliness=None if gone else timeliness(due, self._on),
            slippage=slippage(original, milestone.target_date),
            shares_date_with=self._refs(milestone.shared_with),
            leads=self._leads(action.leads if leads is None else leads),
            leads_inherited=leads is None,
            added_on=milestone.added_on,
            withdrawn=self._withdrawal(milestone.withdrawn),
            source=milestone.source,
        )

    def _references(self) -> tuple[view.ReferenceView, ...]:
        def ref(item: str | None) -> str | None:
            return ref_of(self._plan, item) if item else None

        shown = (
            view.ReferenceView(
                id=self._id("Reference", reference.id),
                item=ref(reference.item) or reference.item,
                kind=reference.kind,
                as_printed=reference.as_printed,
                printed_target=ref(reference.printed_target),
                resolved_target=ref(reference.resolved_target),
                confidence=reference.confidence,
            )
            for reference in self._plan.references.values()
        )
        return tuple(sorted(shown, key=lambda shown: (_parts(shown.item), shown.id)))


def _natural(action: Action) -> tuple[_Parts, date, str]:
    """Sort "1.10" after "1.9"; of two with one ref, of which one is withdrawn, the older first."""
    return (_parts(action.ref), action.added_on, action.id)


def _parts(ref: str) -> _Parts:
    """Part "1.10a" into numbers and what stands between them, numbers before letters."""
    parts = re.findall("[0-9]+|[^0-9]+", ref)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _in_order(parties: Iterable[Party]) -> list[str]:
    return [party.id for party in sorted(parties, key=lambda party: party.registered_at)]


def _totals(
    plan: Plan, milestones: tuple[view.MilestoneView, ...], queries: tuple[view.QueryView, ...]
) -> view.TotalsView:
    areas = {area.id for area in plan.areas.values() if area.withdrawn is None}
    actions = [a for a in plan.actions.values() if a.withdrawn is None and a.area in areas]
    kinds = [
        statement.kind
        for statement in plan.statements.values()
        if statement.area in areas and withdrawn_above(plan, statement) is None
    ]
    live = [milestone for milestone in milestones if milestone.timeliness is not None]

    def dated(kind: type[view.TargetDateView]) -> int:
        return sum(isinstance(milestone.target_date, kind) for milestone in live)

    return view.TotalsView(
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
        one_off=dated(view.OneOffView),
        to_be_confirmed=dated(view.ToBeConfirmedView),
        recurring=dated(view.RecurringView),
        not_stated=dated(view.NotStatedView),
        overdue=sum(m.timeliness is Timeliness.OVERDUE for m in live),
        open_queries=sum(query.resolved_on is None for query in queries),
    )
