"""Finding items of a plan by what people call them, and ids for new ones. Pure."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

from planledger.domain.plan import Action, Area, Item, Milestone, Plan, Statement

AnItem = TypeVar("AnItem", Area, Statement, Action, Milestone)


def new_id(kind: str, seed: str, number: int = 0) -> str:
    """Give the id of the `number`-th item of a kind that comes from `seed`, such as a command id.

    It follows from these alone, so a decision made twice names the same item, and no two
    commands ever name one alike, whatever effective day they are judged on.
    """
    digest = hashlib.sha256(f"{seed}/{kind}/{number}".encode()).hexdigest()
    return f"{kind}-{digest[:12]}"


def area_ref(area: Area) -> str:
    """Give an area's ref: its number, or its ordinal where the number is not a numeral."""
    return area.number if area.number.isdecimal() else str(area.ordinal)


def statement_ref(plan: Plan, statement: Statement) -> str:
    """Give a statement's ref: "1/objective/2", nested "6/outcome/3/1"."""
    trail = [str(statement.ordinal)]
    above = statement
    while above.parent is not None:
        parent = plan.statements.get(above.parent)
        if parent is None:
            break
        above = parent
        trail.append(str(above.ordinal))
    area = plan.areas.get(statement.area)
    number = area_ref(area) if area else "?"
    return "/".join([number, statement.kind.value, *reversed(trail)])


def milestone_ref(plan: Plan, milestone: Milestone) -> str:
    """Give a milestone's ref: its action's and its ordinal, "1.4/2"."""
    action = plan.actions.get(milestone.action)
    return f"{action.ref if action else '?'}/{milestone.ordinal}"


def item_ref(plan: Plan, item: Item) -> str:
    """Give the ref of an item of any kind."""
    match item:
        case Area():
            return area_ref(item)
        case Statement():
            return statement_ref(plan, item)
        case Action():
            return item.ref
        case Milestone():
            return milestone_ref(plan, item)


def find_area(plan: Plan, name: str) -> Area | None:
    """Find an area by id, ref or printed number; one still in the plan is preferred."""
    matches = (area for area in plan.areas.values() if name in (area_ref(area), area.number))
    return plan.areas.get(name) or _living(matches)


def find_action(plan: Plan, name: str) -> Action | None:
    """Find an action by id or ref; one still in the plan is preferred."""
    matches = (action for action in plan.actions.values() if action.ref == name)
    return plan.actions.get(name) or _living(matches)


def find_statement(plan: Plan, name: str) -> Statement | None:
    """Find a statement by id or ref; one still in the plan is preferred."""
    if name in plan.statements:
        return plan.statements[name]
    matches = (
        statement
        for statement in plan.statements.values()
        if name.endswith(f"/{statement.ordinal}") and statement_ref(plan, statement) == name
    )
    return _living(matches)


def find_milestone(plan: Plan, name: str) -> Milestone | None:
    """Find a milestone by id or ref; one still in the plan is preferred."""
    if name in plan.milestones:
        return plan.milestones[name]
    action_name, _, ordinal = name.rpartition("/")
    actions = {action.id for action in plan.actions.values() if action.ref == action_name}
    matches = (
        milestone
        for milestone in plan.milestones.values()
        if milestone.action in actions and str(milestone.ordinal) == ordinal
    )
    return _living(matches)


def find_any(plan: Plan, name: str) -> Item | None:
    """Find an item of any kind: a milestone, an action, a statement or an area."""
    return (
        find_milestone(plan, name)
        or find_action(plan, name)
        or find_statement(plan, name)
        or find_area(plan, name)
    )


def withdrawn_above(plan: Plan, item: Item) -> Item | None:
    """Give the item itself or the one above it that has been withdrawn, if any has."""
    if item.withdrawn is not None:
        return item
    above = parent_of(plan, item)
    return withdrawn_above(plan, above) if above is not None else None


def parent_of(plan: Plan, item: Item) -> Item | None:
    """Give what an item belongs to: a milestone to its action, all else to its area in the end."""
    match item:
        case Milestone():
            return plan.actions.get(item.action)
        case Action():
            return plan.areas.get(item.area)
        case Statement():
            return plan.statements.get(item.parent) if item.parent else plan.areas.get(item.area)
        case Area():
            return None


def next_ordinal(ordinals: Iterable[int]) -> int:
    """Give the place after the last one."""
    return max(ordinals, default=0) + 1


def _living(matches: Iterable[AnItem]) -> AnItem | None:
    # Maps have an order of their own on every machine; the newest is the newest on all of them.
    return max(
        matches, key=lambda item: (item.withdrawn is None, item.added_on, item.id), default=None
    )
