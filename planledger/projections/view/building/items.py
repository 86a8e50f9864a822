"""Building the views of what a plan is made of: areas, statements, actions, milestones."""

from collections import defaultdict
from datetime import date

from msgspec.structs import replace

from planledger.domain.delivery import Completion, SignOff
from planledger.domain.finding import area_ref, statement_ref
from planledger.domain.plan import Action, Area, Milestone, Plan, Statement
from planledger.events.values import ReferenceKind, StatementKind
from planledger.projections.timing import due_by, slippage, timeliness
from planledger.projections.view.action import ActionView
from planledger.projections.view.area import AreaView
from planledger.projections.view.building.ids import Parts, parts
from planledger.projections.view.building.shared import Shared
from planledger.projections.view.milestone import (
    CompletionView,
    MilestoneView,
    ReopeningView,
    SignOffRefusalView,
    SignOffView,
)
from planledger.projections.view.statement import StatementView
from planledger.projections.view.target_date import show_target_date


class Items:
    """The items of one plan on one day."""

    def __init__(self, shared: Shared) -> None:
        """Show the items of the plan that `shared` looks things up in."""
        self._shared = shared
        plan = shared.plan
        self._milestones: dict[str, list[Milestone]] = defaultdict(list)
        for milestone in plan.milestones.values():
            self._milestones[milestone.action].append(milestone)
        self._actions: dict[str, list[Action]] = defaultdict(list)
        for action in plan.actions.values():
            self._actions[action.area].append(action)
        self._statements: dict[tuple[str, str | None], list[Statement]] = defaultdict(list)
        for statement in plan.statements.values():
            self._statements[statement.area, statement.parent].append(statement)
        self._waits = _waits_for(plan)

    def area(self, area: Area) -> AreaView:
        """Show an area with all that is under it."""
        shared = self._shared
        actions = sorted(self._actions[area.id], key=_natural)
        ratings = shared.ratings_of(area.id)
        return AreaView(
            id=shared.id("Area", area.id),
            ref=area_ref(area),
            number=area.number,
            ordinal=area.ordinal,
            title=area.title,
            former_refs=tuple(area_ref(replace(area, number=x)) for x in area.former_numbers),
            former_numbers=area.former_numbers,
            objectives=self._statements_of(area.id, StatementKind.OBJECTIVE),
            outcomes=self._statements_of(area.id, StatementKind.OUTCOME),
            measures=self._statements_of(area.id, StatementKind.MEASURE),
            actions=tuple(self._action(action, area) for action in actions),
            rating=ratings[-1] if ratings else None,
            ratings=ratings,
            evidence=shared.evidence_for(area.id),
            added_on=area.added_on,
            withdrawn=shared.withdrawal(area.withdrawn),
            source=area.source,
        )

    def _statements_of(
        self, area: str, kind: StatementKind, parent: str | None = None
    ) -> tuple[StatementView, ...]:
        statements = (s for s in self._statements[area, parent] if s.kind is kind)
        ordered = sorted(statements, key=lambda statement: statement.ordinal)
        return tuple(self._statement(statement) for statement in ordered)

    def _statement(self, statement: Statement) -> StatementView:
        shared = self._shared
        ratings = shared.ratings_of(statement.id)
        return StatementView(
            id=shared.id("Statement", statement.id),
            ref=statement_ref(shared.plan, statement),
            kind=statement.kind,
            text=statement.text,
            children=self._statements_of(statement.area, statement.kind, statement.id),
            rating=ratings[-1] if ratings else None,
            ratings=ratings,
            evidence=shared.evidence_for(statement.id),
            added_on=statement.added_on,
            withdrawn=shared.withdrawal(statement.withdrawn),
            source=statement.source,
        )

    def _action(self, action: Action, area: Area) -> ActionView:
        shared = self._shared
        gone = area.withdrawn is not None or action.withdrawn is not None
        milestones = sorted(self._milestones[action.id], key=lambda milestone: milestone.ordinal)
        ratings = shared.ratings_of(action.id)
        return ActionView(
            id=shared.id("Action", action.id),
            ref=action.ref,
            text=action.text,
            placeholder=action.placeholder,
            replaced_by=shared.refs(action.replaced_by or ()),
            former_refs=action.former_refs,
            leads=shared.leads(action.leads),
            lead_to_be_confirmed=_awaited(action),
            milestones=tuple(self._milestone(milestone, action, gone) for milestone in milestones),
            rating=ratings[-1] if ratings else None,
            ratings=ratings,
            evidence=shared.evidence_for(action.id),
            added_on=action.added_on,
            withdrawn=shared.withdrawal(action.withdrawn),
            source=action.source,
        )

    def _milestone(
        self,
        milestone: Milestone,
        action: Action,
        gone: bool,  # noqa: FBT001
    ) -> MilestoneView:
        shared = self._shared
        gone = gone or milestone.withdrawn is not None
        target, claims = milestone.target_date, milestone.completions
        original, leads = milestone.original, milestone.leads
        ratings = shared.ratings_of(milestone.id)
        return MilestoneView(
            id=shared.id("Milestone", milestone.id),
            ref=f"{action.ref}/{milestone.ordinal}",
            ordinal=milestone.ordinal,
            text=milestone.text,
            definition=milestone.definition,
            agreed_on=milestone.agreed_on,
            target_date=show_target_date(target),
            original_target_date=show_target_date(original) if original else None,
            due_by=None if gone else due_by(target, claims),
            timeliness=None if gone else timeliness(target, claims, shared.on),
            slippage=slippage(original, target),
            shares_date_with=shared.refs(milestone.shared_with),
            leads=shared.leads(action.leads if leads is None else leads),
            leads_inherited=leads is None,
            lead_to_be_confirmed=_awaited(action) if leads is None else None,
            delivery=milestone.delivery,
            forecast=milestone.forecast,
            narrative=milestone.narrative,
            progress_on=milestone.progress_on,
            completions=tuple(self._completion(claim) for claim in claims),
            rating=ratings[-1] if ratings else None,
            ratings=ratings,
            evidence=shared.evidence_for(milestone.id),
            depends_on=self._depends_on(milestone),
            added_on=milestone.added_on,
            withdrawn=shared.withdrawal(milestone.withdrawn),
            source=milestone.source,
        )

    def _depends_on(self, milestone: Milestone) -> tuple[str, ...]:
        waits_for = [*self._waits[milestone.id], *self._waits[milestone.action]]
        return tuple(sorted(set(self._shared.refs(waits_for)), key=parts))

    def _completion(self, claim: Completion) -> CompletionView:
        refused, reopened = claim.refused, claim.reopened
        return CompletionView(
            position=claim.at,
            reported_on=claim.on,
            occurrence=claim.occurrence,
            achieved_on=claim.achieved_on,
            reporter=self._shared.parties.get(claim.reporter) if claim.reporter else None,
            summary=claim.summary,
            evidence=self._shared.pieces(claim.evidence),
            sign_offs=tuple(self._sign_off(sign_off) for sign_off in claim.sign_offs),
            refused=None
            if refused is None
            else SignOffRefusalView(position=refused.at, on=refused.on, missing=refused.missing),
            reopened=None
            if reopened is None
            else ReopeningView(position=reopened.at, on=reopened.on, trigger=reopened.trigger),
            stands=claim.stands,
        )

    def _sign_off(self, sign_off: SignOff) -> SignOffView:
        return SignOffView(
            position=sign_off.at,
            level=sign_off.level,
            on=sign_off.on,
            signer=self._shared.parties.get(sign_off.signer) if sign_off.signer else None,
            evidence=self._shared.pieces(sign_off.evidence),
            waiver=sign_off.waiver,
        )


def _waits_for(plan: Plan) -> dict[str, list[str]]:
    """Give, by item, the items it cannot be done before."""
    waits: dict[str, list[str]] = defaultdict(list)
    for reference in plan.references.values():
        if reference.kind is ReferenceKind.DEPENDS_ON and reference.resolved_target is not None:
            waits[reference.item].append(reference.resolved_target)
    return waits


def _awaited(action: Action) -> str | None:
    """Give what is printed in place of a lead to be confirmed, as long as nobody leads it."""
    return None if action.leads else action.lead_to_be_confirmed


def _natural(action: Action) -> tuple[Parts, date, str]:
    """Sort "1.10" after "1.9"; of two with one ref, of which one is withdrawn, the older first."""
    return (parts(action.ref), action.added_on, action.id)
