"""How areas, statements, actions and their wording change."""

from msgspec.structs import replace

from planledger.domain.plan import (
    Action,
    Area,
    Milestone,
    Plan,
    Statement,
    Withdrawal,
    find_item,
)
from planledger.domain.steps.common import Steps, with_item
from planledger.events import structure
from planledger.events.envelope import Fact
from planledger.events.values import Definition


def _area_added(plan: Plan, event: structure.AreaAdded, entry: Fact) -> Plan:
    area = Area(
        id=event.area,
        number=event.number,
        ordinal=event.ordinal,
        title=event.title,
        added_on=entry.effective_on,
        source=entry.envelope.source,
    )
    return replace(plan, areas=plan.areas.set(area.id, area))


def _statement_added(plan: Plan, event: structure.StatementAdded, entry: Fact) -> Plan:
    statement = Statement(
        id=event.statement,
        area=event.area,
        parent=event.parent,
        kind=event.kind,
        ordinal=event.ordinal,
        text=event.text,
        added_on=entry.effective_on,
        source=entry.envelope.source,
    )
    return replace(plan, statements=plan.statements.set(statement.id, statement))


def _action_added(plan: Plan, event: structure.ActionAdded, entry: Fact) -> Plan:
    action = Action(
        id=event.action,
        area=event.area,
        ref=event.ref,
        text=event.text,
        placeholder=event.placeholder,
        lead_to_be_confirmed=event.lead_to_be_confirmed,
        added_on=entry.effective_on,
        source=entry.envelope.source,
    )
    return replace(plan, actions=plan.actions.set(action.id, action))


def _item_renumbered(plan: Plan, event: structure.ItemRenumbered, _: Fact) -> Plan:
    area = plan.areas.get(event.item)
    if area is not None:
        formerly = (*area.former_numbers, event.from_ref)
        return with_item(plan, replace(area, number=event.to_ref, former_numbers=formerly))
    action = plan.actions.get(event.item)
    if action is None:
        return plan
    former = (*action.former_refs, event.from_ref)
    return with_item(plan, replace(action, ref=event.to_ref, former_refs=former))


def _wording_changed(plan: Plan, event: structure.WordingChanged, _: Fact) -> Plan:
    item = find_item(plan, event.item)
    if item is None:
        return plan
    if isinstance(item, Area):
        return with_item(plan, replace(item, title=event.to_text))
    if isinstance(item, Milestone):
        # Words put in the place of "TBC" define what was promised.
        return with_item(plan, replace(item, text=event.to_text, definition=Definition.STATED))
    return with_item(plan, replace(item, text=event.to_text))


def _placeholder_resolved(plan: Plan, event: structure.PlaceholderResolved, _: Fact) -> Plan:
    action = plan.actions.get(event.action)
    if action is None:
        return plan
    return with_item(plan, replace(action, replaced_by=event.replaced_by))


def _item_withdrawn(plan: Plan, event: structure.ItemWithdrawn, entry: Fact) -> Plan:
    item = find_item(plan, event.item)
    if item is None:
        return plan
    withdrawn = Withdrawal(on=entry.effective_on, replaced_by=event.replaced_by)
    return with_item(plan, replace(item, withdrawn=withdrawn))


STEPS: Steps = {
    structure.AreaAdded: _area_added,
    structure.StatementAdded: _statement_added,
    structure.ActionAdded: _action_added,
    structure.ItemRenumbered: _item_renumbered,
    structure.WordingChanged: _wording_changed,
    structure.PlaceholderResolved: _placeholder_resolved,
    structure.ItemWithdrawn: _item_withdrawn,
}
