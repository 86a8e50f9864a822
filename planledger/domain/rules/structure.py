"""Rules for adding, renumbering, rewording and withdrawing items."""

import re
from collections.abc import Callable

from planledger.domain import finding
from planledger.domain.case import (
    Case,
    action_of,
    already,
    area_of,
    item_of,
    need_authority,
    need_reason,
    unknown,
)
from planledger.domain.commands import (
    AddAction,
    AddArea,
    AddStatement,
    RenumberItem,
    ResolvePlaceholder,
    RewordItem,
    WithdrawItem,
)
from planledger.domain.plan import Action, Area, Item, Plan, Statement, find_item
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.structure import (
    ActionAdded,
    AreaAdded,
    ItemRenumbered,
    ItemWithdrawn,
    PlaceholderResolved,
    StatementAdded,
    WordingChanged,
)

_REF = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,14}[0-9A-Za-z])?")


def add_area(command: AddArea, case: Case) -> tuple[Event, ...] | Refusal:
    """Add an area under a number that no other area in the plan has."""
    taken = _taken(finding.find_area, case, command.number)
    if taken is not None:
        same = taken.title == command.title
        since = taken.added_on
        return already(case, command.number, since) if same else in_use(command.number, "number")
    refusal = bad_ref(command.number, "number")
    return refusal or (
        AreaAdded(
            area=case.new_id("area"),
            number=command.number,
            ordinal=finding.next_ordinal(area.ordinal for area in case.known.areas.values()),
            title=command.title,
        ),
    )


def add_statement(command: AddStatement, case: Case) -> tuple[Event, ...] | Refusal:
    """Add a statement at the end of its siblings; a nested one is of its parent's kind."""
    area = area_of(case, command.area)
    if isinstance(area, Refusal):
        return area
    parent = None
    if command.parent is not None:
        found = item_of(case, command.parent, "parent")
        if isinstance(found, Refusal):
            return found
        if not isinstance(found, Statement) or (found.kind, found.area) != (command.kind, area.id):
            return Refusal(
                code=Code.PARENT_DIFFERS,
                message=f"{command.parent} is not a statement of the same kind in the same area. "
                "Nest a statement in one of its own kind and area.",
                path="parent",
            )
        parent = found.id
    siblings = [
        other
        for other in case.known.statements.values()
        if (other.area, other.kind, other.parent) == (area.id, command.kind, parent)
    ]
    for other in siblings:
        if other.text == command.text and other.withdrawn is None:
            return already(case, finding.statement_ref(case.known, other), other.added_on)
    return (
        StatementAdded(
            statement=case.new_id("statement"),
            area=area.id,
            parent=parent,
            kind=command.kind,
            ordinal=finding.next_ordinal(other.ordinal for other in siblings),
            text=command.text,
        ),
    )


def add_action(command: AddAction, case: Case) -> tuple[Event, ...] | Refusal:
    """Add an action under a ref that no other action in the plan has."""
    area = area_of(case, command.area)
    if isinstance(area, Refusal):
        return area
    taken = _taken(finding.find_action, case, command.ref)
    if taken is not None:
        stated = (area.id, command.text, command.placeholder)
        same = (taken.area, taken.text, taken.placeholder) == stated
        since = taken.added_on
        return already(case, command.ref, since) if same else in_use(command.ref, "ref")
    refusal = bad_ref(command.ref, "ref")
    return refusal or (
        ActionAdded(
            action=case.new_id("action"),
            area=area.id,
            ref=command.ref,
            text=command.text,
            placeholder=command.placeholder,
        ),
    )


def renumber_item(command: RenumberItem, case: Case) -> tuple[Event, ...] | Refusal:
    """Give an action or an area a reference that no other in the plan has."""
    item = item_of(case, command.item)
    if isinstance(item, Refusal):
        return () if _renumbered(case.plan, command) else item
    if not isinstance(item, Action | Area):
        return unknown("action or area", command.item, "item")
    now = item.ref if isinstance(item, Action) else item.number
    if now == command.to:
        return ()
    taken: Item | None
    if isinstance(item, Action):
        taken = _taken(finding.find_action, case, command.to, but=item.id)
    else:
        taken = _taken(finding.find_area, case, command.to, but=item.id)
    if taken is not None:
        return in_use(command.to, "to")
    refusal = bad_ref(command.to, "to")
    return refusal or (ItemRenumbered(item=item.id, from_ref=now, to_ref=command.to),)


