"""What the steps of several nouns share."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from planledger.domain.plan import Action, Area, Item, Milestone, Plan, Statement
from planledger.events.base import Event
from planledger.events.envelope import Fact

Step = Callable[[Plan, Any, Fact], Plan]
Steps = Mapping[type[Event], Step]


def with_item(plan: Plan, item: Item) -> Plan:
    """Give the plan with an item in its place."""
    match item:
        case Milestone():
            return replace(plan, milestones=plan.milestones.set(item.id, item))
        case Action():
            return replace(plan, actions=plan.actions.set(item.id, item))
        case Statement():
            return replace(plan, statements=plan.statements.set(item.id, item))
        case Area():
            return replace(plan, areas=plan.areas.set(item.id, item))
