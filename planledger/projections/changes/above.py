"""What stands above a thing of a plan: the items it is, is about, or lies under."""

from planledger.domain.plan import Action, Area, Milestone, Plan, Statement, find_item
from planledger.projections.changes.shapes import ITEM_KINDS, Kind, Thing
from planledger.projections.changes.tracks import read


def items_above(plan: Plan | None, thing: Thing) -> frozenset[str]:
    """Give the ids of the items that a thing is or is about, and of all that they lie under."""
    kind, name = thing
    if plan is None or kind is Kind.PLAN:
        return frozenset()
    if kind in ITEM_KINDS:
        ahead = [str(name)]
    else:
        held = read(plan, thing)
        about = (getattr(held, "item", None), *getattr(held, "items", ()))
        ahead = [item for item in about if item is not None]
    found: set[str] = set()
    while ahead:
        item = ahead.pop()
        found.add(item)
        ahead += _right_above(plan, item)
    return frozenset(found)


def _right_above(plan: Plan, item: str) -> list[str]:
    match find_item(plan, item):
        case Milestone(action=action):
            return [action]
        case Action(area=area):
            return [area]
        case Statement(area=area, parent=parent):
            return [area] if parent is None else [area, parent]
        case Area() | None:
            return []