def reword_item(command: RewordItem, case: Case) -> tuple[Event, ...] | Refusal:
    """Change the words of an item; a change of what is promised needs authority."""
    item = item_of(case, command.item)
    if isinstance(item, Refusal):
        return item
    now = item.title if isinstance(item, Area) else item.text
    if now == command.to:
        return ()
    if command.material:
        refusal = need_authority(command, "A material rewording changes what is promised.")
        if refusal is not None:
            return refusal
    return (
        WordingChanged(item=item.id, from_text=now, to_text=command.to, material=command.material),
    )


def resolve_placeholder(command: ResolvePlaceholder, case: Case) -> tuple[Event, ...] | Refusal:
    """Say which actions define what a placeholder promised; once."""
    action = action_of(case, command.action)
    if isinstance(action, Refusal):
        return action
    successors = successors_of(case, command.replaced_by, action_of)
    if isinstance(successors, Refusal):
        return successors
    if action.replaced_by == successors:
        return ()
    if action.id in successors:
        return by_itself(command.action)
    if not action.placeholder or case.known.actions[action.id].replaced_by is not None:
        return Refusal(
            code=Code.NOT_A_PLACEHOLDER,
            message=f"{command.action} is no placeholder, or is resolved already. "
            "Withdraw or reword it instead, or correct the entry that resolved it.",
            path="action",
        )
    return (PlaceholderResolved(action=action.id, replaced_by=successors),)


def withdraw_item(command: WithdrawItem, case: Case) -> tuple[Event, ...] | Refusal:
    """Take an item out of the plan, for a reason and by an authority."""
    found = finding.find_any(case.plan, command.item)
    successors = successors_of(case, command.replaced_by, item_of)
    if isinstance(successors, Refusal):
        return successors
    gone = found.withdrawn if found is not None else None
    if gone is not None and gone.replaced_by == successors:
        return ()
    item = item_of(case, command.item)
    if isinstance(item, Refusal):
        return item
    if item.id in successors:
        return by_itself(command.item)
    known = find_item(case.known, item.id)
    if known is not None and known.withdrawn is not None:
        return already(case, f"The withdrawal of {command.item}", known.withdrawn.on)
    why = f"Withdrawing {command.item} takes back what was promised."
    refusal = need_reason(command, why) or need_authority(command, why)
    return refusal or (ItemWithdrawn(item=item.id, replaced_by=successors),)


def _taken(
    find: Callable[[Plan, str], finding.AnItem | None],
    case: Case,
    name: str,
    *,
    but: str | None = None,
) -> finding.AnItem | None:
    """Find what has this name, on the effective day or in the end."""
    for plan in (case.plan, case.known):
        found = find(plan, name)
        if found is not None and found.withdrawn is None and found.id != but:
            return found
    return None


def _renumbered(plan: Plan, command: RenumberItem) -> bool:
    """Say whether what had the name until then has the other one now."""
    action, area = finding.find_action(plan, command.to), finding.find_area(plan, command.to)
    formerly = (*(action.former_refs if action else ()), *(area.former_numbers if area else ()))
    return command.item in formerly


def successors_of(
    case: Case, names: tuple[str, ...], find: Callable[[Case, str, str], Item | Refusal]
) -> tuple[str, ...] | Refusal:
    """Find the ids of what takes an item's place, each once, or say which is not there."""
    ids = []
    for name in names:
        item = find(case, name, "replacedBy")
        if isinstance(item, Refusal):
            return item
        ids.append(item.id)
    return tuple(dict.fromkeys(ids))


def by_itself(name: str) -> Refusal:
    """Say that an item would take its own place."""
    return Refusal(
        code=Code.REPLACED_BY_ITSELF,
        message=f"{name} cannot take its own place. Name what replaces it, or nothing.",
        path="replacedBy",
    )


def in_use(ref: str, path: str) -> Refusal:
    """Say that another item has this reference."""
    return Refusal(
        code=Code.REF_IN_USE,
        message=f"{ref} is in use in this plan. Choose another, or withdraw or renumber that one.",
        path=path,
    )


def bad_ref(ref: str, path: str) -> Refusal | None:
    """Refuse a text that nobody would print as a reference."""
    if _REF.fullmatch(ref):
        return None
    return Refusal(
        code=Code.NAME_UNUSABLE,
        message=f"{ref[:80]!r} cannot be a reference. Use 1 to 16 letters, digits, dots and "
        'hyphens, such as "1.4".',
        path=path,
    )
